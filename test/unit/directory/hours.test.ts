import fc from 'fast-check';
import OpeningHours from 'opening_hours';
import { describe, expect, it, vi } from 'vitest';
import { addDays, dayInFrance, daysBetween, isDay, weekdayOf } from '../../../main/features/directory/hours/days.ts';
import { holidayOn } from '../../../main/platform/public-holidays.ts';
import {
  fromWeeklyHours,
  readPlainWeek,
  toWeeklyHours,
  writePlainWeek,
} from '../../../main/features/directory/hours/plain-week.ts';
import { createHoursReader, tidyHours } from '../../../main/features/directory/hours/reader.ts';

const reader = createHoursReader();
const spans = (hours: string, day: string, days = 1): unknown => reader.read(hours)?.spans(day, days);

describe('opening hours', () => {
  it('reads a plain week', () => {
    const hours = 'Mo-Th 09:00-12:00,14:00-17:30; Sa 09:00-12:00';
    // Thursday 26 November 2026.
    expect(spans(hours, '2026-11-26')).toEqual([
      [540, 720],
      [840, 1050],
    ]);
    expect(spans(hours, '2026-11-27', 2)).toEqual([[1440 + 540, 1440 + 720]]);
  });
  it('reads « 1er samedi du mois »', () => {
    const hours = 'Mo-Th 09:00-12:00,14:00-18:00; Fr 09:00-12:00; Sa[1] 09:00-12:00';
    expect(spans(hours, '2026-12-05')).toEqual([[540, 720]]);
    expect(spans(hours, '2026-12-12')).toEqual([]);
    expect(spans(hours, '2026-12-07')).toEqual([
      [540, 720],
      [840, 1080],
    ]);
  });
  it('handles hours that run past midnight, on both days', () => {
    expect(spans('Fr 22:00-02:00', '2026-11-27')).toEqual([[1320, 1560]]);
    expect(spans('Fr 22:00-02:00', '2026-11-28')).toEqual([[-120, 120]]);
  });
  it.each([
    ['2026-03-29', 'summer time begins'],
    ['2026-10-25', 'summer time ends'],
  ])('keeps the local times on %s, when %s', (day) => {
    for (const hours of ['Su 09:00-12:00', 'Su[1] 09:00-12:00; Su[-1] 09:00-12:00']) {
      expect(spans(hours, day)).toEqual([[540, 720]]);
      expect(spans(hours, addDays(day, -1), 2)).toEqual([[1440 + 540, 1440 + 720]]);
    }
  });
  it('is closed on public holidays, also in years that the library does not cover', () => {
    for (const hours of ['Mo-Fr 09:00-12:00', 'Mo-Fr 09:00-12:00; PH off', 'Mo-Fr 09:00-12:00; Sa[1] 10:00-11:00']) {
      expect(spans(hours, '2026-11-11')).toEqual([]);
      expect(spans(hours, '2031-07-14')).toEqual([]);
      expect(spans(hours, '2031-07-15')).toEqual([[540, 720]]);
    }
  });
  it('is open on public holidays if the hours say so', () => {
    expect(spans('Mo-Fr 09:00-12:00; PH 10:00-11:00', '2026-11-11')).toEqual([[600, 660]]);
    expect(spans('Mo-Fr,PH 09:00-12:00', '2026-11-11')).toEqual([[540, 720]]);
    expect(spans('PH,Mo-Fr 09:00-12:00', '2026-11-12')).toEqual([[540, 720]]);
  });
  it('reads months and seasons', () => {
    expect(spans('Jul-Aug Mo 09:00-12:00', '2026-07-06')).toEqual([[540, 720]]);
    expect(spans('Jul-Aug Mo 09:00-12:00', '2026-09-07')).toEqual([]);
  });
  it.each([
    'sur rendez-vous le mardi matin',
    'Ouvert tous les matins sauf le jeudi',
    '',
    'Mo-Fr "sur rendez-vous"',
    'Mo-Fr 09:00-12:00; SH off',
    'Mo-Fr 25:00-26:00',
    '<b>Mo</b>',
    'x'.repeat(5000),
  ])('does not read « %.30s »', (hours) => {
    const print = ['log', 'warn', 'error'].map((way) => vi.spyOn(console, way as 'log'));
    expect(reader.read(hours)).toBeUndefined();
    expect(print.every((one) => one.mock.calls.length === 0)).toBe(true);
    vi.restoreAllMocks();
  });
  it('corrects small mistakes, and guesses nothing', () => {
    expect(tidyHours('Mo-Fr 9:00-12:00')).toBe('Mo-Fr 09:00-12:00');
    expect(tidyHours('lundi 9h midi')).toBeUndefined();
  });
  it('agrees with the opening_hours library on any plain week', () => {
    const range = fc
      .tuple(fc.integer({ min: 0, max: 280 }), fc.integer({ min: 1, max: 100 }))
      .filter(([from, long]) => from + long <= 287)
      .map(([from, long]) => [from * 5, (from + long) * 5] as const);
    const week = fc.array(fc.option(range), { minLength: 7, maxLength: 7 });
    fc.assert(
      fc.property(week, fc.integer({ min: 0, max: 800 }), (days, at) => {
        const table = days.map((one) => (one ? [one] : []));
        fc.pre(table.some((one) => one.length > 0));
        const day = addDays('2026-01-01', at);
        fc.pre(holidayOn(day) === null);
        const hours = writePlainWeek(table);
        expect(readPlainWeek(hours)).toEqual(table);
        const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
        const reference = new OpeningHours(hours)
          .getOpenIntervals(new Date(year, month - 1, date), new Date(year, month - 1, date + 1))
          .map(([from, to]) => [from.getHours() * 60 + from.getMinutes(), to.getHours() * 60 + to.getMinutes()]);
        expect(spans(hours, day)).toEqual(reference);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the agent’s table of hours', () => {
  const read = readPlainWeek('Mo-Fr 09:00-12:00,14:00-17:00; Fr 09:00-12:00');
  it('converts both ways without loss', () => {
    const table = toWeeklyHours(read ?? []);
    expect(table.mo).toEqual(['09:00-12:00', '14:00-17:00']);
    expect(table.fr).toEqual(['09:00-12:00']);
    expect(table.su).toEqual([]);
    expect(fromWeeklyHours(table)).toEqual({ ok: true, value: read });
  });
  it.each([['9h-12h'], ['12:00-09:00'], ['09:00-25:00']])('refuses %s and names the day', (range) => {
    expect(fromWeeklyHours({ ...toWeeklyHours([]), we: [range] })).toEqual({ ok: false, error: 'we' });
  });
  it('refuses two ranges that overlap', () => {
    expect(fromWeeklyHours({ ...toWeeklyHours([]), tu: ['09:00-12:00', '11:00-13:00'] })).toMatchObject({ ok: false });
  });
});

describe('days', () => {
  it('are calendar dates, independent of any clock', () => {
    expect(addDays('2026-03-28', 2)).toBe('2026-03-30');
    expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2);
    expect(weekdayOf('2026-11-26')).toBe(3);
    expect(isDay('2026-02-30')).toBe(false);
  });
  it('are those of France, whatever the machine’s time zone', () => {
    expect(dayInFrance(Date.parse('2026-11-26T22:59:00Z'))).toBe('2026-11-26');
    expect(dayInFrance(Date.parse('2026-11-26T23:01:00Z'))).toBe('2026-11-27');
  });
  it.each([
    ['2026-04-06', 'Lundi de Pâques'],
    ['2027-05-06', 'Ascension'],
    ['2026-05-25', 'Lundi de Pentecôte'],
    ['2026-11-11', 'Armistice'],
    ['2035-12-25', 'Noël'],
  ])('%s is %s', (day, name) => {
    expect(holidayOn(day)).toBe(name);
  });
  it('do not count Good Friday as a holiday', () => {
    expect(holidayOn('2026-04-03')).toBeNull();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { halfDays } from '../../../main/measures/half-days.ts';
import {
  daysOf,
  lastYear,
  monthOf,
  parsePeriod,
  parseWeek,
  previousPeriod,
  shiftWeek,
  weekAt,
  weekIndex,
  weekOfMoment,
  weeksInYear,
  weeksOf,
  yearOf,
  type Week,
} from '../../../main/features/usage/iso-week.ts';

const paris = (text: string): number => Date.parse(text);

describe('ISO weeks', () => {
  it.each([
    ['2026-01-01T12:00:00+01:00', '2026-W01'],
    ['2027-01-03T23:59:59+01:00', '2026-W53'],
    ['2027-01-04T00:00:00+01:00', '2027-W01'],
    ['2025-12-29T00:00:00+01:00', '2026-W01'],
    ['2021-01-03T12:00:00+01:00', '2020-W53'],
  ])('%s is in %s', (moment, week) => expect(weekOfMoment(paris(moment)).week).toBe(week));

  it('uses the days of France, whatever the machine’s time zone', () => {
    expect(weekOfMoment(paris('2026-11-22T23:30:00Z')).week).toBe('2026-W48');
    expect(weekOfMoment(paris('2026-11-22T22:30:00Z')).week).toBe('2026-W47');
  });

  it('gives the right half-day on both daylight saving changes', () => {
    expect(weekOfMoment(paris('2026-03-29T01:30:00Z'))).toEqual({ week: '2026-W13', half: 'sun-am' });
    expect(weekOfMoment(paris('2026-10-25T00:30:00Z'))).toEqual({ week: '2026-W43', half: 'sun-am' });
    expect(weekOfMoment(paris('2026-10-25T12:00:00Z')).half).toBe('sun-pm');
    expect(weekOfMoment(paris('2026-10-24T10:59:00Z')).half).toBe('sat-am');
  });

  it('knows which years have 53 weeks', () => {
    expect([2015, 2020, 2026, 2032].map(weeksInYear)).toEqual([53, 53, 53, 53]);
    expect([2024, 2025, 2027].map(weeksInYear)).toEqual([52, 52, 52]);
  });

  it.each(['2025-W53', '2026-W54', '2026-W00', '2026-W7', '2026-47', 'W47', '2026-W47 ', '1969-W10'])(
    'refuses %s',
    (text) => expect(parseWeek(text)).toBeUndefined(),
  );
  it.each([
    ['month', '2026-13'],
    ['month', '2026-1'],
    ['year', '26'],
    ['week', '2026-11'],
  ] as const)('refuses the %s %s', (kind, text) => expect(parsePeriod(kind, text)).toBeUndefined());

  it('converts any week to its index and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 6_000 }), (index) => {
        const week = weekAt(index);
        expect(parseWeek(week)).toBe(week);
        expect(weekIndex(week)).toBe(index);
        expect(shiftWeek(week, 1) > week).toBe(true);
        expect(daysOf(week).monday.getUTCDay()).toBe(1);
      }),
    );
  });

  it('puts each week in one month of its own year, and each month in one year', () => {
    for (let year = 2020; year < 2035; year += 1) {
      const months = Array.from({ length: 12 }, (_, at) => `${year}-${String(at + 1).padStart(2, '0')}`);
      const inMonths = months.flatMap((id) => weeksOf({ kind: 'month', id }));
      expect(inMonths).toEqual(weeksOf({ kind: 'year', id: String(year) }));
      for (const week of inMonths)
        expect([yearOf(week), monthOf(week).slice(0, 4)]).toEqual([String(year), String(year)]);
    }
  });

  it('finds the previous period across the new year, and the same period of last year', () => {
    expect(previousPeriod({ kind: 'week', id: '2027-W01' }).id).toBe('2026-W53');
    expect(previousPeriod({ kind: 'month', id: '2027-01' }).id).toBe('2026-12');
    expect(lastYear({ kind: 'week', id: '2026-W53' }).id).toBe('2026-W01');
    expect(lastYear({ kind: 'week', id: '2026-W47' }).id).toBe('2025-W47');
    expect(lastYear({ kind: 'month', id: '2026-11' }).id).toBe('2025-11');
  });

  it('has fourteen half-days', () => expect(new Set(halfDays).size).toBe(14));
  it('sorts weeks as text', () =>
    expect(([...['2026-W10', '2025-W52', '2026-W09']] as Week[]).sort()).toEqual(['2025-W52', '2026-W09', '2026-W10']));
});

/**
 * ISO 8601 weeks, and the months and years made of them. A week belongs to the month and the year that hold its
 * Thursday, so weeks, months and years nest exactly.
 *
 * The kiosk's day is the day in France, whatever the machine's own zone.
 */
import { halfDays, type HalfDay } from '../../measures/half-days.ts';

declare const weekBrand: unique symbol;
/** `2026-W47`. Weeks sort as text. */
export type Week = string & { readonly [weekBrand]: true };

export type PeriodKind = 'week' | 'month' | 'year';
/** `2026-W47`, `2026-11` or `2026`. */
export interface Period {
  readonly kind: PeriodKind;
  readonly id: string;
}

const DAY_MS = 86_400_000;
/** 1970-01-05 was the first Monday. */
const FIRST_MONDAY = 4;
const pad = (n: number): string => String(n).padStart(2, '0');

const civil = (day: number): { year: number; month: number; date: number } => {
  const at = new Date(day * DAY_MS);
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, date: at.getUTCDate() };
};
const dayNumber = (year: number, month: number, date: number): number => Date.UTC(year, month - 1, date) / DAY_MS;

/** Number of the week since 1970: consecutive weeks differ by one. */
export const weekIndex = (week: Week): number =>
  remember(indexes, week, () => firstWeekIndex(Number(week.slice(0, 4))) + Number(week.slice(6)) - 1);
const indexes = new Map<Week, number>();

const REMEMBERED = 2_000;
/** A bounded cache: pages of 300 kiosks request the same few hundred weeks a million times. */
const remember = <K, V>(known: Map<K, V>, key: K, find: () => V): V => {
  let value = known.get(key);
  if (value === undefined) {
    value = find();
    if (known.size < REMEMBERED) known.set(key, value);
  }
  return value;
};

/** The week that holds January 4th is the first of its year. */
const firstWeekIndex = (year: number): number => Math.floor((dayNumber(year, 1, 4) - FIRST_MONDAY) / 7);

const names = new Map<number, Week>();
export const weekAt = (index: number): Week =>
  remember(names, index, () => {
    const { year } = civil(mondayOf(index) + 3);
    return `${year}-W${pad(index - firstWeekIndex(year) + 1)}` as Week;
  });

/** Days since 1970 of a week's Monday. */
const mondayOf = (index: number): number => index * 7 + FIRST_MONDAY;

export const shiftWeek = (week: Week, by: number): Week => weekAt(weekIndex(week) + by);

export const weeksInYear = (year: number): number => firstWeekIndex(year + 1) - firstWeekIndex(year);

export const parseWeek = (text: string): Week | undefined => {
  const match = /^(\d{4})-W(\d{2})$/.exec(text);
  if (!match) return undefined;
  const [year, number] = [Number(match[1]), Number(match[2])];
  return year >= 1970 && number >= 1 && number <= weeksInYear(year) ? (text as Week) : undefined;
};

const months = new Map<Week, string>();
export const monthOf = (week: Week): string =>
  remember(months, week, () => {
    const { year, month } = civil(mondayOf(weekIndex(week)) + 3);
    return `${year}-${pad(month)}`;
  });
export const yearOf = (week: Week): string => week.slice(0, 4);

export const parsePeriod = (kind: PeriodKind, text: string): Period | undefined => {
  const valid =
    kind === 'week'
      ? parseWeek(text) !== undefined
      : kind === 'month'
        ? /^(19[7-9]\d|20\d\d)-(0[1-9]|1[0-2])$/.test(text)
        : /^(19[7-9]\d|20\d\d)$/.test(text);
  return valid ? { kind, id: text } : undefined;
};

const periods = new Map<string, readonly Week[]>();

/** All weeks of a period, in order. */
export const weeksOf = (period: Period): readonly Week[] => remember(periods, period.id, () => findWeeks(period));

const findWeeks = (period: Period): readonly Week[] => {
  if (period.kind === 'week') return [period.id as Week];
  const year = Number(period.id.slice(0, 4));
  const all = Array.from({ length: weeksInYear(year) }, (_, i) => weekAt(firstWeekIndex(year) + i));
  return period.kind === 'year' ? all : all.filter((week) => monthOf(week) === period.id);
};

export const periodOf = (kind: PeriodKind, week: Week): Period => ({
  kind,
  id: kind === 'week' ? week : kind === 'month' ? monthOf(week) : yearOf(week),
});

/** The preceding period, which a page compares with ("6 de plus"). */
export const previousPeriod = (period: Period): Period => {
  const first = weeksOf(period)[0];
  if (first === undefined) throw new Error(`a period without weeks: ${period.id}`);
  return periodOf(period.kind, shiftWeek(first, -1));
};

/** The same period a year earlier. For a week it is the one 52 weeks before, since most years have no week 53. */
export const lastYear = (period: Period): Period => {
  if (period.kind === 'week') return { kind: 'week', id: shiftWeek(period.id as Week, -52) };
  const year = Number(period.id.slice(0, 4)) - 1;
  return { kind: period.kind, id: `${year}${period.id.slice(4)}` };
};

/** How many more weeks the first period has than the second. */
export const moreWeeksIn = (one: Period, other: Period): number => weeksOf(one).length - weeksOf(other).length;

/** All weeks that a page of this period needs, including those it compares with, in order. */
export const weeksFor = (period: Period): readonly Week[] =>
  [...new Set([period, previousPeriod(period), lastYear(period)].flatMap(weeksOf))].sort();

const formatters = new Map<string, Intl.DateTimeFormat>();
const formatterFor = (zone: string): Intl.DateTimeFormat => {
  let formatter = formatters.get(zone);
  if (!formatter) {
    const parts = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric' } as const;
    formatter = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', ...parts });
    formatters.set(zone, formatter);
  }
  return formatter;
};

/** The week and half-day of a timestamp: the finest time that is counted. */
export const weekOfMoment = (ms: number, zone = 'Europe/Paris'): { readonly week: Week; readonly half: HalfDay } => {
  const parts = new Map(
    formatterFor(zone)
      .formatToParts(ms)
      .map((part) => [part.type, Number(part.value)]),
  );
  const day = dayNumber(parts.get('year') ?? 1970, parts.get('month') ?? 1, parts.get('day') ?? 1);
  const weekday = (((day - FIRST_MONDAY) % 7) + 7) % 7;
  const half = halfDays[weekday * 2 + ((parts.get('hour') ?? 0) < 13 ? 0 : 1)];
  if (half === undefined) throw new Error('a day outside the week');
  return { week: weekAt(Math.floor((day - FIRST_MONDAY) / 7)), half };
};

/** `2026-11-11`, the day of this half-day. */
export const dayOf = (week: Week, half: HalfDay): string => {
  const { year, month, date } = civil(mondayOf(weekIndex(week)) + Math.floor(halfDays.indexOf(half) / 2));
  return `${year}-${pad(month)}-${pad(date)}`;
};

/** How many of the fourteen half-days of the current week are over at this time. */
export const halfDaysOver = (ms: number): number => halfDays.indexOf(weekOfMoment(ms).half);

/** Monday and Sunday of a week, for titles. */
export const daysOf = (week: Week): { readonly monday: Date; readonly sunday: Date } => {
  const monday = mondayOf(weekIndex(week));
  return { monday: new Date(monday * DAY_MS), sunday: new Date((monday + 6) * DAY_MS) };
};

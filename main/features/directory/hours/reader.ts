/**
 * Parses opening hours. Our own code parses plain weeks. `opening_hours`, the reference implementation of
 * OpenStreetMap, parses everything else. We don't use its holidays (they end in July 2027), and we suppress its console
 * output and its exceptions.
 */
import { createRequire } from 'node:module';
import type { opening_hours } from 'opening_hours';
import type { Span } from '../../../contract/directory.ts';
import { addDays, daysBetween, weekdayOf } from './days.ts';
import { holidayOn } from '../../../platform/public-holidays.ts';
import { readPlainWeek, spanOf } from './plain-week.ts';

export interface ReadHours {
  /** Sorted, in minutes since midnight of `day`. Includes spans that began earlier and are not over. */
  spans(day: string, days: number): readonly Span[];
}

export interface HoursReader {
  /** Undefined when no program can parse the text; it is then shown as written. */
  read(hours: string): ReadHours | undefined;
}

type Program = new (hours: string, where: null, how: { readonly mode: 0 }) => opening_hours;

let program: Program | undefined;

/** One megabyte that most directories never need, so it is loaded with the first hours that are not a plain week. */
const openProgram = (): Program => (program ??= createRequire(import.meta.url)('opening_hours') as Program);

const parsed = (hours: string): opening_hours => new (openProgram())(hours, null, { mode: 0 });

/** Silences the console during a call. The call is synchronous, so no other output is lost. */
const quietly = <T>(work: () => T): T | undefined => {
  const { log, warn, error } = console;
  const silent = (): void => undefined;
  Object.assign(console, { log: silent, warn: silent, error: silent });
  try {
    return work();
  } catch {
    return undefined; // it throws strings, errors and its own objects; all of them mean that it can't parse this
  } finally {
    Object.assign(console, { log, warn, error });
  }
};

/**
 * Separates the holiday rules, which we evaluate ourselves: `PH off`, `PH 10:00-12:00`, `Mo-Fr,PH 09:00-12:00`. Without
 * such a rule, a place is closed on holidays.
 */
const apartHolidays = (hours: string): { readonly rest: string; readonly onHolidays: readonly Span[] } | undefined => {
  const rest: string[] = [];
  let onHolidays: readonly Span[] = [];
  for (const rule of hours.split(';').map((one) => one.trim())) {
    if (!/\b[PS]H\b/.test(rule)) {
      if (rule !== '') rest.push(rule);
      continue;
    }
    const read = /^(PH|PH,[A-Za-z,-]+|[A-Za-z,-]+,PH)\s+(off|closed|[\d:,\s-]+)$/.exec(rule);
    const [, days = '', times = ''] = read ?? [];
    if (!read || /\bSH\b/.test(rule)) return undefined;
    const spans = /^(off|closed)$/.test(times) ? [] : times.split(',').map((range) => spanOf(range.trim()));
    if (spans.some((span) => span === undefined)) return undefined;
    onHolidays = spans as readonly Span[];
    const others = days.replace(/^PH,|,PH$/, '');
    if (others !== 'PH') rest.push(`${others} ${times}`);
  }
  return { rest: rest.join('; '), onHolidays };
};

const shifted = (spans: readonly Span[], by: number): readonly Span[] =>
  spans.map(([from, to]) => [from + by, to + by] as const);

/** Removes the openings on holidays, unless the hours mention them: a closed door on 11 November helps nobody. */
const withHolidays = (
  spans: readonly Span[],
  day: string,
  first: number,
  last: number,
  onHolidays: readonly Span[],
): readonly Span[] => {
  const kept = spans.filter(
    ([from, to]) => to - from >= 1440 || holidayOn(addDays(day, Math.floor(from / 1440))) === null,
  );
  for (let at = first; at < last; at++) {
    if (holidayOn(addDays(day, at)) !== null) kept.push(...shifted(onHolidays, at * 1440));
  }
  return kept.sort((a, b) => a[0] - b[0]);
};

const plain = (week: readonly (readonly Span[])[]): ReadHours => ({
  spans(day, days) {
    const spans = Array.from({ length: days }, (_, at) =>
      shifted(week[weekdayOf(addDays(day, at))] ?? [], at * 1440),
    ).flat();
    return withHolidays(spans, day, 0, days, []);
  },
});

/** Midnight in the machine's time zone. The library uses local dates, and `minuteOf` too, so the zone cancels out. */
const midnight = (day: string): Date => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date);
};

const minuteOf = (date: Date, day: string): number => {
  const two = (n: number): string => String(n).padStart(2, '0');
  const its = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return daysBetween(day, its) * 1440 + date.getHours() * 60 + date.getMinutes();
};

const rich = (hours: string): ReadHours | undefined => {
  const parted = apartHolidays(hours);
  if (!parted) return undefined;
  const { rest, onHolidays } = parted;
  if (rest === '') return undefined;
  const read = quietly(() => {
    const made = parsed(rest);
    return made.getWarnings().length === 0 ? made : undefined;
  });
  if (!read) return undefined;
  const intervals = (day: string, days: number): readonly Span[] | undefined =>
    quietly(() => {
      const found = read.getOpenIntervals(midnight(addDays(day, -1)), midnight(addDays(day, days + 1)));
      // The library reports « sur rendez-vous » as "unknown". A person without an appointment finds it closed.
      return found
        .filter(([, , unknown]) => !unknown)
        .map(([from, to]) => [minuteOf(from, day), minuteOf(to, day)] as const)
        .filter(([from, to]) => to > 0 && from < days * 1440);
    });
  // Hours that are never open during a whole year were not understood.
  if ((intervals('2026-01-01', 366)?.length ?? 0) === 0) return undefined;
  return {
    spans: (day, days) =>
      withHolidays(intervals(day, days) ?? [], day, -1, days, onHolidays).filter(([, to]) => to > 0),
  };
};

/** Caches the results: the places of a département share a few hundred different texts. */
export const createHoursReader = (): HoursReader => {
  const known = new Map<string, ReadHours | undefined>();
  return {
    read(hours) {
      if (known.has(hours)) return known.get(hours);
      const week = readPlainWeek(hours);
      const made = week ? (week.some((spans) => spans.length > 0) ? plain(week) : undefined) : rich(hours);
      known.set(hours, made);
      return made;
    },
  };
};

/** The correct notation of hours with small mistakes (`Mo-Fr 9-12`); undefined when that would be a guess. */
export const tidyHours = (hours: string): string | undefined =>
  quietly(() => {
    const made = parsed(hours);
    const sure = made.getStructuredWarnings().every(({ type }) => SMALL_SLIPS.has(type));
    const tidy = made.prettifyValue();
    return sure && parsed(tidy).getWarnings().length === 0 ? tidy : undefined;
  });

const SMALL_SLIPS: ReadonlySet<string> = new Set([
  'without_minutes',
  'hour_min_separator',
  'omit_ko',
  'period_one',
  'adding_0',
  'no_colon_after',
  'separator_for_readability',
  'please_use_ok_for_ko',
  'zero_calculation',
]);

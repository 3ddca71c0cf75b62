/**
 * Which weeks are over, as far as the counts themselves can tell. Without network time a clock that is a week ahead
 * looks like a kiosk that was off for a week. So a week is over only once later weeks hold enough hours of service.
 * They are counted in the database: restarts do not matter, and a clock that was wrong for an hour publishes nothing.
 * Pure.
 */
import { halfDays } from '../../measures/half-days.ts';
import type { StoredWeek } from './counts-file.ts';
import { shiftWeek, weekIndex, weekOfMoment, type Week } from './iso-week.ts';

type Counts = StoredWeek['counts'];
type Weeks = ReadonlyMap<string, Pick<StoredWeek, 'counts'>>;

/** Six hours in service, in quarter-hours, when the kiosk was off for a week at most. */
const SOON_QUARTERS = 6 * 4;
/** After a longer gap: a week of opening hours, so that somebody can notice the date of the PC before. */
const LATE_QUARTERS = 30 * 4;
const LONG_DAYS = 8;

/** Days since a fixed Monday; weeks begin at multiples of seven. */
export const dayOfMoment = (ms: number): number => {
  const { week, half } = weekOfMoment(ms);
  return weekIndex(week) * 7 + Math.floor(halfDays.indexOf(half) / 2);
};

/** The half-days with counts, as positions in the week, in order. */
const halvesIn = (counts: Counts): readonly number[] =>
  [...counts.keys()]
    .filter((cell) => cell.startsWith('service.on|') || cell.startsWith('session.half-day|'))
    .map((cell) => halfDays.findIndex((half) => cell.endsWith(`|${half}`)))
    .filter((at) => at >= 0)
    .sort((a, b) => a - b);

const firstDay = (week: string, counts: Counts): number =>
  weekIndex(week as Week) * 7 + Math.floor((halvesIn(counts)[0] ?? 0) / 2);
export const lastDay = (week: string, counts: Counts): number =>
  weekIndex(week as Week) * 7 + Math.floor((halvesIn(counts).at(-1) ?? halfDays.length - 1) / 2);

const quartersOf = (counts: Counts): number =>
  halfDays.reduce((sum, half) => sum + (counts.get(`service.on|${half}`)?.n ?? 0), 0);

/** The weeks from the first one that is not published to the last one that is over, in order. */
export const weeksOver = (
  weeks: Weeks,
  published: ReadonlySet<string>,
  startedIn: Week,
  clock: { readonly week: Week; readonly sure: boolean },
): readonly Week[] => {
  const last = clock.sure ? shiftWeek(clock.week, -1) : lastOver(weeks, published, clock.week);
  const over: Week[] = [];
  for (let week = firstOpen(published, startedIn, clock.week); week <= last; week = shiftWeek(week, 1)) over.push(week);
  return over;
};

const lastOver = (weeks: Weeks, published: ReadonlySet<string>, until: Week): Week => {
  const counted = [...weeks].filter(([week, { counts }]) => week <= until && counts.size > 0).sort(byWeek);
  let later = counted.reduce((sum, [, { counts }]) => sum + quartersOf(counts), 0);
  for (const [at, [week, { counts }]] of counted.entries()) {
    if (week === until) break;
    later -= quartersOf(counts);
    const next = counted[at + 1];
    if (next && published.has(next[0])) continue;
    const isLong = !next || firstDay(next[0], next[1].counts) - lastDay(week, counts) >= LONG_DAYS;
    if (later < (isLong ? LATE_QUARTERS : SOON_QUARTERS)) return shiftWeek(week as Week, -1);
  }
  return shiftWeek(until, -1);
};
const byWeek = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

/** The first week that may still grow. Weeks published by a clock that ran years ahead do not count. */
export const firstOpen = (published: ReadonlySet<string>, startedIn: Week, clockWeek: Week): Week => {
  let last: string | undefined;
  for (const week of published) if (week <= clockWeek && (last === undefined || week > last)) last = week;
  if (last !== undefined) return shiftWeek(last as Week, 1);
  return startedIn < clockWeek ? startedIn : clockWeek;
};

/**
 * The half-days of a week that may be shown although the week is not over: those before the last one with a count,
 * which may still grow.
 */
export const halfDaysBeforeLast = (counts: Counts): number => halvesIn(counts).at(-1) ?? 0;

/**
 * What a reader is shown for a week, a month or a year of one site. Pure.
 *
 * Every count about people is moved by the noise of its own key. A figure is published once: a week when it is over, a month or a
 * year when all of its weeks are. Until then a longer period is the sum of the finished weeks and months *as shown*, and the week
 * under way shows its finished half-days. A number that moved a little each half-day would draw a new noise each time: the mean of
 * all of them would be the true count, and the moment at which it moves would tell that somebody came.
 */
import { halfDays } from '../../measures/half-days.ts';
import { cellOf, measureOf, partsOf } from '../../measures/measures.ts';
import { keyOfSum, secretOfSum, type Cell, type WeekCells } from './cells.ts';
import { monthOf, weeksOf, type Period, type Week } from './iso-week.ts';
import { allowedCells, type KnownKeys } from './known-keys.ts';
import { perturb } from './noise.ts';
import { about, exact, HIDDEN, isNumber, type Shown } from './shown.ts';

/** What a week could count when it was made: kept with it, so that a later configuration doesn't redraw it. */
export interface WeekList {
  readonly known: KnownKeys;
  /** Outside these a count of zero is known to be one. */
  readonly openHalfDays: readonly string[];
}

export interface SiteFigures {
  readonly weeks: ReadonlyMap<Week, WeekCells>;
  /** The kiosk's first week: before it, everybody knows that nothing was counted. */
  readonly startedIn: Week;
  /** The week under way: it, and the month and year that hold it, are not over. */
  readonly current: Week;
  /** How many of the fourteen half-days of the week under way are over. */
  readonly halvesOver: number;
  /** The first week still kept. */
  readonly keptFrom: Week;
  readonly listOf: (week: Week) => WeekList;
}

export const isMachine = (cell: Cell): boolean => measureOf(partsOf(cell).measure)?.machine === true;

/** How each of these cells is shown for the period. */
export const publish = (site: SiteFigures, period: Period, cells: Iterable<Cell>): ReadonlyMap<Cell, Shown> => {
  const weeks = weeksOf(period).filter((week) => week >= site.startedIn && week <= site.current);
  const show = gated(showerOf(site, period, weeks));
  return new Map([...cells].map((cell) => [cell, isMachine(cell) ? machine(site, weeks, cell) : show(cell)]));
};

/** What is wrong with the machine is nobody's: it does not wait. */
const machine = (site: SiteFigures, weeks: readonly Week[], cell: Cell): Shown =>
  exact(weeks.reduce((n, week) => n + (site.weeks.get(week)?.get(cell) ?? 0), 0));

export type Show = (cell: Cell) => Shown;

/**
 * How a handful of people divide is not shown: the same two persons would be drawn anew in each of the ways in which passages
 * divide, and seven drawings of one count tell it. Decided by what is shown of the whole, so it tells nothing by itself.
 */
export const SPLIT_FROM = 10;
export const OUTCOMES_FROM = 5;
/**
 * A month or a year gets a drawing of its own from this on; of the few who came in all of it, one more drawing would tell too much.
 * Under it stands the sum of what its weeks show, and under `SAID_FROM`, which may be all noise, nothing.
 */
export const LONGER_FROM = 24;
export const SAID_FROM = 10;

/** The whole that a cell is a part of, and from where on its parts are shown. */
const wholeOf = (cell: Cell): { readonly total: Cell; readonly from: number } | undefined => {
  const { measure, key } = partsOf(cell);
  if (measure === 'demarche.finished' || measure === 'demarche.left-at-step')
    return { total: cellOf('demarche.opened', key.split('/')[0]), from: OUTCOMES_FROM };
  if (measure === 'tutorial.finished' || measure === 'tutorial.left-at-screen')
    return { total: cellOf('tutorial.opened', key.split('/')[0]), from: OUTCOMES_FROM };
  const isSplit = measureOf(measure)?.perSession === true && measure !== 'session' && measure !== 'session.half-day';
  return isSplit ? { total: 'session', from: SPLIT_FROM } : undefined;
};

const HALVES = halfDays.map((half) => cellOf('session.half-day', half));
/** Half-days have ended, and were shown, before the week had a total: their own sum decides. */
const sumOfHalves = (show: Show): number =>
  HALVES.map(show).reduce((sum, shown) => sum + (isNumber(shown) ? shown.n : 0), 0);

/** Exported for stores, where the adding up was done elsewhere. */
export const gated = (show: Show): Show => {
  const totals = new Map<Cell, Shown>();
  const totalOf = (cell: Cell): Shown => {
    const total = totals.get(cell) ?? show(cell);
    totals.set(cell, total);
    return total;
  };
  return (cell) => {
    if (cell.startsWith('session.half-day|') && sumOfHalves(totalOf) < SPLIT_FROM) return HIDDEN;
    const whole = wholeOf(cell);
    const total = whole && totalOf(whole.total);
    if (whole && isNumber(total) && total.n < whole.from) return HIDDEN;
    return totals.get(cell) ?? show(cell);
  };
};

const showerOf = (site: SiteFigures, period: Period, weeks: readonly Week[]): Show => {
  if (period.kind === 'week') return weeks[0] === site.current ? underWay(site) : whole(site, weeks);
  const weekly = addUp(weeks.filter((week) => week < site.current).map((week) => gated(whole(site, [week]))));
  const once = isOver(site, period)
    ? whole(site, weeks)
    : addUp(parts(site, period, weeks).map((part) => whole(site, part)));
  return longer(weekly, once);
};

/** Of a month or a year: by the sum of what its weeks show. */
export const longer =
  (weekly: Show, once: Show): Show =>
  (cell) => {
    const sum = weekly(cell);
    const n = isNumber(sum) ? sum.n : 0;
    return n < SAID_FROM ? HIDDEN : n < LONGER_FROM ? sum : once(cell);
  };

/** Over, and every week of it that the kiosk lived through is still kept. */
export const isOver = (site: SiteFigures, period: Period): boolean => {
  const weeks = weeksOf(period);
  const [first, last] = [weeks[0], weeks.at(-1)];
  if (first === undefined || last === undefined) return false;
  return last < site.current && (first >= site.keptFrom || site.startedIn >= site.keptFrom);
};

/** The longest pieces of a period that were published on their own: its whole months, and the weeks of the others. */
const parts = (site: SiteFigures, period: Period, weeks: readonly Week[]): readonly (readonly Week[])[] => {
  const over = weeks.filter((week) => week < site.current && week >= site.keptFrom);
  if (period.kind === 'month') return over.map((week) => [week]);
  const months = [...new Set(over.map(monthOf))];
  return months.flatMap((id) => {
    const inside = over.filter((week) => monthOf(week) === id);
    return isOver(site, { kind: 'month', id }) ? [inside] : inside.map((week) => [week]);
  });
};

/** One figure for all these weeks, with the sum of their keys. */
const whole = (site: SiteFigures, weeks: readonly Week[]): Show => {
  const parts = weeks.flatMap((week) => site.weeks.get(week) ?? []);
  const lists = weeks.filter((week) => site.weeks.has(week)).map(site.listOf);
  let secret: string | undefined;
  return (cell) => {
    let n = 0;
    for (const part of parts) n += part.get(cell) ?? 0;
    // Nothing could be counted there: everybody knows that it is zero.
    if (n === 0 && !parts.some((part, at) => canGrow(lists[at] as WeekList, cell) && wasOn(part, cell)))
      return about(0);
    // Most pieces of a year are never asked for: 4,000 sites have 48,000 months.
    secret ??= secretOfSum(parts);
    return about(perturb(n, keyOfSum(parts, secret, cell)));
  };
};

/** The page says of each half-day how long the kiosk was on: in one in which it was not, nobody came. */
const wasOn = (week: WeekCells, cell: Cell): boolean => {
  if (!cell.startsWith('session.half-day|')) return true;
  const half = partsOf(cell).key;
  // Weeks of before this was counted have none.
  return (week.get(`service.on|${half}`) ?? 0) > 0 || halfDays.every((one) => !week.get(`service.on|${one}`));
};

const listed = new WeakMap<KnownKeys, ReadonlySet<Cell>>();
const canGrow = ({ known, openHalfDays }: WeekList, cell: Cell): boolean => {
  const { measure, key } = partsOf(cell);
  if (measure === 'session.half-day') return openHalfDays.includes(key);
  let allowed = listed.get(known);
  if (!allowed) listed.set(known, (allowed = allowedCells(known)));
  return allowed.has(cell);
};

const addUp =
  (shows: readonly Show[]): Show =>
  (cell) =>
    about(
      shows.reduce((sum, show) => {
        const shown = show(cell);
        return sum + (shown.kind === 'about' ? shown.n : 0);
      }, 0),
    );

/** Half-days are shown as they end; nobody may be seen to arrive in what they did. All the rest is told when the week is over. */
const underWay = (site: SiteFigures): Show => {
  const over = new Set(halfDays.slice(0, site.halvesOver).map((half) => cellOf('session.half-day', half)));
  const show = whole(site, [site.current]);
  const total = addUp([...over].map((half) => () => show(half)));
  // Nor may the total give the half-days of a quiet week away as it grows.
  const said = sumOfHalves((half) => (over.has(half) ? show(half) : HIDDEN)) >= SPLIT_FROM;
  return (cell) => (over.has(cell) ? show(cell) : cell === 'session' && said ? total(cell) : HIDDEN);
};

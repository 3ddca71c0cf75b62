/**
 * What a reader is shown for a week, a month or a year of one site. Pure.
 *
 * Every count about people is moved by the noise of its own key. A figure is published once: a week when it is over, a month or a
 * year when all of its weeks are. Until then a longer period is the sum of the finished weeks and months *as shown*, and the week
 * under way shows its finished half-days. A number that moved a little each half-day would draw a new noise each time: the mean of
 * all of them would be the true count, and the moment at which it moves would tell that somebody came.
 */
import { halfDays } from '../../measures/half-days.ts';
import { cellOf, measureOf, parseCell, type MeasureId } from '../../measures/measures.ts';
import { keyOfSum, secretOfSum, type Cell, type WeekCells } from './cells.ts';
import { monthOf, weeksOf, type Period, type Week } from './iso-week.ts';
import { allowedCells, keysOf, NO_KEYS, type KnownKeys } from './known-keys.ts';
import { perturb, perturbParts, roomForNobody, SURE_FROM } from './noise.ts';
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

export const isMachine = (cell: Cell): boolean => measureOf(parseCell(cell).measure)?.machine === true;

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
const numberOf = (shown: Shown | undefined): number => (isNumber(shown) ? shown.n : 0);

/**
 * How a handful of people divide is not shown: it is almost all noise. Decided by what is shown of the whole, so it tells nothing by
 * itself. Half-days are out before their week has a total to which they could add up, so they wait for more.
 */
const SPLIT_FROM = 10;
const OUTCOMES_FROM = 5;
const HALVES_FROM = 16;

/**
 * A month or a year gets a drawing of its own from this on; of the few who came in all of it, one more drawing would tell too much.
 * Under it stands the sum of what its weeks show, where that is not all noise (`longer`).
 */
export const LONGER_FROM = 40;
const SAID_FROM = 10;
/** Of so many sites, the sum tells nothing of one; of fewer, only the sums that `LONGER_FROM` lets through are said. */
const MANY_SITES = 12;

/** Where those who opened one of these got to: each of them to one end. */
const ENDS: Readonly<Partial<Record<MeasureId, readonly MeasureId[]>>> = {
  'demarche.opened': ['demarche.finished', 'demarche.left-at-step'],
  'tutorial.opened': ['tutorial.finished', 'tutorial.left-at-screen'],
};
const openedOf = (measure: MeasureId): MeasureId | undefined =>
  (['demarche.opened', 'tutorial.opened'] as const).find((opened) => ENDS[opened]?.includes(measure));

/** The whole that a cell is a part of, and from where on its parts are shown. */
const wholeOf = (cell: Cell): { readonly total: Cell; readonly from: number } | undefined => {
  const { measure, key } = parseCell(cell);
  const opened = openedOf(measure);
  if (opened) return { total: cellOf(opened, key.split('/')[0]), from: OUTCOMES_FROM };
  const isSplit = measureOf(measure)?.perSession === true && measure !== 'session' && measure !== 'session.half-day';
  return isSplit ? { total: 'session', from: SPLIT_FROM } : undefined;
};

const HALVES = halfDays.map((half) => cellOf('session.half-day', half));
/**
 * Half-days have ended, and were shown, before the week had a total: their own sum decides. Of those that cannot be nobody: eleven
 * empty half-days may be shown as 1 or 2 each.
 */
const sumOfHalves = (show: Show): number =>
  HALVES.map(show).reduce((sum, shown) => sum + (numberOf(shown) >= SURE_FROM ? numberOf(shown) : 0), 0);

/** Exported for stores, where the adding up was done elsewhere. */
export const gated = (show: Show): Show => {
  const totals = new Map<Cell, Shown>();
  const totalOf = (cell: Cell): Shown => {
    const total = totals.get(cell) ?? show(cell);
    totals.set(cell, total);
    return total;
  };
  return (cell) => {
    if (cell.startsWith('session.half-day|') && sumOfHalves(totalOf) < HALVES_FROM) return HIDDEN;
    const whole = wholeOf(cell);
    const total = whole && totalOf(whole.total);
    if (whole && !(isNumber(total) && total.n >= whole.from)) return HIDDEN;
    return totals.get(cell) ?? show(cell);
  };
};

const mostSites = (weeks: readonly WeekCells[]): number => weeks.reduce((most, { sites }) => Math.max(most, sites), 0);
const isFew = (sites: number): boolean => sites > 1 && sites < MANY_SITES;
/** What the weeks of a period show, in sum. */
interface Weekly {
  readonly n: number;
  /** No week of them hides its number. */
  readonly isWhole: boolean;
}
type InWeeks = (cell: Cell) => Weekly;

/** Made when it is asked for, which the same cell is several times. */
const inWeeks = (site: SiteFigures, weeks: readonly Week[]): InWeeks => {
  let shows: readonly Show[] | undefined;
  const known = new Map<Cell, Weekly>();
  return (cell) => {
    let sum = known.get(cell);
    if (!sum) {
      shows ??= weeks.filter((week) => site.weeks.has(week)).map((week) => gated(whole(site, [week])));
      const shown = shows.map((show) => show(cell));
      sum = { n: shown.reduce((n, one) => n + numberOf(one), 0), isWhole: shown.every(isNumber) };
      known.set(cell, sum);
    }
    return sum;
  };
};

const showerOf = (site: SiteFigures, period: Period, weeks: readonly Week[]): Show => {
  if (period.kind === 'week') {
    if (weeks[0] === site.current) return underWay(site);
    return isFew(mostSites(cellsIn(site, weeks))) ? largeOnly(whole(site, weeks)) : whole(site, weeks);
  }
  const finished = weeks.filter((week) => week < site.current);
  const weekly = inWeeks(site, finished);
  const once = isOver(site, period)
    ? whole(site, weeks, weekly)
    : addUp(parts(site, period, weeks).map((part) => whole(site, part)));
  const came = cellsIn(site, weeks);
  return isFew(mostSites(came)) ? largeOnly(once) : longer(weekly, once, cellsIn(site, finished).length);
};
const cellsIn = (site: SiteFigures, weeks: readonly Week[]): readonly WeekCells[] =>
  weeks.flatMap((week) => site.weeks.get(week) ?? []);

/** The sum of a few sites beside the number of each of them. */
const largeOnly =
  (show: Show): Show =>
  (cell) => {
    const shown = show(cell);
    return isNumber(shown) && shown.n >= LONGER_FROM ? shown : HIDDEN;
  };

/**
 * Of a month or a year: by the sum of what its weeks show. A week in which nobody did a thing is shown as 1 or 2 now and then, so
 * nobody in a year adds up to 30: a sum is told from one a week on. Nor is it told where a week hides its part.
 */
export const longer =
  (weekly: InWeeks, once: Show, weeks: number): Show =>
  (cell) => {
    const { n, isWhole } = weekly(cell);
    if (n >= LONGER_FROM) return once(cell);
    return isWhole && n >= Math.max(SAID_FROM, weeks) ? about(n) : HIDDEN;
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
const whole = (site: SiteFigures, weeks: readonly Week[], weekly = inWeeks(site, weeks)): Show => {
  const parts = cellsIn(site, weeks);
  const lists = weeks.filter((week) => site.weeks.has(week)).map(site.listOf);
  const countOf = (cell: Cell): number => parts.reduce((n, part) => n + (part.get(cell) ?? 0), 0);
  // Most pieces of a year are never asked for: 4,000 sites have 48,000 months.
  let secret: string | undefined;
  const keyFor = (cell: Cell): number => keyOfSum(parts, (secret ??= secretOfSum(parts)), cell);
  const drawn: Show = (cell) => {
    const n = countOf(cell);
    // Nothing could be counted there: everybody knows that it is zero.
    const isKnown = n === 0 && !parts.some((part, at) => canGrow(lists[at] as WeekList, cell) && wasOn(part, cell));
    return about(isKnown ? 0 : perturb(n, keyFor(cell)));
  };
  const sites = mostSites(parts);
  const isSaid = (cell: Cell): boolean => weekly(cell).n >= LONGER_FROM;
  return addingUp(drawn, countOf, keyFor, {
    lists: new Set(sites === 1 ? lists.map(({ known }) => known) : []),
    // The one week of a month shows its own numbers.
    isAllSaid: (cells) => !isFew(sites) && (parts.length === 1 || sites >= MANY_SITES || cells.every(isSaid)),
  });
};

/** A whole, and all that it divides into. */
interface Division {
  readonly total: Cell;
  readonly parts: readonly Cell[];
}

/** Those that no configuration changes: a year of many sites asks for them often. */
const divisions = new Map<MeasureId, Division>();
/** `lists`: of one site's weeks; what several sites did with a démarche has no list that stays the same. */
const divisionOf = (cell: Cell, lists: ReadonlySet<KnownKeys>): Division | undefined => {
  const { measure, key } = parseCell(cell);
  const total = measureOf(measure)?.splits;
  if (total !== undefined) {
    let division = divisions.get(measure);
    if (!division) {
      division = { total, parts: keysOf(measure, NO_KEYS).map((one) => cellOf(measure, one)) };
      divisions.set(measure, division);
    }
    return division;
  }
  const opened = openedOf(measure);
  if (!opened) return undefined;
  const id = key.split('/')[0] ?? '';
  const keys = (end: MeasureId): readonly Cell[] =>
    [...lists].flatMap((known) => keysOf(end, known).filter((one) => one === id || one.startsWith(`${id}/`))).map((one) => cellOf(end, one)); // prettier-ignore
  const parts = [...new Set((ENDS[opened] ?? []).flatMap(keys))];
  return parts.length === 0 ? undefined : { total: cellOf(opened, id), parts };
};

/** The parts of a whole add up to what is shown of it. Exported for stores, where the adding up was done elsewhere. */
export const addingUp = (
  drawn: Show,
  countOf: (cell: Cell) => number,
  keyFor: (cell: Cell) => number,
  /** `isAllSaid`: were one part not said, what the others leave of the whole would say it. */
  {
    lists,
    isAllSaid,
  }: { readonly lists: ReadonlySet<KnownKeys>; readonly isAllSaid: (cells: readonly Cell[]) => boolean },
): Show => {
  const fitted = new Map<Cell, Shown>();
  const fit = ({ total, parts }: Division): void => {
    const whole = show(total);
    const counts = parts.map(countOf);
    // A version that did not count this yet, in the middle of a week.
    const isWhole = isNumber(whole) && isAllSaid(parts) && counts.reduce((sum, n) => sum + n, 0) === countOf(total);
    const room = ENDS[parseCell(total).measure] ? roomForNobody(parts.length) : 0;
    const shown = isWhole ? perturbParts(parts.map((cell, at) => ({ n: counts[at] ?? 0, key: keyFor(cell) })), whole.n + room) : []; // prettier-ignore
    parts.forEach((cell, at) => fitted.set(cell, isWhole ? about(shown[at] ?? 0) : drawn(cell)));
  };
  const show: Show = (cell) => {
    const known = fitted.get(cell);
    if (known) return known;
    const division = divisionOf(cell, lists);
    if (division) fit(division);
    return fitted.get(cell) ?? drawn(cell);
  };
  return show;
};

/** The page says of each half-day how long the kiosk was on: in one in which it was not, nobody came. */
const wasOn = (week: WeekCells, cell: Cell): boolean => {
  if (!cell.startsWith('session.half-day|')) return true;
  const half = parseCell(cell).key;
  // Weeks of before this was counted have none.
  return (week.get(`service.on|${half}`) ?? 0) > 0 || halfDays.every((one) => !week.get(`service.on|${one}`));
};

const listed = new WeakMap<KnownKeys, ReadonlySet<Cell>>();
const canGrow = ({ known, openHalfDays }: WeekList, cell: Cell): boolean => {
  const { measure, key } = parseCell(cell);
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
  const said = sumOfHalves((half) => (over.has(half) ? show(half) : HIDDEN)) >= HALVES_FROM;
  return (cell) => (over.has(cell) ? show(cell) : cell === 'session' && said ? total(cell) : HIDDEN);
};

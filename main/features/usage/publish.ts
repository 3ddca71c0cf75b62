/**
 * The figures shown for a week, a month or a year of one site. Pure.
 *
 * Every count about people gets the noise of its own key. A figure is published once: a week when it is over, a month
 * or a year when all of its weeks are over. Until then a longer period is the sum of the finished weeks and months *as
 * shown*, and the current week shows only its finished half-days. A number updated each half-day would draw new noise
 * each time: the mean of the draws would approach the true count, and the time of a change would reveal that someone
 * came.
 */
import { halfDays } from '../../measures/half-days.ts';
import { cellOf, measureOf, parseCell, type MeasureId } from '../../measures/measures.ts';
import { keyOfSum, secretOfSum, type Cell, type WeekCells } from './cells.ts';
import { monthOf, weeksOf, type Period, type Week } from './iso-week.ts';
import { allowedCells, keysOf, NO_KEYS, type KnownKeys } from './known-keys.ts';
import { perturb, perturbParts, roomForEmptyEnds, SURE_FROM } from './noise.ts';
import { rulesOf } from './rules.ts';
import { about, addShown, exact, HIDDEN, isNumber, type Shown } from './shown.ts';

/** What a week could count, kept with the week so that a later configuration does not change its published figures. */
export interface WeekList {
  readonly known: KnownKeys;
  /** In other half-days the kiosk is closed, so a zero is public knowledge and shown as zero. */
  readonly openHalfDays: readonly string[];
}

export interface SiteFigures {
  readonly weeks: ReadonlyMap<Week, WeekCells>;
  /** The kiosk's first week. It is public that nothing was counted before. */
  readonly startedIn: Week;
  /** The current week. It, its month and its year are not over. */
  readonly current: Week;
  /** How many of the fourteen half-days of the current week are over. */
  readonly halfDaysOver: number;
  /** The first week still kept. */
  readonly keptFrom: Week;
  /** Finished weeks that a site has not sent yet: a sum over one of them may still change, so it is not drawn once. */
  readonly awaited?: ReadonlySet<Week>;
  readonly listOf: (week: Week) => WeekList;
}

export const isMachine = (cell: Cell): boolean => measureOf(parseCell(cell).measure)?.machine === true;

/** The figure shown for each of these cells in the period. */
export const publish = (site: SiteFigures, period: Period, cells: Iterable<Cell>): ReadonlyMap<Cell, Shown> => {
  const weeks = weeksOf(period).filter((week) => week >= site.startedIn && week <= site.current);
  const show = hideSmallParts(showerOf(site, period, weeks));
  return new Map([...cells].map((cell) => [cell, isMachine(cell) ? machine(site, weeks, cell) : show(cell)]));
};

/** True for sums that would reveal something about one of their sites if they had a noise of their own. */
export const isFew = (sites: number): boolean => sites > 1 && sites < MANY_SITES;

/** The figures of a few sites together: the sum of what each of them shows. `sum`: the sites added up. */
export const publishFew = (
  sites: readonly SiteFigures[],
  sum: SiteFigures,
  period: Period,
  cells: Iterable<Cell>,
): ReadonlyMap<Cell, Shown> => {
  const all = [...cells];
  const each = sites.map((site) => publish(site, period, all));
  const ofMachine = publish(sum, period, all.filter(isMachine));
  return new Map(all.map((cell) => [cell, ofMachine.get(cell) ?? addShown(each.map((shown) => shown.get(cell)))]));
};

/**
 * Only a person who opens a site meets these faults, apart from an unplugged cable. In the current week, a new one
 * would show that someone came.
 */
const MET_BY_PERSONS: ReadonlySet<Cell> = new Set([
  cellOf('machine.fault', 'browser'),
  cellOf('service.out', 'network'),
]);

/** Figures about the machine concern nobody, so they are exact and shown at once. */
const machine = (site: SiteFigures, weeks: readonly Week[], cell: Cell): Shown => {
  const known = MET_BY_PERSONS.has(cell) ? weeks.filter((week) => week < site.current) : weeks;
  if (known.length === 0 && weeks.length > 0) return HIDDEN;
  return exact(known.reduce((n, week) => n + (site.weeks.get(week)?.get(cell) ?? 0), 0));
};

export type Show = (cell: Cell) => Shown;
const numberOf = (shown: Shown | undefined): number => (isNumber(shown) ? shown.n : 0);

/**
 * The parts of a whole are shown from this number on: with a handful of people they are almost only noise. The decision
 * uses the shown number of the whole, so it reveals nothing. Half-days are shown before their week has a total to fit
 * them to, so they need more.
 */
const SPLIT_FROM = 10;
const OUTCOMES_FROM = 5;
const HALVES_FROM = 16;

/**
 * From this number on a month or a year gets its own draw of noise; for fewer people one more draw would reveal too
 * much. Below it the sum of the weeks as shown is used, where that is not only noise (`longPeriod`).
 */
export const LONGER_FROM = 40;
const SUM_FROM = 10;
/**
 * A sum of this many sites reveals nothing about one of them, so it gets its own draw. Of fewer, what each shows is
 * added up (`publishFew`); where that is not known, only sums from `LONGER_FROM` on are shown.
 */
const MANY_SITES = 12;

/** The ends of a démarche or a tutorial: each person who opened it is counted in exactly one. */
const ENDS: Readonly<Partial<Record<MeasureId, readonly MeasureId[]>>> = {
  'demarche.opened': ['demarche.finished', 'demarche.left-at-step'],
  'tutorial.opened': ['tutorial.finished', 'tutorial.left-at-screen'],
};
const openedOf = (measure: MeasureId): MeasureId | undefined =>
  (['demarche.opened', 'tutorial.opened'] as const).find((opened) => ENDS[opened]?.includes(measure));

/** The whole that a cell is a part of, and the shown number from which its parts are shown. */
const wholeOf = (cell: Cell): { readonly total: Cell; readonly from: number } | undefined => {
  const { measure, key } = parseCell(cell);
  const opened = openedOf(measure);
  if (opened) return { total: cellOf(opened, key.split('/')[0]), from: OUTCOMES_FROM };
  const isSplit = measureOf(measure)?.perSession === true && measure !== 'session' && measure !== 'session.half-day';
  return isSplit ? { total: 'session', from: SPLIT_FROM } : undefined;
};

const HALVES = halfDays.map((half) => cellOf('session.half-day', half));
/**
 * Half-days are shown before the week has a total, so their own sum decides. Only half-days that cannot be zero are
 * added: eleven empty ones may be shown as 1 or 2 each.
 */
const sumOfHalves = (show: Show): number =>
  HALVES.map(show).reduce((sum, shown) => sum + (numberOf(shown) >= SURE_FROM ? numberOf(shown) : 0), 0);

/** Hides parts of wholes that are too small. Exported for stores, where DuckDB did the adding up. */
export const hideSmallParts = (show: Show): Show => {
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
/** The sum of the weeks of a period as shown. */
interface Weekly {
  readonly n: number;
  /** True when no week hides its number. */
  readonly isWhole: boolean;
}
type InWeeks = (cell: Cell) => Weekly;

/** Computed on demand and cached: the same cell is requested several times. */
const inWeeks = (site: SiteFigures, weeks: readonly Week[]): InWeeks => {
  let shows: readonly Show[] | undefined;
  const known = new Map<Cell, Weekly>();
  return (cell) => {
    let sum = known.get(cell);
    if (!sum) {
      shows ??= weeks.filter((week) => site.weeks.has(week)).map((week) => hideSmallParts(whole(site, [week])));
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
  const counted = cellsIn(site, weeks);
  return isFew(mostSites(counted)) ? largeOnly(once) : longPeriod(weekly, once, cellsIn(site, finished).length);
};
const cellsIn = (site: SiteFigures, weeks: readonly Week[]): readonly WeekCells[] =>
  weeks.flatMap((week) => site.weeks.get(week) ?? []);

/** Hides small sums of a few sites, because a reader also sees the number of each site. */
const largeOnly =
  (show: Show): Show =>
  (cell) => {
    const shown = show(cell);
    return isNumber(shown) && shown.n >= LONGER_FROM ? shown : HIDDEN;
  };

/**
 * The figure of a month or a year, decided by the sum of its weeks as shown. A week at zero is sometimes shown as 1 or
 * 2, so a year at zero adds up to about 30. A sum below `LONGER_FROM` is therefore shown only from one per week on, and
 * only if no week hides its part.
 */
export const longPeriod =
  (weekly: InWeeks, once: Show, weeks: number): Show =>
  (cell) => {
    const { n, isWhole } = weekly(cell);
    if (n >= LONGER_FROM) return once(cell);
    return isWhole && n >= Math.max(SUM_FROM, weeks) ? about(n) : HIDDEN;
  };

/** True when the period is over and all its weeks since the kiosk's start are there, sent and still kept. */
export const isOver = (site: SiteFigures, period: Period): boolean => {
  const weeks = weeksOf(period);
  const [first, last] = [weeks[0], weeks.at(-1)];
  if (first === undefined || last === undefined) return false;
  if (site.awaited && weeks.some((week) => site.awaited?.has(week))) return false;
  return last < site.current && (first >= site.keptFrom || site.startedIn >= site.keptFrom);
};

/** The longest parts of a period that were published on their own: whole months, and single weeks for the rest. */
const parts = (site: SiteFigures, period: Period, weeks: readonly Week[]): readonly (readonly Week[])[] => {
  const over = weeks.filter((week) => week < site.current && week >= site.keptFrom);
  if (period.kind === 'month') return over.map((week) => [week]);
  const months = [...new Set(over.map(monthOf))];
  return months.flatMap((id) => {
    const inside = over.filter((week) => monthOf(week) === id);
    return isOver(site, { kind: 'month', id }) ? [inside] : inside.map((week) => [week]);
  });
};

/** Cached, because a list stands for a set of keys that is computed once (`canGrow`). */
const earlierLists = new WeakMap<WeekList, WeekList>();
/** The list of a week, with the keys of the rules by which it was counted: what is published is never drawn anew. */
const asCounted = (list: WeekList, week: WeekCells): WeekList => {
  if (rulesOf((cell) => week.get(cell) ?? 0) !== 'earlier') return list;
  let earlier = earlierLists.get(list);
  if (!earlier) earlierLists.set(list, (earlier = { ...list, known: { ...list.known, noLastStep: true } }));
  return earlier;
};

/** One figure for all these weeks together, drawn with the sum of their keys. */
const whole = (site: SiteFigures, weeks: readonly Week[], weekly = inWeeks(site, weeks)): Show => {
  const parts = cellsIn(site, weeks);
  const lists = weeks.flatMap((week) => {
    const cells = site.weeks.get(week);
    return cells ? [asCounted(site.listOf(week), cells)] : [];
  });
  const countOf = (cell: Cell): number => parts.reduce((n, part) => n + (part.get(cell) ?? 0), 0);
  // Computed on demand: most parts of a year are never requested, and 4,000 sites have 48,000 months.
  let secret: string | undefined;
  const keyFor = (cell: Cell): number => keyOfSum(parts, (secret ??= secretOfSum(parts)), cell);
  const drawn: Show = (cell) => {
    const n = countOf(cell);
    // Nothing could be counted there, so it is public that the count is zero.
    const isKnown = n === 0 && !parts.some((part, at) => canGrow(lists[at] as WeekList, cell) && wasOn(part, cell));
    return about(isKnown ? 0 : perturb(n, keyFor(cell)));
  };
  const sites = mostSites(parts);
  const isSumShown = (cell: Cell): boolean => weekly(cell).n >= LONGER_FROM;
  return fitParts(drawn, countOf, keyFor, {
    lists: new Set(sites === 1 ? lists.map(({ known }) => known) : []),
    // A month with a single week shows the numbers of that week.
    areAllShown: (cells) => !isFew(sites) && (parts.length === 1 || sites >= MANY_SITES || cells.every(isSumShown)),
  });
};

/** A whole and its parts. */
interface Division {
  readonly total: Cell;
  readonly parts: readonly Cell[];
}

/** A cache of the divisions that do not depend on the configuration: a year of many sites requests them often. */
const divisions = new Map<MeasureId, Division>();
/** `lists`: the lists of one site's weeks. Empty for several sites, whose lists of steps may differ. */
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

/** Makes the parts of a whole add up to its shown number. Exported for stores, where DuckDB did the adding up. */
export const fitParts = (
  drawn: Show,
  countOf: (cell: Cell) => number,
  keyFor: (cell: Cell) => number,
  /** `areAllShown`: true when no part is hidden. A single hidden part follows from the whole and the other parts. */
  {
    lists,
    areAllShown,
  }: { readonly lists: ReadonlySet<KnownKeys>; readonly areAllShown: (cells: readonly Cell[]) => boolean },
): Show => {
  const fitted = new Map<Cell, Shown>();
  const fit = ({ total, parts }: Division): void => {
    const whole = show(total);
    const counts = parts.map(countOf);
    // The sums differ when an update in the middle of a week began to count these parts.
    const isWhole = isNumber(whole) && areAllShown(parts) && counts.reduce((sum, n) => sum + n, 0) === countOf(total);
    const room = ENDS[parseCell(total).measure] ? roomForEmptyEnds(parts.length) : 0;
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

/** The page shows how long the kiosk was on in each half-day. If it was off, it is public that nobody came. */
const wasOn = (week: WeekCells, cell: Cell): boolean => {
  if (!cell.startsWith('session.half-day|')) return true;
  const half = parseCell(cell).key;
  // Older weeks, from before this was counted, have no such cells.
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

/** The current week shows only its finished half-days: changes in other figures would reveal what a person just did. */
const underWay = (site: SiteFigures): Show => {
  const over = new Set(halfDays.slice(0, site.halfDaysOver).map((half) => cellOf('session.half-day', half)));
  const show = whole(site, [site.current]);
  const total = addUp([...over].map((half) => () => show(half)));
  // In a quiet week the half-days are hidden, and a growing total would reveal them.
  const said = sumOfHalves((half) => (over.has(half) ? show(half) : HIDDEN)) >= HALVES_FROM;
  return (cell) => (over.has(cell) ? show(cell) : cell === 'session' && said ? total(cell) : HIDDEN);
};

/**
 * What a reader is shown for a week, a month or a year of one site. Pure.
 *
 * A figure of a finished week never changes afterwards, and depends on that week alone. A month or a year is shown
 * exactly only when it is over, wholly kept, and subtraction from it is safe; otherwise it is the sum of what its weeks
 * already show ("at least"). Each hidden value is part of one published sum at most, so the sums can be judged one by one.
 */
import { monthOf, weeksOf, type Period, type Week } from './iso-week.ts';
import {
  atLeast,
  exact,
  HIDDEN,
  isNumber,
  showParts,
  subtractionIsSafe,
  sumShown,
  UNDER,
  type Shown,
} from './suppress.ts';

/** `measure` or `measure|key`. */
export type Cell = string;
export type WeekCells = ReadonlyMap<Cell, number>;

/** A total and the ways it is split. Every split sums to the total. */
export interface Family {
  readonly total: Cell;
  readonly splits: readonly { readonly cells: readonly Cell[]; readonly labelSmall: boolean }[];
}

export interface SiteFigures {
  readonly weeks: ReadonlyMap<Week, WeekCells>;
  /** The kiosk's first week: before it, everybody knows that nothing was counted. */
  readonly startedIn: Week;
  /** The week under way: it, and the month and year that hold it, are not over. */
  readonly current: Week;
  /** The first week still kept. A period that reaches before it can no longer be summed exactly. */
  readonly keptFrom: Week;
}

export interface PublishSettings {
  readonly threshold: number;
  /** The number of sessions: where it is hidden, everything about people is. */
  readonly gate: Family;
  readonly families: readonly Family[];
}

const NO_CELLS: WeekCells = new Map();

export const publish = (site: SiteFigures, period: Period, settings: PublishSettings): ReadonlyMap<Cell, Shown> => {
  const out = new Map<Cell, Shown>();
  const view = createView(site, settings);
  for (const family of [settings.gate, ...settings.families]) {
    out.set(family.total, view.total(family.total, period));
    for (const split of family.splits) {
      const shown = view.split(family.total, split, period);
      split.cells.forEach((cell, at) => out.set(cell, shown[at] ?? HIDDEN));
    }
  }
  return out;
};

interface View {
  total(cell: Cell, period: Period): Shown;
  split(total: Cell, split: Family['splits'][number], period: Period): readonly Shown[];
}

const createView = (site: SiteFigures, settings: PublishSettings): View => {
  const { threshold } = settings;
  const gate = settings.gate.total;
  const count = (cell: Cell, week: Week): number => (site.weeks.get(week) ?? NO_CELLS).get(cell) ?? 0;
  const sum = (cell: Cell, weeks: readonly Week[]): number => weeks.reduce((n, week) => n + count(cell, week), 0);
  const isFinal = (weeks: readonly Week[]): boolean => {
    const [first, last] = [weeks[0], weeks.at(-1)];
    return first !== undefined && last !== undefined && first >= site.keptFrom && last < site.current;
  };
  const gates = new Map<string, boolean>();
  const gateIsOpen = (period: Period): boolean => {
    let open = gates.get(period.id);
    if (open === undefined) {
      open = threshold <= 1 || isNumber(total(gate, period));
      gates.set(period.id, open);
    }
    return open;
  };

  const weekTotal = (cell: Cell, week: Week): Shown => {
    if (week < site.startedIn || week > site.current) return exact(0);
    if (cell !== gate && !gateIsOpen({ kind: 'week', id: week })) return HIDDEN;
    const n = count(cell, week);
    return n >= threshold || threshold <= 1 ? exact(n) : UNDER;
  };

  /** Shown parts, and what is hidden of a longer period, each hidden value in one group only. */
  const monthTotal = (cell: Cell, weeks: readonly Week[], id: string): Shown => {
    const tally = createTally();
    for (const week of weeks) tally.add(weekTotal(cell, week), count(cell, week), count(gate, week) === 0);
    return close(cell, { kind: 'month', id }, weeks, tally);
  };

  const yearTotal = (cell: Cell, weeks: readonly Week[], id: string): Shown => {
    const tally = createTally();
    for (const [month, inMonth] of byMonth(weeks)) {
      const shown = total(cell, { kind: 'month', id: month });
      // An exact month has used up its hidden weeks; one "under" is itself a hidden value; else its weeks count one by one.
      if (shown.kind === 'exact' || shown.kind === 'under')
        tally.add(shown, sum(cell, inMonth), sum(gate, inMonth) === 0);
      else for (const week of inMonth) tally.add(weekTotal(cell, week), count(cell, week), count(gate, week) === 0);
    }
    return close(cell, { kind: 'year', id }, weeks, tally);
  };

  const close = (cell: Cell, period: Period, weeks: readonly Week[], tally: Tally): Shown => {
    if (cell !== gate && !gateIsOpen(period)) return HIDDEN;
    const n = tally.shown + tally.rest;
    if (tally.bounded + tally.free + tally.empty === 0) return exact(n);
    if (!isFinal(weeks)) return atLeast(tally.shown);
    if (n < threshold) return UNDER;
    // Someone may know that the place was closed a week: empty weeks are no hiding place.
    const safe = tally.bounded + tally.free > 0 && subtractionIsSafe(tally.rest, tally.bounded, tally.free, threshold);
    return safe ? exact(n) : atLeast(tally.shown);
  };

  const totals = new Map<string, Shown>();
  const total = (cell: Cell, period: Period): Shown => {
    if (period.kind === 'week') return weekTotal(cell, period.id as Week);
    const name = `${period.id} ${cell}`;
    let shown = totals.get(name);
    if (!shown) {
      const weeks = weeksOf(period);
      shown = (period.kind === 'month' ? monthTotal : yearTotal)(cell, weeks, period.id);
      totals.set(name, shown);
    }
    return shown;
  };

  /**
   * A split is shown at the finest grain at which its total is shown: the week, or else the month, or else the year.
   * Coarser periods then add up what was shown.
   */
  const split: View['split'] = (totalCell, of, period) => {
    const weeks = weeksOf(period);
    const parent = total(totalCell, period);
    const finer = finerPeriods(period, weeks);
    if (finer.some((inner) => hasDetail(totalCell, inner))) {
      const inside = finer.map((inner) => split(totalCell, of, inner));
      return of.cells.map((_, at) => sumShown(inside.map((shown) => shown[at] ?? HIDDEN)));
    }
    if (parent.kind === 'exact') {
      if (parent.n === 0) return of.cells.map(() => exact(0));
      return showParts(
        of.cells.map((cell) => sum(cell, weeks)),
        threshold,
        {
          labelSmall: of.labelSmall,
          showZeros: period.kind === 'week',
        },
      );
    }
    return of.cells.map(() => (parent.kind === 'under' ? UNDER : HIDDEN));
  };

  const hasDetail = (totalCell: Cell, period: Period): boolean => {
    const weeks = weeksOf(period);
    return (
      total(totalCell, period).kind === 'exact' || finerPeriods(period, weeks).some((p) => hasDetail(totalCell, p))
    );
  };

  return { total, split };
};

interface Tally {
  shown: number;
  rest: number;
  bounded: number;
  free: number;
  empty: number;
  add(shown: Shown, n: number, nobodyCame: boolean): void;
}

const createTally = (): Tally => ({
  shown: 0,
  rest: 0,
  bounded: 0,
  free: 0,
  empty: 0,
  add(shown, n, nobodyCame) {
    if (shown.kind === 'exact') this.shown += n;
    else {
      this.rest += n;
      if (nobodyCame) this.empty += 1;
      else if (shown.kind === 'under') this.bounded += 1;
      else this.free += 1;
    }
  },
});

const byMonth = (weeks: readonly Week[]): ReadonlyMap<string, readonly Week[]> => Map.groupBy(weeks, monthOf);

const finerPeriods = (period: Period, weeks: readonly Week[]): readonly Period[] => {
  if (period.kind === 'week') return [];
  if (period.kind === 'month') return weeks.map((week) => ({ kind: 'week', id: week }));
  return [...byMonth(weeks).keys()].map((id) => ({ kind: 'month', id }));
};

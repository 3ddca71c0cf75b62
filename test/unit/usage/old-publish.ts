/** The previous method (suppression), kept as a target that the attack must succeed on. */
/**
 * What a reader is shown for a week, a month or a year of one site. Pure.
 *
 * A figure of a finished week never changes afterwards, and depends on that week alone. A month or a year is shown
 * exactly only when it is over, wholly kept, and subtraction from it is safe; otherwise it is the sum of what its weeks
 * already show ("at least"). Each hidden value is part of one published sum at most, so the sums can be judged one by
 * one.
 */
import { monthOf, weeksOf, type Period, type Week } from '../../../main/features/usage/iso-week.ts';
import { atLeast, exact, HIDDEN, isNumber, showParts, subtractionIsSafe, UNDER, type Shown } from './old-suppress.ts';

/** `measure` or `measure|key`. */
export type Cell = string;
/** Implemented by any `Map`, and by a more compact class for a folder of 300 kiosks. */
export interface WeekCells {
  get(cell: Cell): number | undefined;
  keys(): Iterable<Cell>;
}

/** A total and the ways it is split. Every split sums to the total. */
export interface Family {
  readonly total: Cell;
  readonly splits: readonly { readonly cells: readonly Cell[]; readonly labelSmall: boolean }[];
}

export interface SiteFigures {
  readonly weeks: ReadonlyMap<Week, WeekCells>;
  /** The kiosk's first week. That nothing was counted before is public knowledge. */
  readonly startedIn: Week;
  /** The week in progress. It, its month and its year are not over. */
  readonly current: Week;
  /** The first week still kept. A period that reaches before it can no longer be summed exactly. */
  readonly keptFrom: Week;
}

export interface PublishSettings {
  readonly threshold: number;
  /** The number of sessions. Where it is hidden, all figures about people are hidden. */
  readonly gate: Family;
  readonly families: readonly Family[];
}

export const publish = (site: SiteFigures, period: Period, settings: PublishSettings): ReadonlyMap<Cell, Shown> => {
  const frame = frameOf(site, period, settings.gate.total);
  const gate = timeline(frame, settings.threshold, settings.gate.total, undefined);
  const out = new Map<Cell, Shown>();
  const show = (family: Family, line: Timeline): void => {
    out.set(family.total, line.whole);
    for (const split of family.splits) {
      const shown = showSplit(frame, line, split, settings.threshold);
      split.cells.forEach((cell, at) => out.set(cell, shown[at] ?? HIDDEN));
    }
  };
  show(settings.gate, gate);
  for (const family of settings.families) show(family, timeline(frame, settings.threshold, family.total, gate));
  return out;
};

interface FrameWeek {
  readonly cells: WeekCells | undefined;
  readonly nobodyCame: boolean;
  /** Before the kiosk's installation, or in the future: that nothing was counted is public knowledge. */
  readonly known: boolean;
}
interface FrameMonth {
  /** Positions in `weeks`, the last not included. */
  readonly from: number;
  readonly to: number;
  readonly final: boolean;
}
/** The weeks of a period, laid out once for all cells. */
interface Frame {
  readonly kind: Period['kind'];
  readonly weeks: readonly FrameWeek[];
  readonly months: readonly FrameMonth[];
  readonly final: boolean;
}

const frameOf = (site: SiteFigures, period: Period, gate: Cell): Frame => {
  const weeks = weeksOf(period);
  const isFinal = (first: Week | undefined, last: Week | undefined): boolean =>
    first !== undefined && last !== undefined && first >= site.keptFrom && last < site.current;
  const months: FrameMonth[] = [];
  for (let from = 0; from < weeks.length;) {
    let to = from + 1;
    while (to < weeks.length && monthOf(weeks[to] as Week) === monthOf(weeks[from] as Week)) to += 1;
    months.push({ from, to, final: isFinal(weeks[from], weeks[to - 1]) });
    from = to;
  }
  return {
    kind: period.kind,
    weeks: weeks.map((week) => {
      const cells = site.weeks.get(week);
      const known = week < site.startedIn || week > site.current;
      return { cells, nobodyCame: (cells?.get(gate) ?? 0) === 0, known };
    }),
    months,
    final: isFinal(weeks[0], weeks.at(-1)),
  };
};

/** One total over time: what each week, each month and the whole period show of it. */
interface Timeline {
  readonly weeks: readonly Shown[];
  readonly months: readonly Shown[];
  readonly whole: Shown;
}

const ZERO = exact(0);
const isOpen = (gate: Shown | undefined, threshold: number): boolean =>
  gate === undefined || threshold <= 1 || isNumber(gate);

const timeline = (frame: Frame, threshold: number, cell: Cell, gate: Timeline | undefined): Timeline => {
  const counts = frame.weeks.map((week) => week.cells?.get(cell) ?? 0);
  const weeks = frame.weeks.map((week, at): Shown => {
    if (week.known) return ZERO;
    if (!isOpen(gate?.weeks[at], threshold)) return HIDDEN;
    const n = counts[at] ?? 0;
    return n >= threshold || threshold <= 1 ? exact(n) : UNDER;
  });
  if (frame.kind === 'week') return { weeks, months: [], whole: weeks[0] ?? HIDDEN };

  const addWeeks = (tally: Tally, from: number, to: number): void => {
    for (let at = from; at < to; at += 1)
      tally.add(weeks[at] ?? HIDDEN, counts[at] ?? 0, frame.weeks[at]?.nobodyCame ?? true);
  };
  const close = (tally: Tally, final: boolean, gateShown: Shown | undefined): Shown => {
    if (!isOpen(gateShown, threshold)) return HIDDEN;
    const n = tally.shown + tally.rest;
    if (tally.bounded + tally.free + tally.empty === 0) return exact(n);
    if (!final) return atLeast(tally.shown);
    if (n < threshold) return UNDER;
    // A reader may know that the place was closed for a week, so empty weeks don't count as hidden parts.
    const safe = tally.bounded + tally.free > 0 && subtractionIsSafe(tally.rest, tally.bounded, tally.free, threshold);
    return safe ? exact(n) : atLeast(tally.shown);
  };
  const months = frame.months.map(({ from, to, final }, at): Shown => {
    const tally = createTally();
    addWeeks(tally, from, to);
    return close(tally, final, frame.kind === 'month' ? gate?.whole : gate?.months[at]);
  });
  if (frame.kind === 'month') return { weeks, months, whole: months[0] ?? HIDDEN };

  const year = createTally();
  frame.months.forEach(({ from, to }, at) => {
    const shown = months[at] ?? HIDDEN;
    // An exact month has already used its hidden weeks, and an "under" month is one hidden value. Others count by week.
    if (shown.kind !== 'exact' && shown.kind !== 'under') return addWeeks(year, from, to);
    let n = 0;
    let empty = true;
    for (let week = from; week < to; week += 1) {
      n += counts[week] ?? 0;
      empty &&= frame.weeks[week]?.nobodyCame ?? true;
    }
    year.add(shown, n, empty);
  });
  return { weeks, months, whole: close(year, frame.final, gate?.whole) };
};

/**
 * A split is shown at the finest grain at which its total is shown: the week, or else the month, or else the year.
 * Coarser periods then add up what was shown.
 */
const showSplit = (
  frame: Frame,
  total: Timeline,
  split: Family['splits'][number],
  threshold: number,
): readonly Shown[] => {
  const { cells, labelSmall } = split;
  const [zeros, small, quiet] = [cells.map(() => ZERO), cells.map(() => UNDER), cells.map(() => HIDDEN)];
  const atGrain = (shown: Shown, from: number, to: number, isWeek: boolean): readonly Shown[] => {
    if (shown.kind === 'under') return small;
    if (shown.kind !== 'exact') return quiet;
    if (shown.n === 0) return zeros;
    const parts = cells.map((cell) => {
      let n = 0;
      for (let at = from; at < to; at += 1) n += frame.weeks[at]?.cells?.get(cell) ?? 0;
      return n;
    });
    return showParts(parts, threshold, { labelSmall, showZeros: isWeek });
  };
  /** The sum of what is shown, for all cells at once. */
  const addUp = (many: number, inside: (at: number) => readonly Shown[]): readonly Shown[] => {
    const sums = cells.map(() => 0);
    const whole = cells.map(() => true);
    for (let at = 0; at < many; at += 1) {
      const shown = inside(at);
      for (let cell = 0; cell < sums.length; cell += 1) {
        const one = shown[cell] ?? HIDDEN;
        if (isNumber(one)) sums[cell] = (sums[cell] ?? 0) + one.n;
        if (one.kind !== 'exact') whole[cell] = false;
      }
    }
    return sums.map((n, cell) => (whole[cell] ? exact(n) : atLeast(n)));
  };
  const ofWeek = (at: number): readonly Shown[] => atGrain(total.weeks[at] ?? HIDDEN, at, at + 1, true);
  if (frame.kind === 'week') return ofWeek(0);

  const weeksHaveDetail = (month: FrameMonth): boolean => {
    for (let at = month.from; at < month.to; at += 1) if (total.weeks[at]?.kind === 'exact') return true;
    return false;
  };
  const ofMonth = (month: FrameMonth, at: number): readonly Shown[] =>
    weeksHaveDetail(month)
      ? addUp(month.to - month.from, (inside) => ofWeek(month.from + inside))
      : atGrain(total.months[at] ?? HIDDEN, month.from, month.to, false);
  const [only] = frame.months;
  if (frame.kind === 'month') return only ? ofMonth(only, 0) : [];

  const haveDetail = frame.months.some((month, at) => weeksHaveDetail(month) || total.months[at]?.kind === 'exact');
  return haveDetail
    ? addUp(frame.months.length, (at) => ofMonth(frame.months[at] as FrameMonth, at))
    : atGrain(total.whole, 0, frame.weeks.length, false);
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

/**
 * The attacker knows the code, the noise table, the opening hours and every published page, and computes how likely
 * each value of each count is. The posterior is sampled (Metropolis) over all tables of counts that could have produced
 * these pages. The prior is uniform over totals and over the ways to divide them.
 */
import type { Cell } from '../../../main/features/usage/cells.ts';
import { addedSite } from '../../../main/features/usage/departement.ts';
import { monthOf, weeksOf, type Period, type Week } from '../../../main/features/usage/iso-week.ts';
import { allowedCells, NO_KEYS } from '../../../main/features/usage/known-keys.ts';
import { noiseTable, roomForEmptyEnds } from '../../../main/features/usage/noise.ts';
import { LONGER_FROM, publish, type SiteFigures } from '../../../main/features/usage/publish.ts';
import { isNumber, type Shown } from '../../../main/features/usage/shown.ts';

/** A count of people, the breakdowns of the same people, and counts of what some of them did. */
export interface Family {
  readonly cell: Cell;
  readonly splits: readonly Split[];
  readonly some: readonly Family[];
}
export interface Split {
  readonly parts: readonly Family[];
  /**
   * Whether the noisy parts are made to add up to the shown whole, to the whole plus `roomForEmptyEnds`, or not at all.
   */
  readonly drawn: 'together' | 'with room' | 'apart';
}

/** One page: the weeks of the sites that it sums, and per cell the published numbers that were drawn with new noise. */
interface Page {
  readonly id: string;
  readonly isOfAllSites: boolean;
  readonly units: readonly number[];
  readonly shown: readonly (readonly number[])[];
}

const LAST = noiseTable.length - 1;
const logs = noiseTable.map(({ chances }) => chances.map((chance) => Math.log(chance / 10_000)));
/** Log of the chance that a count of `n` is shown as `shown`. */
const logChance = (shown: number, n: number): number => {
  const at = Math.min(n, LAST);
  return logs[at]?.[shown - n - (noiseTable[at]?.from ?? 0)] ?? -Infinity;
};

/**
 * Log of the chance that these counts, each with its noise, add up to this sum. Cached, because it depends only on how
 * many counts use each row of the noise table.
 */
const sums = new Map<number, { readonly least: number; readonly logs: readonly number[] }>();
const logOfSum = (counts: readonly number[], sum: number): number => {
  let id = 0;
  let total = 0;
  for (const n of counts) {
    id += 32 ** Math.min(n, LAST);
    total += n;
  }
  let known = sums.get(id);
  if (!known) {
    let [least, chances] = [0, [1]];
    for (const n of counts) {
      const { from, chances: row } = noiseTable[Math.min(n, LAST)] as (typeof noiseTable)[number];
      const next = Array.from({ length: chances.length + row.length - 1 }, () => 0);
      row.forEach((a, at) =>
        chances.forEach((b, more) => (next[at + more] = (next[at + more] ?? 0) + (a / 10_000) * b)),
      );
      [least, chances] = [least + from, next];
    }
    known = { least, logs: chances.map(Math.log) };
    sums.set(id, known);
  }
  // A sum that they cannot reach counts as the nearest one that they can (`perturbParts`).
  const at = Math.min(Math.max(sum - total - known.least, 0), known.logs.length - 1);
  return known.logs[at] ?? -Infinity;
};

const ALL = 'all/';

const periodsOf = (site: SiteFigures): readonly Period[] => {
  const weeks = [...site.weeks.keys()].sort();
  const months = [...new Set(weeks.map(monthOf))];
  const years = [...new Set(weeks.map((week) => week.slice(0, 4)))];
  return [
    ...weeks.map((id) => ({ kind: 'week' as const, id })),
    ...months.map((id) => ({ kind: 'month' as const, id })),
    ...years.map((id) => ({ kind: 'year' as const, id })),
  ];
};

/** Every page of one site. `unitsOf` gives the units (a week of one site) that its week is the sum of. */
const pagesOf = (
  name: string,
  site: SiteFigures,
  cells: readonly Cell[],
  unitsOf: (week: Week) => readonly number[],
): readonly Page[] => {
  const weekly = new Map([...site.weeks.keys()].map((id) => [id, publish(site, { kind: 'week', id }, cells)]));
  const n = (shown: Shown | undefined): number => (isNumber(shown) ? shown.n : 0);
  return periodsOf(site).flatMap((period): Page[] => {
    const weeks = weeksOf(period).filter((week) => site.weeks.has(week));
    // A month with a single week, or a year with a single month, repeats that page's numbers.
    if (period.kind === 'month' && weeks.length === 1) return [];
    if (period.kind === 'year' && new Set(weeks.map(monthOf)).size === 1) return [];
    const figures = publish(site, period, cells);
    const shown = cells.map((cell) => {
      const one = figures.get(cell);
      if (!isNumber(one)) return [];
      // A small month shows the sum of its weeks' pages, which is nothing new.
      const sum = weeks.reduce((all, week) => all + n(weekly.get(week)?.get(cell)), 0);
      return period.kind === 'week' || sum >= LONGER_FROM ? [one.n] : [];
    });
    return [{ id: `${name}${period.id}`, isOfAllSites: name === ALL, units: weeks.flatMap(unitsOf), shown }];
  });
};

export interface Certainty {
  readonly cell: Cell;
  readonly page: string;
  readonly truth: number;
  /** The probability that the attacker assigns to the true value. */
  readonly ofTruth: number;
}

export interface AttackOptions {
  readonly random: () => number;
  /** Sampling steps per week. */
  readonly steps?: number;
  /** Extra numbers that the attacker would see if each display of a page drew new noise. */
  readonly showAgain?: (cell: Cell, page: string) => readonly number[];
  /**
   * A prior learnt from a year, instead of the uniform one: the visits per week, and the share of each cell in its
   * whole.
   */
  readonly learnt?: { readonly rate: number; readonly shareOf: (cell: Cell) => number };
}

export const cellsIn = ({ cell, splits, some }: Family): readonly Cell[] => [
  cell,
  ...splits.flatMap(({ parts }) => parts.flatMap(cellsIn)),
  ...some.flatMap(cellsIn),
];

/** Attacks the pages of each site of a département, and the pages of their sum. */
export const attack = (
  sites: readonly SiteFigures[],
  family: Family,
  { random, steps = 20_000, showAgain = () => [], learnt }: AttackOptions,
): readonly Certainty[] => {
  const cells = cellsIn(family);
  const indexOf = new Map(cells.map((cell, at) => [cell, at]));
  const weeksOfSites = sites.map((site) => [...site.weeks.keys()].sort());
  const units = weeksOfSites.flatMap((weeks, site) => weeks.map((week) => ({ site, week })));
  const unitsAt = (site: number | undefined, week: Week): readonly number[] =>
    units.flatMap((unit, at) => (unit.week === week && (site === undefined || unit.site === site) ? [at] : []));
  const all = sites.length > 1 ? addedSite(sites) : undefined;
  const pages = [
    ...sites.flatMap((site, at) => pagesOf(sites.length > 1 ? `${at}/` : '', site, cells, (week) => unitsAt(at, week))),
    ...(all ? pagesOf(ALL, all, cells, (week) => unitsAt(undefined, week)) : []),
  ].map((page) => ({
    ...page,
    shown: page.shown.map((own, at) => [...own, ...showAgain(cells[at] ?? '', page.id)]),
  }));
  const truth = units.map(({ site, week }) => cells.map((cell) => sites[site]?.weeks.get(week)?.get(cell) ?? 0));
  const counts = truth.map((unit) => Int32Array.from(unit));
  /** The cells that a week could count with its configuration. All others are publicly zero. */
  const listed = units.map(({ site, week }) => {
    const allowed = allowedCells(sites[site]?.listOf(week).known ?? NO_KEYS);
    return cells.map((cell) => allowed.has(cell));
  });
  const listedOn = pages.map(({ units: of }) => cells.map((_, cell) => of.some((unit) => listed[unit]?.[cell])));
  /** The totals of each page, kept in step with `counts`. */
  const totals = pages.map(({ units: of }) => Int32Array.from(cells, (_, cell) => of.reduce((n, unit) => n + (counts[unit]?.[cell] ?? 0), 0))); // prettier-ignore

  interface Flat {
    readonly whole: number;
    readonly parts: readonly Family[];
    readonly at: readonly number[];
    readonly drawn: Split['drawn'];
  }
  const flat: Flat[] = [];
  const somes: { readonly of: number; readonly node: Family }[] = [];
  const flatten = (node: Family): void => {
    const whole = indexOf.get(node.cell) ?? 0;
    for (const { parts, drawn } of node.splits) {
      flat.push({ whole, parts, at: parts.map(({ cell }) => indexOf.get(cell) ?? 0), drawn });
      parts.forEach(flatten);
    }
    for (const one of node.some) {
      somes.push({ of: whole, node: one });
      flatten(one);
    }
  };
  flatten(family);
  const fitParts = flat.filter(({ drawn }) => drawn !== 'apart');
  const fittedOf = cells.map((_, cell) => fitParts.filter(({ whole, at }) => whole === cell || at.includes(cell)));
  const isFitted = cells.map((_, cell) => fitParts.some(({ at }) => at.includes(cell)));
  const someOf = cells.map((_, cell) => somes.filter(({ of }) => of === cell).length);

  /** Log-likelihood of one breakdown on a page, given the shown number of its whole. */
  const logOfSplit = (page: number, { whole, at, drawn }: Flat): number => {
    const shown = pages[page]?.shown ?? [];
    const total = shown[whole]?.[0];
    if (total === undefined) return 0;
    let log = 0;
    let hidden = false;
    const everyOne: number[] = [];
    for (const part of at) {
      if (!listedOn[page]?.[part]) continue;
      const n = totals[page]?.[part] ?? 0;
      everyOne.push(n);
      const own = shown[part]?.[0];
      if (own === undefined) hidden = true;
      else log += logChance(own, n);
    }
    // If one part is hidden, the parts are drawn independently.
    if (hidden || pages[page]?.isOfAllSites === true) return log;
    const sum = drawn === 'together' ? total : total + roomForEmptyEnds(everyOne.length);
    return log - logOfSum(everyOne, sum);
  };
  const touching = units.map((_, unit) => pages.flatMap(({ units: of }, at) => (of.includes(unit) ? [at] : [])));
  const logOf = (unit: number, changed: readonly number[], splits: readonly Flat[]): number => {
    let log = 0;
    for (const page of touching[unit] ?? []) {
      for (const cell of changed) {
        const shown = pages[page]?.shown[cell] ?? [];
        const from = isFitted[cell] ? 1 : 0;
        for (let at = from; at < shown.length; at += 1) log += logChance(shown[at] ?? 0, totals[page]?.[cell] ?? 0);
      }
      for (const split of splits) log += logOfSplit(page, split);
    }
    return log;
  };
  const logFactorial = (n: number): number => {
    let log = 0;
    for (let i = 2; i <= n; i += 1) log += Math.log(i);
    return log;
  };
  const logPrior = (unit: number, changed: readonly number[]): number => {
    const row = counts[unit] as Int32Array;
    const countOf = (node: Family): number => row[indexOf.get(node.cell) ?? 0] ?? 0;
    if (!learnt) return changed.reduce((log, cell) => log - (someOf[cell] ?? 0) * Math.log((row[cell] ?? 0) + 1), 0);
    let log = changed.includes(0) ? countOf(family) * Math.log(learnt.rate) - logFactorial(countOf(family)) : 0;
    for (const { of, node } of somes) {
      const [n, did, share] = [row[of] ?? 0, countOf(node), learnt.shareOf(node.cell)];
      if (did > n || !(changed.includes(of) || changed.includes(indexOf.get(node.cell) ?? 0))) continue;
      log += logFactorial(n) - logFactorial(did) - logFactorial(n - did);
      log += did * Math.log(share) + (n - did) * Math.log(1 - share);
    }
    return log;
  };

  const pick = (many: number): number => Math.floor(random() * many);
  /**
   * Adds a person as in a Pólya urn (in proportion to those already there), or removes one of them. All ways to divide
   * a number are then proposed equally often, so a step is weighted by the likelihood of the pages alone.
   */
  const bump = (unit: number, node: Family, by: 1 | -1, changes: Map<number, number>): void => {
    const row = counts[unit] as Int32Array;
    const at = indexOf.get(node.cell) ?? 0;
    changes.set(at, (changes.get(at) ?? 0) + by);
    for (const { parts } of node.splits) {
      const weights = parts.map(({ cell }) => {
        const index = indexOf.get(cell) ?? 0;
        const n = row[index] ?? 0;
        if (by === -1) return n;
        return listed[unit]?.[index] ? (learnt?.shareOf(cell) ?? n + 1) : 0;
      });
      let left = random() * weights.reduce((a, b) => a + b, 0);
      const part = parts.find((_, which) => (left -= weights[which] ?? 0) < 0);
      bump(unit, part ?? (parts[0] as Family), by, changes);
    }
  };
  const propose = (unit: number): { readonly changes: Map<number, number>; readonly log: number } => {
    const changes = new Map<number, number>();
    const kind = random();
    const by = random() < 0.5 ? (1 as const) : (-1 as const);
    const split = flat[pick(flat.length)];
    const some = somes[pick(somes.length)];
    if (split && kind < 0.6) {
      const [from, to] = [split.parts[pick(split.parts.length)], split.parts[pick(split.parts.length)]];
      if (from && to && from !== to) {
        bump(unit, from, -1, changes);
        bump(unit, to, 1, changes);
        if (learnt) {
          const n = (node: Family): number => counts[unit]?.[indexOf.get(node.cell) ?? 0] ?? 0;
          const log = Math.log((n(from) * learnt.shareOf(to.cell)) / ((n(to) + 1) * learnt.shareOf(from.cell)));
          return { changes, log };
        }
      }
    } else if (some && kind < 0.75) bump(unit, some.node, by, changes);
    else bump(unit, family, by, changes);
    return { changes, log: 0 };
  };
  const grow = (unit: number, changes: ReadonlyMap<number, number>, sign: number): void => {
    const row = counts[unit] as Int32Array;
    for (const [cell, by] of changes) {
      row[cell] = (row[cell] ?? 0) + sign * by;
      for (const page of touching[unit] ?? [])
        (totals[page] as Int32Array)[cell] = (totals[page]?.[cell] ?? 0) + sign * by;
    }
  };
  const isPossible = (unit: number, changes: ReadonlyMap<number, number>): boolean => {
    const row = counts[unit] as Int32Array;
    for (const cell of changes.keys()) {
      const n = row[cell] ?? 0;
      if (n < 0 || (n > 0 && !listed[unit]?.[cell])) return false;
    }
    return somes.every(({ of, node }) => (row[indexOf.get(node.cell) ?? 0] ?? 0) <= (row[of] ?? 0));
  };

  const tally = pages.map(() => cells.map(() => new Map<number, number>()));
  let taken = 0;
  const many = steps * units.length;
  for (let step = 0; step < many; step += 1) {
    const unit = pick(units.length);
    const { changes, log } = propose(unit);
    const changed = [...changes.keys()];
    const splits = [...new Set(changed.flatMap((cell) => fittedOf[cell] ?? []))];
    const before = logOf(unit, changed, splits) + logPrior(unit, changed);
    grow(unit, changes, 1);
    const isTaken =
      isPossible(unit, changes) &&
      Math.log(random()) < logOf(unit, changed, splits) + logPrior(unit, changed) - before + log;
    if (!isTaken) grow(unit, changes, -1);
    if (step < many / 10 || step % (units.length * 12) !== 0) continue;
    taken += 1;
    totals.forEach((page, at) =>
      page.forEach((n, cell) => {
        const seen = tally[at]?.[cell];
        seen?.set(n, (seen.get(n) ?? 0) + 1);
      }),
    );
  }
  return pages.flatMap((page, at) =>
    cells.map((cell, index) => {
      const n = page.units.reduce((sum, unit) => sum + (truth[unit]?.[index] ?? 0), 0);
      return { cell, page: page.id, truth: n, ofTruth: (tally[at]?.[index]?.get(n) ?? 0) / taken };
    }),
  );
};

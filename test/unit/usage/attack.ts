/**
 * The attacker: somebody who has the code, the table of noise, the opening hours, and every page ever published of a site, and asks
 * how likely each value of each count is. The answer is sampled (Metropolis) from all tables of counts that could have made these
 * pages: every split sums to its total, weeks make months, months the year, and a month of one week shares its key.
 */
import type { Cell, WeekCells } from '../../../main/features/usage/cells.ts';
import { monthOf, type Week } from '../../../main/features/usage/iso-week.ts';
import { noiseTable } from '../../../main/features/usage/noise.ts';
import { LONGER_FROM, publish, type SiteFigures } from '../../../main/features/usage/publish.ts';
import { isNumber } from '../../../main/features/usage/shown.ts';

export interface Family {
  readonly total: Cell;
  readonly splits: readonly (readonly Cell[])[];
}

/** A week, a month of weeks, a year of months. */
interface Scope {
  readonly id: string;
  readonly weeks: readonly number[];
  readonly parts: readonly number[];
}

/** Log of the chance that a count of `n` is shown as `shown`. */
const logChance = (shown: number, n: number): number => {
  const row = noiseTable[Math.min(n, noiseTable.length - 1)];
  const chance = row?.chances[shown - n - row.from] ?? 0;
  return chance > 0 ? Math.log(chance / 10_000) : -Infinity;
};

const scopesOf = (weeks: readonly Week[]): readonly Scope[] => {
  const scopes: Scope[] = weeks.map((id, at) => ({ id, weeks: [at], parts: [] }));
  const months = [...new Set(weeks.map(monthOf))];
  for (const id of months) {
    const inside = weeks.flatMap((week, at) => (monthOf(week) === id ? [at] : []));
    scopes.push({ id, weeks: inside, parts: inside });
  }
  const year = weeks[0]?.slice(0, 4) ?? '';
  scopes.push({ id: year, weeks: weeks.map((_, at) => at), parts: months.map((_, at) => weeks.length + at) });
  return scopes;
};

export interface Certainty {
  readonly cell: Cell;
  readonly scope: string;
  readonly truth: number;
  /** The chance that the attacker gives to the truth. */
  readonly ofTruth: number;
}

export interface AttackOptions {
  readonly random: () => number;
  readonly steps?: number;
  /** More than one: what the attacker would see if each showing drew its noise anew. */
  readonly draws?: number;
  readonly showAgain?: (cell: Cell, scope: string, draw: number) => number;
}

/** The true counts, for marking the attacker's answers. */
const countsOf = (site: SiteFigures, weeks: readonly Week[], cells: readonly Cell[]): number[][] =>
  weeks.map((week) => cells.map((cell) => (site.weeks.get(week) as WeekCells).get(cell) ?? 0));

export const attack = (site: SiteFigures, family: Family, options: AttackOptions): readonly Certainty[] => {
  const { random, steps = 60_000, draws = 1 } = options;
  const weeks = [...site.weeks.keys()].sort();
  const cells = [family.total, ...family.splits.flat()];
  const scopes = scopesOf(weeks);
  const ofWeeks = new Map(weeks.map((id) => [id, publish({ ...site }, { kind: 'week', id }, cells)]));
  const weekShown = (week: Week, cell: number): number => {
    const one = ofWeeks.get(week)?.get(cells[cell] ?? '');
    return isNumber(one) ? one.n : 0;
  };
  const shown = scopes.map(({ id }) => {
    const kind = id.includes('W') ? 'week' : id.includes('-') ? 'month' : 'year';
    const figures = publish(site, { kind, id }, cells);
    return cells.map((cell, index) => {
      const one = figures.get(cell);
      // A small month is the sum of what its weeks show: nothing new.
      const weekly = kind === 'week' ? 0 : weeks.reduce((sum, week) => sum + (id === week.slice(0, 4) || monthOf(week) === id ? weekShown(week, index) : 0), 0); // prettier-ignore
      if (kind !== 'week' && weekly < LONGER_FROM) return [];
      // Nothing is said of it.
      if (!isNumber(one)) return [];
      return [one.n, ...Array.from({ length: draws - 1 }, (_, at) => options.showAgain?.(cell, id, at) ?? one.n)];
    });
  });
  const truth = countsOf(site, weeks, cells);
  const counts = truth.map((week) => [...week]);

  const sumOf = (scope: Scope, cell: number): number =>
    scope.weeks.reduce((sum, week) => sum + (counts[week]?.[cell] ?? 0), 0);
  /** Of what one scope shows of a cell. */
  const logLikely = (scope: Scope, at: number, cell: number): number => {
    const [first, ...again] = shown[at]?.[cell] ?? [];
    if (first === undefined) return 0;
    const n = sumOf(scope, cell);
    const anew = again.reduce((sum, one) => sum + logChance(one, n), 0);
    const alone = scope.parts.length === 1 ? scope.parts[0] : undefined;
    const same = alone === undefined ? undefined : shown[alone]?.[cell]?.[0];
    if (same !== undefined) return (same === first ? 0 : -Infinity) + anew;
    return logChance(first, n) + anew;
  };
  const touching = weeks.map((_, week) =>
    scopes.flatMap((scope, at) => (scope.weeks.includes(week) ? [{ scope, at }] : [])),
  );
  const logOf = (week: number, changed: readonly number[]): number => {
    let sum = 0;
    for (const { scope, at } of touching[week] ?? []) for (const cell of changed) sum += logLikely(scope, at, cell);
    return sum;
  };
  /** Every total is as likely as any other, and every way to split it. */
  const logWays = (total: number, ways: number): number => {
    let sum = 0;
    for (let i = 1; i < ways; i += 1) sum += Math.log((total + i) / i);
    return sum;
  };
  const splits = family.splits.map((split) => split.map((cell) => cells.indexOf(cell)));
  const pick = (many: number): number => Math.floor(random() * many);
  const propose = (week: number): { readonly changes: ReadonlyMap<number, number>; readonly logPrior: number } => {
    const changes = new Map<number, number>();
    const split = splits[pick(splits.length)];
    if (split && random() < 0.6) {
      const [from, to] = [split[pick(split.length)] ?? 0, split[pick(split.length)] ?? 0];
      if (from !== to) changes.set(from, -1).set(to, 1);
      return { changes, logPrior: 0 };
    }
    const by = random() < 0.5 ? 1 : -1;
    const total = counts[week]?.[0] ?? 0;
    changes.set(0, by);
    let logPrior = 0;
    for (const one of splits) {
      changes.set(one[pick(one.length)] ?? 0, by);
      logPrior += logWays(total, one.length) - (total + by >= 0 ? logWays(total + by, one.length) : 0);
    }
    return { changes, logPrior };
  };
  const tally = scopes.map(() => cells.map(() => new Map<number, number>()));
  let taken = 0;
  for (let step = 0; step < steps * weeks.length; step += 1) {
    const week = pick(weeks.length);
    const row = counts[week] ?? [];
    const { changes, logPrior } = propose(week);
    const changed = [...changes.keys()];
    if (changed.some((cell) => (row[cell] ?? 0) + (changes.get(cell) ?? 0) < 0)) continue;
    const before = logOf(week, changed);
    for (const [cell, by] of changes) row[cell] = (row[cell] ?? 0) + by;
    const by = logOf(week, changed) - before + logPrior;
    if (!(Math.log(random()) < by)) for (const [cell, back] of changes) row[cell] = (row[cell] ?? 0) - back;
    if (step < (steps * weeks.length) / 10 || step % (weeks.length * 12) !== 0) continue;
    taken += 1;
    scopes.forEach((scope, at) =>
      cells.forEach((_, cell) => {
        const n = sumOf(scope, cell);
        const seen = tally[at]?.[cell];
        seen?.set(n, (seen.get(n) ?? 0) + 1);
      }),
    );
  }
  return scopes.flatMap((scope, at) =>
    cells.map((cell, index) => {
      const n = scope.weeks.reduce((sum, week) => sum + (truth[week]?.[index] ?? 0), 0);
      return { cell, scope: scope.id, truth: n, ofTruth: (tally[at]?.[index]?.get(n) ?? 0) / taken };
    }),
  );
};

/** Gathers everything a reader could ever collect about a site, as constraints, and what was hidden from them. */
import {
  monthOf,
  periodOf,
  weekAt,
  weekIndex,
  weeksOf,
  yearOf,
  type Period,
  type Week,
} from '../../../main/features/usage/iso-week.ts';
import {
  publish,
  type Cell,
  type Family,
  type PublishSettings,
  type SiteFigures,
} from '../../../main/features/usage/publish.ts';
import type { Shown } from '../../../main/features/usage/suppress.ts';
import { pinned, type Constraint, type Sum, type Target } from './solver.ts';

export type Publisher = typeof publish;

export const gate: Family = {
  total: 'session',
  splits: [
    { cells: ['end|leave', 'end|idle', 'end|fault'], labelSmall: true },
    { cells: ['half|mon-am', 'half|mon-pm', 'half|tue-am', 'half|tue-pm'], labelSmall: true },
    { cells: ['helped|yes', 'helped|no'], labelSmall: false },
  ],
};
export const families: readonly Family[] = [
  { total: 'opened|a', splits: [{ cells: ['done|a', 'left|a1', 'left|a2'], labelSmall: true }] },
  { total: 'opened|b', splits: [{ cells: ['done|b', 'left|b1'], labelSmall: true }] },
  { total: 'printed', splits: [] },
  { total: 'help', splits: [] },
];

/** Small seeded generator: a failing case can be played again. */
export const seeded = (seed: number): (() => number) => {
  let state = seed * 2654435761 + 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};

const skewed = (random: () => number, max: number): number => Math.floor(random() ** 2 * (max + 1));

const splitAtRandom = (random: () => number, n: number, ways: number): number[] => {
  const parts = Array.from({ length: ways }, () => 0);
  const bias = Array.from({ length: ways }, () => random() ** 3);
  const total = bias.reduce((a, b) => a + b, 0);
  for (let i = 0; i < n; i += 1) {
    let at = random() * total;
    const index = bias.findIndex((weight) => (at -= weight) <= 0);
    parts[index < 0 ? 0 : index] = (parts[index < 0 ? 0 : index] ?? 0) + 1;
  }
  return parts;
};

export const randomSite = (random: () => number, threshold: number): SiteFigures => {
  const start = weekIndex('2025-W40' as Week) + Math.floor(random() * 14);
  const length = random() < 0.05 ? 70 : 4 + Math.floor(random() * 14);
  const busy = [1.2, 3, 8][Math.floor(random() * 3)] ?? 1;
  const weeks = new Map<Week, Map<Cell, number>>();
  for (let i = 0; i < length; i += 1) {
    const cells = new Map<Cell, number>();
    const closed = random() < 0.08;
    for (const family of [gate, ...families]) {
      const n = closed ? 0 : skewed(random, threshold * busy);
      cells.set(family.total, n);
      for (const split of family.splits)
        splitAtRandom(random, n, split.cells.length).forEach((part, at) => cells.set(split.cells[at] ?? '', part));
    }
    weeks.set(weekAt(start + i), cells);
  }
  const erased = random() < 0.3 ? Math.floor(random() * 10) : 0;
  return { weeks, startedIn: weekAt(start), current: weekAt(start + length - 1), keptFrom: weekAt(start + erased) };
};

const cellsOf = (family: Family): readonly Cell[] => [family.total, ...family.splits.flatMap((split) => split.cells)];

/** What one site gives away: all weeks, all months, all years, all tables; and the hidden values still to be guessed. */
export const attack = (
  site: SiteFigures,
  threshold: number,
  publisher: Publisher = publish,
): ReturnType<typeof pinned> => {
  const settings: PublishSettings = { threshold, gate, families };
  const weeks = [...site.weeks.keys()];
  const name = (cell: Cell, week: Week): string => `${cell} in ${week}`;
  const constraints: Constraint[] = [];
  const targets: Target[] = [];
  for (const week of weeks)
    for (const family of [gate, ...families])
      for (const split of family.splits)
        constraints.push({
          kind: 'same',
          left: [name(family.total, week)],
          right: split.cells.map((cell) => name(cell, week)),
        });
  const periods = new Map<string, Period>();
  for (const week of weeks) {
    periods.set(week, periodOf('week', week));
    periods.set(monthOf(week), periodOf('month', week));
    periods.set(yearOf(week), periodOf('year', week));
  }
  const read = (shown: ReadonlyMap<Cell, Shown>, cell: Cell, sum: Sum, siblings: readonly Cell[]): void => {
    const figure = shown.get(cell);
    if (!figure) throw new Error(`nothing published for ${cell}`);
    if (figure.kind === 'exact') constraints.push({ kind: 'equal', sum, n: figure.n });
    else if (figure.kind === 'at-least') constraints.push({ kind: 'at-least', sum, n: figure.n });
    else if (figure.kind === 'under') constraints.push({ kind: 'at-most', sum, n: threshold - 1 });
    // Beside a sibling said to be small, one that is only "hidden" must be larger: a clever reader knows.
    else if (siblings.some((other) => shown.get(other)?.kind === 'under'))
      constraints.push({ kind: 'at-least', sum, n: threshold });
  };
  for (const period of periods.values()) {
    const shown = publisher(site, period, settings);
    const inside = weeksOf(period).filter((week) => site.weeks.has(week) && week >= site.startedIn);
    const sumOf = (cell: Cell): Sum => inside.map((week) => name(cell, week));
    for (const family of [gate, ...families]) {
      read(shown, family.total, sumOf(family.total), []);
      for (const split of family.splits)
        for (const cell of split.cells) read(shown, cell, sumOf(cell), period.kind === 'week' ? split.cells : []);
      for (const cell of cellsOf(family))
        if (shown.get(cell)?.kind !== 'exact') targets.push({ name: `${cell} in ${period.id}`, sum: sumOf(cell) });
    }
  }
  return pinned(constraints, targets, threshold);
};

/**
 * The attacker's targets: families of counts that a page publishes about the same people, with random weeks of them.
 */
import { allowedCells, keysOf, NO_KEYS } from '../../../main/features/usage/known-keys.ts';
import { shiftWeek, type Week } from '../../../main/features/usage/iso-week.ts';
import type { Cell } from '../../../main/features/usage/cells.ts';
import type { SiteFigures, WeekList } from '../../../main/features/usage/publish.ts';
import { cellOf, measureOf, writtenIds } from '../../../main/measures/measures.ts';
import type { Family, Split } from './attack.ts';
import { sampleList, siteOfCounts } from './sample-site.ts';

const leaf = (cell: Cell): Family => ({ cell, splits: [], some: [] });
const divided = (cell: Cell, ...splits: readonly Split[]): Family => ({ cell, splits, some: [] });

/** Built from the catalogue of measures, so that a new breakdown of the same people is attacked too. */
const whole = (cell: Cell): Family =>
  divided(
    cell,
    ...writtenIds
      .filter((id) => measureOf(id)?.splits === cell)
      .map((id) => ({
        drawn: 'together' as const,
        parts: keysOf(id, NO_KEYS).map((key) => whole(cellOf(id, key))),
      })),
  );

const passages = (halves: readonly string[]): Family => {
  const { cell, splits } = whole('session');
  const deeds = keysOf('session.did', NO_KEYS).map((key) => whole(cellOf('session.did', key)));
  const parts = halves.map((half) => leaf(cellOf('session.half-day', half)));
  return { cell, splits: [...splits, { drawn: 'apart', parts }], some: deeds };
};

const guide = (steps: number): Family =>
  divided('demarche.opened|caf-aide-logement', {
    drawn: 'with room',
    parts: [
      leaf('demarche.finished|caf-aide-logement'),
      ...Array.from({ length: steps + 1 }, (_, at) => leaf(`demarche.left-at-step|caf-aide-logement/${at}`)),
    ],
  });

export interface Kind {
  readonly name: string;
  readonly family: (random: () => number) => Family;
  readonly halves: readonly string[];
  readonly sites: number;
  /** The configuration changes between two weeks: steps are added to the guide, or taken out of it. */
  readonly changes?: true;
}

const ALL_HALVES = sampleList.openHalfDays;
export const kinds: readonly Kind[] = [
  { name: 'all the figures about visits', family: () => passages(ALL_HALVES), halves: ALL_HALVES, sites: 1 },
  {
    name: 'the visits of a place that opens two half-days',
    family: () => passages(['tue-am', 'thu-pm']),
    halves: ['tue-am', 'thu-pm'],
    sites: 1,
  },
  {
    name: 'a démarche and the steps where its guide was left',
    family: (random) => guide(1 + Math.floor(random() * 6)),
    halves: ALL_HALVES,
    sites: 1,
  },
  {
    name: 'a démarche whose guide changes in the middle of the year',
    family: (random) => guide(2 + Math.floor(random() * 5)),
    halves: ALL_HALVES,
    sites: 1,
    changes: true,
  },
  { name: 'a single count', family: () => leaf('search.nothing|logement'), halves: ALL_HALVES, sites: 1 },
  {
    name: 'a single count in two sites, and in both together',
    family: () => leaf('search.nothing|logement'),
    halves: ALL_HALVES,
    sites: 2,
  },
  {
    name: 'a démarche in two sites, and in both together',
    family: (random) => guide(1 + Math.floor(random() * 6)),
    halves: ALL_HALVES,
    sites: 2,
  },
];

/** A year in which the kiosk was installed in November: its weeks, both months and the year are all over. */
const START = '2025-W45' as Week;
export const WEEKS = 8;

const chooser = (random: () => number): ((ways: number, id: string) => number) => {
  const habits = new Map<string, readonly number[]>();
  return (ways, id) => {
    let habit = habits.get(id);
    if (!habit) habits.set(id, (habit = Array.from({ length: ways }, () => random() ** 3)));
    let left = random() * habit.reduce((a, b) => a + b, 0);
    return Math.max(0, habit.findIndex((weight) => (left -= weight) <= 0)); // prettier-ignore
  };
};

/** Realistic weeks with small counts of all kinds, and now and then a week without visits. */
export const randomSite = (random: () => number, family: Family, { halves, changes }: Kind): SiteFigures => {
  const last = Math.max(0, (family.splits[0]?.parts.length ?? 0) - 2);
  const listWith = (steps: number): WeekList => ({
    known: { ...sampleList.known, demarches: sampleList.known.demarches.map((one) => ({ ...one, steps })) },
    openHalfDays: halves,
  });
  const list = listWith(last);
  const listOf: SiteFigures['listOf'] = changes
    ? withChange(random, list, listWith(1 + Math.floor(random() * (last - 1))))
    : () => list;
  const busy = [2, 6, 15, 40][Math.floor(random() * 4)] ?? 2;
  const choose = chooser(random);
  const often = new Map<Cell, number>();
  const visit = (node: Family, cells: Map<Cell, number>, allowed: ReadonlySet<Cell>): void => {
    cells.set(node.cell, (cells.get(node.cell) ?? 0) + 1);
    node.splits.forEach((split, at) => {
      const parts = split.parts.filter(({ cell }) => allowed.has(cell));
      visit(parts[choose(parts.length, `${node.cell} ${at} ${parts.length}`)] as Family, cells, allowed);
    });
    for (const one of node.some) {
      if (!often.has(one.cell)) often.set(one.cell, random() ** 2);
      if (random() < (often.get(one.cell) ?? 0)) visit(one, cells, allowed);
    }
  };
  const weeks = Array.from({ length: WEEKS }, (_, at): [string, [Cell, number][]] => {
    const total = random() < 0.1 ? 0 : Math.floor(random() ** 2 * (busy + 1));
    const cells = new Map<Cell, number>();
    const week = shiftWeek(START, at);
    const allowed = allowedCells(listOf(week).known);
    for (let one = 0; one < total; one += 1) visit(family, cells, allowed);
    return [week, [...cells, ['service.rules|2', 1]]];
  });
  return siteOfCounts(weeks, '2026-W05', { listOf }, random);
};

/** One list before a random week, the other from it on. */
const withChange = (random: () => number, a: WeekList, b: WeekList): ((week: Week) => WeekList) => {
  const from = shiftWeek(START, 1 + Math.floor(random() * (WEEKS - 1)));
  const [before, after] = random() < 0.5 ? [a, b] : [b, a];
  return (week) => (week < from ? before : after);
};

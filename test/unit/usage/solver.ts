/**
 * The attacker's tool: every published figure becomes a linear constraint on the hidden ones, and a real LP solver (HiGHS)
 * is asked how low and how high each hidden value can go.
 */
import loadHighs from 'highs';

/** Sum of cells, by name. */
export type Sum = readonly string[];
export type Constraint =
  | { readonly kind: 'equal' | 'at-least' | 'at-most'; readonly sum: Sum; readonly n: number }
  | { readonly kind: 'same'; readonly left: Sum; readonly right: Sum };

export interface Target {
  readonly name: string;
  readonly sum: Sum;
}

const highs = await loadHighs();

/** The targets that the constraints pin to fewer than `candidates` values. */
export const pinned = (
  constraints: readonly Constraint[],
  targets: readonly Target[],
  candidates: number,
): readonly { name: string; low: number; high: number }[] => {
  const ids = new Map<string, string>();
  const id = (cell: string): string => {
    let known = ids.get(cell);
    if (known === undefined) ids.set(cell, (known = `x${ids.size}`));
    return known;
  };
  const text = (sum: Sum, sign = '+'): string => sum.map((cell) => `${sign} ${id(cell)}`).join(' ');
  const rows = constraints.map((c, at) => {
    if (c.kind === 'same') return `r${at}: ${text(c.left)} ${text(c.right, '-')} = 0`;
    return `r${at}: ${text(c.sum)} ${c.kind === 'equal' ? '=' : c.kind === 'at-least' ? '>=' : '<='} ${c.n}`;
  });
  const ranges = targets.map((target) => ({ ...target, low: Infinity, high: -Infinity }));
  const learn = (values: ReadonlyMap<string, number>): void => {
    for (const range of ranges) {
      const at = range.sum.reduce((n, cell) => n + (values.get(id(cell)) ?? 0), 0);
      range.low = Math.min(range.low, at);
      range.high = Math.max(range.high, at);
    }
  };
  const solve = (goal: 'Maximize' | 'Minimize', sum: Sum): void => {
    const solution = highs.solve(`${goal}\n obj: ${text(sum)}\nSubject To\n ${rows.join('\n ')}\nEnd\n`);
    if (solution.Status === 'Optimal')
      learn(new Map(Object.entries(solution.Columns).map(([name, c]) => [name, 'Primal' in c ? c.Primal : 0])));
    else if (solution.Status === 'Unbounded') {
      for (const range of ranges) if (range.sum === sum) range.high = Infinity;
    } else throw new Error(`the published figures contradict each other: ${solution.Status}`);
  };
  const width = (range: { low: number; high: number }): number =>
    Math.floor(range.high + 1e-6) - Math.ceil(range.low - 1e-6) + 1;
  for (const range of ranges) {
    // Every solution is a witness for all cells: most are cleared before their turn comes.
    if (width(range) >= candidates) continue;
    solve('Maximize', range.sum);
    if (width(range) >= candidates) continue;
    solve('Minimize', range.sum);
  }
  return ranges.filter((range) => width(range) < candidates).map(({ name, low, high }) => ({ name, low, high }));
};

/** Counters in memory, with a remote that makes the disk full. */
import { fail, ok } from '../../../main/contract/result.ts';
import type { CountsFile } from '../../../main/features/usage/counts-file.ts';

export interface FakeCounts extends CountsFile {
  failWith: string | undefined;
  readonly adds: { readonly week: string; readonly cells: readonly (readonly [string, number])[] }[];
}

export const createFakeCounts = (): FakeCounts => {
  const weeks = new Map<string, Map<string, number>>();
  let keptFrom = '';
  const fake: FakeCounts = {
    failWith: undefined,
    adds: [],
    add(week, cells) {
      if (fake.failWith !== undefined) return fail({ kind: fake.failWith });
      fake.adds.push({ week, cells });
      const all = weeks.get(week) ?? new Map<string, number>();
      weeks.set(week, all);
      for (const [cell, n] of cells) all.set(cell, (all.get(cell) ?? 0) + n);
      return ok(null);
    },
    tidy: () => ok(null),
    read: (from, to) =>
      new Map([...weeks].filter(([week]) => week >= from && week <= to).map(([week, cells]) => [week, new Map(cells)])),
    life() {
      const first = [...weeks.keys()].sort()[0];
      return first === undefined ? undefined : { startedIn: first, keptFrom: keptFrom > first ? keptFrom : first };
    },
    eraseBefore(week) {
      keptFrom = week;
      for (const old of [...weeks.keys()]) if (old < week) weeks.delete(old);
      return ok(0);
    },
    close: () => undefined,
  };
  return fake;
};

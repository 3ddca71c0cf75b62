/** Counters in memory. `failWith` makes writes fail, as on a full disk. */
import { fail, ok } from '../../../main/contract/result.ts';
import type { Count } from '../../../main/features/usage/cells.ts';
import type { CountsFile, Increment, ListOfWeek, StoredWeek } from '../../../main/features/usage/counts-file.ts';
import { addGrowths } from './sample-site.ts';

export interface FakeCounts extends CountsFile {
  failWith: string | undefined;
  /** For tests that fill the counters; a kiosk always gives the list. */
  add(week: string, cells: readonly Increment[], list?: ListOfWeek): ReturnType<CountsFile['add']>;
  readonly adds: { readonly week: string; readonly cells: readonly Increment[] }[];
  /** The counts of a week, without their keys. */
  counts(week: string): ReadonlyMap<string, number>;
  waits(): ReadonlyMap<string, number>;
}

type Kept = StoredWeek & { readonly counts: Map<string, Count>; madeWith: string | null };
const plain = (counts: ReadonlyMap<string, Count> | undefined): ReadonlyMap<string, number> =>
  new Map([...(counts ?? [])].map(([cell, { n }]) => [cell, n]));

export const createFakeCounts = (): FakeCounts => {
  const weeks = new Map<string, Kept>();
  const published = new Set<string>();
  let waiting = new Map<string, Count>();
  let keptFrom = '';
  const weekOf = (week: string): Kept => {
    let kept = weeks.get(week);
    if (!kept) weeks.set(week, (kept = { counts: new Map(), secret: week.padEnd(32, '0'), madeWith: null }));
    return kept;
  };
  const fake: FakeCounts = {
    failWith: undefined,
    adds: [],
    counts: (week) => plain(weeks.get(week)?.counts),
    waits: () => plain(waiting),
    add(week, cells, list) {
      if (fake.failWith !== undefined) return fail({ kind: fake.failWith });
      fake.adds.push({ week, cells });
      addGrowths(weekOf(week).counts, cells);
      if (list) weekOf(week).madeWith = list(weekOf(week).madeWith);
      return ok(null);
    },
    addWaiting(cells) {
      if (fake.failWith !== undefined) return fail({ kind: fake.failWith });
      addGrowths(waiting, cells);
      return ok(null);
    },
    releaseWaiting(week, list) {
      const moved = [...waiting].map(([cell, { n, key }]): Increment => [cell, n, key]);
      if (moved.length > 0) {
        addGrowths(weekOf(week).counts, moved);
        weekOf(week).madeWith = list(weekOf(week).madeWith);
      }
      waiting = new Map();
      return ok(moved.length);
    },
    takeBackAfter(week) {
      const later = [...weeks.keys()].filter((one) => one > week && !published.has(one));
      for (const one of later) {
        for (const [cell, { n, key }] of weeks.get(one)?.counts ?? [])
          addGrowths(waiting, [[cell.startsWith('session.half-day|') ? 'session.half-day|unknown' : cell, n, key]]);
        weeks.delete(one);
      }
      return ok(later.length);
    },
    publish(some, madeWith) {
      for (const week of some) {
        published.add(week);
        const kept = weeks.get(week);
        if (kept) kept.madeWith ??= madeWith;
      }
      return ok(null);
    },
    published: () => new Set(published),
    compact: () => ok(null),
    read: (from, to) => new Map([...weeks].filter(([week]) => week >= from && week <= to).map(([week, kept]) => [week, { ...kept, counts: new Map(kept.counts) }])), // prettier-ignore
    life() {
      const first = [...weeks.keys()].sort()[0];
      return first === undefined ? undefined : { startedIn: first, keptFrom: keptFrom > first ? keptFrom : first };
    },
    lastWeek: () => [...weeks].flatMap(([week, { counts }]) => (counts.size > 0 ? [week] : [])).sort().at(-1), // prettier-ignore
    eraseBefore(week) {
      keptFrom = week;
      for (const old of [...weeks.keys()]) if (old < week) weeks.delete(old);
      for (const old of published) if (old < week) published.delete(old);
      return ok(0);
    },
    close: () => undefined,
  };
  return fake;
};

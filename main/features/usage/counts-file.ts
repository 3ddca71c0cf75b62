/** The counters on disk, as this feature needs them. */
import type { Result } from '../../contract/result.ts';
import type { Cell, Count } from './cells.ts';

/** A cell grows by a count, and by a key drawn for this growth alone: keys link nothing. */
export type Growth = readonly [cell: Cell, n: number, key: number];

export interface StoredWeek {
  readonly counts: ReadonlyMap<Cell, Count>;
  /** Gives the keys of the cells that never grew. */
  readonly secret: string;
  /** The list that the week was published with; null until then. */
  readonly madeWith: string | null;
}

type Failure = { readonly kind: string };

/** `store/counts-store.ts` is the real one. */
export interface CountsFile {
  add(week: string, cells: readonly Growth[]): Result<null, Failure>;
  /** Keeps what must wait for the right time, so that a power cut loses nothing. */
  wait(cells: readonly Growth[]): Result<null, Failure>;
  /** Moves what waited into a week; answers how many cells did. */
  release(week: string): Result<number, Failure>;
  /** Publishes the weeks before this one that are not yet, in what can be counted now; empty weeks since `from` too. */
  freeze(weeks: readonly string[], madeWith: string): Result<null, Failure>;
  tidy(): Result<null, Failure>;
  read(fromWeek: string, toWeek: string): ReadonlyMap<string, StoredWeek>;
  life(): { readonly startedIn: string; readonly keptFrom: string } | undefined;
  /** The last week that was counted in. */
  lastWeek(): string | undefined;
  eraseBefore(week: string): Result<number, Failure>;
  close(): void;
}

export type OpenCounts = () => Promise<
  Result<{ readonly store: CountsFile; readonly movedAside: string | null }, Failure>
>;

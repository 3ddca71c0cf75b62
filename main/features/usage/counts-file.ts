/** The port to the counters on disk. */
import type { Result } from '../../contract/result.ts';
import type { Cell, Count } from './cells.ts';

/** An increment of a cell. Each increment draws its own random key, so keys cannot link two increments. */
export type Increment = readonly [cell: Cell, n: number, key: number];

export interface StoredWeek {
  readonly counts: ReadonlyMap<Cell, Count>;
  /** The keys of zero cells are derived from it. */
  readonly secret: string;
  /** What could be counted while the week was counted; null in weeks that older versions did not publish. */
  readonly madeWith: string | null;
}

type Failure = { readonly kind: string };

/** Returns the list to keep with a week, given the one that it has. */
export type ListOfWeek = (kept: string | null) => string;

/** Implemented by `store/counts-store.ts`. */
export interface CountsFile {
  add(week: string, cells: readonly Increment[], list: ListOfWeek): Result<null, Failure>;
  /** Stores counts without a week while the clock cannot be trusted, so that a power cut loses none. */
  addWaiting(cells: readonly Increment[]): Result<null, Failure>;
  /** Moves the waiting counts into a week. Returns the number of cells moved. */
  releaseWaiting(week: string, list: ListOfWeek): Result<number, Failure>;
  /** Moves the counts of later weeks that are not published to the waiting counts: the clock was ahead. */
  takeBackAfter(week: string): Result<number, Failure>;
  /** Records that these weeks may no longer grow. Weeks that have no list yet get this one. */
  publish(weeks: readonly string[], madeWith: string): Result<null, Failure>;
  /** The published weeks, also those without a count. */
  published(): ReadonlySet<string>;
  compact(): Result<null, Failure>;
  read(fromWeek: string, toWeek: string): ReadonlyMap<string, StoredWeek>;
  life(): { readonly startedIn: string; readonly keptFrom: string } | undefined;
  /** The last week with a count. */
  lastWeek(): string | undefined;
  eraseBefore(week: string): Result<number, Failure>;
  close(): void;
}

export type OpenCounts = () => Promise<
  Result<{ readonly store: CountsFile; readonly movedAside: string | null }, Failure>
>;

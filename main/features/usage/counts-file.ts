/** The counters on disk, as this feature needs them. */
import type { Result } from '../../contract/result.ts';
import type { Cell } from './publish.ts';

/** `store/counts-store.ts` is the real one. */
export interface CountsFile {
  add(week: string, cells: readonly (readonly [Cell, number])[]): Result<null, { readonly kind: string }>;
  tidy(): Result<null, { readonly kind: string }>;
  read(fromWeek: string, toWeek: string): ReadonlyMap<string, ReadonlyMap<Cell, number>>;
  life(): { readonly startedIn: string; readonly keptFrom: string } | undefined;
  eraseBefore(week: string): Result<number, { readonly kind: string }>;
  close(): void;
}

export type OpenCounts = () => Promise<
  Result<{ readonly store: CountsFile; readonly movedAside: string | null }, { readonly kind: string }>
>;

/** Sorts the sheets by when they were last compared with their sources. Pure. */
import type { DemarcheConfig } from './kiosk-config.ts';

type Sheet = Pick<DemarcheConfig, 'id' | 'verifiedOn'>;

/** The oldest first. */
export const oldestFirst = <S extends Sheet>(sheets: readonly S[]): readonly S[] =>
  [...sheets].sort((a, b) => a.verifiedOn.localeCompare(b.verifiedOn) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));

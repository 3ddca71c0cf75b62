/** How long ago each sheet was compared with its sources, and what a sheet does not say of it. Pure. */
import type { DemarcheConfig } from './kiosk-config.ts';

type Sheet = Pick<DemarcheConfig, 'id' | 'verifiedOn' | 'verifiedBy' | 'sources'>;

/** The oldest first; one that was never verified is older than all. */
export const oldestFirst = <S extends Sheet>(sheets: readonly S[]): readonly S[] =>
  [...sheets].sort(
    (a, b) => (a.verifiedOn ?? '').localeCompare(b.verifiedOn ?? '') || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );

/** The fields that say on what a sheet rests, and that this one lacks. */
export const missingProof = ({ verifiedOn, verifiedBy, sources }: Sheet): readonly string[] => [
  ...(verifiedOn === undefined ? ['verifiedOn'] : []),
  ...(verifiedBy === undefined ? ['verifiedBy'] : []),
  ...(sources.length === 0 ? ['sources'] : []),
];

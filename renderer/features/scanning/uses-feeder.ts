/** True when the sheets go into the feeder; otherwise they go on the glass, one at a time. */
import type { KioskState } from '../../../main/contract/index.ts';

type Scanning = KioskState['scanning'];

export const usesFeeder = (
  { mode }: Pick<NonNullable<Scanning['work']>, 'mode'>,
  { feeder, glass }: Pick<Extract<Scanning['scanner'], { kind: 'ready' }>, 'feeder' | 'glass'>,
): boolean => !glass || (feeder && (mode === 'several' || mode === 'both-sides'));

/** A figure as a reader sees it. */
import type { Figure } from '../../contract/usage.ts';

export type Shown = Figure;

/** Not told yet, or not told at all. */
export const HIDDEN: Shown = { kind: 'hidden' };
/** About the machine: as it is. */
export const exact = (n: number): Shown => ({ kind: 'exact', n });
/** About people: moved by the noise. */
export const about = (n: number): Shown => ({ kind: 'about', n });

export const isNumber = (shown: Shown | null | undefined): shown is Extract<Shown, { n: number }> =>
  shown?.kind === 'exact' || shown?.kind === 'about';

/** Where the law asks for it, by setting: applied to what is shown, so it gives nothing away that the number would not. */
export const suppressed = (shown: Shown, threshold: number): Shown =>
  shown.kind === 'about' && shown.n < threshold ? { kind: 'under' } : shown;

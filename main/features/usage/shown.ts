/** A figure as it is shown to a reader. */
import type { Figure } from '../../contract/usage.ts';

export type Shown = Figure;

/** Not shown yet, or never shown. */
export const HIDDEN: Shown = { kind: 'hidden' };
/** A figure about the machine: shown without noise. */
export const exact = (n: number): Shown => ({ kind: 'exact', n });
/** A figure about people: noise was added. */
export const about = (n: number): Shown => ({ kind: 'about', n });

export const isNumber = (shown: Shown | null | undefined): shown is Extract<Shown, { n: number }> =>
  shown?.kind === 'exact' || shown?.kind === 'about';

/** What several pages show, added up: it reveals nothing that they do not. Hidden numbers are left out. */
export const addShown = (all: readonly (Shown | undefined)[]): Shown => {
  const numbers = all.filter(isNumber);
  return numbers.length === 0 ? HIDDEN : about(numbers.reduce((sum, { n }) => sum + n, 0));
};

/** Applies the threshold, for where the law requires one. It only uses the shown number, so it reveals no more. */
export const suppressed = (shown: Shown, threshold: number): Shown =>
  shown.kind === 'about' && shown.n < threshold ? { kind: 'under' } : shown;

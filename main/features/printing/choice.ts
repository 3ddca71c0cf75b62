/** Turns the person's choice into the list of pages to print, or a refusal. Pure. */
import type { PageRange } from '../../contract/printing.ts';
import { fail, ok, type Result } from '../../contract/result.ts';

/** From this many sides on, the person must confirm: printing a whole site by mistake is the most common waste. */
export const LONG_FROM = 15;

export interface Choice {
  readonly pages: readonly PageRange[];
  readonly copies: number;
  readonly longAgreed: boolean;
}

export interface Limits {
  readonly pages: number;
  readonly blank: ReadonlySet<number>;
  /** Sides left in this session; null when they are not limited. */
  readonly left: number | null;
  readonly longFrom: number;
}

export type ChoiceRefusal = 'range' | 'nothing-chosen' | 'allowance' | 'long';

/** Every page once, in document order. No range means every page that is not blank. */
export const pagesOf = (
  ranges: readonly PageRange[],
  limits: Pick<Limits, 'pages' | 'blank'>,
): Result<readonly number[], 'range'> => {
  const all = Array.from({ length: limits.pages }, (_, i) => i + 1);
  if (ranges.length === 0) return ok(all.filter((page) => !limits.blank.has(page)));
  if (ranges.some(({ from, to }) => from > to || to > limits.pages)) return fail('range');
  return ok(all.filter((page) => ranges.some(({ from, to }) => from <= page && page <= to)));
};

export const checkChoice = (choice: Choice, limits: Limits): Result<readonly number[], ChoiceRefusal> => {
  const pages = pagesOf(choice.pages, limits);
  if (!pages.ok) return pages;
  if (pages.value.length === 0) return fail('nothing-chosen');
  const sides = pages.value.length * choice.copies;
  if (limits.left !== null && sides > limits.left) return fail('allowance');
  if (sides >= limits.longFrom && !choice.longAgreed) return fail('long');
  return pages;
};

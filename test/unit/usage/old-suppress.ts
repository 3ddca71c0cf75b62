/**
 * Small counts: the rules for one line of figures ("these parts make this total"). Pure.
 *
 * What a reader may learn is bounded on purpose: whatever they subtract, a hidden value keeps at least `threshold`
 * possible values. `under` means "less than the threshold" (zero included: a shown zero would reveal that the others
 * are at least one), `hidden` reveals nothing. `test/unit/usage/attack.test.ts` attacks this method.
 */
export type Shown =
  | { readonly kind: 'exact'; readonly n: number }
  /** The sum of what is shown elsewhere, so it reveals nothing new. The true number may be higher. */
  | { readonly kind: 'at-least'; readonly n: number }
  | { readonly kind: 'under' }
  | { readonly kind: 'hidden' };

export const UNDER: Shown = { kind: 'under' };
export const HIDDEN: Shown = { kind: 'hidden' };
export const exact = (n: number): Shown => ({ kind: 'exact', n });
export const atLeast = (n: number): Shown => (n > 0 ? { kind: 'at-least', n } : HIDDEN);

export const isNumber = (shown: Shown): shown is Extract<Shown, { n: number }> =>
  shown.kind === 'exact' || shown.kind === 'at-least';

/**
 * May a total be shown exactly beside its hidden parts? `rest` is what subtraction gives, `bounded` the number of parts
 * known to be under the threshold, `free` the number of parts about which nothing is known.
 */
export const subtractionIsSafe = (rest: number, bounded: number, free: number, threshold: number): boolean => {
  if (bounded + free === 0) return true;
  if (bounded + free < 2 || rest < threshold - 1) return false;
  return free > 0 || rest <= (bounded - 1) * (threshold - 1);
};

export interface PartsOptions {
  /** False: never show "under" (see `session.helped` in measures.ts). */
  readonly labelSmall: boolean;
  /** Whether parts that are all zero are shown as zero. Only allowed where no finer period hides them. */
  readonly showZeros: boolean;
}

/** How the parts of a *shown* total are shown. */
export const showParts = (parts: readonly number[], threshold: number, options: PartsOptions): readonly Shown[] => {
  if (threshold <= 1 || parts.length < 2) return parts.map(exact);
  const small = parts.filter((n) => n < threshold);
  if (small.length === 0) return parts.map(exact);
  const rest = small.reduce((a, b) => a + b, 0);
  if (rest === 0 && options.showZeros) return parts.map(exact);
  if (!options.labelSmall) return hideQuietly(parts, threshold);
  if (subtractionIsSafe(rest, small.length, 0, threshold)) return parts.map((n) => (n < threshold ? UNDER : exact(n)));
  const secondary = chooseSecondary(parts, rest, threshold);
  // No larger part can be hidden as well, so the whole line is hidden, and each part may be anything from 0 to the
  // total.
  if (!secondary) return parts.map(() => HIDDEN);
  return parts.map((n, at) => (n < threshold ? UNDER : secondary.has(at) ? HIDDEN : exact(n)));
};

const ascending = (parts: readonly number[], from: number): readonly number[] =>
  parts
    .map((n, at) => ({ n, at }))
    .filter(({ n }) => n >= from)
    .sort((a, b) => a.n - b.n || a.at - b.at)
    .map(({ at }) => at);

/**
 * The smallest larger parts to hide as well. They are known to be at least the threshold each, so what is left above
 * that must leave every small part its whole range: rest + sum ≥ threshold × count + threshold − 1.
 */
const chooseSecondary = (parts: readonly number[], rest: number, threshold: number): Set<number> | undefined => {
  const larger = ascending(parts, threshold);
  const alone = larger.find((at) => rest + (parts[at] ?? 0) >= 2 * threshold - 1);
  if (alone !== undefined) return new Set([alone]);
  const chosen = new Set<number>();
  let sum = rest;
  for (const at of larger) {
    chosen.add(at);
    sum += parts[at] ?? 0;
    if (sum >= threshold * chosen.size + threshold - 1) return chosen;
  }
  return undefined;
};

const hideQuietly = (parts: readonly number[], threshold: number): readonly Shown[] => {
  const hidden = new Set(parts.flatMap((n, at) => (n < threshold ? [at] : [])));
  let rest = [...hidden].reduce((sum, at) => sum + (parts[at] ?? 0), 0);
  for (const at of ascending(parts, threshold)) {
    // Hide one more than for a labelled line, because "at least one person was helped" may be known from other tables.
    if (hidden.size >= 2 && rest >= threshold) break;
    hidden.add(at);
    rest += parts[at] ?? 0;
  }
  return parts.map((n, at) => (hidden.has(at) ? HIDDEN : exact(n)));
};

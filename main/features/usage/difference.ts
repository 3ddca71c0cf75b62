/** Compares two shown figures. Pure. */
import type { PeriodKind } from './iso-week.ts';
import { MAX_NOISE } from './noise.ts';
import { LONGER_FROM } from './publish.ts';
import { isNumber, type Shown } from './shown.ts';

/**
 * What noise alone can make of two weeks: the same number of people, shown 4 too few in one and 4 too many in the
 * other.
 */
export const NOISE_OF_WEEKS = 2 * MAX_NOISE;

/** The most weeks that a month or a year has. */
const WEEKS: Readonly<Record<PeriodKind, number>> = { week: 1, month: 5, year: 53 };

/**
 * From `LONGER_FROM` on, a longer period has one draw of noise. Below, it adds up its weeks with the noise of each. The
 * noises of several sites are independent: added up, they hardly ever (1 in 200) exceed this root.
 */
const noiseOf = (n: number, kind: PeriodKind, sites: number): number =>
  (n / sites >= LONGER_FROM ? 1 : WEEKS[kind]) * MAX_NOISE * Math.sqrt(sites);

/**
 * How much more is shown now. 0 if noise alone can make the difference; undefined if a figure is not shown. `sites`:
 * how many sites' shown figures were added up.
 */
export const differenceOf = (
  now: Shown | undefined,
  before: Shown | undefined,
  kind: PeriodKind,
  sites = 1,
): number | undefined => {
  if (!isNumber(now) || !isNumber(before)) return undefined;
  const by = now.n - before.n;
  return Math.abs(by) > noiseOf(now.n, kind, sites) + noiseOf(before.n, kind, sites) ? by : 0;
};

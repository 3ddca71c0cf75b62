/**
 * The one table of noise (cell-key perturbation). What a reader sees of a count depends on the count and on its key alone, so the
 * same figure reads the same wherever it is shown; nobody who lacks the key can take the noise off. Pure.
 */

/** No count about people is moved by more than this. */
export const MOST_NOISE = 4;
/** Two shown figures differ for certain reasons only beyond this: two standard deviations of the difference of two noises. */
export const NOISE_OF_DIFFERENCE = 5;

/** Keys are whole numbers under this, and so are their sums. */
export const KEY_RANGE = 0x1_0000_0000;

interface Row {
  /** Of the first entry: what is added to the count. */
  readonly from: number;
  /** In ten-thousandths. */
  readonly chances: readonly number[];
}

/**
 * 0 and 1 share all that they may be shown as, and no answer is more than half again as likely for one as for the other: that somebody
 * did a thing, or nobody, is never told by a 0, a 1 or a 2. From 2 on the mean is 0; from 3 on the variance is 2.9, and two neighbours
 * have 8 tenths in common: whoever knows all the others of a count to the unit is right about one more in 60 bets of 100. Between 1
 * and 2, and 2 and 3, it is 65: the README says why it cannot be less.
 */
export const noiseTable: readonly Row[] = [
  { from: 0, chances: [6_000, 2_000, 2_000] },
  { from: -1, chances: [4_000, 3_000, 3_000] },
  { from: -2, chances: [1_000, 3_000, 3_000, 1_500, 1_000, 500] },
  { from: -3, chances: [842, 1_263, 1_895, 2_000, 1_895, 1_263, 842] },
];

/**
 * Spreads keys evenly whatever their neighbours (the finishing steps of MurmurHash3): without it, what is known of the keys of two
 * weeks would tell something of the key of their sum.
 */
const spread = (key: number): number => {
  let h = key | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};

/** The count as it is shown. */
export const perturb = (n: number, key: number): number => {
  const row = noiseTable[Math.min(n, noiseTable.length - 1)] as Row;
  let left = Math.floor((spread(key) / KEY_RANGE) * 10_000);
  let at = 0;
  for (const chance of row.chances) {
    if (left < chance) break;
    left -= chance;
    at += 1;
  }
  return n + row.from + at;
};

export const addKeys = (a: number, b: number): number => (a + b) % KEY_RANGE;

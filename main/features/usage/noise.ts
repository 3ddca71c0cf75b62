/**
 * The one table of noise (cell-key perturbation). What a reader sees of a count depends on the count and on its key alone, so the
 * same figure reads the same wherever it is shown; nobody who lacks the key can take the noise off. Pure.
 */

/** No count about people is moved by more than this. */
export const MOST_NOISE = 4;
/** Two shown figures differ for certain reasons only beyond this: two standard deviations of the difference of two noises. */
export const NOISE_OF_DIFFERENCE = 4;

/** Keys are whole numbers under this, and so are their sums. */
export const KEY_RANGE = 0x1_0000_0000;

interface Row {
  /** Of the first entry: what is added to the count. */
  readonly from: number;
  /** In ten-thousandths. */
  readonly chances: readonly number[];
}

/**
 * From 2 on: mean 0, variance 2, and as even as that allows (maximum entropy), never below 0 in sum.
 * 0 and 1 share what they may be shown as, and no answer is more than half again as likely for one as for the other: that
 * somebody did a thing, or nobody, is never told by a 0, a 1 or a 2.
 */
export const noiseTable: readonly Row[] = [
  { from: 0, chances: [6_000, 2_000, 2_000] },
  { from: -1, chances: [4_000, 3_000, 3_000] },
  { from: -2, chances: [1_591, 2_397, 2_556, 1_930, 1_032, 390, 104] },
  { from: -3, chances: [348, 1_107, 2_207, 2_753, 2_150, 1_051, 322, 62] },
  { from: -4, chances: [54, 306, 1_047, 2_191, 2_804, 2_191, 1_047, 306, 54] },
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

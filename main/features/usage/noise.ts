/**
 * The noise table (cell-key perturbation). The shown number depends only on the count and its key, so a figure is the
 * same wherever it is shown. Without the key nobody can remove the noise. Pure.
 */

/** The noise never exceeds this. */
export const MAX_NOISE = 4;
/** A shown 1 or 2 may stand for zero. */
export const SURE_FROM = 3;

/** Keys are integers below this. Their sums are taken modulo this. */
export const KEY_RANGE = 0x1_0000_0000;

interface Row {
  /** The noise of the first entry. Each further entry is one more. */
  readonly from: number;
  /** Probabilities, in ten-thousandths. */
  readonly chances: readonly number[];
}

/**
 * From 2 on: mean 0, variance 2. 4 and more: the most even distribution with these (maximum entropy). 2 and 3: the most
 * even one that does not give the count away (README, "The table"). 0 and 1 are shown as the same numbers, and none of
 * them is more than 1.5 times as likely for one as for the other. So a shown 0, 1 or 2 never reveals whether anyone did
 * the thing.
 */
export const noiseTable: readonly Row[] = [
  { from: 0, chances: [6_000, 2_000, 2_000] },
  { from: -1, chances: [4_000, 3_000, 3_000] },
  { from: -2, chances: [1_362, 2_656, 3_092, 1_120, 1_110, 600, 60] },
  { from: -3, chances: [187, 1_005, 3_032, 2_260, 2_071, 920, 408, 117] },
  { from: -4, chances: [54, 306, 1_047, 2_191, 2_804, 2_191, 1_047, 306, 54] },
];

/**
 * Hashes a key (the finalizer of MurmurHash3). Without it, knowledge of the keys of two weeks would reveal something
 * of the key of their sum.
 */
const spread = (key: number): number => {
  let h = key | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};

const rowOf = (n: number): Row => noiseTable[Math.min(n, noiseTable.length - 1)] as Row;

/** The index that the key selects, weighted by `chances`. They need not add up to 1. */
const pick = (chances: readonly number[], key: number): number => {
  let left = (spread(key) / KEY_RANGE) * chances.reduce((a, b) => a + b, 0);
  const at = chances.findIndex((chance) => (left -= chance) < 0);
  return at < 0 ? chances.findLastIndex((chance) => chance > 0) : at;
};

/** The count as it is shown. */
export const perturb = (n: number, key: number): number => {
  const { from, chances } = rowOf(n);
  return n + from + pick(chances, key);
};

/** The distribution of a sum: the probabilities of `least`, `least + 1` and so on. */
interface Sums {
  readonly least: number;
  readonly chances: readonly number[];
}
const NOTHING: Sums = { least: 0, chances: [1] };
const withRow = (n: number, { least, chances }: Sums): Sums => {
  const { from, chances: row } = rowOf(n);
  const sums = new Array<number>(chances.length + row.length - 1).fill(0);
  for (let at = 0; at < row.length; at += 1)
    for (let more = 0; more < chances.length; more += 1)
      sums[at + more] = (sums[at + more] ?? 0) + ((row[at] ?? 0) / 10_000) * (chances[more] ?? 0);
  return { least: least + n + from, chances: sums };
};

/**
 * Draws the shown numbers of the parts of a whole, each from its row, on condition that they add up to the shown
 * number of the whole. The last part is the remainder, so its key is not used. Without this condition, seven divisions
 * of the same few people would be seven independent draws of their number, and together reveal it.
 */
export const perturbParts = (
  parts: readonly { readonly n: number; readonly key: number }[],
  whole: number,
): readonly number[] => {
  /** The distribution of the sum of the parts after each one. */
  const rest = parts.map(() => NOTHING);
  for (let at = parts.length - 1; at > 0; at -= 1) rest[at - 1] = withRow(parts[at]?.n ?? 0, rest[at] ?? NOTHING);
  let [least, most] = [0, 0];
  for (const { n } of parts) {
    const { from, chances } = rowOf(n);
    least += n + from;
    most += n + from + chances.length - 1;
  }
  // With few parts, the rows may not reach that number. Then the parts come as close to it as they can.
  let left = Math.min(Math.max(whole, least), most);
  return parts.map(({ n, key }, at) => {
    const { from, chances } = rowOf(n);
    const after = rest[at] ?? NOTHING;
    const shown = n + from + pick(chances.map((chance, more) => chance * (after.chances[left - (n + from + more) - after.least] ?? 0)), key); // prettier-ignore
    left -= shown;
    return shown;
  });
};

/**
 * Extra room for the ends of a démarche. Ends that nobody reached are sometimes shown as 1 or 2. If all ends had to
 * add up to the people who began, the others would be shown too low, and no step of a guide would stand out. The room
 * depends only on the number of ends, which is public.
 */
export const roomForEmptyEnds = (ends: number): number => Math.round(ends / 2);

export const addKeys = (a: number, b: number): number => (a + b) % KEY_RANGE;

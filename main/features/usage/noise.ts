/**
 * The one table of noise (cell-key perturbation). What a reader sees of a count depends on the count and on its key alone, so the
 * same figure reads the same wherever it is shown; nobody who lacks the key can take the noise off. Pure.
 */

/** No count about people is moved by more than this. */
export const MOST_NOISE = 4;
/** A 1 or a 2 may be nobody. */
export const SURE_FROM = 3;
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
 * From 2 on: mean 0, variance 2. 4 and more: as even as that allows (maximum entropy). 2 and 3: as even as it leaves when a count may
 * not be told (README, "The table").
 * 0 and 1 share what they may be shown as, and no answer is more than half again as likely for one as for the other: that
 * somebody did a thing, or nobody, is never told by a 0, a 1 or a 2.
 */
export const noiseTable: readonly Row[] = [
  { from: 0, chances: [6_000, 2_000, 2_000] },
  { from: -1, chances: [4_000, 3_000, 3_000] },
  { from: -2, chances: [1_362, 2_656, 3_092, 1_120, 1_110, 600, 60] },
  { from: -3, chances: [187, 1_005, 3_032, 2_260, 2_071, 920, 408, 117] },
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

const rowOf = (n: number): Row => noiseTable[Math.min(n, noiseTable.length - 1)] as Row;

/** Which of these chances the key falls on, whatever they add up to. */
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

/** What a sum may be shown as: from the least on, in parts of a whole. */
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
 * The parts of a whole whose shown number is known: each is drawn from its row, on condition that they add up to that number. The
 * last one is what the others leave, so its key is not asked. Seven ways to divide the same few people are then one drawing of how
 * many they are; seven drawings would tell it.
 */
export const perturbParts = (
  parts: readonly { readonly n: number; readonly key: number }[],
  whole: number,
): readonly number[] => {
  /** Of the parts after each one. */
  const rest = parts.map(() => NOTHING);
  for (let at = parts.length - 1; at > 0; at -= 1) rest[at - 1] = withRow(parts[at]?.n ?? 0, rest[at] ?? NOTHING);
  let [least, most] = [0, 0];
  for (const { n } of parts) {
    const { from, chances } = rowOf(n);
    least += n + from;
    most += n + from + chances.length - 1;
  }
  // A handful whose rows cannot reach that number come as near as they can.
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
 * Ends to which nobody came are shown as 1 or 2 now and then: if all ends had to add up to those who began, the others would be shown
 * too low, and no step of a guide would stand out. The room depends on how many ends there are, which everybody knows.
 */
export const roomForNobody = (ends: number): number => Math.round(ends / 2);

export const addKeys = (a: number, b: number): number => (a + b) % KEY_RANGE;

/** One line of the bench table: a ratio measured in one run, never a bare time. */
export interface BenchRow {
  readonly name: string;
  readonly ours: number;
  /** The reference value; null when the target is absolute. */
  readonly reference: number | null;
  readonly ratio: number | null;
  /** As written in the requirement: `<= 1.8`, `>= 200`. */
  readonly target: string;
  readonly ok: boolean;
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
};

export const ratioRow = (name: string, ours: number, reference: number, atMost: number): BenchRow => ({
  name,
  ours: Math.round(ours * 10) / 10,
  reference: Math.round(reference * 10) / 10,
  ratio: Math.round((ours / reference) * 100) / 100,
  target: `<= ${atMost}`,
  ok: ours / reference <= atMost,
});

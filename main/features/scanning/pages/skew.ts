/**
 * Measures the skew of a page. Ink projected at the right angle falls into sharp bands (lines of text, rules of a
 * table), so the sum of squared differences between neighbouring bands is largest there.
 */
import type { Grey } from './pixels.ts';

export interface Skew {
  /** Rotate the page by this much, clockwise positive, to straighten it. */
  readonly angleDeg: number;
  /** Score of the best angle relative to the median of the others; below 1.15 there were hardly any lines. */
  readonly confidence: number;
  /** Score per point, to compare with the page on its side. */
  readonly score: number;
}

const MAX_DEG = 15;
const MAX_POINTS = 40_000;

interface Points {
  readonly xs: Float32Array;
  readonly ys: Float32Array;
  readonly count: number;
  readonly height: number;
}

const pointsOf = (ink: Uint8Array, { width, height }: Pick<Grey, 'width' | 'height'>, sideways: boolean): Points => {
  // Use only the upper edge of each stroke: lines of text are clearest there, and solid areas have little weight.
  const xs: number[] = [];
  const ys: number[] = [];
  for (let y = 1; y < height; y += 1)
    for (let x = 1; x < width; x += 1) {
      const i = y * width + x;
      if (!ink[i] || ink[sideways ? i - 1 : i - width]) continue;
      xs.push(sideways ? y : x);
      ys.push(sideways ? width - x : y);
    }
  const every = Math.max(1, Math.ceil(xs.length / MAX_POINTS));
  const count = Math.ceil(xs.length / every);
  const points = { xs: new Float32Array(count), ys: new Float32Array(count), count, height: sideways ? width : height };
  for (let i = 0; i < count; i += 1) {
    points.xs[i] = xs[i * every]!;
    points.ys[i] = ys[i * every]!;
  }
  return points;
};

const scoreAt = (points: Points, angleDeg: number): number => {
  const slope = Math.tan((angleDeg * Math.PI) / 180);
  const pad = 2_000;
  const bands = new Float32Array(points.height + 2 * pad);
  for (let i = 0; i < points.count; i += 1) {
    const band = Math.round(points.ys[i]! + points.xs[i]! * slope) + pad;
    if (band >= 0 && band < bands.length) bands[band]! += 1;
  }
  let score = 0;
  for (let i = 1; i < bands.length; i += 1) score += (bands[i]! - bands[i - 1]!) ** 2;
  return score;
};

export const findSkew = (ink: Uint8Array, size: Pick<Grey, 'width' | 'height'>, sideways = false): Skew => {
  const points = pointsOf(ink, size, sideways);
  if (points.count < 60) return { angleDeg: 0, confidence: 0, score: 0 };
  const coarse: { angle: number; score: number }[] = [];
  for (let angle = -MAX_DEG; angle <= MAX_DEG; angle += 0.5) coarse.push({ angle, score: scoreAt(points, angle) });
  const sorted = [...coarse].sort((a, b) => b.score - a.score);
  const typical = sorted[sorted.length >> 1]!.score;
  let best = sorted[0]!;
  for (const step of [0.2, 0.05])
    for (const angle of [-2, -1, 1, 2].map((n) => best.angle + n * step)) {
      const score = scoreAt(points, angle);
      if (score > best.score) best = { angle, score };
    }
  return {
    angleDeg: best.angle,
    confidence: typical === 0 ? 0 : best.score / typical,
    score: best.score / points.count,
  };
};

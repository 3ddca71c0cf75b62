/**
 * Detects in a few milliseconds whether a straight page is upside down: Latin text has far more ink above its small
 * letters (b d h k l t, capitals, accents, figures) than below (g p q y). This is a guess for the preview; OCR decides
 * later.
 */
import type { Grey } from './pixels.ts';

/** Taller ink is no letter but a rule, the side of a box or the rim of a stamp, and would join lines together. */
const TALLEST_LETTER = 40;

/** Amount of ink in each row, without vertical runs taller than a letter. */
const inkOfRows = (ink: Uint8Array, { width, height }: Pick<Grey, 'width' | 'height'>): Float32Array => {
  const rows = new Float32Array(height);
  for (let x = 0; x < width; x += 1) {
    let from = -1;
    for (let y = 0; y <= height; y += 1) {
      const on = y < height && ink[y * width + x] === 1;
      if (on && from < 0) from = y;
      if (on || from < 0) continue;
      if (y - from <= TALLEST_LETTER) for (let i = from; i < y; i += 1) rows[i]! += 1;
      from = -1;
    }
  }
  return rows;
};

/** From -1 (upside down) to 1 (upright); near 0 means unknown. */
export const uprightness = (ink: Uint8Array, { width, height }: Pick<Grey, 'width' | 'height'>): number => {
  // A long horizontal rule is no line of text either.
  const rows = inkOfRows(ink, { width, height }).map((n) => (n > width * 0.6 ? 0 : n));
  let above = 0;
  let below = 0;
  let from = -1;
  for (let y = 0; y <= height; y += 1) {
    const on = y < height && rows[y]! >= 2;
    if (on && from < 0) from = y;
    if (on || from < 0) continue;
    const size = y - from;
    if (size >= 6 && size <= TALLEST_LETTER) {
      let most = 0;
      for (let i = from; i < y; i += 1) most = Math.max(most, rows[i]!);
      let first = from;
      while (rows[first]! < most * 0.5) first += 1;
      let last = y - 1;
      while (rows[last]! < most * 0.5) last -= 1;
      for (let i = from; i < first; i += 1) above += rows[i]!;
      for (let i = last + 1; i < y; i += 1) below += rows[i]!;
    }
    from = -1;
  }
  return above + below < 40 ? 0 : (above - below) / (above + below);
};

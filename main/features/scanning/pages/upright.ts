/**
 * Which way up a straight page is, in a few milliseconds: Latin text has far more ink above its small letters (b d h k l t, capitals,
 * accents, figures) than below (g p q y). A guess for the preview; the reader's own confidence decides later.
 */
import type { Grey } from './pixels.ts';

/** From -1 (upside down) to 1 (upright); near 0: can't tell. */
export const uprightness = (ink: Uint8Array, { width, height }: Pick<Grey, 'width' | 'height'>): number => {
  const rows = new Float32Array(height);
  for (let y = 0; y < height; y += 1) {
    let n = 0;
    for (let x = 0; x < width; x += 1) n += ink[y * width + x]!;
    // A long rule or the rim of a box is no line of text.
    rows[y] = n > width * 0.6 ? 0 : n;
  }
  let above = 0;
  let below = 0;
  let from = -1;
  for (let y = 0; y <= height; y += 1) {
    const on = y < height && rows[y]! >= 2;
    if (on && from < 0) from = y;
    if (on || from < 0) continue;
    const size = y - from;
    if (size >= 6 && size <= 40) {
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

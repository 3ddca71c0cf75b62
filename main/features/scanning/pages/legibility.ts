/** Can this page be read by whoever receives it? Measured, then said in plain words by the screens. */
import { histogramOf, percentileOf, type Grey } from './pixels.ts';

/**
 * How sharp the edges of the ink are: of the whole step from paper to ink, how much is made within one pixel. A page laid flat gives more
 * than 0.4 at 200 pixels an inch, one that moved or was not pressed flat under 0.2. Zero when there is no ink.
 */
export const sharpness = ({ width, height, bytes }: Grey): number => {
  const histogram = new Uint32Array(256);
  let edges = 0;
  const reach = 5;
  const stepY = Math.max(1, Math.floor(height / 500));
  for (let y = 0; y < height; y += stepY) {
    const row = y * width;
    for (let x = reach; x + reach < width; x += 1) {
      const here = Math.abs(bytes[row + x + 1]! - bytes[row + x]!);
      if (here < 12) continue;
      // Only the steepest pixel of an edge speaks for it.
      if (
        Math.abs(bytes[row + x]! - bytes[row + x - 1]!) > here ||
        Math.abs(bytes[row + x + 2]! - bytes[row + x + 1]!) >= here
      )
        continue;
      let [least, most] = [255, 0];
      for (let k = -reach; k <= reach; k += 1) {
        const v = bytes[row + x + k]!;
        if (v < least) least = v;
        if (v > most) most = v;
      }
      if (most - least < 60) continue;
      histogram[Math.min(255, Math.round((255 * here) / (most - least)))]! += 1;
      edges += 1;
    }
  }
  return edges < 80 ? 0 : percentileOf(histogram, 0.6) / 255;
};

export const isAllBlack = (grey: Grey): boolean => percentileOf(histogramOf(grey.bytes), 0.97) < 60;

/** Small marks of ink that run out of the picture: letters whose other half is outside. Rules and shadows are long, letters are not. */
export const cutSides = (ink: Uint8Array, { width, height }: Pick<Grey, 'width' | 'height'>, dpi: number): number => {
  const tall = (6 / 25.4) * dpi;
  const least = (0.6 / 25.4) * dpi;
  const marks = (length: number, at: (i: number) => number): number => {
    let [count, run] = [0, 0];
    for (let i = 0; i <= length; i += 1) {
      if (i < length && at(i)) run += 1;
      else {
        if (run >= least && run <= tall) count += 1;
        run = 0;
      }
    }
    return count;
  };
  const near = (x: number, y: number): number => ink[y * width + x]!;
  const left = marks(height, (y) => near(1, y) & near(3, y));
  const right = marks(height, (y) => near(width - 2, y) & near(width - 4, y));
  const top = marks(width, (x) => near(x, 1) & near(x, 3));
  const bottom = marks(width, (x) => near(x, height - 2) & near(x, height - 4));
  return [left >= 4, right >= 4, top >= 8, bottom >= 8].filter(Boolean).length;
};

/** A blank back: hardly any mark darker than what shines through from the other side. */
export const inkShare = ({ bytes }: Grey): number => {
  let dark = 0;
  for (const v of bytes) if (v < 170) dark += 1;
  return dark / bytes.length;
};

/** Skin held over the page from the side: a warm, mid-tone patch that touches the rim. Share of the picture. */
export const fingerShare = (small: { width: number; height: number; channels: 1 | 3; bytes: Uint8Array }): number => {
  const { width, height, channels, bytes } = small;
  if (channels !== 3) return 0;
  const skin = (i: number): boolean => {
    const [r, g, b] = [bytes[i * 3]!, bytes[i * 3 + 1]!, bytes[i * 3 + 2]!];
    return r > 70 && r - g > 14 && g - b > 2 && r - b > 28 && r - g < 110 && r < 245;
  };
  const seen = new Uint8Array(width * height);
  const stack: number[] = [];
  const take = (i: number): void => {
    if (!seen[i] && skin(i)) {
      seen[i] = 1;
      stack.push(i);
    }
  };
  for (let x = 0; x < width; x += 1) [x, (height - 1) * width + x].forEach(take);
  for (let y = 0; y < height; y += 1) [y * width, y * width + width - 1].forEach(take);
  let size = 0;
  while (stack.length > 0) {
    const i = stack.pop()!;
    size += 1;
    const x = i % width;
    if (x > 0) take(i - 1);
    if (x < width - 1) take(i + 1);
    if (i >= width) take(i - width);
    if (i + width < width * height) take(i + width);
  }
  return size / (width * height);
};

/** A lamp mirrored in a shiny sheet: a burnt-out patch, sharply brighter than the paper around. Share of the picture. */
export const reflectionShare = ({ bytes }: Grey, paperLevel: number): number => {
  if (paperLevel > 228) return 0; // white paper can't be told from a burnt-out patch, and hides nothing
  let burnt = 0;
  for (const v of bytes) if (v >= 252) burnt += 1;
  return burnt / bytes.length;
};

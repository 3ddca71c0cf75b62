/** Measures whether the recipient will be able to read a page. The screens turn each flaw into a sentence. */
import { componentsOf } from './components.ts';
import { histogramOf, percentileOf, type Grey, type Raster } from './pixels.ts';

/**
 * Sharpness of the ink's edges: the share of the step from paper to ink that happens within one pixel. At 200 pixels an
 * inch, a page laid flat gives more than 0.4; a page that moved or was not pressed flat gives less than 0.2. Zero when
 * there is no ink.
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
      // Count each edge once, at its steepest pixel.
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

/** The most common lightness of a strip, which is that of its paper. */
const mostCommonLevel = (levels: Uint8Array): number => {
  const histogram = histogramOf(levels);
  let best = { level: 255, count: 0 };
  for (let level = 0; level < 256; level += 1) {
    let count = 0;
    for (let v = Math.max(0, level - SAME_PAPER); v <= Math.min(255, level + SAME_PAPER); v += 1)
      count += histogram[v]!;
    if (count > best.count) best = { level, count };
  }
  return best.level;
};
const SAME_PAPER = 12;

/** Number of sides that cut through letters. Only short marks at the edge count: rules and shadows are long. */
export const cutSides = (grey: Grey, ink: Uint8Array, dpi: number): number => {
  const { width, height, bytes } = grey;
  const tall = Math.round((6 / 25.4) * dpi);
  const least = (0.6 / 25.4) * dpi;
  const deep = Math.min(width, height, Math.round((5 / 25.4) * dpi));
  /** `index` gives the pixel at distance `along` the side and `away` from it. */
  const marks = (length: number, index: (along: number, away: number) => number): number => {
    const strip = new Uint8Array(length * deep);
    for (let along = 0; along < length; along += 1)
      for (let away = 0; away < deep; away += 1) strip[along * deep + away] = bytes[index(along, away)]!;
    const paper = mostCommonLevel(strip);
    const bare = Uint8Array.from(strip, (level) => (Math.abs(level - paper) <= SAME_PAPER ? 1 : 0));
    /** Text has paper around it; a photograph that runs to the edge has none. */
    const onPaper = (from: number, to: number): boolean => {
      const around = bare.subarray(Math.max(0, from - tall) * deep, Math.min(length, to + tall) * deep);
      return around.reduce((sum, one) => sum + one, 0) > around.length / 2;
    };
    let [count, run] = [0, 0];
    for (let along = 0; along <= length; along += 1) {
      if (along < length && ink[index(along, 1)]! & ink[index(along, 3)]!) run += 1;
      else {
        if (run >= least && run <= tall && onPaper(along - run, along)) count += 1;
        run = 0;
      }
    }
    return count;
  };
  const left = marks(height, (along, away) => along * width + away);
  const right = marks(height, (along, away) => along * width + width - 1 - away);
  const top = marks(width, (along, away) => away * width + along);
  const bottom = marks(width, (along, away) => (height - 1 - away) * width + along);
  return [left >= 4, right >= 4, top >= 8, bottom >= 8].filter(Boolean).length;
};

/** Share of pixels darker than the show-through of the other side; near zero on a blank back. */
export const inkShare = ({ bytes }: Grey): number => {
  let dark = 0;
  for (const v of bytes) if (v < 170) dark += 1;
  return dark / bytes.length;
};

/**
 * Finds handwriting as pale as 200 of 255 on a whitened page: strokes of at least 1.5 mm that are not dust, a rule or
 * the edge of the paper.
 */
export const hasPaleInk = ({ width, height, bytes }: Grey, dpi: number): boolean => {
  // A plain loop: `Uint8Array.from` with a function takes ten times as long, and a pile may have dozens of blank backs.
  const pale = new Uint8Array(bytes.length);
  let any = false;
  for (let i = 0; i < bytes.length; i += 1)
    if (bytes[i]! < PALE) {
      pale[i] = 1;
      any = true;
    }
  if (!any) return false;
  const mm = dpi / 25.4;
  return componentsOf(pale, width, height).components.some(({ size, left, right, top, bottom }) => {
    const [short = 0, long = 0] = [right - left + 1, bottom - top + 1].sort((a, b) => a - b);
    const atRim = left < mm || top < mm || right > width - mm || bottom > height - mm;
    return !atRim && long >= 1.5 * mm && size >= 1.5 * mm && !(short < 0.8 * mm && long > 12 * mm);
  });
};

/** On whitened paper, the show-through of the other side stays lighter than this. */
const PALE = 228;

/**
 * Was the light too weak? Even dark paper has something bright on it or beside it; an underexposed scan has nothing.
 */
export const isTooDark = ({ channels, bytes }: Raster, paperLevel: number): boolean => {
  if (paperLevel >= 100) return false;
  const brightest = new Uint32Array(256);
  for (let i = 0; i < bytes.length; i += channels)
    brightest[channels === 3 ? Math.max(bytes[i]!, bytes[i + 1]!, bytes[i + 2]!) : bytes[i]!]! += 1;
  return percentileOf(brightest, 0.995) < 140;
};

/** A warm colour of medium lightness. */
const isSkin = (bytes: Uint8Array, i: number): boolean => {
  const [r, g, b] = [bytes[i * 3]!, bytes[i * 3 + 1]!, bytes[i * 3 + 2]!];
  return r > 70 && r - g > 14 && g - b > 2 && r - b > 28 && r - g < 110 && r < 245;
};

/**
 * Share of the picture covered by fingers: warm patches that touch the rim. Tinted paper, a coloured band and a
 * photograph are warm too, but they touch the rim over more than the width of a hand, have straight sides, or have no
 * paper around.
 */
export const fingerShare = (small: Raster, dpi: number): number => {
  const { width, height, channels, bytes } = small;
  if (channels !== 3) return 0;
  const mm = dpi / 25.4;
  const skin = Uint8Array.from({ length: width * height }, (_, i) => (isSkin(bytes, i) ? 1 : 0));
  const { labels, components } = componentsOf(skin, width, height);
  let share = 0;
  for (const { id, size, left, right, top, bottom } of components) {
    const atRim = left === 0 || top === 0 || right === width - 1 || bottom === height - 1;
    if (!atRim || size < width * height * 0.004) continue;
    let [contact, around, paper] = [0, 0, 0];
    const reach = Math.max(2, Math.round(1.5 * mm));
    for (let y = top; y <= bottom; y += 1)
      for (let x = left; x <= right; x += 1) {
        if (labels[y * width + x] !== id) continue;
        if (x === 0 || y === 0 || x === width - 1 || y === height - 1) contact += 1;
        for (const [u, v] of [
          [x + reach, y],
          [x - reach, y],
          [x, y + reach],
          [x, y - reach],
        ] as const) {
          if (u < 0 || v < 0 || u >= width || v >= height || labels[v * width + u] === id) continue;
          const at = (v * width + u) * 3;
          const [most, least] = [
            Math.max(bytes[at]!, bytes[at + 1]!, bytes[at + 2]!),
            Math.min(bytes[at]!, bytes[at + 1]!, bytes[at + 2]!),
          ];
          around += 1;
          if (most > 150 && most - least < 40) paper += 1;
        }
      }
    const straight = size > (right - left + 1) * (bottom - top + 1) * 0.93;
    if (contact < 110 * mm && !straight && paper > around * 0.5) share += size / (width * height);
  }
  return share;
};

/** Share of the picture that is burnt out, much brighter than the paper: a lamp reflected in a glossy sheet. */
export const reflectionShare = ({ bytes }: Grey, paperLevel: number): number => {
  if (paperLevel > 228) return 0; // on white paper, a burnt-out patch cannot be distinguished and hides nothing
  let burnt = 0;
  for (const v of bytes) if (v >= 252) burnt += 1;
  return burnt / bytes.length;
};

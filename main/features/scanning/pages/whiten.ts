/**
 * Makes paper white. The colour of the bare paper is estimated on a coarse grid, and every pixel is divided by it.
 * Stamps, handwriting and photographs keep their colour, because only the paper under them is corrected.
 */
import { componentsOf, type Component } from './components.ts';
import { histogramOf, percentileOf, type Raster } from './pixels.ts';

/** The colour of the bare paper: one cell for each square of `CELL` pixels of the source picture. */
export interface PaperMap {
  readonly columns: number;
  readonly rows: number;
  readonly channels: 1 | 3;
  /** `rows × columns × channels`. */
  readonly cells: Float32Array;
  /** 0..255, the paper's typical lightness before correction. */
  readonly level: number;
  /** Number of cells in a tint with sharp sides, such as a box under words; the tint is kept. */
  readonly tinted: number;
  /** There is hardly any bare paper: this is a photograph, and whitening it would burn its sky and its faces. */
  readonly picture: boolean;
  /** Share of cells of the paper's lightness. A letter in a shadow has few too. */
  readonly bareShare: number;
}

const CELL = 16;

const lightness = (cells: Float32Array, i: number, channels: number): number =>
  channels === 3 ? (cells[i * 3]! * 2 + cells[i * 3 + 1]! * 5 + cells[i * 3 + 2]!) / 8 : cells[i]!;

/** For each cell and channel, the value below which a share of its pixels lies. */
const cellsOf = ({ width, height, channels, bytes }: Raster, share: number): Float32Array => {
  const [columns, rows] = [Math.max(1, Math.ceil(width / CELL)), Math.max(1, Math.ceil(height / CELL))];
  const cells = new Float32Array(columns * rows * channels);
  const samples = new Uint8Array(CELL * CELL);
  for (let r = 0; r < rows; r += 1)
    for (let q = 0; q < columns; q += 1)
      for (let c = 0; c < channels; c += 1) {
        let n = 0;
        for (let y = r * CELL; y < Math.min(height, (r + 1) * CELL); y += 1)
          for (let x = q * CELL; x < Math.min(width, (q + 1) * CELL); x += 1)
            samples[n++] = bytes[(y * width + x) * channels + c]!;
        cells[(r * columns + q) * channels + c] =
          n === 0 ? 255 : percentileOf(histogramOf(samples.subarray(0, n)), share);
      }
  return cells;
};

const lightnessOf = (cells: Float32Array, channels: number): readonly number[] =>
  Array.from({ length: cells.length / channels }, (_, i) => lightness(cells, i, channels));

/** The lightness of the bare paper, which covers at least 30 % of nearly every page. */
const levelOf = (light: readonly number[]): number =>
  [...light].sort((a, b) => a - b)[Math.floor(light.length * 0.7)] ?? 255;

/** Takes a small picture (about 100 pixels an inch, so that a cell is 4 mm). */
export const mapPaper = (small: Raster): PaperMap => {
  const { width, height, channels } = small;
  const [columns, rows] = [Math.max(1, Math.ceil(width / CELL)), Math.max(1, Math.ceil(height / CELL))];
  const cells = cellsOf(small, 0.8);
  const light = lightnessOf(cells, channels);
  const level = levelOf(light);
  // Cells much darker than the paper are a picture or solid ink; cells behind a sharp step are a tint. For both, take
  // the paper's colour from their neighbours.
  const tint = tintedCells(small, columns, rows);
  const known = light.map((value, i) => value >= level * 0.6 && !tint[i]);
  for (let round = 0; round < 60 && known.includes(false); round += 1) {
    const before = [...known];
    for (let i = 0; i < before.length; i += 1) {
      if (before[i]) continue;
      const [x, y] = [i % columns, Math.floor(i / columns)];
      const near = [
        x > 0 ? i - 1 : -1,
        x < columns - 1 ? i + 1 : -1,
        y > 0 ? i - columns : -1,
        y < rows - 1 ? i + columns : -1,
      ].filter((j) => j >= 0 && before[j]);
      if (near.length === 0) continue;
      for (let c = 0; c < channels; c += 1)
        cells[i * channels + c] = near.reduce((sum, j) => sum + cells[j * channels + c]!, 0) / near.length;
      known[i] = true;
    }
  }
  return {
    columns,
    rows,
    channels,
    cells: smooth(cells, columns, rows, channels),
    level,
    tinted: tint.filter(Boolean).length,
    picture: isPicture(light, columns, rows, level),
    bareShare: bareShareOf(light, level),
  };
};

/** A shadow changes the lightness gradually from cell to cell; the side of a box changes it by more than this. */
const STEP = 0.035;
/** Share of neighbouring cells with a sharp step between them: 0.34 to 0.74 in most photographs, 0.21 on a scan. */
const PICTURE_STEPS = 0.25;
/** Share of cells of the paper's lightness: 0.02 to 0.31 in those photographs. In doubt, it is a page. */
const PICTURE_PAPER = 0.4;

const bareShareOf = (light: readonly number[], level: number): number =>
  light.filter((value) => Math.abs(value - level) < level * 0.08).length / light.length;

const isPicture = (light: readonly number[], columns: number, rows: number, level: number): boolean => {
  let [steps, pairs] = [0, 0];
  light.forEach((value, i) => {
    for (const j of [i % columns < columns - 1 ? i + 1 : -1, i < columns * (rows - 1) ? i + columns : -1]) {
      if (j < 0) continue;
      pairs += 1;
      if (Math.abs(light[j]! - value) > level * STEP) steps += 1;
    }
  });
  return steps > pairs * PICTURE_STEPS && bareShareOf(light, level) < PICTURE_PAPER;
};

/** One square centimetre. */
const LEAST_TINT = 6;
/** A larger area behind a step is the shadow of a fold or of half a book, unless it is printed. */
const MOST_TINT = 0.35;
/** The rim of the glass is up to 8 mm deep. */
const RIM = 2;
/** Bare paper keeps its hue in a shadow, and nothing on it is lighter than the paper. A printed band has a hue… */
const SAME_HUE = 0.15;
/** …or words that are this much lighter, in several cells. */
const LIGHTER = 1.25;
const LEAST_MARKS = 3;

/** Number of cells by which an area at the edge reaches into the page, from the edge along which it is thinnest. */
const depthOf = ({ left, right, top, bottom }: Component, columns: number, rows: number): number =>
  Math.min(
    left === 0 ? right + 1 : Infinity,
    top === 0 ? bottom + 1 : Infinity,
    right === columns - 1 ? columns - left : Infinity,
    bottom === rows - 1 ? rows - top : Infinity,
  );

/** For each cell, how far its channels are apart if the paper's own colour is neutral: 0 in a shadow, up to 1. */
const huesOf = (light: readonly number[], cells: Float32Array, channels: number): readonly number[] => {
  const level = levelOf(light);
  const bare = light.flatMap((value, i) => (Math.abs(value - level) <= level * (STEP / 2) ? [i] : []));
  const paper = Array.from({ length: channels }, (_, c) =>
    Math.max(1, bare.reduce((sum, i) => sum + cells[i * channels + c]!, 0) / Math.max(1, bare.length)),
  );
  return light.map((_, i) => {
    const shares = paper.map((value, c) => cells[i * channels + c]! / value);
    return 1 - Math.min(...shares) / Math.max(1 / 255, ...shares);
  });
};

/** Cells that cannot be reached from bare paper without crossing a sharp step or a colour. */
const tintedCells = (small: Raster, columns: number, rows: number): readonly boolean[] => {
  const { channels } = small;
  // The median of a cell is its ground, under dark words as under white ones.
  const ground = cellsOf(small, 0.5);
  const light = lightnessOf(ground, channels);
  const level = levelOf(light);
  const hues = huesOf(light, ground, channels);
  const reached = new Uint8Array(light.length);
  const stack: number[] = [];
  light.forEach((value, i) => {
    if (value < level * (1 - STEP / 2)) return;
    reached[i] = 1;
    stack.push(i);
  });
  while (stack.length > 0) {
    const i = stack.pop()!;
    const x = i % columns;
    for (const j of [x > 0 ? i - 1 : -1, x < columns - 1 ? i + 1 : -1, i - columns, i + columns]) {
      if (j < 0 || j >= light.length || reached[j] || hues[j]! > SAME_HUE) continue;
      if (Math.abs(light[j]! - light[i]!) > level * STEP) continue;
      reached[j] = 1;
      stack.push(j);
    }
  }
  const { labels, components } = componentsOf(
    reached.map((on) => 1 - on),
    columns,
    rows,
  );
  let brightest: readonly number[] | undefined;
  const isPrinted = ({ id, size }: Component): boolean => {
    if (hues.filter((hue, i) => labels[i] === id && hue > SAME_HUE).length > size / 2) return true;
    brightest ??= lightnessOf(cellsOf(small, 0.95), channels);
    const isInside = (i: number): boolean => {
      const [x, y] = [i % columns, Math.floor(i / columns)];
      for (let v = Math.max(0, y - 1); v <= Math.min(rows - 1, y + 1); v += 1)
        for (let u = Math.max(0, x - 1); u <= Math.min(columns - 1, x + 1); u += 1)
          if (labels[v * columns + u] !== id) return false;
      return true;
    };
    const marks = light.filter((value, i) => labels[i] === id && brightest![i]! > value * LIGHTER && isInside(i));
    return marks.length >= LEAST_MARKS;
  };
  const tints = new Set(
    components
      .filter((area) => {
        const depth = depthOf(area, columns, rows);
        if (area.size < LEAST_TINT || depth <= RIM) return false;
        return (depth === Infinity && area.size < light.length * MOST_TINT) || isPrinted(area);
      })
      .map(({ id }) => id),
  );
  return light.map((_, i) => tints.has(labels[i]!));
};

const smooth = (cells: Float32Array, columns: number, rows: number, channels: number): Float32Array => {
  const out = new Float32Array(cells.length);
  for (let y = 0; y < rows; y += 1)
    for (let x = 0; x < columns; x += 1)
      for (let c = 0; c < channels; c += 1) {
        let [sum, weight] = [0, 0];
        for (let dy = -1; dy <= 1; dy += 1)
          for (let dx = -1; dx <= 1; dx += 1) {
            const [u, v] = [x + dx, y + dy];
            if (u < 0 || v < 0 || u >= columns || v >= rows) continue;
            const w = (2 - Math.abs(dx)) * (2 - Math.abs(dy));
            sum += w * cells[(v * columns + u) * channels + c]!;
            weight += w;
          }
        out[(y * columns + x) * channels + c] = sum / weight;
      }
  return out;
};

/** Grain of the bare paper: typical difference between neighbouring bright pixels, as a standard deviation. */
export const grainOf = (raster: Raster, level: number): number => {
  const { bytes, width, height, channels } = raster;
  const histogram = new Uint32Array(256);
  const stepY = Math.max(1, Math.floor(height / 200));
  for (let y = 0; y < height; y += stepY)
    for (let x = 0; x + 1 < width; x += 3) {
      const i = (y * width + x) * channels;
      const [a, b] = [bytes[i]!, bytes[i + channels]!];
      if (a > level * 0.6 && b > level * 0.6) histogram[Math.abs(a - b)]! += 1;
    }
  return percentileOf(histogram, 0.5) * 1.05;
};

/** Changes `raster` in place. */
export const whiten = (raster: Raster, paper: PaperMap): void => {
  const { width, height, channels, bytes } = raster;
  const { columns, rows, cells } = paper;
  const grain = grainOf(raster, paper.level);
  // Everything brighter than the darkest grain of the paper becomes white; the curve reaches white without a step.
  const white = 255 * (1 - Math.min(0.3, Math.max(0.07, (2.4 * grain) / Math.max(60, paper.level))));
  const curve = new Uint8Array(512);
  const black = 18;
  for (let v = 0; v < 512; v += 1) {
    const t = Math.min(1, Math.max(0, (v - black) / (white - black)));
    curve[v] = Math.round(255 * (t < 0.5 ? t : t + (t - 0.5) * (1 - t) * 0.3));
  }
  const line = new Float32Array(width * channels);
  const low = new Float32Array(columns * channels);
  for (let y = 0; y < height; y += 1) {
    const gy = Math.min(rows - 1, Math.max(0, ((y + 0.5) * rows) / height - 0.5));
    const y0 = Math.floor(gy);
    const y1 = Math.min(rows - 1, y0 + 1);
    for (let i = 0; i < low.length; i += 1) {
      const a = cells[y0 * columns * channels + i]!;
      low[i] = a + (cells[y1 * columns * channels + i]! - a) * (gy - y0);
    }
    if (y % 4 === 0)
      for (let x = 0; x < width; x += 1) {
        const gx = Math.min(columns - 1, Math.max(0, ((x + 0.5) * columns) / width - 0.5));
        const x0 = Math.floor(gx);
        const x1 = Math.min(columns - 1, x0 + 1);
        for (let c = 0; c < channels; c += 1) {
          const a = low[x0 * channels + c]!;
          line[x * channels + c] = 255 / Math.max(24, a + (low[x1 * channels + c]! - a) * (gx - x0));
        }
      }
    const start = y * width * channels;
    for (let i = 0; i < line.length; i += 1) {
      const v = (bytes[start + i]! * line[i]!) | 0;
      bytes[start + i] = curve[v > 511 ? 511 : v]!;
    }
  }
};

/**
 * Makes paper white. The colour of the bare paper is estimated on a coarse grid, and every pixel is divided by it.
 * Stamps, handwriting and photographs keep their colour, because only the paper under them is corrected.
 */
import { componentsOf } from './components.ts';
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
}

const CELL = 16;

const lightness = (cells: Float32Array, i: number, channels: number): number =>
  channels === 3 ? (cells[i * 3]! * 2 + cells[i * 3 + 1]! * 5 + cells[i * 3 + 2]!) / 8 : cells[i]!;

/** Takes a small picture (about 100 pixels an inch, so that a cell is 4 mm). */
export const mapPaper = (small: Raster): PaperMap => {
  const { width, height, channels, bytes } = small;
  const columns = Math.max(1, Math.ceil(width / CELL));
  const rows = Math.max(1, Math.ceil(height / CELL));
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
          n === 0 ? 255 : percentileOf(histogramOf(samples.subarray(0, n)), 0.8);
      }
  const light = Array.from({ length: columns * rows }, (_, i) => lightness(cells, i, channels));
  const level = [...light].sort((a, b) => a - b)[Math.floor(light.length * 0.7)] ?? 255;
  // Cells much darker than the paper are a picture or solid ink; cells behind a sharp step are a tint. For both, take
  // the paper's colour from their neighbours.
  const tint = tintedCells(light, columns, rows, level);
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
  };
};

/** A shadow changes the lightness gradually from cell to cell; the side of a box changes it by more than this. */
const STEP = 0.035;
/** Share of neighbouring cells with a sharp step between them: 0.34 to 0.74 in most photographs, 0.21 on a scan. */
const PICTURE_STEPS = 0.25;
/** Share of cells of the paper's lightness: 0.02 to 0.31 in those photographs. In doubt, it is a page. */
const PICTURE_PAPER = 0.4;

const isPicture = (light: readonly number[], columns: number, rows: number, level: number): boolean => {
  let [steps, pairs] = [0, 0];
  light.forEach((value, i) => {
    for (const j of [i % columns < columns - 1 ? i + 1 : -1, i < columns * (rows - 1) ? i + columns : -1]) {
      if (j < 0) continue;
      pairs += 1;
      if (Math.abs(light[j]! - value) > level * STEP) steps += 1;
    }
  });
  const paper = light.filter((value) => Math.abs(value - level) < level * 0.08).length;
  return steps > pairs * PICTURE_STEPS && paper < light.length * PICTURE_PAPER;
};

/** One square centimetre. */
const LEAST_TINT = 6;
/** A larger area behind a step is the shadow of a fold or of half a book. */
const MOST_TINT = 0.35;

/** Cells that cannot be reached from bare paper without crossing a sharp step. */
const tintedCells = (light: readonly number[], columns: number, rows: number, level: number): readonly boolean[] => {
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
      if (j < 0 || j >= light.length || reached[j] || Math.abs(light[j]! - light[i]!) > level * STEP) continue;
      reached[j] = 1;
      stack.push(j);
    }
  }
  const { labels, components } = componentsOf(
    reached.map((on) => 1 - on),
    columns,
    rows,
  );
  const tints = new Set(
    components
      // Ignore areas that touch the edge: the rim of the glass and the shadow of the hinge are not part of the page.
      .filter(({ size, left, right, top, bottom }) => {
        const inside = left > 0 && top > 0 && right < columns - 1 && bottom < rows - 1;
        return inside && size >= LEAST_TINT && size < light.length * MOST_TINT;
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

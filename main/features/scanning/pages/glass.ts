/**
 * Detects what lies on the glass: everything that differs from the lid or from its surroundings. A sheet is cropped
 * only if nothing else was detected, so this errs on the side of too many marks: a smear taken for ink only prevents a
 * crop, while undetected ink would be lost.
 */
import { componentsOf } from './components.ts';
import { integralOf, medianOf, percentileOf, type Raster } from './pixels.ts';

/** Side of a cell of the decision grid: two pixels of the small copy, half a millimetre. */
export const CELL_PX = 2;

export interface Glass {
  readonly columns: number;
  readonly rows: number;
  /** 1: a mark of any kind, except dust and the shadow of the rim. */
  readonly marks: Uint8Array;
  /** 1: differs from the lid's colour. */
  readonly notLid: Uint8Array;
  /** Lightness of the lid, 0..255. */
  readonly lidLevel: number;
  readonly lid: readonly [number, number, number];
  /** Share of the rim of the glass that has the lid's colour, 0..1. Low when the paper extends beyond the glass. */
  readonly rimShare: number;
}

/** An isolated mark no larger than this in both directions is dust. A full stop has letters beside it. */
const SPECK_CELLS = 2;
/** Marks closer than this are grouped. */
const JOIN_CELLS = 2;
/** The rim of the glass is lighter or darker where the lid ends, over up to 3 mm. */
const RIM_CELLS = 6;

/** Distance of each pixel from the lid's colour, 0..255: darker, lighter or more coloured. */
const distanceFrom = ({ width, height, bytes, channels }: Raster, lid: readonly number[]): Uint8Array => {
  const out = new Uint8Array(width * height);
  if (channels === 1) for (let i = 0; i < out.length; i += 1) out[i] = Math.abs(bytes[i]! - lid[0]!);
  else
    for (let i = 0, j = 0; i < out.length; i += 1, j += 3)
      out[i] = Math.max(
        Math.abs(bytes[j]! - lid[0]!),
        Math.abs(bytes[j + 1]! - lid[1]!),
        Math.abs(bytes[j + 2]! - lid[2]!),
      );
  return out;
};

/** Typical difference between neighbouring pixels: sensor noise and compression noise. */
const grainOf = (plane: Uint8Array): number => {
  const counts = new Uint32Array(256);
  for (let i = 0; i + 1 < plane.length; i += 3) counts[Math.abs(plane[i + 1]! - plane[i]!)]! += 1;
  let seen = 0;
  const half = plane.length / 6;
  for (let value = 0; value < 256; value += 1) {
    seen += counts[value]!;
    // Interpolate: as whole numbers, a smooth picture and a grainy one would both be 1.
    if (seen >= half) return value + 0.5 - (seen - half) / Math.max(1, counts[value]!);
  }
  return 0;
};

/**
 * 1 where a sample differs by more than `least` from the mean of the lid around it. Pixels already known to differ from
 * the lid (`known`) are left out of the mean: beside a dark sheet, the lid would seem too pale by comparison.
 */
const standsOut = (
  plane: Uint8Array,
  { width, height, known }: { width: number; height: number; known: Uint8Array },
  radius: number,
  least: number,
): Uint8Array => {
  const quiet = new Uint8Array(known.length);
  const kept = new Uint8Array(known.length);
  for (let i = 0; i < known.length; i += 1)
    if (!known[i]) {
      quiet[i] = 1;
      kept[i] = plane[i]!;
    }
  const sums = integralOf({ width, height, bytes: kept });
  const counts = integralOf({ width, height, bytes: quiet });
  const stride = width + 1;
  const out = new Uint8Array(plane.length);
  for (let y = 0; y < height; y += 1) {
    const [top, bottom] = [Math.max(0, y - radius) * stride, Math.min(height, y + radius + 1) * stride];
    for (let x = 0; x < width; x += 1) {
      if (!quiet[y * width + x]) continue;
      const [left, right] = [Math.max(0, x - radius), Math.min(width, x + radius + 1)];
      const sum = sums[bottom + right]! - sums[top + right]! - sums[bottom + left]! + sums[top + left]!;
      const count = counts[bottom + right]! - counts[top + right]! - counts[bottom + left]! + counts[top + left]!;
      if (Math.abs(plane[y * width + x]! - sum / count) > least) out[y * width + x] = 1;
    }
  }
  return out;
};

/** Downscales by averaging blocks of `size` × `size` samples. */
const downscaled = (plane: Uint8Array, width: number, height: number, size: number): Uint8Array => {
  const [columns, rows] = [Math.ceil(width / size), Math.ceil(height / size)];
  const out = new Uint8Array(columns * rows);
  for (let r = 0; r < rows; r += 1)
    for (let q = 0; q < columns; q += 1) {
      let [sum, n] = [0, 0];
      for (let y = r * size; y < Math.min(height, (r + 1) * size); y += 1)
        for (let x = q * size; x < Math.min(width, (q + 1) * size); x += 1) {
          sum += plane[y * width + x]!;
          n += 1;
        }
      out[r * columns + q] = Math.round(sum / n);
    }
  return out;
};

const dilated = (mask: Uint8Array, columns: number, rows: number, by: number): Uint8Array => {
  const sums = integralOf({ width: columns, height: rows, bytes: mask });
  const stride = columns + 1;
  const out = new Uint8Array(mask.length);
  for (let y = 0; y < rows; y += 1)
    for (let x = 0; x < columns; x += 1) {
      const [y0, y1] = [Math.max(0, y - by), Math.min(rows, y + by + 1)];
      const [x0, x1] = [Math.max(0, x - by), Math.min(columns, x + by + 1)];
      const count =
        sums[y1 * stride + x1]! - sums[y0 * stride + x1]! - sums[y1 * stride + x0]! + sums[y0 * stride + x0]!;
      if (count > 0) out[y * columns + x] = 1;
    }
  return out;
};

/** Removes dust and the shadow of the rim from the marks. */
const withoutDust = (marks: Uint8Array, columns: number, rows: number): Uint8Array => {
  const { labels } = componentsOf(dilated(marks, columns, rows, JOIN_CELLS), columns, rows);
  const boxes = new Map<number, { left: number; right: number; top: number; bottom: number; size: number }>();
  for (let i = 0; i < marks.length; i += 1) {
    if (!marks[i]) continue;
    const [x, y] = [i % columns, Math.floor(i / columns)];
    const box = boxes.get(labels[i]!);
    if (!box) boxes.set(labels[i]!, { left: x, right: x, top: y, bottom: y, size: 1 });
    else {
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y);
      box.size += 1;
    }
  }
  const isDustOrRim = ({ left, right, top, bottom, size }: typeof boxes extends Map<number, infer B> ? B : never) => {
    const [wide, high] = [right - left + 1, bottom - top + 1];
    if (wide <= SPECK_CELLS && high <= SPECK_CELLS) return true;
    // A line of text cut by the edge has gaps; a shadow does not.
    const atSide = (right < RIM_CELLS || left >= columns - RIM_CELLS) && high > rows * 0.4;
    const atEnd = (bottom < RIM_CELLS || top >= rows - RIM_CELLS) && wide > columns * 0.4;
    return (atSide || atEnd) && size > wide * high * 0.95;
  };
  const ignored = new Set([...boxes].filter(([, box]) => isDustOrRim(box)).map(([id]) => id));
  return marks.map((on, i) => (on && ignored.has(labels[i]!) ? 0 : on));
};

/** From the small copy, about 100 pixels an inch. */
export const analyseGlass = (small: Raster): Glass => {
  const { width, height, channels, bytes } = small;
  // Take the lid's colour from the rim: a page pushed into a corner hides only two of its four sides.
  const rim: number[] = [];
  for (let x = 0; x < width; x += 3) rim.push(2 * width + x, (height - 3) * width + x);
  for (let y = 0; y < height; y += 3) rim.push(y * width + 2, y * width + width - 3);
  const of = (c: number): number => medianOf(rim.map((i) => bytes[i * channels + (channels === 3 ? c : 0)]!));
  const lid = [of(0), of(1), of(2)] as const;
  const distance = distanceFrom(small, lid);
  const grain = grainOf(distance);

  const notLidFrom = Math.max(10, 4 * grain);
  const over = (plane: Uint8Array, least: number): Uint8Array => plane.map((value) => (value > least ? 1 : 0));

  const known = dilated(over(distance, notLidFrom), width, height, 1);
  const fine = standsOut(distance, { width, height, known }, 12, Math.max(7, 4.5 * grain));
  // A pale tint only shows in averages over about a millimetre, at its edges.
  const broadPlane = downscaled(distance, width, height, 4);
  const [broadWidth, broadHeight] = [Math.ceil(width / 4), Math.ceil(height / 4)];
  const broadKnown = over(
    downscaled(
      known.map((on) => on * 255),
      width,
      height,
      4,
    ),
    0,
  );
  const broad = standsOut(
    broadPlane,
    { width: broadWidth, height: broadHeight, known: broadKnown },
    4,
    Math.max(2.6, 1.5 * grain),
  );

  const [columns, rows] = [Math.ceil(width / CELL_PX), Math.ceil(height / CELL_PX)];
  const notLid = over(downscaled(distance, width, height, CELL_PX), notLidFrom);
  const marks = Uint8Array.from(notLid);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      if (fine[y * width + x] || broad[(y >> 2) * broadWidth + (x >> 2)])
        marks[Math.floor(y / CELL_PX) * columns + Math.floor(x / CELL_PX)] = 1;
  return {
    columns,
    rows,
    marks: withoutDust(marks, columns, rows),
    notLid,
    lidLevel: (lid[0] * 77 + lid[1] * 150 + lid[2] * 29) >> 8,
    lid,
    rimShare: rim.filter((i) => distance[i]! <= notLidFrom).length / rim.length,
  };
};

/** The paper's colour, measured where the picture differs from the lid. */
export const paperColour = (small: Raster, { columns, notLid }: Glass): string => {
  const { width, height, channels, bytes } = small;
  const typical = Array.from({ length: 3 }, (_, c) => {
    const counts = new Uint32Array(256);
    for (let y = 0; y < height; y += 2)
      for (let x = 0; x < width; x += 2)
        if (notLid[Math.floor(y / CELL_PX) * columns + Math.floor(x / CELL_PX)])
          counts[bytes[(y * width + x) * channels + (channels === 3 ? c : 0)]!]! += 1;
    return percentileOf(counts, 0.7);
  });
  return `rgb(${typical.join(',')})`;
};

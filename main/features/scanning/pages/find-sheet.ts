/**
 * The sheet (or card) on the glass: what differs from the lid around it, if that is one full rectangle. On a white lid a
 * white page does not differ: then there is nothing to crop and the whole glass is the page.
 */
import { medianOf, type Raster } from './pixels.ts';

export interface Sheet {
  readonly centreX: number;
  readonly centreY: number;
  readonly width: number;
  readonly height: number;
  /** Turn by this much, clockwise positive, to lay its sides straight; within ±45°. */
  readonly angleDeg: number;
}

type Point = readonly [number, number];

const hullOf = (points: readonly Point[]): readonly Point[] => {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (list: readonly Point[]): Point[] => {
    const out: Point[] = [];
    for (const p of list) {
      while (out.length >= 2) {
        const [a, b] = [out.at(-2)!, out.at(-1)!];
        if ((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]) > 0) break;
        out.pop();
      }
      out.push(p);
    }
    out.pop();
    return out;
  };
  return [...half(sorted), ...half(sorted.reverse())];
};

const tightRectangle = (hull: readonly Point[]): Sheet | undefined => {
  let best: (Sheet & { area: number }) | undefined;
  for (let i = 0; i < hull.length; i += 1) {
    const [a, b] = [hull[i]!, hull[(i + 1) % hull.length]!];
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    if (length < 1) continue;
    const [cos, sin] = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
    let [u0, u1, v0, v1] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const [x, y] of hull) {
      const [u, v] = [x * cos + y * sin, y * cos - x * sin];
      [u0, u1, v0, v1] = [Math.min(u0, u), Math.max(u1, u), Math.min(v0, v), Math.max(v1, v)];
    }
    const area = (u1 - u0) * (v1 - v0);
    if (best && area >= best.area) continue;
    let tilt = (Math.atan2(sin, cos) * 180) / Math.PI;
    let [width, height] = [u1 - u0, v1 - v0];
    while (tilt > 45) [tilt, width, height] = [tilt - 90, height, width];
    while (tilt < -45) [tilt, width, height] = [tilt + 90, height, width];
    const [cu, cv] = [(u0 + u1) / 2, (v0 + v1) / 2];
    best = { centreX: cu * cos - cv * sin, centreY: cu * sin + cv * cos, width, height, angleDeg: -tilt, area };
  }
  return best;
};

/** Works on a small colour picture (about 50 pixels an inch). */
export const findSheet = (small: Raster): Sheet | undefined => {
  const { width, height, bytes, channels } = small;
  const at = (x: number, y: number, c: number): number => bytes[(y * width + x) * channels + (channels === 3 ? c : 0)]!;
  // The lid is what the rim shows; a page pushed into the corner hides two sides of four.
  const rim: [number, number][] = [];
  for (let x = 0; x < width; x += 2) rim.push([x, 1], [x, height - 2]);
  for (let y = 0; y < height; y += 2) rim.push([1, y], [width - 2, y]);
  const lid = [0, 1, 2].map((c) => medianOf(rim.map(([x, y]) => at(x, y, c))));
  const far = (x: number, y: number): boolean => [0, 1, 2].some((c) => Math.abs(at(x, y, c) - lid[c]!) > 18);
  const rimAlike = rim.filter(([x, y]) => !far(x, y)).length / rim.length;
  if (rimAlike < 0.45) return undefined;

  const mask = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) if (far(x, y)) mask[y * width + x] = 1;
  // The largest connected part, its holes counted as its own (a page's white margin inside a box…).
  const label = new Int32Array(width * height);
  let best = { size: 0, id: 0 };
  let id = 0;
  const stack: number[] = [];
  for (let start = 0; start < mask.length; start += 1) {
    if (!mask[start] || label[start]) continue;
    id += 1;
    let size = 0;
    stack.push(start);
    label[start] = id;
    while (stack.length > 0) {
      const i = stack.pop()!;
      size += 1;
      const x = i % width;
      for (const j of [x > 0 ? i - 1 : -1, x < width - 1 ? i + 1 : -1, i - width, i + width])
        if (j >= 0 && j < mask.length && mask[j] && !label[j]) {
          label[j] = id;
          stack.push(j);
        }
    }
    if (size > best.size) best = { size, id };
  }
  if (best.size < width * height * 0.02) return undefined;
  const edge: Point[] = [];
  let filled = 0;
  for (let y = 0; y < height; y += 1) {
    let [first, last] = [-1, -1];
    for (let x = 0; x < width; x += 1)
      if (label[y * width + x] === best.id) {
        if (first < 0) first = x;
        last = x;
      }
    if (first < 0) continue;
    filled += last - first + 1;
    edge.push([first, y], [last + 1, y], [first, y + 1], [last + 1, y + 1]);
  }
  const sheet = tightRectangle(hullOf(edge));
  if (!sheet) return undefined;
  const area = sheet.width * sheet.height;
  // A rectangle full of itself; text alone on a white lid never is.
  if (filled / area < 0.9 || best.size / area < 0.55 || area > width * height * 0.97) return undefined;
  return sheet;
};

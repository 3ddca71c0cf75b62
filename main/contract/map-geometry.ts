/**
 * Positions on the map as plain numbers, for the screens and for the printed ticket. No DOM, no package, no zod.
 *
 * A département is small: Mercator keeps its shapes, and projecting a point takes two lines. `draw-map.ts` fits the
 * plane with d3-geo; a test checks that both project a point to the same unit.
 */

/** `x = scale · λ + x`, `y = y − scale · mercator(φ)`, angles in radians. */
export interface MapPlane {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}
export type XY = readonly [number, number];
/** Left, top, right, bottom. */
export type Box = readonly [number, number, number, number];

const RADIANS = Math.PI / 180;

/** Longitude and latitude in degrees → units of the map. */
export const project = (plane: MapPlane, [longitude, latitude]: XY): XY => [
  plane.x + plane.scale * longitude * RADIANS,
  plane.y - plane.scale * Math.log(Math.tan(Math.PI / 4 + (latitude * RADIANS) / 2)),
];

/** The inverse of `project`: units of the map → longitude and latitude. */
export const unproject = (plane: MapPlane, [x, y]: XY): XY => [
  (x - plane.x) / plane.scale / RADIANS,
  (2 * Math.atan(Math.exp((plane.y - y) / plane.scale)) - Math.PI / 2) / RADIANS,
];

/**
 * The smallest part of the map that contains `box`, lies inside the map where possible, and has the proportions of the
 * window.
 */
export const fitView = (box: Box, shape: { readonly width: number; readonly height: number }): Box => {
  const [left, top, right, bottom] = box;
  const wide = Math.max(right - left, 1);
  const high = Math.max(bottom - top, 1);
  const unit = Math.max(wide / shape.width, high / shape.height);
  const [width, height] = [unit * shape.width, unit * shape.height];
  const x = (left + right) / 2 - width / 2;
  const y = (top + bottom) / 2 - height / 2;
  return [x, y, x + width, y + height];
};

export interface Marker {
  readonly x: number;
  readonly y: number;
}

const PUSHES = 120;
const GOLDEN = 2.399963;

/**
 * Moves markers apart, as little as possible, until none overlap: several places of one town share one point.
 * Deterministic: the same markers always end at the same positions.
 */
export const spread = (
  markers: readonly Marker[],
  apart: number,
  inside: Box,
  /** Points that the markers avoid and that do not move. */
  fixed: readonly XY[] = [],
): readonly XY[] => {
  const room = apart / 2;
  const keepInside = (one: [number, number]): void => {
    one[0] = Math.min(Math.max(one[0], inside[0] + room), inside[2] - room);
    one[1] = Math.min(Math.max(one[1], inside[1] + room), inside[3] - room);
  };
  const at = markers.map(({ x, y }): [number, number] => [x, y]);
  at.forEach(keepInside);
  for (let push = 0; push < PUSHES; push += 1) {
    let moved = false;
    for (const [i, one] of at.entries()) {
      for (const [x, y] of fixed) {
        let [dx, dy] = [one[0] - x, one[1] - y];
        if (Math.hypot(dx, dy) < 1e-3) [dx, dy] = [Math.cos(i * GOLDEN) * 1e-3, Math.sin(i * GOLDEN) * 1e-3];
        const distance = Math.hypot(dx, dy);
        if (distance >= apart - 1e-3) continue;
        one[0] = x + (dx / distance) * apart;
        one[1] = y + (dy / distance) * apart;
        moved = true;
      }
    }
    for (let i = 0; i < at.length; i += 1) {
      for (let j = i + 1; j < at.length; j += 1) {
        const [a, b] = [at[i]!, at[j]!];
        let [dx, dy] = [b[0] - a[0], b[1] - a[1]];
        // Two markers at the same point have no direction to move apart in: give each its own, by the golden angle.
        if (Math.hypot(dx, dy) < 1e-3) [dx, dy] = [Math.cos(j * GOLDEN) * 1e-3, Math.sin(j * GOLDEN) * 1e-3];
        const distance = Math.hypot(dx, dy);
        if (distance >= apart - 1e-3) continue;
        const half = (apart - distance) / 2 / distance;
        a[0] -= dx * half;
        a[1] -= dy * half;
        b[0] += dx * half;
        b[1] += dy * half;
        moved = true;
      }
    }
    at.forEach(keepInside);
    if (!moved) break;
  }
  return at;
};

export interface LabelWanted {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** The size of the drawn text, in units of the map. */
  readonly width: number;
  readonly height: number;
}
export interface LabelPlaced {
  readonly text: string;
  /** The position of the named point. */
  readonly at: XY;
  /** The middle of the text, for the requested width. */
  readonly middle: XY;
  /** The side of the point where the text is. The estimated width is never exact, so align the text at `edge`. */
  readonly side: 'right' | 'left' | 'above' | 'below';
  readonly edge: number;
}

const overlaps = (a: Box, b: Box): boolean => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

/**
 * Places names beside their points without overlaps. Earlier names have priority; each is tried right, left, above and
 * below its point, and left out when none fits. `taken`: what must not be covered (the markers).
 */
export const placeLabels = (
  wanted: readonly LabelWanted[],
  { taken, inside, gap, most }: { taken: readonly Box[]; inside: Box; gap: number; most: number },
): readonly LabelPlaced[] => {
  const boxes: Box[] = [...taken];
  const placed: LabelPlaced[] = [];
  for (const { text, x, y, width, height } of wanted) {
    if (placed.length >= most) break;
    if (x < inside[0] || x > inside[2] || y < inside[1] || y > inside[3]) continue;
    const aside = width / 2 + gap;
    const apart = height / 2 + gap;
    const dot: Box = [x - gap / 2, y - gap / 2, x + gap / 2, y + gap / 2];
    if (boxes.some((box) => overlaps(box, dot))) continue;
    for (const [side, cx, cy] of [
      ['right', x + aside, y],
      ['left', x - aside, y],
      ['above', x, y - apart],
      ['below', x, y + apart],
    ] as const) {
      const box: Box = [cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2];
      const within = box[0] >= inside[0] && box[1] >= inside[1] && box[2] <= inside[2] && box[3] <= inside[3];
      if (!within || boxes.some((other) => overlaps(other, box))) continue;
      boxes.push(box, dot);
      const edge = side === 'right' ? x + gap : side === 'left' ? x - gap : x;
      placed.push({ text, at: [x, y], middle: [cx, cy], side, edge });
      break;
    }
  }
  return placed;
};

export interface NameAlong {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** Degrees, −90 to 90. */
  readonly turn: number;
  /** The length of the straight part of the street, in units of the map. */
  readonly length: number;
}

/** Estimated: letters are about half as wide as high, and a name may extend a little beyond its street. */
const widthOf = (text: string, size: number): number => text.length * size * 0.54;

/** Chooses the names that fit on their street and overlap nothing, each name once, at the first position that fits. */
export const namesAlong = <T extends NameAlong>(
  names: readonly T[],
  { size, inside, taken }: { readonly size: number; readonly inside: Box; readonly taken: readonly Box[] },
): readonly T[] => {
  const boxes: Box[] = [...taken];
  const named = new Set<string>();
  return names.filter(({ text, x, y, turn, length }) => {
    if (named.has(text)) return false;
    const long = widthOf(text, size);
    if (long > length * 1.25) return false;
    const radians = (turn * Math.PI) / 180;
    const [cos, sin] = [Math.abs(Math.cos(radians)), Math.abs(Math.sin(radians))];
    const [half, tall] = [(long * cos + size * sin) / 2, (long * sin + size * cos) / 2];
    const box: Box = [x - half, y - tall, x + half, y + tall];
    const within = box[0] >= inside[0] && box[1] >= inside[1] && box[2] <= inside[2] && box[3] <= inside[3];
    if (!within || boxes.some((other) => overlaps(other, box))) return false;
    boxes.push(box);
    named.add(text);
    return true;
  });
};

/** Points, convex hulls and their minimum-area rectangle, in pixels of the source picture. */

export type Point = readonly [x: number, y: number];

export interface Rectangle {
  readonly centreX: number;
  readonly centreY: number;
  readonly width: number;
  readonly height: number;
  /** Rotate by this much, clockwise positive, to align its sides with the axes; within ±45°. */
  readonly angleDeg: number;
}

export const hullOf = (points: readonly Point[]): readonly Point[] => {
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

export const areaOf = (hull: readonly Point[]): number =>
  Math.abs(
    hull.reduce((sum, [x, y], i) => {
      const [nextX, nextY] = hull[(i + 1) % hull.length]!;
      return sum + x * nextY - nextX * y;
    }, 0),
  ) / 2;

export interface Extents {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Bounding box of the points after a rotation by `angleDeg` about the origin, clockwise positive. */
export const extentsOf = (points: readonly Point[], angleDeg: number): Extents => {
  const rad = (angleDeg * Math.PI) / 180;
  const [cos, sin] = [Math.cos(rad), Math.sin(rad)];
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [x, y] of points) {
    const [u, v] = [x * cos - y * sin, x * sin + y * cos];
    [left, right, top, bottom] = [Math.min(left, u), Math.max(right, u), Math.min(top, v), Math.max(bottom, v)];
  }
  return { left, right, top, bottom };
};

/** The minimum-area rectangle round a hull; one of its sides is always along a side of the hull. */
export const tightRectangle = (hull: readonly Point[]): Rectangle | undefined => {
  let best: (Rectangle & { area: number }) | undefined;
  for (let i = 0; i < hull.length; i += 1) {
    const [a, b] = [hull[i]!, hull[(i + 1) % hull.length]!];
    if (Math.hypot(b[0] - a[0], b[1] - a[1]) < 1) continue;
    let angleDeg = (-Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI;
    while (angleDeg > 45) angleDeg -= 90;
    while (angleDeg < -45) angleDeg += 90;
    const { left, right, top, bottom } = extentsOf(hull, angleDeg);
    const area = (right - left) * (bottom - top);
    if (best && area >= best.area) continue;
    const rad = (-angleDeg * Math.PI) / 180;
    const [u, v] = [(left + right) / 2, (top + bottom) / 2];
    best = {
      centreX: u * Math.cos(rad) - v * Math.sin(rad),
      centreY: u * Math.sin(rad) + v * Math.cos(rad),
      width: right - left,
      height: bottom - top,
      angleDeg,
      area,
    };
  }
  return best;
};

/** Is the point inside the rectangle, enlarged by `slack` on each side? */
export const isWithin = (rectangle: Rectangle, [x, y]: Point, slack: number): boolean => {
  const rad = (rectangle.angleDeg * Math.PI) / 180;
  const [dx, dy] = [x - rectangle.centreX, y - rectangle.centreY];
  return (
    Math.abs(dx * Math.cos(rad) - dy * Math.sin(rad)) <= rectangle.width / 2 + slack &&
    Math.abs(dx * Math.sin(rad) + dy * Math.cos(rad)) <= rectangle.height / 2 + slack
  );
};

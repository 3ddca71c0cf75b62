/**
 * Finds the sheet (or card) on the glass. A crop must contain every mark on the glass. So draw the frame round all
 * marks first, then check whether a sheet fills it. A photograph, a box or a card fills it only if it is alone on the
 * glass.
 */
import { componentsOf } from './components.ts';
import { areaOf, hullOf, isWithin, tightRectangle, type Point, type Rectangle } from './geometry.ts';
import { CELL_PX, type Glass } from './glass.ts';

export interface FoundSheets {
  /** Convex hull of all marks on the glass, in pixels of the small copy. */
  readonly marks: readonly Point[];
  /** Where to crop, in pixels of the small copy; undefined: keep the whole glass. */
  readonly frame: Rectangle | undefined;
  /** Outlines of the sheets when only a lid darker than paper lies outside them, so that it can be painted over. */
  readonly outlines: readonly (readonly Point[])[];
}

interface Candidate {
  readonly size: number;
  /** Number of its cells, with the gaps between them in each row. */
  readonly filled: number;
  readonly hull: readonly Point[];
  readonly rectangle: Rectangle;
}

/** Corners of the first and last cell of each row, and the number of cells between them. */
const outlineOf = (columns: number, rows: number, has: (i: number) => boolean) => {
  const points: Point[] = [];
  let filled = 0;
  for (let y = 0; y < rows; y += 1) {
    let [first, last] = [-1, -1];
    for (let x = 0; x < columns; x += 1)
      if (has(y * columns + x)) {
        if (first < 0) first = x;
        last = x;
      }
    if (first < 0) continue;
    filled += last - first + 1;
    points.push([first, y], [last + 1, y], [first, y + 1], [last + 1, y + 1]);
  }
  return { points, filled };
};

/** As a share of the glass. Two percent is about the size of an identity photograph. */
const LEAST_SHARE = 0.02;
/** A sheet against the lid is solid. Text or the grid of a table is not. */
const SOLID = 0.55;

const candidatesOf = ({ columns, rows, notLid }: Glass): readonly Candidate[] => {
  const { labels, components } = componentsOf(notLid, columns, rows);
  return components.flatMap(({ id, size }) => {
    if (size < columns * rows * LEAST_SHARE) return [];
    const { points, filled } = outlineOf(columns, rows, (i) => labels[i] === id);
    const hull = hullOf(points);
    const rectangle = tightRectangle(hull);
    return rectangle ? [{ size, filled, hull, rectangle }] : [];
  });
};

const isSheet = ({ size, filled, hull }: Candidate): boolean => size / filled > SOLID && filled / areaOf(hull) > 0.9;

const inSmall = ([x, y]: Point): Point => [x * CELL_PX, y * CELL_PX];

const inPixels = ({ centreX, centreY, width, height, angleDeg }: Rectangle, trim: number): Rectangle => ({
  centreX: centreX * CELL_PX,
  centreY: centreY * CELL_PX,
  width: width * CELL_PX - trim,
  height: height * CELL_PX - trim,
  angleDeg,
});

/** A darker lid would print as a grey or black area. */
export const PALE_LID = 215;

export const findSheets = (glass: Glass): FoundSheets => {
  const { columns, rows, marks, lidLevel, rimShare } = glass;
  const all = hullOf(outlineOf(columns, rows, (i) => marks[i] === 1).points);
  const whole = { marks: all.map(inSmall), frame: undefined, outlines: [] };
  const frame = tightRectangle(all);
  const sheets = rimShare < 0.45 ? [] : candidatesOf(glass).filter(isSheet);
  if (sheets.length === 0 || !frame) return whole;

  // Two cells of slack for the sheet's own shadow.
  const explained = marks.every(
    (on, i) =>
      !on ||
      sheets.some(({ rectangle }) => isWithin(rectangle, [(i % columns) + 0.5, Math.floor(i / columns) + 0.5], 2)),
  );
  const apart = sheets.every((a) => sheets.every((b) => a === b || !b.hull.some((at) => isWithin(a.rectangle, at, 0))));
  const outlines = explained && apart && lidLevel < PALE_LID ? sheets.map(({ hull }) => hull.map(inSmall)) : [];
  const area = frame.width * frame.height;
  const filled = sheets.reduce((sum, sheet) => sum + sheet.filled, 0);
  const fills = filled / area > (explained && sheets.length === 1 ? 0.7 : 0.9);
  if (!fills || area > columns * rows * 0.97) return { ...whole, outlines };
  // Trim half a cell of lid from each side, unless a mark lies beyond the sheet.
  return { ...whole, frame: inPixels(frame, explained ? CELL_PX : 0), outlines };
};

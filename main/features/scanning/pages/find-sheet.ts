/**
 * The sheet (or card) on the glass. The rule: whatever is cut out holds all that is on the glass. So the frame is drawn round every mark
 * first, and only then is it asked whether a sheet fills it. A photograph, a box or one of two cards never does, unless it is alone.
 */
import { componentsOf } from './components.ts';
import { areaOf, hullOf, isWithin, tightRectangle, type Point, type Rectangle } from './geometry.ts';
import { CELL_PX, type Glass } from './glass.ts';

export interface FoundSheets {
  /** Hull of all that lies on the glass, in pixels of the small copy. */
  readonly marks: readonly Point[];
  /** Where to cut, in pixels of the small copy; undefined: the whole glass stays. */
  readonly frame: Rectangle | undefined;
  /** The outlines of the sheets, where all that is outside them is a lid darker than paper: to be painted over. */
  readonly outlines: readonly (readonly Point[])[];
}

interface Part {
  readonly size: number;
  /** Its cells and the holes between them, row by row. */
  readonly filled: number;
  readonly hull: readonly Point[];
  readonly rectangle: Rectangle;
}

/** The outline of each row's first and last cell. */
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

/** Two percent of the glass: an identity photograph. */
const LEAST_SHARE = 0.02;
/** A sheet on its lid is solid. Text, or the grid of a table, is not. */
const SOLID = 0.55;

const partsOf = ({ columns, rows, unlike }: Glass): readonly Part[] => {
  const { labels, parts } = componentsOf(unlike, columns, rows);
  return parts.flatMap(({ id, size }) => {
    if (size < columns * rows * LEAST_SHARE) return [];
    const { points, filled } = outlineOf(columns, rows, (i) => labels[i] === id);
    const hull = hullOf(points);
    const rectangle = tightRectangle(hull);
    return rectangle ? [{ size, filled, hull, rectangle }] : [];
  });
};

const isSheet = ({ size, filled, hull }: Part): boolean => size / filled > SOLID && filled / areaOf(hull) > 0.9;

const inSmall = ([x, y]: Point): Point => [x * CELL_PX, y * CELL_PX];

const inPixels = ({ centreX, centreY, width, height, angleDeg }: Rectangle, trim: number): Rectangle => ({
  centreX: centreX * CELL_PX,
  centreY: centreY * CELL_PX,
  width: width * CELL_PX - trim,
  height: height * CELL_PX - trim,
  angleDeg,
});

/** Darker than this a lid would print as a grey or black field. */
export const PALE_LID = 215;

export const findSheets = (glass: Glass): FoundSheets => {
  const { columns, rows, marks, lidLevel, rimShare } = glass;
  const all = hullOf(outlineOf(columns, rows, (i) => marks[i] === 1).points);
  const whole = { marks: all.map(inSmall), frame: undefined, outlines: [] };
  const frame = tightRectangle(all);
  const sheets = rimShare < 0.45 ? [] : partsOf(glass).filter(isSheet);
  if (sheets.length === 0 || !frame) return whole;

  // Two cells: what the sheet's own shadow takes.
  const explained = marks.every(
    (on, i) =>
      !on ||
      sheets.some(({ rectangle }) => isWithin(rectangle, [(i % columns) + 0.5, Math.floor(i / columns) + 0.5], 2)),
  );
  const apart = sheets.every((a) => sheets.every((b) => a === b || !b.hull.some((at) => isWithin(a.rectangle, at, 0))));
  const outlines = explained && apart && lidLevel < PALE_LID ? sheets.map(({ hull }) => hull.map(inSmall)) : [];
  const area = frame.width * frame.height;
  const filled = sheets.reduce((sum, part) => sum + part.filled, 0);
  const fills = filled / area > (explained && sheets.length === 1 ? 0.7 : 0.9);
  if (!fills || area > columns * rows * 0.97) return { ...whole, outlines };
  // Half a pixel of lid on each side, unless a mark lies beyond the sheet.
  return { ...whole, frame: inPixels(frame, explained ? CELL_PX : 0), outlines };
};

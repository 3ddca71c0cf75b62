/**
 * Draws annotations that have no appearance stream (ISO 32000-1 §12.5.6): marked text, shapes, ink, free text. Phone
 * apps leave the drawing to the viewer; without this, the person's own marks would be missing on paper.
 */
import {
  appendBezierCurve,
  beginText,
  closePath,
  endText,
  fill,
  fillAndStroke,
  lineTo,
  moveTo,
  PDFArray,
  PDFDict,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFString,
  popGraphicsState,
  pushGraphicsState,
  setDashPattern,
  setFillingCmykColor,
  setFillingGrayscaleColor,
  setFillingRgbColor,
  setFontAndSize,
  setGraphicsState,
  setLineWidth,
  setStrokingCmykColor,
  setStrokingGrayscaleColor,
  setStrokingRgbColor,
  setTextMatrix,
  showText,
  stroke,
  type PDFOperator,
  type PDFPage,
} from '@cantoo/pdf-lib';
import type { EuropeanLetters } from '../../../pdf/european-letters.ts';
import { numbersOf } from './numbers-of.ts';

type Point = readonly [x: number, y: number];
type Numbers = readonly number[];

const numbers = (from: PDFDict, entry: string): Numbers | undefined =>
  numbersOf(from.lookupMaybe(PDFName.of(entry), PDFArray));

const number = (from: PDFDict | undefined, entry: string): number | undefined =>
  from?.lookupMaybe(PDFName.of(entry), PDFNumber)?.asNumber();

const colour = (parts: Numbers | undefined, filling: boolean): readonly PDFOperator[] => {
  const [a = 0, b = 0, c = 0, d = 0] = parts ?? [];
  if (parts?.length === 4) return [(filling ? setFillingCmykColor : setStrokingCmykColor)(a, b, c, d)];
  if (parts?.length === 3) return [(filling ? setFillingRgbColor : setStrokingRgbColor)(a, b, c)];
  return [(filling ? setFillingGrayscaleColor : setStrokingGrayscaleColor)(a)];
};

const pointsOf = (flat: Numbers | undefined): readonly Point[] =>
  Array.from({ length: Math.floor((flat?.length ?? 0) / 2) }, (_, at): Point => [
    flat?.[2 * at] ?? 0,
    flat?.[2 * at + 1] ?? 0,
  ]);

const polyline = ([first, ...rest]: readonly Point[]): readonly PDFOperator[] =>
  first === undefined ? [] : [moveTo(...first), ...rest.map((point) => lineTo(...point))];

/** Distance of the control points with which four Bézier curves approximate a circle. */
const ROUND = 0.5523;

const ellipse = (x: number, y: number, width: number, height: number): readonly PDFOperator[] => {
  const [rx, ry] = [width / 2, height / 2];
  const at = (dx: number, dy: number): Point => [x + rx + dx * rx, y + ry + dy * ry];
  const curve = (a: Point, b: Point, c: Point): PDFOperator => appendBezierCurve(...a, ...b, ...c);
  return [
    moveTo(...at(1, 0)),
    curve(at(1, ROUND), at(ROUND, 1), at(0, 1)),
    curve(at(-ROUND, 1), at(-1, ROUND), at(-1, 0)),
    curve(at(-1, -ROUND), at(-ROUND, -1), at(0, -1)),
    curve(at(ROUND, -1), at(1, -ROUND), at(1, 0)),
    closePath(),
  ];
};

/** The corners of each marked word: top left, top right, bottom left, bottom right, the order all programs use. */
const quadsOf = (annotation: PDFDict): readonly (readonly Point[])[] => {
  const points = pointsOf(numbers(annotation, 'QuadPoints'));
  return Array.from({ length: Math.floor(points.length / 4) }, (_, at) => points.slice(4 * at, 4 * at + 4));
};

const between = (a: Point = [0, 0], b: Point = [0, 0], share: number): Point => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
];

/** A line across each marked word, at `height` (0..1) above its bottom. */
const strokes = (annotation: PDFDict, height: number): readonly PDFOperator[] =>
  quadsOf(annotation).flatMap(([tl, tr, bl, br]) => [
    setLineWidth(Math.max(0.5, Math.abs((tl?.[1] ?? 0) - (bl?.[1] ?? 0)) / 16)),
    ...polyline([between(bl, tl, height), between(br, tr, height)]),
    stroke(),
  ]);

const MAX_LETTERS = 4_000;
const LEADING = 1.2;

/** Free text. Its size and colour come from the drawing operators in `DA`. */
const freeText = async (
  page: PDFPage,
  annotation: PDFDict,
  letters: () => Promise<EuropeanLetters>,
): Promise<readonly PDFOperator[]> => {
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = numbers(annotation, 'Rect') ?? [];
  const [left, top] = [Math.min(x0, x1), Math.max(y0, y1)];
  const held = annotation.lookup(PDFName.of('Contents'));
  const look = annotation.lookup(PDFName.of('DA'));
  if (!(held instanceof PDFString || held instanceof PDFHexString)) return [];
  const { font, clean } = await letters();
  const words = look instanceof PDFString || look instanceof PDFHexString ? look.decodeText() : '';
  const size = Math.min(72, Math.max(4, Number(/([\d.]+)\s+Tf/.exec(words)?.[1] ?? 12) || 12));
  const ink = /([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+rg/.exec(words)?.slice(1).map(Number);
  const lines = clean(held.decodeText().slice(0, MAX_LETTERS)).split('\n');
  const key = page.node.newFontDictionary(font.name, font.ref);
  return [
    ...colour(ink, true),
    beginText(),
    setFontAndSize(key, size),
    ...lines.flatMap((line, at) => [
      setTextMatrix(1, 0, 0, 1, left + 2, top - 2 - size * (0.8 + LEADING * at)),
      showText(font.encodeText(line)),
    ]),
    endText(),
  ];
};

const shape = (annotation: PDFDict, kind: string): readonly PDFOperator[] => {
  const rect = numbers(annotation, 'Rect') ?? [];
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = rect;
  const style = annotation.lookupMaybe(PDFName.of('BS'), PDFDict);
  const width = number(style, 'W') ?? numbers(annotation, 'Border')?.[2] ?? 1;
  const inside = numbers(annotation, 'IC');
  const isFilled = inside !== undefined && inside.length > 0;
  const pen = [setLineWidth(width), ...(isFilled ? colour(inside, true) : [])];
  const paint = isFilled ? (width > 0 ? fillAndStroke() : fill()) : stroke();
  const [left, bottom] = [Math.min(x0, x1) + width / 2, Math.min(y0, y1) + width / 2];
  const [wide, high] = [Math.abs(x1 - x0) - width, Math.abs(y1 - y0) - width];
  switch (kind) {
    case '/Highlight':
      return quadsOf(annotation).flatMap(([tl, tr, bl, br]) => [
        ...polyline([tl, tr, br, bl].filter((point) => point !== undefined)),
        fill(),
      ]);
    case '/Underline':
    case '/Squiggly':
      return strokes(annotation, 0.06);
    case '/StrikeOut':
      return strokes(annotation, 0.45);
    case '/Square':
      return [
        ...pen,
        ...polyline([
          [left, bottom],
          [left + wide, bottom],
          [left + wide, bottom + high],
          [left, bottom + high],
        ]),
        closePath(),
        paint,
      ];
    case '/Circle':
      return [...pen, ...ellipse(left, bottom, wide, high), paint];
    case '/Line':
      return [...pen, ...polyline(pointsOf(numbers(annotation, 'L'))), stroke()];
    case '/PolyLine':
      return [...pen, ...polyline(pointsOf(numbers(annotation, 'Vertices'))), stroke()];
    case '/Polygon':
      return [...pen, ...polyline(pointsOf(numbers(annotation, 'Vertices'))), closePath(), paint];
    case '/Ink': {
      const list = annotation.lookupMaybe(PDFName.of('InkList'), PDFArray);
      const lines = Array.from({ length: list?.size() ?? 0 }, (_, at) => numbersOf(list?.lookupMaybe(at, PDFArray)));
      return [...pen, ...lines.flatMap((line) => polyline(pointsOf(line))), stroke()];
    }
    default:
      return []; // a note, a sound or a file: the icon that viewers show is not part of the page
  }
};

/** The colour that viewers give to a highlight without one. */
const YELLOW = [1, 1, 0];

export const drawAnnotation = async (
  page: PDFPage,
  annotation: PDFDict,
  letters: () => Promise<EuropeanLetters>,
): Promise<readonly PDFOperator[]> => {
  const kind = String(annotation.lookup(PDFName.of('Subtype')));
  const drawn = kind === '/FreeText' ? await freeText(page, annotation, letters) : shape(annotation, kind);
  if (drawn.length === 0) return [];
  const isMark = kind === '/Highlight';
  const tint = numbers(annotation, 'C') ?? (isMark ? YELLOW : undefined);
  const opacity = number(annotation, 'CA') ?? 1;
  const state = page.node.newExtGState(
    'Mark',
    page.doc.context.obj({ ca: opacity, CA: opacity, BM: isMark ? 'Multiply' : 'Normal' }),
  );
  const dashes = annotation.lookupMaybe(PDFName.of('BS'), PDFDict)?.lookupMaybe(PDFName.of('D'), PDFArray);
  const dashed = String(annotation.lookupMaybe(PDFName.of('BS'), PDFDict)?.lookup(PDFName.of('S'))) === '/D';
  return [
    pushGraphicsState(),
    setGraphicsState(state),
    ...colour(tint, isMark),
    ...(dashed ? [setDashPattern([...(numbersOf(dashes) ?? [3])], 0)] : []),
    ...drawn,
    popGraphicsState(),
  ];
};

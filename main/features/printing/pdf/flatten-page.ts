/**
 * Draws annotations (filled-in fields, stamps, notes) into the page, as ISO 32000-1 §12.5.5 says, then removes
 * everything active: links, buttons, scripts, attached files.
 */
import {
  concatTransformationMatrix,
  drawObject,
  PDFArray,
  PDFDict,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFStream,
  popGraphicsState,
  pushGraphicsState,
  type PDFOperator,
  type PDFPage,
  type PDFRef,
} from '@cantoo/pdf-lib';
import type { EuropeanLetters } from '../../../pdf/european-letters.ts';
import { drawAnnotation } from './draw-annotation.ts';
import { numbersOf } from './numbers-of.ts';

const name = (text: string): PDFName => PDFName.of(text);

const HIDDEN = 2;
const PRINT = 4;

/** Page entries with actions or metadata, useless on paper. */
const PAGE_ENTRIES = [
  'AA',
  'Annots',
  'Metadata',
  'PieceInfo',
  'Thumb',
  'B',
  'Dur',
  'Trans',
  'PresSteps',
  'StructParents',
  'Tabs',
  'AF',
];

type Matrix = readonly [number, number, number, number, number, number];

const appearanceOf = (annotation: PDFDict): { ref: PDFRef; stream: PDFStream } | undefined => {
  const appearances = annotation.lookupMaybe(name('AP'), PDFDict);
  if (appearances === undefined) return undefined;
  let holder = appearances;
  let key = name('N');
  const normal = appearances.lookup(key);
  if (normal instanceof PDFDict && !(normal instanceof PDFStream)) {
    const state = annotation.lookup(name('AS'));
    if (!(state instanceof PDFName)) return undefined;
    holder = normal;
    key = state;
  }
  const stream = holder.lookup(key);
  const ref = holder.get(key);
  if (!(stream instanceof PDFStream) || ref === undefined) return undefined;
  return { ref: ref as PDFRef, stream };
};

/** The matrix that makes the appearance's box fill the annotation's rectangle. */
const placement = (annotation: PDFDict, stream: PDFStream): Matrix | undefined => {
  const rect = numbersOf(annotation.lookupMaybe(name('Rect'), PDFArray), 4);
  const box = numbersOf(stream.dict.lookupMaybe(name('BBox'), PDFArray), 4);
  if (rect === undefined || box === undefined) return undefined;
  const [a, b, c, d, e, f] = (numbersOf(stream.dict.lookupMaybe(name('Matrix'), PDFArray), 6) ?? [
    1, 0, 0, 1, 0, 0,
  ]) as Matrix;
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = box;
  const corners = [
    [x0, y0],
    [x1, y0],
    [x0, y1],
    [x1, y1],
  ].map(([x = 0, y = 0]) => [a * x + c * y + e, b * x + d * y + f] as const);
  const left = Math.min(...corners.map(([x]) => x));
  const bottom = Math.min(...corners.map(([, y]) => y));
  const width = Math.max(...corners.map(([x]) => x)) - left;
  const height = Math.max(...corners.map(([, y]) => y)) - bottom;
  const [rx0 = 0, ry0 = 0, rx1 = 0, ry1 = 0] = rect;
  if (width === 0 || height === 0) return undefined;
  const sx = Math.abs(rx1 - rx0) / width;
  const sy = Math.abs(ry1 - ry0) / height;
  return [sx, 0, 0, sy, Math.min(rx0, rx1) - left * sx, Math.min(ry0, ry1) - bottom * sy];
};

const PUSH_BUTTON = 1 << 16;

/**
 * A field that a person filled in. It is printed even without the Print flag: some programs set no flag at all, and a
 * form without its answers is of no use.
 */
const isAnswer = (annotation: PDFDict): boolean => {
  if (annotation.lookup(name('Subtype')) !== name('Widget')) return false;
  const parent = annotation.lookupMaybe(name('Parent'), PDFDict);
  const inherited = (key: string): PDFObject | undefined => annotation.lookup(name(key)) ?? parent?.lookup(name(key));
  const flags = inherited('Ff');
  return !(inherited('FT') === name('Btn') && flags instanceof PDFNumber && (flags.asNumber() & PUSH_BUTTON) !== 0);
};

/** Returns true when the page had an action that runs something. */
export const flattenPage = async (page: PDFPage, letters: () => Promise<EuropeanLetters>): Promise<boolean> => {
  const annotations = page.node.lookupMaybe(name('Annots'), PDFArray);
  let hasAction = page.node.has(name('AA'));
  const operators: PDFOperator[] = [];
  for (let i = 0; i < (annotations?.size() ?? 0); i += 1) {
    const annotation = annotations?.lookup(i);
    if (!(annotation instanceof PDFDict)) continue;
    const action = annotation.lookup(name('A'));
    hasAction ||= annotation.has(name('AA')) || (action instanceof PDFDict && isScript(action));
    const flags = annotation.lookupMaybe(name('F'), PDFNumber)?.asNumber() ?? (isAnswer(annotation) ? PRINT : 0);
    if ((flags & HIDDEN) !== 0 || (flags & PRINT) === 0) continue;
    const appearance = appearanceOf(annotation);
    if (appearance === undefined) {
      operators.push(...(await drawAnnotation(page, annotation, letters)));
      continue;
    }
    const matrix = placement(annotation, appearance.stream);
    if (matrix === undefined) continue;
    if (appearance.stream instanceof PDFRawStream && !appearance.stream.dict.has(name('Subtype'))) {
      appearance.stream.dict.set(name('Subtype'), name('Form'));
    }
    const key = page.node.newXObject('Over', appearance.ref);
    operators.push(pushGraphicsState(), concatTransformationMatrix(...matrix), drawObject(key), popGraphicsState());
  }
  if (operators.length > 0) page.pushOperators(...operators);
  for (const entry of PAGE_ENTRIES) page.node.delete(name(entry));
  return hasAction;
};

/** An action that runs something, unlike a link to a page. */
export const isScript = (action: PDFDict): boolean => {
  const kind = action.lookup(name('S'));
  return (
    kind instanceof PDFName &&
    ['/JavaScript', '/Launch', '/SubmitForm', '/ImportData', '/Rendition'].includes(kind.toString())
  );
};

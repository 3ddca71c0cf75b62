/** Fits any page on A4, portrait or landscape, clipped to the area that a viewer would show. */
import {
  PDFArray,
  PDFDict,
  PDFName,
  PDFNumber,
  PDFStream,
  type PDFContext,
  type PDFPage,
  type PDFRef,
} from '@cantoo/pdf-lib';
import { A4 } from '../../../pdf/a4.ts';
import { numbersOf } from './numbers-of.ts';

/** Tolerance: printers and PDF producers round sizes. */
const SAME_SIZE_PT = 2;
/** Enough to enlarge A5 to A4, but not a till receipt to a poster. */
const MAX_GROWTH = 1.4143;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Corners may be given in any order. */
const normalised = ({ x, y, width, height }: Box): Box => ({
  x: Math.min(x, x + width),
  y: Math.min(y, y + height),
  width: Math.abs(width),
  height: Math.abs(height),
});

/** US Letter, which viewers show when the page gives no size of its own. */
const LETTER: Box = { x: 0, y: 0, width: 612, height: 792 };

/** The crop box, limited to the page (ISO 32000-1 §14.11.2.1). Like viewers, ignore one that is outside or empty. */
const shownBox = (page: PDFPage): Box => {
  const given = normalised(page.getMediaBox());
  const media = given.width > 0 && given.height > 0 ? given : LETTER;
  const crop = normalised(page.getCropBox());
  const x = Math.max(media.x, crop.x);
  const y = Math.max(media.y, crop.y);
  const width = Math.min(media.x + media.width, crop.x + crop.width) - x;
  const height = Math.min(media.y + media.height, crop.y + crop.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : media;
};

const content = (context: PDFContext, text: string): PDFRef => context.register(context.stream(text));

const f = (value: number): string => value.toFixed(4);

const PATTERN = PDFName.of('Pattern');
const MATRIX = PDFName.of('Matrix');

type Move = readonly [scale: number, tx: number, ty: number];
/** The patterns that were moved in a document: a background may be used on every page. */
export type MovedPatterns = Map<string, PDFRef>;

const movedPattern = (pattern: PDFDict | PDFStream, [scale, tx, ty]: Move, context: PDFContext): PDFRef => {
  const copy = pattern.clone(context);
  const dict = copy instanceof PDFStream ? copy.dict : copy;
  const matrix = numbersOf(dict.lookupMaybe(MATRIX, PDFArray), 6) ?? [1, 0, 0, 1, 0, 0];
  const shift = [0, 0, 0, 0, tx, ty];
  dict.set(MATRIX, context.obj(matrix.map((value, at) => value * scale + (shift[at] ?? 0))));
  return context.register(copy);
};

/**
 * A gradient or a hatching is placed on the page itself, and not by `cm` (ISO 32000-1 §8.7.3.1): it would stay where it
 * was, and white words on it would vanish. Pages of other sizes may use the same object, so it is copied.
 */
const movePatterns = (page: PDFPage, move: Move, done: MovedPatterns): void => {
  const { context } = page.doc;
  const resources = page.node.Resources();
  const patterns = resources?.lookupMaybe(PATTERN, PDFDict);
  if (resources === undefined || patterns === undefined) return;
  const moved = context.obj({});
  for (const [name, value] of patterns.entries()) {
    const pattern = context.lookup(value);
    if (!(pattern instanceof PDFDict || pattern instanceof PDFStream)) continue;
    const key = [value, ...move].join(' ');
    const ref = done.get(key) ?? movedPattern(pattern, move, context);
    done.set(key, ref);
    moved.set(name, ref);
  }
  const own = resources.clone(context);
  own.set(PATTERN, moved);
  page.node.set(PDFName.of('Resources'), own);
};

/** Returns true when the page is displayed in landscape. */
export const fitPage = (page: PDFPage, patterns: MovedPatterns): boolean => {
  const box = shownBox(page);
  const quarter = ((page.getRotation().angle % 360) + 360) % 360;
  const turned = quarter === 90 || quarter === 270;
  const userUnit = page.node.lookupMaybe(PDFName.of('UserUnit'), PDFNumber)?.asNumber() ?? 1;
  const shown = turned ? { width: box.height, height: box.width } : { width: box.width, height: box.height };
  const landscape = shown.width > shown.height;
  // In the page's own axes, before the rotation for display.
  const sheet = landscape !== turned ? { width: A4.height, height: A4.width } : { width: A4.width, height: A4.height };
  const isA4 = Math.abs(box.width - sheet.width) < SAME_SIZE_PT && Math.abs(box.height - sheet.height) < SAME_SIZE_PT;
  if (!(isA4 && box.x === 0 && box.y === 0 && userUnit === 1)) {
    const scale = isA4 ? 1 : Math.min(sheet.width / box.width, sheet.height / box.height, MAX_GROWTH * userUnit);
    const tx = (sheet.width - box.width * scale) / 2 - box.x * scale;
    const ty = (sheet.height - box.height * scale) / 2 - box.y * scale;
    const clip = `${f(box.x)} ${f(box.y)} ${f(box.width)} ${f(box.height)} re W n`;
    page.node.normalize();
    movePatterns(page, [scale, tx, ty], patterns);
    const before = content(page.doc.context, `q ${f(scale)} 0 0 ${f(scale)} ${f(tx)} ${f(ty)} cm ${clip}\n`);
    // Close the graphics state, so that the page's settings do not affect what we add.
    const after = content(page.doc.context, '\nQ\n');
    if (!page.node.wrapContentStreams(before, after)) page.node.addContentStream(content(page.doc.context, ''));
  }
  for (const entry of ['CropBox', 'BleedBox', 'TrimBox', 'ArtBox', 'UserUnit']) page.node.delete(PDFName.of(entry));
  page.setMediaBox(0, 0, sheet.width, sheet.height);
  return landscape;
};

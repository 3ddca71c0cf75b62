/** Turns any document into the PDF that is shown and printed: A4 pages, nothing active, no metadata. */
import {
  decodePDFRawStream,
  PDFAcroForm,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFDropdown,
  PDFForm,
  PDFInvalidObject,
  PDFName,
  PDFNumber,
  PDFOptionList,
  PDFRawStream,
  PDFStream,
  PDFTextField,
  type PDFField,
} from '@cantoo/pdf-lib';
import { A4 } from '../../../pdf/a4.ts';
import { europeanLetters, type EuropeanLetters } from '../../../pdf/european-letters.ts';
import { fileKind, type FileKind } from '../../../pdf/file-kind.ts';
import { mendStrings } from '../../../pdf/mend-strings.ts';
import { MAX_PICTURE_DOTS } from '../../../pdf/page-pixels.ts';
import { fitPage, type MovedPatterns } from './fit-page.ts';
import { flattenPage, isScript } from './flatten-page.ts';
import { imageToPdf } from './image-pdf.ts';
import { PdfProblemError } from './problem.ts';
import { BLANK_PAGE, type Prepared } from './protocol.ts';
import { drawPage, openPdf, type OpenPdf } from './view-pdf.ts';

const MAX_BYTES = 150 * 1024 * 1024;
const MAX_PAGES = 1000;
const REDRAWN_DPI = 200;
const PICTURES: ReadonlySet<FileKind> = new Set(['jpeg', 'png', 'gif', 'webp', 'tiff', 'avif', 'heic']);

export const prepare = async (bytes: Uint8Array): Promise<Prepared> => {
  if (bytes.length > MAX_BYTES) throw new PdfProblemError('too-large');
  const kind = fileKind(bytes);
  if (kind === 'pdf') return preparePdf(bytes);
  if (!PICTURES.has(kind)) throw new PdfProblemError('not-printable');
  return preparePdf(await imageToPdf(bytes));
};

/** More would take longer than a person waits: they are printed as they were copied rather than not at all. */
const MAX_DRAWN = 30;

const preparePdf = async (bytes: Uint8Array): Promise<Prepared> => {
  const view = await openPdf(bytes);
  try {
    if (view.document.numPages === 0) throw new PdfProblemError('empty');
    if (view.document.numPages > MAX_PAGES) throw new PdfProblemError('too-large');
    const copied = await rewrite(bytes, view.document.numPages).catch((error: unknown) => {
      if (error instanceof PdfProblemError) throw error;
      return undefined;
    });
    // pdf.js repairs files that pdf-lib cannot read. Draw the pages then: only sharpness is lost.
    if (copied === undefined) return await redraw(view);
    const { unread, ...prepared } = copied;
    if (view.document.numPages > MAX_DRAWN || !(unread || (await hidesLayers(view)))) return prepared;
    return { ...(await redraw(view)), cleaned: prepared.cleaned };
  } finally {
    await view.close();
  }
};

/**
 * True when a layer is switched off, for example another language, a plan or « SPÉCIMEN ». Copied pages lose that
 * setting, and some printers ignore it, so the layer would be printed.
 */
const hidesLayers = async ({ document }: OpenPdf): Promise<boolean> => {
  const layers = await document.getOptionalContentConfig({ intent: 'print' });
  return [...layers].some(([, layer]) => !(layer as { readonly visible: boolean }).visible);
};

interface Copied extends Prepared {
  /** pdf-lib carried on without an object that it cannot read, for example a font: its words are missing. */
  readonly unread: boolean;
}

const rewrite = async (bytes: Uint8Array, pages: number): Promise<Copied> => {
  const source = await PDFDocument.load(bytes, { updateMetadata: false, password: '' });
  mendStrings(source);
  if (source.getPageCount() !== pages) throw new Error('the two libraries see other pages');
  if (isXfaOnly(source)) throw new PdfProblemError('xfa');
  if (hasHugePicture(source)) throw new PdfProblemError('too-large');
  let cleaned = hasAutomaticAction(source);
  let embedded: Promise<EuropeanLetters> | undefined;
  const letters = (): Promise<EuropeanLetters> => (embedded ??= europeanLetters(source));
  await fillIn(source, letters);
  for (const page of source.getPages()) cleaned = (await flattenPage(page, letters)) || cleaned;
  const target = await PDFDocument.create({ updateMetadata: false });
  const landscape: number[] = [];
  const patterns: MovedPatterns = new Map();
  const copies = await target.copyPages(source, source.getPageIndices());
  for (const [index, page] of copies.entries()) {
    if (fitPage(target.addPage(page), patterns)) landscape.push(index + 1);
  }
  const unread = target.context.enumerateIndirectObjects().some(([, object]) => object instanceof PDFInvalidObject);
  return { pdf: await target.save({ objectsPerTick: Infinity }), pages, landscape, cleaned, unread };
};

/** Such a picture cannot be drawn (`page-pixels.ts`), and a printer could fail on it. */
const hasHugePicture = (source: PDFDocument): boolean =>
  source.context.enumerateIndirectObjects().some(([, object]) => {
    if (!(object instanceof PDFStream) || object.dict.lookup(PDFName.of('Subtype')) !== PDFName.of('Image'))
      return false;
    const [width, height] = ['Width', 'Height'].map((side) => object.dict.lookup(PDFName.of(side)));
    return (
      width instanceof PDFNumber &&
      height instanceof PDFNumber &&
      width.asNumber() * height.asNumber() > MAX_PICTURE_DOTS
    );
  });

/** An XFA form, which only its publisher's program can draw: we would print its "Please wait…" page. */
const isXfaOnly = (source: PDFDocument): boolean => {
  const form = source.catalog.lookup(PDFName.of('AcroForm'));
  if (!(form instanceof PDFDict) || !form.has(PDFName.of('XFA'))) return false;
  const fields = form.lookup(PDFName.of('Fields'));
  const drawn = fields instanceof PDFArray && fields.size() > 0;
  return !drawn || source.catalog.lookup(PDFName.of('NeedsRendering'))?.toString() === 'true';
};

/** If the file sets `NeedAppearances`, draws the fields that lack an appearance, or their answer in it. */
const fillIn = async (source: PDFDocument, letters: () => Promise<EuropeanLetters>): Promise<void> => {
  const form = source.catalog.lookupMaybe(PDFName.of('AcroForm'), PDFDict);
  if (form === undefined) return;
  const wanted = form.lookup(PDFName.of('NeedAppearances'))?.toString() === 'true';
  if (!wanted) return;
  const { font, clean } = await letters();
  for (const field of fieldsOf(source, form.lookup(PDFName.of('Fields')))) {
    try {
      if (!field.needsAppearancesUpdate() && !lacksItsAnswer(field)) continue;
      if (field instanceof PDFTextField) keepLetters(field, clean);
      field.defaultUpdateAppearances(font);
    } catch {
      // A field that cannot be drawn keeps its existing appearance, if any.
    }
  }
};

const hasAnswer = (field: PDFField): boolean => {
  if (field instanceof PDFTextField) return (field.getText() ?? '') !== '';
  return (field instanceof PDFDropdown || field instanceof PDFOptionList) && field.getSelected().length > 0;
};

/** Operators that show text, or another drawing, which may hold some. */
const LETTERS = /\b(T[jJ]|Do)\b|['"]/;

const showsLetters = (drawn: unknown): boolean =>
  !(drawn instanceof PDFRawStream) || LETTERS.test(Buffer.from(decodePDFRawStream(drawn).decode()).toString('latin1'));

/** A program that fills in a form may write the answers only, and leave the boxes as they were drawn without them. */
const lacksItsAnswer = (field: PDFField): boolean =>
  hasAnswer(field) && field.acroField.getWidgets().some((widget) => !showsLetters(widget.getAppearances()?.normal));

/** The fields of a list and below it. If one field has no type, the library returns none of its list. */
const fieldsOf = (source: PDFDocument, list: unknown, seen = new Set<PDFArray>()): readonly PDFField[] => {
  if (!(list instanceof PDFArray) || seen.has(list)) return [];
  seen.add(list);
  return list.asArray().flatMap((entry) => {
    try {
      const alone = PDFAcroForm.fromDict(source.context.obj({ Fields: [entry] }));
      return PDFForm.of(alone, source).getFields();
    } catch {
      const field = source.context.lookup(entry);
      return field instanceof PDFDict ? fieldsOf(source, field.lookup(PDFName.of('Kids')), seen) : [];
    }
  });
};

/** The library draws a sign in place of each letter that the font lacks. */
const keepLetters = (field: PDFTextField, clean: EuropeanLetters['clean']): void => {
  const text = field.getText() ?? '';
  const known = clean(text);
  if (known !== text) field.setText(known.slice(0, field.getMaxLength()));
};

const hasAutomaticAction = (source: PDFDocument): boolean => {
  const { catalog } = source;
  const open = catalog.lookup(PDFName.of('OpenAction'));
  if (open instanceof PDFDict && isScript(open)) return true;
  if (catalog.has(PDFName.of('AA'))) return true;
  const names = catalog.lookup(PDFName.of('Names'));
  if (!(names instanceof PDFDict)) return false;
  const scripts = names.lookup(PDFName.of('JavaScript'));
  return (
    scripts instanceof PDFDict &&
    (scripts.lookup(PDFName.of('Names')) instanceof PDFArray || scripts.has(PDFName.of('Kids')))
  );
};

const redraw = async (view: OpenPdf): Promise<Prepared> => {
  const target = await PDFDocument.create({ updateMetadata: false });
  const landscape: number[] = [];
  for (let number = 1; number <= view.document.numPages; number += 1) {
    const page = await view.document.getPage(number);
    const { width, height } = page.getViewport({ scale: 1 });
    const isLandscape = width > height;
    const sheet = isLandscape ? { width: A4.height, height: A4.width } : A4;
    const scale = Math.min(sheet.width / width, sheet.height / height);
    const canvas = await drawPage(view, number, Math.round(((width * scale) / 72) * REDRAWN_DPI));
    const image = await target.embedJpg(await canvas.encode('jpeg', 90));
    target.addPage([sheet.width, sheet.height]).drawImage(image, {
      x: (sheet.width - width * scale) / 2,
      y: (sheet.height - height * scale) / 2,
      width: width * scale,
      height: height * scale,
    });
    if (isLandscape) landscape.push(number);
  }
  return {
    pdf: await target.save({ objectsPerTick: Infinity }),
    pages: view.document.numPages,
    landscape,
    cleaned: false,
  };
};

export const select = async (pdf: Uint8Array, pages: readonly number[]): Promise<Uint8Array> => {
  const source = await PDFDocument.load(pdf, { updateMetadata: false });
  const target = await PDFDocument.create({ updateMetadata: false });
  const numbers = pages.filter((page) => page !== BLANK_PAGE);
  const copies = await target.copyPages(
    source,
    numbers.map((page) => page - 1),
  );
  for (const page of pages) target.addPage(page === BLANK_PAGE ? [A4.width, A4.height] : copies.shift());
  return target.save({ objectsPerTick: Infinity });
};

/** How the document decoder answers each of its operations. */
import { A4, dpiOfPage } from '../../../pdf/a4.ts';
import type { TextLine } from '../../../pdf/text-line.ts';
import type { HandlersOf } from '../../../platform/decoders/client.ts';
import { DecoderRefusal } from '../../../platform/decoders/serve.ts';
import { inspectFile } from '../conversions/inspect-file.ts';
import { needsXfaViewer } from '../conversions/locked-pdf.ts';
import { qualityLadder } from './encode-picture.ts';
import { canBeFilled, fillForm } from './fill-form.ts';
import { fitPages, packAll } from './fit.ts';
import { fieldsOf } from './form-fields.ts';
import { withLabels } from './form-labels.ts';
import type { DocumentOperations, Inspected, PaperPage, Source } from './operations.ts';
import { openPicture } from './open-picture.ts';
import { drawJpeg, openPdf } from './pdf-pages.ts';
import { makePdf } from './searchable-pdf.ts';
import { burnWatermark } from './watermark.ts';

const THUMB_PX = 360;
const MAX_TEXT_PAGES = 30;
const MAX_PAGES = 100;
/** Larger files would make the person wait, and are printed. */
const MAX_FORM_BYTES = 20_000_000;

const thumbOf = async (bytes: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(
    await openPicture(bytes)
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .resize({ width: THUMB_PX, height: THUMB_PX, fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 78 })
      .toBuffer(),
  );

const inspectPicture = async (bytes: Uint8Array): Promise<Inspected> => {
  try {
    const facts = await openPicture(bytes).metadata();
    const plain = (facts.format === 'jpeg' || facts.format === 'png') && (facts.orientation ?? 1) === 1;
    // A phone stores the rotation in EXIF, which sites ignore, and EXIF may contain the place: rewrite the picture.
    const converted =
      plain && !facts.exif
        ? undefined
        : new Uint8Array(
            await openPicture(bytes).autoOrient().flatten({ background: '#ffffff' }).jpeg({ quality: 88 }).toBuffer(),
          );
    const thumb = await thumbOf(bytes);
    return { format: 'picture', pages: 1, thumb, text: [], fillable: false, ...(converted ? { converted } : {}) };
  } catch (cause) {
    throw new DecoderRefusal(/pixel limit/i.test(String(cause)) ? 'too-large' : 'damaged', { cause });
  }
};

/** Adobe names its programs on the cover sheet of a portfolio in every language. It has two sentences and no more. */
const isCoverSheet = (text: string): boolean => text.length < 500 && /\b(acrobat|adobe)\b/i.test(text);

const inspectPdf = async (bytes: Uint8Array): Promise<Inspected> => {
  const pdf = await openPdf(bytes);
  try {
    const xfa = await pdf.xfa();
    if (xfa === 'alone' || (xfa === 'beside' && (await needsXfaViewer(bytes)))) throw new DecoderRefusal('xfa');
    const { width, height } = await pdf.size(1);
    const { jpeg } = await drawJpeg(pdf, 1, THUMB_PX / Math.max(width, height), 80);
    const text: string[] = [];
    for (let page = 1; page <= Math.min(pdf.pages, MAX_TEXT_PAGES); page += 1) {
      const lines = await pdf.lines(page);
      text.push(lines.map((line) => line.words.map((word) => word.text).join(' ')).join('\n'));
    }
    if (pdf.pages === 1 && isCoverSheet(text[0] ?? '') && (await pdf.isCollection()))
      throw new DecoderRefusal('portfolio');
    const small = pdf.pages <= MAX_PAGES && bytes.length <= MAX_FORM_BYTES;
    const fillable = small && fieldsOf(await pdf.widgets()).length > 0 && (await canBeFilled(bytes));
    return { format: 'pdf', pages: pdf.pages, thumb: jpeg, text, fillable };
  } finally {
    await pdf.close();
  }
};

const PAGE_DPI = 200;
/** Of an A3 page, in square points. */
const MAX_AREA = 2 * A4.width * A4.height;

/** Programs that make a photo into a PDF often give it a point for each dot: a page of more than a metre. */
const shrinkToA3 = ({ width, height }: { readonly width: number; readonly height: number }): number =>
  Math.min(1, Math.sqrt(MAX_AREA / (width * height)));

const scaled = (lines: readonly TextLine[], by: number): readonly TextLine[] =>
  lines.map(({ words }) => ({
    words: words.map(({ text, x, y, width, height }) => ({
      text,
      x: x * by,
      y: y * by,
      width: width * by,
      height: height * by,
    })),
  }));

/** The pages of a document as pictures: as scanned, or drawn from the PDF or picture. */
export const pagesOf = async (source: Source): Promise<readonly PaperPage[]> => {
  if (source.kind === 'pages') return source.pages;
  if (source.kind === 'picture') {
    const { data, info } = await openPicture(source.bytes)
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 90 })
      .toBuffer({ resolveWithObject: true });
    const dpi = dpiOfPage(info);
    return [
      { jpeg: new Uint8Array(data), width: info.width, height: info.height, dpi, colour: info.channels > 1, lines: [] },
    ];
  }
  const pdf = await openPdf(source.bytes);
  try {
    if (pdf.pages > MAX_PAGES) throw new DecoderRefusal('too-large');
    const pages: PaperPage[] = [];
    for (let number = 1; number <= pdf.pages; number += 1) {
      const scale = shrinkToA3(await pdf.size(number));
      const drawn = await drawJpeg(pdf, number, (scale * PAGE_DPI) / 72, 90);
      pages.push({ ...drawn, dpi: PAGE_DPI, colour: true, lines: scaled(await pdf.lines(number), scale) });
    }
    return pages;
  } finally {
    await pdf.close();
  }
};

export const documentHandlers: HandlersOf<DocumentOperations> = {
  inspect: (file) => inspectFile(file, { pdf: inspectPdf, picture: inspectPicture }),
  async words({ text, of }) {
    // Imported only when needed, because they load the sentences of the catalogue.
    const words =
      of === 'table'
        ? (await import('../conversions/table-words.ts')).tableWords(text)
        : await (await import('../conversions/calendar-words.ts')).calendarWords(text);
    if (words === undefined || words === '') throw new DecoderRefusal('damaged');
    return words;
  },
  async draw({ source, page, widthPx, form }) {
    if (source.kind === 'pdf') {
      const pdf = await openPdf(source.bytes);
      try {
        if (page < 1 || page > pdf.pages) throw new DecoderRefusal('no-page');
        if (form) pdf.hide(fieldsOf(await pdf.widgets()).flatMap(({ widgets }) => widgets));
        const scale = widthPx / (await pdf.size(page)).width;
        return (await drawJpeg(pdf, page, scale, 84, form ? 'form' : 'display')).jpeg;
      } finally {
        await pdf.close();
      }
    }
    const bytes = source.kind === 'pages' ? source.pages[page - 1]?.jpeg : source.bytes;
    if (!bytes) throw new DecoderRefusal('no-page');
    return new Uint8Array(
      await openPicture(bytes)
        .autoOrient()
        .flatten({ background: '#ffffff' })
        .resize({ width: widthPx, withoutEnlargement: true })
        .jpeg({ quality: 84 })
        .toBuffer(),
    );
  },
  async form({ bytes }) {
    const pdf = await openPdf(bytes);
    try {
      const pages: { width: number; height: number }[] = [];
      for (let number = 1; number <= pdf.pages; number += 1) pages.push(await pdf.size(number));
      const widgets = await withLabels(bytes, await pdf.widgets());
      return { pages, fields: fieldsOf(widgets).map(({ field }) => field) };
    } finally {
      await pdf.close();
    }
  },
  async fillForm({ bytes, changes }) {
    const pdf = await openPdf(bytes);
    try {
      return await fillForm(bytes, fieldsOf(await pdf.widgets()), changes);
    } catch (cause) {
      throw cause instanceof DecoderRefusal ? cause : new DecoderRefusal('damaged', { cause });
    } finally {
      await pdf.close();
    }
  },
  async makePaper({ pages, title, dateMs }) {
    const pdf = await makePdf(await packAll(pages, qualityLadder[0]!), {
      title,
      language: 'fr-FR',
      date: new Date(dateMs),
    });
    return { pdf, thumb: await thumbOf(pages[0]?.jpeg ?? new Uint8Array()) };
  },
  async fit({ source, ...ask }) {
    return fitPages(await pagesOf(source), ask);
  },
  async watermark({ source, words, font }) {
    const burnt: PaperPage[] = [];
    for (const page of await pagesOf(source)) burnt.push(await burnWatermark(page, words, font));
    return burnt;
  },
};

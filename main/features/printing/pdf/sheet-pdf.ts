/**
 * Lays out a sheet: large type, one idea per line, boxes to tick with a pen, page numbers when there are several pages.
 */
import { PDFDocument, rgb, type PDFFont, type PDFPage } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import { A4 } from '../../../pdf/a4.ts';
import { facesOf, wrap } from '../../../pdf/text-layout.ts';
import type { Typeface } from '../../../pdf/typeface.ts';
import type { Sheet } from './sheet.ts';

const MARGIN = 57; // 2 cm
const TEXT = 14;
const HEADING = 17;
const TITLE = 26;
const FOOT = 10;
const LEADING = 1.45;
const INK = rgb(0.08, 0.13, 0.24);
const RULE = rgb(0.75, 0.72, 0.66);
const BOX = 15;

/** Scales of text and pictures, the largest first. Pictures shrink before text does, so that the type stays large. */
const SCALES = [
  { words: 1.3, pictures: 1.3 },
  { words: 1.2, pictures: 1.2 },
  { words: 1.1, pictures: 1.1 },
  { words: 1, pictures: 1 },
  { words: 1, pictures: 0.85 },
  { words: 1, pictures: 0.7 },
  { words: 0.9, pictures: 0.6 },
  { words: 0.78, pictures: 0.6 },
] as const;
const UNSCALED = { words: 1, pictures: 1 };

export const sheetToPdf = async (sheet: Sheet, fonts: Typeface | undefined): Promise<Uint8Array> => {
  const pictures = await drawPictures(sheet);
  for (const scale of sheet.onePage ? SCALES : [UNSCALED]) {
    const laid = await layOut(sheet, fonts, pictures, scale);
    if (laid.pages === 1 || !sheet.onePage || scale === SCALES.at(-1)) return laid.pdf.save();
  }
  throw new Error('no scale'); // unreachable: the last scale always returns
};

/** Width of a picture in dots: at least 300 an inch on paper. */
const PICTURE_DOTS = 600;
const PICTURE = { width: 104, height: 78 };

/** Pictures use theme colours, as in `var(--blue, #1d4e89)`. On paper, use the fallback after the comma. */
const onPaper = (svg: string): string => svg.replace(/var\(--[\w-]+,\s*([^()]+)\)/g, '$1');

/** The drawn pictures, keyed by SVG: many of our tutorials show the same picture twice. */
const drawPictures = async (sheet: Sheet): Promise<ReadonlyMap<string, Uint8Array>> => {
  const svgs = sheet.sections.flatMap((section) =>
    section.kind === 'pictures' ? section.items.flatMap(({ svg }) => svg ?? []) : [],
  );
  const drawn = await Promise.all(
    [...new Set(svgs)].map(async (svg) => {
      const png = await sharp(Buffer.from(onPaper(svg)), { density: 150 })
        .resize({ width: PICTURE_DOTS })
        .flatten({ background: '#ffffff' })
        .png()
        .toBuffer();
      return [svg, new Uint8Array(png)] as const;
    }),
  );
  return new Map(drawn);
};

const layOut = async (
  sheet: Sheet,
  fonts: Typeface | undefined,
  pictures: ReadonlyMap<string, Uint8Array>,
  scale: { readonly words: number; readonly pictures: number },
): Promise<{ readonly pdf: PDFDocument; readonly pages: number }> => {
  const [text, heading, title] = [TEXT * scale.words, HEADING * scale.words, TITLE * scale.words];
  const pdf = await PDFDocument.create({ updateMetadata: false });
  const faces = await facesOf(pdf, fonts);
  const pages: PDFPage[] = [];
  let y = 0;
  const newPage = (): PDFPage => {
    const page = pdf.addPage([A4.width, A4.height]);
    pages.push(page);
    y = A4.height - MARGIN;
    return page;
  };
  let page = newPage();
  const need = (height: number): void => {
    if (y - height < MARGIN + 2 * FOOT) page = newPage();
  };
  const write = (text: string, font: PDFFont, size: number, indent = 0): void => {
    for (const line of wrap(faces.clean(text), A4.width - 2 * MARGIN - indent, (part) =>
      font.widthOfTextAtSize(part, size),
    )) {
      need(size * LEADING);
      y -= size * LEADING;
      page.drawText(line, { x: MARGIN + indent, y, size, font, color: INK });
    }
  };

  /** One step: its picture and its number, with the text centred vertically beside them. */
  const writeBeside = async (item: { readonly text: string; readonly svg: string | null }, number: number) => {
    const [width, height] = [PICTURE.width * scale.pictures, PICTURE.height * scale.pictures];
    const indent = width + 20;
    const size = text * 1.25;
    const lines = wrap(faces.clean(item.text), A4.width - 2 * MARGIN - indent - 26, (part) =>
      faces.regular.widthOfTextAtSize(part, size),
    );
    const tall = Math.max(height, lines.length * size * LEADING);
    need(tall);
    const png = item.svg === null ? undefined : pictures.get(item.svg);
    if (png) {
      const image = await pdf.embedPng(png);
      const { width: w, height: h } = image.scaleToFit(width, height);
      page.drawImage(image, { x: MARGIN + (width - w) / 2, y: y - tall / 2 - h / 2, width: w, height: h });
    }
    const top = y - (tall - lines.length * size * LEADING) / 2;
    page.drawText(`${number}`, { x: MARGIN + indent, y: top - size * 1.1, size, font: faces.bold, color: INK });
    for (const [at, line] of lines.entries()) {
      const baseline = top - size * 1.1 - at * size * LEADING;
      page.drawText(line, { x: MARGIN + indent + 26, y: baseline, size, font: faces.regular, color: INK });
    }
    y -= tall + 8 * scale.pictures;
  };

  write(sheet.title, faces.bold, title);
  if (sheet.sentence !== undefined) {
    y -= 6;
    write(sheet.sentence, faces.regular, text);
  }
  y -= 10;
  page.drawLine({ start: { x: MARGIN, y }, end: { x: A4.width - MARGIN, y }, thickness: 1, color: RULE });
  for (const section of sheet.sections) {
    y -= 16;
    if (section.heading !== undefined) {
      need(heading * LEADING + text * LEADING * 2);
      write(section.heading, faces.bold, heading);
      y -= 6;
    }
    if (section.kind === 'text') {
      for (const paragraph of section.paragraphs) {
        write(paragraph, faces.regular, text);
        y -= 6;
      }
      continue;
    }
    if (section.kind === 'pictures') {
      for (const [index, item] of section.items.entries()) await writeBeside(item, index + 1);
      continue;
    }
    for (const [index, item] of section.items.entries()) {
      need(text * LEADING + 8);
      const baseline = y - text * LEADING;
      if (section.kind === 'checklist') {
        page.drawRectangle({ x: MARGIN, y: baseline - 3, width: BOX, height: BOX, borderWidth: 1.2, borderColor: INK });
      } else {
        page.drawText(`${index + 1}.`, { x: MARGIN, y: baseline, size: text, font: faces.bold, color: INK });
      }
      write(item, faces.regular, text, 28);
      y -= 8;
    }
  }
  for (const [index, each] of pages.entries()) {
    const foot = [sheet.footer ?? '', pages.length > 1 ? `Page ${index + 1} sur ${pages.length}` : '']
      .filter(Boolean)
      .join(' · ');
    each.drawText(faces.clean(foot), { x: MARGIN, y: MARGIN - FOOT, size: FOOT, font: faces.regular, color: INK });
  }
  return { pdf, pages: pages.length };
};

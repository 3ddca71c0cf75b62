/** Lays a sheet out: large type, one idea a line, boxes that a pen can tick, pages numbered when there are several. */
import { PDFDocument, rgb, type PDFFont, type PDFPage } from '@cantoo/pdf-lib';
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

export const sheetToPdf = async (sheet: Sheet, fonts: Typeface | undefined): Promise<Uint8Array> => {
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

  write(sheet.title, faces.bold, TITLE);
  if (sheet.sentence !== undefined) {
    y -= 6;
    write(sheet.sentence, faces.regular, TEXT);
  }
  y -= 10;
  page.drawLine({ start: { x: MARGIN, y }, end: { x: A4.width - MARGIN, y }, thickness: 1, color: RULE });
  for (const section of sheet.sections) {
    y -= 16;
    if (section.heading !== undefined) {
      need(HEADING * LEADING + TEXT * LEADING * 2);
      write(section.heading, faces.bold, HEADING);
      y -= 6;
    }
    if (section.kind === 'text') {
      for (const paragraph of section.paragraphs) {
        write(paragraph, faces.regular, TEXT);
        y -= 6;
      }
      continue;
    }
    for (const [index, item] of section.items.entries()) {
      need(TEXT * LEADING + 8);
      const baseline = y - TEXT * LEADING;
      if (section.kind === 'checklist') {
        page.drawRectangle({ x: MARGIN, y: baseline - 3, width: BOX, height: BOX, borderWidth: 1.2, borderColor: INK });
      } else {
        page.drawText(`${index + 1}.`, { x: MARGIN, y: baseline, size: TEXT, font: faces.bold, color: INK });
      }
      write(item, faces.regular, TEXT, 28);
      y -= 8;
    }
  }
  for (const [index, each] of pages.entries()) {
    const foot = [sheet.footer ?? '', pages.length > 1 ? `Page ${index + 1} sur ${pages.length}` : '']
      .filter(Boolean)
      .join(' · ');
    each.drawText(faces.clean(foot), { x: MARGIN, y: MARGIN - FOOT, size: FOOT, font: faces.regular, color: INK });
  }
  return pdf.save();
};

/**
 * Lays out a place's ticket: A5 landscape, on the upper half of an A4 sheet, which every printer has, with a line to
 * fold or cut along. A ticket that does not fit uses the whole sheet rather than small type.
 */
import { PDFDocument, rgb, type PDFFont, type PDFPage } from '@cantoo/pdf-lib';
import { encode } from 'uqr';
import { A4 } from '../../../pdf/a4.ts';
import { facesOf, wrap, type Faces } from '../../../pdf/text-layout.ts';
import type { Typeface } from '../../../pdf/typeface.ts';
import type { Ticket } from './sheet.ts';
import { drawTicketMap } from './ticket-map.ts';

const MARGIN = 34;
const GAP = 22;
const ASIDE = 178;
const HALF = A4.height / 2;
const LEADING = 1.32;
const INK = rgb(0.08, 0.13, 0.24);
const SOFT = rgb(0.75, 0.72, 0.66);
const FOOT = 8.5;
/** Scales of the text; a smaller one would no longer be large type. */
const SIZES = [1, 0.92, 0.85] as const;

interface Line {
  readonly text: string;
  readonly font: PDFFont;
  readonly size: number;
  readonly before: number;
}

const linesOf = (ticket: Ticket, faces: Faces, scale: number, width: number): readonly Line[] => {
  const lines: Line[] = [];
  const add = (text: string, font: PDFFont, points: number, before: number): void => {
    const size = points * scale;
    const wrapped = wrap(faces.clean(text), width, (part) => font.widthOfTextAtSize(part, size));
    lines.push(...wrapped.map((one, at) => ({ text: one, font, size, before: at === 0 ? before * scale : 0 })));
  };
  add(ticket.title, faces.bold, 21, 0);
  ticket.address.forEach((text, at) => add(text, faces.regular, 14, at === 0 ? 4 : 0));
  if (ticket.phone !== null) add(ticket.phone, faces.bold, 30, 6);
  for (const { heading, lines: own } of ticket.sections) {
    add(heading, faces.bold, 14, 9);
    for (const text of own) add(text, faces.regular, 14, 0);
  }
  return lines;
};

const heightOf = (lines: readonly Line[]): number =>
  lines.reduce((sum, { size, before }) => sum + before + size * LEADING, 0);

export const ticketToPdf = async (ticket: Ticket, fonts: Typeface | undefined): Promise<Uint8Array> => {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  const faces = await facesOf(pdf, fonts);
  const page = pdf.addPage([A4.width, A4.height]);
  const aside = ticket.map !== undefined || ticket.code !== undefined;
  const width = A4.width - 2 * MARGIN - (aside ? ASIDE + GAP : 0);
  const room = HALF - 2 * MARGIN - 2 * FOOT;
  const tried = SIZES.map((scale) => linesOf(ticket, faces, scale, width));
  const fitting = tried.find((lines) => heightOf(lines) <= room);
  let y = A4.height - MARGIN;
  for (const { text, font, size, before } of fitting ?? tried[0] ?? []) {
    y -= before + size * LEADING;
    page.drawText(text, { x: MARGIN, y, size, font, color: INK });
  }
  const bottom = fitting ? HALF : 0;
  if (aside) drawAside(page, faces, ticket, bottom === 0 ? A4.height - HALF : HALF);
  const foot = wrap(faces.clean(ticket.footer), A4.width - 2 * MARGIN, (part) =>
    faces.regular.widthOfTextAtSize(part, FOOT),
  );
  foot.slice(0, 2).forEach((text, at) =>
    page.drawText(text, {
      x: MARGIN,
      y: bottom + MARGIN - FOOT * 1.3 * at,
      size: FOOT,
      font: faces.regular,
      color: INK,
    }),
  );
  if (fitting) foldLine(page, faces, ticket.foldHere);
  return pdf.save();
};

const foldLine = (page: PDFPage, faces: Faces, words: string): void => {
  page.drawLine({
    start: { x: 0, y: HALF },
    end: { x: A4.width, y: HALF },
    thickness: 0.8,
    color: SOFT,
    dashArray: [3, 4],
  });
  page.drawText(faces.clean(words), {
    x: MARGIN,
    y: HALF - 14,
    size: 9,
    font: faces.regular,
    color: INK,
  });
};

/** The map, and below it the QR code. */
const drawAside = (page: PDFPage, faces: Faces, { map, code }: Ticket, bottom: number): void => {
  const x = A4.width - MARGIN - ASIDE;
  let y = A4.height - MARGIN;
  if (map) y -= drawTicketMap(page, faces, map, { x, y, width: ASIDE, height: code ? 168 : 300 }) + 12;
  if (code) drawCode(page, faces, code, x, Math.min(y, bottom + MARGIN + 140));
};

const CODE = 104;
/** Overlap between rows: on some printers, rows that merely touch show a white line between them. */
const HAIR = 0.06;

const drawCode = (page: PDFPage, faces: Faces, code: NonNullable<Ticket['code']>, x: number, y: number): void => {
  // Error correction `M`: the code stays readable with a fold or a raindrop on it.
  const { data, size } = encode(code.content, { ecc: 'M', border: 0 });
  const module = CODE / size;
  const left = x + (ASIDE - CODE) / 2;
  for (const [row, cells] of data.entries()) {
    for (let column = 0; column < size;) {
      let until = column;
      while (until < size && cells[until] === true) until += 1;
      if (until > column) {
        page.drawRectangle({
          x: left + column * module,
          y: y - (row + 1) * module - HAIR,
          width: (until - column) * module,
          height: module + HAIR,
          color: rgb(0, 0, 0),
        });
      }
      column = until + 1;
    }
  }
  const width = faces.regular.widthOfTextAtSize(faces.clean(code.caption), 9);
  page.drawText(faces.clean(code.caption), {
    x: x + (ASIDE - width) / 2,
    y: y - CODE - 13,
    size: 9,
    font: faces.regular,
    color: INK,
  });
};

/** Draws pages for the preview and for printers that do not read PDF. Runs in the PDF decoder only. */
import type { Canvas } from '@napi-rs/canvas';
import { openPdf as openDocument, type OpenedPdf } from '../../../pdf/open-pdf.ts';
import { PdfProblemError } from './problem.ts';
import type { Size } from './protocol.ts';

export type OpenPdf = OpenedPdf;

export const openPdf = (bytes: Uint8Array): Promise<OpenPdf> =>
  openDocument(bytes, (why, cause) => new PdfProblemError(why === 'locked' ? 'encrypted' : why, cause));

/** One page, `width` dots wide, in reading orientation. */
export const drawPage = async (pdf: OpenPdf, number: number, width: number): Promise<Canvas> => {
  const page = await pdf.document.getPage(number);
  const base = page.getViewport({ scale: 1 });
  const scale = width / base.width;
  const height = Math.max(1, Math.round(base.height * scale));
  return pdf.draw(page, page.getViewport({ scale }), { width, height }, 'print');
};

/** One page that fills a portrait sheet exactly; a landscape page is rotated. */
export const drawSheet = async (pdf: OpenPdf, number: number, size: Size): Promise<Canvas> => {
  const page = await pdf.document.getPage(number);
  const base = page.getViewport({ scale: 1 });
  const turn = base.width > base.height ? 90 : 0;
  const rotation = (page.rotate + turn) % 360;
  const turned = page.getViewport({ scale: 1, rotation });
  const scale = Math.min(size.width / turned.width, size.height / turned.height);
  const viewport = page.getViewport({
    scale,
    rotation,
    offsetX: (size.width - turned.width * scale) / 2,
    offsetY: (size.height - turned.height * scale) / 2,
  });
  return pdf.draw(page, viewport, size, 'print');
};

/** The canvas's own memory, four bytes per dot. */
const rgba = (canvas: Canvas): Uint8Array => canvas.data();

export const toRgb = (canvas: Canvas): Uint8Array => {
  const from = rgba(canvas);
  const to = new Uint8Array((from.length / 4) * 3);
  for (let at = 0, out = 0; at < from.length; at += 4, out += 3) {
    to[out] = from[at] ?? 255;
    to[out + 1] = from[at + 1] ?? 255;
    to[out + 2] = from[at + 2] ?? 255;
  }
  return to;
};

/** The faintest pencil mark of a scan is below this; paper white is above. */
const WHITE_FROM = 246;

export const isBlank = (canvas: Canvas): boolean => {
  const dots = rgba(canvas);
  for (let at = 0; at < dots.length; at += 4) {
    if ((dots[at] ?? 255) < WHITE_FROM || (dots[at + 1] ?? 255) < WHITE_FROM || (dots[at + 2] ?? 255) < WHITE_FROM)
      return false;
  }
  return true;
};

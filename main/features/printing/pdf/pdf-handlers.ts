/** How the PDF decoder answers each of its operations. It keeps a few documents open. */
import type { HandlersOf } from '../../../platform/decoders/client.ts';
import { prepare, select } from './prepare-pdf.ts';
import { PdfProblemError } from './problem.ts';
import type { PdfOperations } from './protocol.ts';
import { sheetToPdf } from './sheet-pdf.ts';
import { ticketToPdf } from './ticket-pdf.ts';
import { drawPage, drawSheet, isBlank, openPdf, toRgb, type OpenPdf } from './view-pdf.ts';

/** The shown document, the one being printed, and one more. */
const MAX_OPEN = 3;
/** Drawing width for the blank test: enough that one thin line of text is still darker than paper. */
const BLANK_WIDTH = 300;

export type PdfHandlers = HandlersOf<PdfOperations>;

export const createPdfHandlers = (): PdfHandlers => {
  const opened = new Map<string, Promise<OpenPdf>>();
  const close = async (key: string): Promise<void> => {
    const pdf = opened.get(key);
    opened.delete(key);
    await (await pdf?.catch(() => undefined))?.close(); // `open` already reported the error
  };
  const at = async (key: string): Promise<OpenPdf> => {
    const pdf = opened.get(key);
    if (pdf === undefined) throw new PdfProblemError('not-open');
    return pdf;
  };
  return {
    prepare: ({ bytes }) => prepare(bytes),
    sheet: async ({ sheet, fonts }) =>
      prepare(await ('kind' in sheet ? ticketToPdf(sheet, fonts) : sheetToPdf(sheet, fonts))),
    select: ({ pdf, pages }) => select(pdf, pages),
    open: async ({ key, pdf }) => {
      const oldest = opened.size >= MAX_OPEN ? [...opened.keys()][0] : undefined;
      if (oldest !== undefined) await close(oldest);
      opened.set(key, openPdf(pdf));
      await opened.get(key);
      return null;
    },
    close: async ({ key }) => {
      await close(key);
      return null;
    },
    png: async ({ key, page, width }) => {
      const canvas = await drawPage(await at(key), page, width);
      return { png: await canvas.encode('png'), blank: isBlank(canvas) };
    },
    blank: async ({ key, page }) => isBlank(await drawPage(await at(key), page, BLANK_WIDTH)),
    rgb: async ({ key, page, size }) => toRgb(await drawSheet(await at(key), page, size)),
    jpeg: async ({ key, page, size }) => (await drawSheet(await at(key), page, size)).encode('jpeg', 90),
  };
};

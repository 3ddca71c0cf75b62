/** Rasterises pages for printers that do not read PDF: the PDF decoder behind the `PageRaster` port of `devices/`. */
import { createHash } from 'node:crypto';
import type { PageRaster } from '../../../devices/printer.ts';
import type { PdfDecoder } from './decoder-client.ts';
import type { Size } from './protocol.ts';

/** The last printed document, kept from one page to the next. */
export interface HeldDocument {
  readonly isHeld: () => boolean;
  /** Forgets it here; the decoder's own copy ends with the decoder. */
  clear(): void;
}

export const rasterOf = (pdfDecoder: PdfDecoder): PageRaster & HeldDocument => {
  /** The document that the decoder has open for printing, replaced by the next one. */
  let held: { readonly pdf: Uint8Array; readonly key: string } | undefined;
  const keyOf = async (pdf: Uint8Array): Promise<string> => {
    if (held?.pdf === pdf) return held.key;
    const key = `print-${createHash('sha256').update(pdf).digest('hex').slice(0, 16)}`;
    if (held !== undefined) await pdfDecoder.ask('close', { key: held.key });
    const opened = await pdfDecoder.ask('open', { key, pdf: pdf.slice() });
    if (!opened.ok) throw new Error(`the document to print can't be read: ${opened.error}`);
    held = { pdf, key };
    return key;
  };
  const draw =
    (operation: 'rgb' | 'jpeg') =>
    async (pdf: Uint8Array, page: number, size: Size): Promise<Uint8Array> => {
      let drawn = await pdfDecoder.ask(operation, { key: await keyOf(pdf), page, size });
      if (!drawn.ok && drawn.error === 'not-open') {
        held = undefined;
        drawn = await pdfDecoder.ask(operation, { key: await keyOf(pdf), page, size });
      }
      if (!drawn.ok) throw new Error(`page ${page} can't be drawn: ${drawn.error}`);
      return drawn.value;
    };
  return {
    rgb: draw('rgb'),
    jpeg: draw('jpeg'),
    isHeld: () => held !== undefined,
    clear: () => void (held = undefined),
  };
};

/** Page pictures for the screens, rendered by the product's PDF code from a made-up attestation. */
import { PDFDocument, rgb, StandardFonts } from '@cantoo/pdf-lib';
import { createPdfHandlers, type PdfHandlers } from '../../../main/features/printing/pdf/pdf-handlers.ts';

const attestation = async (): Promise<Uint8Array> => {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  const bold = await pdf.embedFont(StandardFonts.HelveticaBold);
  for (let number = 1; number <= 4; number += 1) {
    const lying = number === 3;
    const page = pdf.addPage(lying ? [841.89, 595.28] : [595.28, 841.89]);
    if (number === 4) continue;
    const top = page.getHeight();
    page.drawRectangle({ x: 50, y: top - 90, width: 90, height: 40, color: rgb(0.11, 0.31, 0.54) });
    page.drawText(lying ? 'Détail des versements' : 'Attestation de paiement', {
      x: 50,
      y: top - 150,
      size: 24,
      font: bold,
    });
    const lines = Math.floor((top - 260) / 20);
    for (let line = 0; line < lines; line += 1) {
      page.drawText('Nous attestons que les prestations suivantes ont été versées.', {
        x: 50,
        y: top - 200 - line * 20,
        size: 12,
        font,
      });
    }
  }
  return pdf.save();
};

let handlers: Promise<PdfHandlers> | undefined;

const openHandlers = async (): Promise<PdfHandlers> => {
  const opened = createPdfHandlers();
  const { pdf } = await opened.prepare({ bytes: await attestation() });
  await opened.open({ key: 'sample', pdf });
  return opened;
};

export const samplePicture = async (page: number, width: number): Promise<Uint8Array> => {
  const { png } = await (handlers ??= openHandlers());
  return (await png({ key: 'sample', page: ((page - 1) % 4) + 1, width })).png;
};

/** Generates PDFs for tests. Every page has words that `pdftotext` can find again. */
import { randomFillSync } from 'node:crypto';
import { degrees, PDFDocument, PDFName, PDFString, StandardFonts } from '@cantoo/pdf-lib';
import sharp from 'sharp';

export const SIZES = {
  a4: [595.28, 841.89],
  a3: [841.89, 1190.55],
  a5: [419.53, 595.28],
  letter: [612, 792],
  landscape: [841.89, 595.28],
} as const;

export const samplePdf = async (
  pages: readonly (keyof typeof SIZES | 'blank')[] | number,
  options: { script?: boolean; turned?: number } = {},
): Promise<Uint8Array> => {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  const list = typeof pages === 'number' ? Array.from({ length: pages }, () => 'a4' as const) : pages;
  for (const [index, size] of list.entries()) {
    const page = pdf.addPage([...SIZES[size === 'blank' ? 'a4' : size]]);
    if (size === 'blank') continue;
    page.drawText(`Attestation page ${index + 1}`, { x: 60, y: page.getHeight() - 100, size: 24, font });
    for (let line = 0; line < 20; line += 1) {
      page.drawText(`Le centre atteste que la personne est venue, ligne ${line + 1}.`, {
        x: 60,
        y: page.getHeight() - 160 - line * 14,
        size: 10,
        font,
      });
    }
    if (options.turned !== undefined) page.setRotation(degrees(options.turned));
  }
  if (options.script === true) {
    pdf.addJavaScript('hello', 'app.alert("bonjour")');
    pdf.catalog.set(
      PDFName.of('OpenAction'),
      pdf.context.obj({ S: PDFName.of('JavaScript'), JS: PDFString.of('this.print()') }),
    );
  }
  return pdf.save();
};

export const encryptedPdf = async (): Promise<Uint8Array> => {
  const pdf = await PDFDocument.create();
  pdf.addPage();
  pdf.encrypt({ userPassword: 'secret', ownerPassword: 'secret' });
  return pdf.save({ useObjectStreams: false });
};

/** An XFA form, which only its publisher's program can display. */
export const xfaPdf = async (): Promise<Uint8Array> => {
  const pdf = await PDFDocument.create();
  pdf.addPage().drawText('Please wait...');
  pdf.catalog.set(
    PDFName.of('AcroForm'),
    pdf.context.obj({
      Fields: [],
      XFA: pdf.context.register(pdf.context.stream('<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"/>')),
    }),
  );
  return pdf.save();
};

/** A picture of more than 50 MB: noise, which does not compress. */
export const heavyPicture = (): Promise<Buffer> =>
  sharp(randomFillSync(Buffer.alloc(4200 * 4000 * 3)), { raw: { width: 4200, height: 4000, channels: 3 } })
    .png({ compressionLevel: 0 })
    .toBuffer();

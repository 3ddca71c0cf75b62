/** Puts a picture on an A4 page, the right way up, at no more than the resolution that paper can show. */
import { PDFDocument } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import { A4 } from '../../../pdf/a4.ts';
import { PdfProblemError } from './problem.ts';

const MARGIN_PT = 28;
const DPI = 250;
/** A small picture is not enlarged below 100 dots an inch, where it would look broken. */
const MAX_PT_PER_DOT = 72 / 100;
/** Above any camera, below a decompression bomb such as "60000 × 60000". */
const MAX_DOTS = 300_000_000;

export const imageToPdf = async (bytes: Uint8Array): Promise<Uint8Array> => {
  const roomPt = { long: A4.height - 2 * MARGIN_PT, short: A4.width - 2 * MARGIN_PT };
  const dots = (pt: number): number => Math.round((pt / 72) * DPI);
  let jpeg: Buffer;
  let size: { width: number; height: number };
  try {
    const turned = sharp(bytes, { limitInputPixels: MAX_DOTS, failOn: 'error', pages: 1 }).autoOrient();
    const { autoOrient } = await sharp(bytes, { limitInputPixels: MAX_DOTS }).metadata();
    const isLandscape = autoOrient.width > autoOrient.height;
    const { data, info } = await turned
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .resize({
        width: dots(isLandscape ? roomPt.long : roomPt.short),
        height: dots(isLandscape ? roomPt.short : roomPt.long),
        fit: 'inside',
        withoutEnlargement: true,
      })
      .jpeg({ quality: 88 })
      .toBuffer({ resolveWithObject: true });
    jpeg = data;
    size = { width: info.width, height: info.height };
  } catch (cause) {
    const tooBig = cause instanceof Error && cause.message.includes('pixel limit');
    throw new PdfProblemError(tooBig ? 'too-large' : 'damaged', cause);
  }
  const isLandscape = size.width > size.height;
  const sheet = isLandscape ? { width: A4.height, height: A4.width } : A4;
  const room = { width: sheet.width - 2 * MARGIN_PT, height: sheet.height - 2 * MARGIN_PT };
  const scale = Math.min(room.width / size.width, room.height / size.height, MAX_PT_PER_DOT);
  const pdf = await PDFDocument.create({ updateMetadata: false });
  const image = await pdf.embedJpg(jpeg);
  pdf.addPage([sheet.width, sheet.height]).drawImage(image, {
    x: (sheet.width - size.width * scale) / 2,
    y: (sheet.height - size.height * scale) / 2,
    width: size.width * scale,
    height: size.height * scale,
  });
  return pdf.save();
};

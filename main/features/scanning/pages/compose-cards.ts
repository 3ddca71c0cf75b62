/**
 * Puts both sides of a card on one A4 page, one above the other, at true size (85.6 × 54 mm), as public services ask.
 */
import sharp from 'sharp';
import { A4_MM } from '../../../pdf/a4.ts';
import type { PageOperations } from './operations.ts';

const DPI = 300;
const MM = DPI / 25.4;
const A4 = { width: Math.round(A4_MM.widthMm * MM), height: Math.round(A4_MM.heightMm * MM) };
const GAP_MM = 18;
const TOP_MM = 50;
const READING_DPI = 200;

export const composeCards = async ({
  cards,
}: Parameters<PageOperations['composeCards']>[0]): Promise<ReturnType<PageOperations['composeCards']>> => {
  let top = TOP_MM * MM;
  const layers: { input: Buffer; left: number; top: number }[] = [];
  for (const card of cards) {
    const width = Math.round((card.width / card.dpi) * DPI);
    const height = Math.round((card.height / card.dpi) * DPI);
    layers.push({
      input: await sharp(card.jpeg).resize({ width, height, fit: 'fill' }).png({ compressionLevel: 1 }).toBuffer(),
      left: Math.round((A4.width - width) / 2),
      top: Math.round(top),
    });
    top += height + GAP_MM * MM;
  }
  const sheet = await sharp({ create: { ...A4, channels: 3, background: '#ffffff' } })
    .composite(layers)
    .jpeg({ quality: 88, chromaSubsampling: '4:4:4' })
    .toBuffer();
  const reading = await sharp(sheet)
    .toColourspace('b-w')
    .resize({ width: Math.round((A4.width * READING_DPI) / DPI) })
    .png({ compressionLevel: 1 })
    .toBuffer();
  return { jpeg: new Uint8Array(sheet), ...A4, dpi: DPI, reading: new Uint8Array(reading), readingDpi: READING_DPI };
};

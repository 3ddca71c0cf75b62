/** "Copie pour la Caf – 25/11/2026" burnt across the page: it can't be taken off, and the paper is of no use elsewhere. */
import sharp from 'sharp';
import type { PaperPage } from './operations.ts';

const escapeXml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

export const watermarkSvg = (width: number, height: number, dpi: number, words: string): string => {
  const size = dpi * 0.2;
  const stepX = Math.max(words.length * size * 0.62, width * 0.3);
  const stepY = dpi * 0.95;
  const reach = Math.hypot(width, height);
  const texts: string[] = [];
  for (let row = 0, y = -reach; y < reach; y += stepY, row += 1)
    for (let x = -reach - (row % 2) * (stepX / 2); x < reach; x += stepX)
      texts.push(`<text x="${Math.round(x)}" y="${Math.round(y)}">${escapeXml(words)}</text>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><g transform="translate(${width / 2} ${height / 2}) rotate(-28)" font-family="Nimbus Sans, DejaVu Sans, Arial, sans-serif" font-weight="bold" font-size="${size}" fill="#1d4e89" fill-opacity="0.34">${texts.join('')}</g></svg>`;
};

export const burnWatermark = async (page: PaperPage, words: string): Promise<PaperPage> => {
  const jpeg = await sharp(page.jpeg)
    .toColourspace('srgb')
    .composite([{ input: Buffer.from(watermarkSvg(page.width, page.height, page.dpi, words)) }])
    .jpeg({ quality: 82 })
    .toBuffer();
  return { ...page, jpeg: new Uint8Array(jpeg), colour: true };
};

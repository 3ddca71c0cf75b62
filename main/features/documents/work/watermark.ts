/**
 * Draws "Copie pour la Caf – 25/11/2026" across the page. It becomes part of the picture and cannot be removed, so the
 * copy is of no use elsewhere. The letters are drawn as outlines of our own typeface: the renderer may have no font at
 * all (sharp in WebAssembly) and silently drops letters that it cannot draw.
 */
import fontkit from '@cantoo/fontkit';
import sharp from 'sharp';
import type { PaperPage } from './operations.ts';

/** The parts of a font that we use; the library's own types omit the outlines. */
interface Face {
  readonly unitsPerEm: number;
  hasGlyphForCodePoint(codePoint: number): boolean;
  layout(text: string): {
    readonly advanceWidth: number;
    readonly glyphs: readonly { readonly path: { toSVG(): string } }[];
    readonly positions: readonly { readonly xAdvance: number; readonly xOffset: number; readonly yOffset: number }[];
  };
}

const WORD = 'words';

/** The words as one shape on a baseline, at font size `size` in pixels, and their length. */
const outline = (face: Face, words: string, size: number): { readonly shape: string; readonly length: number } => {
  const known = [...words].filter((letter) => face.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0)).join('');
  const { glyphs, positions, advanceWidth } = face.layout(known);
  const scale = size / face.unitsPerEm;
  let x = 0;
  const letters = glyphs.map((glyph, at) => {
    const { xAdvance = 0, xOffset = 0, yOffset = 0 } = positions[at] ?? {};
    const letter = `<path transform="translate(${x + xOffset} ${yOffset})" d="${glyph.path.toSVG()}"/>`;
    x += xAdvance;
    return letter;
  });
  // The y axis of a font points up.
  return {
    shape: `<g id="${WORD}" transform="scale(${scale} ${-scale})">${letters.join('')}</g>`,
    length: advanceWidth * scale,
  };
};

export const watermarkSvg = (width: number, height: number, dpi: number, words: string, font: Uint8Array): string => {
  const size = dpi * 0.2;
  const { shape, length } = outline(fontkit.create(font) as unknown as Face, words, size);
  if (length === 0) throw new Error('nothing of the words can be written');
  const stepX = Math.max(length + size, width * 0.3);
  const stepY = dpi * 0.95;
  const reach = Math.hypot(width, height);
  const uses: string[] = [];
  for (let row = 0, y = -reach; y < reach; y += stepY, row += 1)
    for (let x = -reach - (row % 2) * (stepX / 2); x < reach; x += stepX)
      uses.push(`<use href="#${WORD}" transform="translate(${Math.round(x)} ${Math.round(y)})"/>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs>${shape}</defs><g transform="translate(${width / 2} ${height / 2}) rotate(-28)" fill="#1d4e89" fill-opacity="0.34">${uses.join('')}</g></svg>`;
};

export const burnWatermark = async (page: PaperPage, words: string, font: Uint8Array): Promise<PaperPage> => {
  const jpeg = await sharp(page.jpeg)
    .toColourspace('srgb')
    .composite([{ input: Buffer.from(watermarkSvg(page.width, page.height, page.dpi, words, font)) }])
    .jpeg({ quality: 82 })
    .toBuffer();
  return { ...page, jpeg: new Uint8Array(jpeg), colour: true };
};

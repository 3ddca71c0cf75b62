/**
 * The letters of European languages, Greek and Cyrillic included, for text that a document leaves to its reader. The
 * built-in Helvetica has those of Western Europe only, and our own typeface few more. In decoders only.
 */
import { join } from 'node:path';
import fontkit from '@cantoo/fontkit';
import type { PDFDocument, PDFFont } from '@cantoo/pdf-lib';
import { systemFiles } from '../platform/files.ts';
import { pdfjsFolder } from './pdfjs-folder.ts';
import { inLetters } from './plain-letters.ts';

export interface EuropeanLetters {
  readonly font: PDFFont;
  /** Whether the font has all letters of the text. */
  readonly has: (text: string) => boolean;
  /** The text in letters that the font has. */
  readonly clean: (text: string) => string;
}

/** Liberation Sans, as wide as Helvetica. pdf.js brings it along to draw Helvetica with. */
const readFont = async (): Promise<Uint8Array> => {
  const font = await systemFiles.readBytes(join(pdfjsFolder(), 'standard_fonts', 'LiberationSans-Regular.ttf'));
  if (!font.ok) throw new Error(`a font of pdf.js is missing: ${font.error.code}`);
  return font.value;
};

export const europeanLetters = async (pdf: PDFDocument): Promise<EuropeanLetters> => {
  pdf.registerFontkit(fontkit);
  const font = await pdf.embedFont(await readFont(), { subset: true });
  const known = new Set(font.getCharacterSet());
  const isKnown = (letter: string): boolean => /[\r\n]/.test(letter) || known.has(letter.codePointAt(0) ?? 0);
  return {
    font,
    has: (text) => [...text].every(isKnown),
    clean: (text) => inLetters(text.replaceAll(/\r\n?/g, '\n').replaceAll('\t', ' '), isKnown),
  };
};

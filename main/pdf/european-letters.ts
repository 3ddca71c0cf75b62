/**
 * The letters of European languages, Greek and Cyrillic included, for text that a document leaves to its reader. The
 * built-in Helvetica has those of Western Europe only, and our own typeface few more. In decoder threads only.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fontkit from '@cantoo/fontkit';
import type { PDFDocument, PDFFont } from '@cantoo/pdf-lib';
import { inLetters } from './plain-letters.ts';

export interface EuropeanLetters {
  readonly font: PDFFont;
  /** The text in letters that the font has. */
  readonly clean: (text: string) => string;
}

/** Liberation Sans, as wide as Helvetica. pdf.js brings it along to draw Helvetica with. */
const readFont = (): Promise<Uint8Array> => {
  const root = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  return readFile(join(root, 'standard_fonts', 'LiberationSans-Regular.ttf'));
};

export const europeanLetters = async (pdf: PDFDocument): Promise<EuropeanLetters> => {
  pdf.registerFontkit(fontkit);
  const font = await pdf.embedFont(await readFont(), { subset: true });
  const known = new Set(font.getCharacterSet());
  const has = (letter: string): boolean => letter === '\n' || known.has(letter.codePointAt(0) ?? 0);
  return { font, clean: (text) => inLetters(text.replaceAll(/\r\n?/g, '\n').replaceAll('\t', ' '), has) };
};

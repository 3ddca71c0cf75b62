/**
 * Text on our own printed sheets: the fonts, the characters they have, and how to wrap or shorten a text to a width.
 */
import fontkit from '@cantoo/fontkit';
import { StandardFonts, type PDFDocument, type PDFFont } from '@cantoo/pdf-lib';
import type { Typeface } from './typeface.ts';

export interface Faces {
  readonly regular: PDFFont;
  readonly bold: PDFFont;
  /** Removes the characters that the font lacks: an empty box on paper helps nobody. */
  clean(text: string): string;
}

export const facesOf = async (pdf: PDFDocument, typeface: Typeface | undefined): Promise<Faces> => {
  if (typeface) pdf.registerFontkit(fontkit);
  const regular = await (typeface
    ? pdf.embedFont(typeface.regular, { subset: true })
    : pdf.embedFont(StandardFonts.Helvetica));
  const bold = await (typeface
    ? pdf.embedFont(typeface.bold, { subset: true })
    : pdf.embedFont(StandardFonts.HelveticaBold));
  const known = new Set(regular.getCharacterSet());
  return { regular, bold, clean: (text) => keep(text.replaceAll('\u202f', '\u00a0'), known) };
};

const keep = (text: string, known: ReadonlySet<number>): string =>
  [...text.replace(/\s*\n\s*/g, ' ')].filter((letter) => known.has(letter.codePointAt(0) ?? 0)).join('');

/** Breaks at ordinary spaces only: the non-breaking space in « mot ? » keeps the sign with its word. */
export const wrap = (text: string, width: number, measure: (text: string) => number): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && measure(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
    while (measure(line) > width && line.length > 1) {
      let cut = line.length - 1;
      while (cut > 1 && measure(line.slice(0, cut)) > width) cut -= 1;
      lines.push(line.slice(0, cut));
      line = line.slice(cut);
    }
  }
  if (line !== '') lines.push(line);
  return lines;
};

/** One line, shortened with an ellipsis if it is too long. */
export const cutToWidth = (text: string, width: number, measure: (text: string) => number): string => {
  if (measure(text) <= width) return text;
  let short = text;
  while (short.length > 1 && measure(`${short}…`) > width) short = short.slice(0, -1);
  return `${short.trimEnd()}…`;
};

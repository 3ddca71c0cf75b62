/**
 * PDF operators for the invisible text of a scanned page, which makes it searchable and readable by a screen reader.
 */
import { inLetters } from '../../../pdf/plain-letters.ts';
import type { TextLine } from '../../../pdf/text-line.ts';

/** The characters that Windows-1252 adds to Latin-1. It is the encoding of the built-in fonts of every PDF reader. */
const ABOVE: Readonly<Record<string, number>> = {
  '€': 0x80,
  '‚': 0x82,
  ƒ: 0x83,
  '„': 0x84,
  '…': 0x85,
  '†': 0x86,
  '‡': 0x87,
  ˆ: 0x88,
  '‰': 0x89,
  Š: 0x8a,
  '‹': 0x8b,
  Œ: 0x8c,
  Ž: 0x8e,
  '‘': 0x91,
  '’': 0x92,
  '“': 0x93,
  '”': 0x94,
  '•': 0x95,
  '–': 0x96,
  '—': 0x97,
  '˜': 0x98,
  '™': 0x99,
  š: 0x9a,
  '›': 0x9b,
  œ: 0x9c,
  ž: 0x9e,
  Ÿ: 0x9f,
};

const byteOf = (char: string): number | undefined => {
  const code = char.codePointAt(0) ?? 0;
  if ((code >= 0x20 && code <= 0x7e) || (code >= 0xa0 && code <= 0xff)) return code;
  return ABOVE[char];
};

/** Letters missing from the encoding lose their accents instead of being dropped. */
export const encodeWord = (word: string): readonly number[] =>
  [...inLetters(word, (letter) => byteOf(letter) !== undefined)].map((letter) => byteOf(letter) ?? 0);

const hex = (bytes: readonly number[]): string => `<${bytes.map((b) => b.toString(16).padStart(2, '0')).join('')}>`;
const n = (value: number): string => String(Math.round(value * 100) / 100);

/**
 * One marked-content sequence per line (`/P <</MCID i>>`), with each word stretched to its width in the picture.
 * `widthOf` gives a word's width in the font at size 1.
 */
export const textOperators = (
  lines: readonly TextLine[],
  pageHeight: number,
  widthOf: (bytes: readonly number[]) => number,
): { readonly operators: string; readonly marks: number } => {
  const out: string[] = [];
  let marks = 0;
  for (const line of lines) {
    const words = line.words
      .map((word) => ({ word, bytes: encodeWord(word.text) }))
      .filter(({ bytes }) => bytes.length > 0);
    if (words.length === 0) continue;
    out.push(`/P <</MCID ${marks}>> BDC BT 3 Tr`);
    marks += 1;
    words.forEach(({ word, bytes }, i) => {
      const size = Math.max(2, word.height);
      const natural = widthOf(bytes) * size;
      const stretch = natural > 0 ? Math.min(400, Math.max(20, (100 * word.width) / natural)) : 100;
      const baseline = pageHeight - word.y - word.height * 0.8;
      // End each word with a real space, so that readers do not join words.
      const shown = i < words.length - 1 ? [...bytes, 0x20] : bytes;
      out.push(`/F1 ${n(size)} Tf ${n(stretch)} Tz 1 0 0 1 ${n(word.x)} ${n(baseline)} Tm ${hex(shown)} Tj`);
    });
    out.push('ET EMC');
  }
  return { operators: out.join('\n'), marks };
};

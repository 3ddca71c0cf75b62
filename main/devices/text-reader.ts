/** The Reader port (OCR): takes a page image, returns its words. */
import type { TextLine } from '../pdf/text-line.ts';

export interface ReadPage {
  readonly lines: readonly TextLine[];
  /** 0 to 100; an upside-down page scores under 50. */
  readonly confidence: number;
  /** Number of letters and digits in words read with high confidence: close to none when the page is rotated. */
  readonly sureCharacters: number;
}

export interface Reader {
  /** undefined when the page could not be read (no text, timeout, dead worker). Never rejects. */
  read(png: Uint8Array, dpi: number): Promise<ReadPage | undefined>;
  /** Loads the language ahead of time. */
  warmUp(): void;
  /** Kills every thread, with the pages in its memory. The next `read` starts new ones. */
  clear(): Promise<void>;
}

export const textOf = (page: ReadPage | undefined): string =>
  page?.lines.map((line) => line.words.map((word) => word.text).join(' ')).join('\n') ?? '';

/** The Reader port (OCR): takes a page image, returns its words. One suite (`test/contract/text-reader/`) checks it. */
import type { TextLine } from '../pdf/text-line.ts';

export interface ReadPage {
  readonly lines: readonly TextLine[];
  /** 0 to 100; an upside-down page scores under 50. */
  readonly confidence: number;
  /** Number of letters and digits in words read with high confidence: close to none when the page is rotated. */
  readonly sureCharacters: number;
}

export interface Reader {
  /**
   * undefined when the page could not be read (no text, timeout, dead worker). Never rejects. Aborting the signal gives
   * up a page that still waits for its turn.
   */
  read(png: Uint8Array, dpi: number, signal?: AbortSignal): Promise<ReadPage | undefined>;
  /** Number of pages being read or waiting. */
  readonly held: number;
  /** Loads the language ahead of time. */
  warmUp(): void;
  /**
   * Gives up every waiting page and kills every thread, with the page in its memory. The next `read` starts new ones.
   */
  clear(): Promise<void>;
}

export const textOf = (page: ReadPage | undefined): string =>
  page?.lines.map((line) => line.words.map((word) => word.text).join(' ')).join('\n') ?? '';

/** The reader port: a page's picture in, its words out. */
import type { TextLine } from '../pdf/text-line.ts';

export interface ReadPage {
  readonly lines: readonly TextLine[];
  /** 0..100; a page upside down is under 50. */
  readonly confidence: number;
  /** Letters and figures in words read without a doubt: none or nearly none in a page that stands the wrong way. */
  readonly sure: number;
}

export interface Reader {
  /** undefined: it could not be read (no text, too slow, the reader died). Never rejects. */
  read(png: Uint8Array, dpi: number): Promise<ReadPage | undefined>;
  /** Loads the language ahead of time. */
  warmUp(): void;
  /** Ends every thread, with the pages they hold. The next `read` starts others. */
  clear(): Promise<void>;
}

export const textOf = (page: ReadPage | undefined): string =>
  page?.lines.map((line) => line.words.map((word) => word.text).join(' ')).join('\n') ?? '';

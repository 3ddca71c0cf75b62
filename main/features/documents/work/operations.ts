/** What the document thread can be asked. Everything it is given or answers is plain data. */
import type { GivenFormat } from '../accept.ts';
import type { Shown, WordsOf } from '../sniff.ts';
import type { TextLine } from '../../../pdf/text-line.ts';

/** One page as scanned: its full picture (JPEG) and the words on it, in points from its top left corner. */
export interface PaperPage {
  readonly jpeg: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly dpi: number;
  readonly colour: boolean;
  readonly lines: readonly TextLine[];
}

/** What a document is made of, for any work on it. */
export type Source =
  | { readonly kind: 'pages'; readonly pages: readonly PaperPage[] }
  | { readonly kind: 'pdf'; readonly bytes: Uint8Array }
  | { readonly kind: 'picture'; readonly bytes: Uint8Array };

export interface Inspected {
  readonly format: 'pdf' | 'picture';
  readonly pages: number;
  readonly thumb: Uint8Array;
  /** What is kept instead: the picture or the pages in a format that everybody opens, the PDF without its lock. */
  readonly converted?: Uint8Array;
  readonly text: readonly string[];
}

export interface InspectRequest {
  readonly bytes: Uint8Array;
  readonly take: Shown;
  /** For a PDF that asked for one. */
  readonly password?: string;
}

export interface FitRequest {
  readonly source: Source;
  readonly format: GivenFormat;
  /** null: no limit. */
  readonly maxBytes: number | null;
  /** The site takes several files: a document too heavy for one may be split. */
  readonly maySplit: boolean;
  readonly title: string;
  readonly dateMs: number;
}

export interface DocumentOperations {
  readonly [name: string]: (args: never) => unknown;
  /** Problems: `locked`, `wrong-password`, `xfa`, `damaged`, `too-large`. */
  readonly inspect: (args: InspectRequest) => Inspected;
  /** A table or an appointment as words. Problem: `damaged`. */
  readonly words: (args: { readonly text: string; readonly of: WordsOf }) => string;
  readonly draw: (args: { readonly source: Source; readonly page: number; readonly widthPx: number }) => Uint8Array;
  readonly makePaper: (args: {
    readonly pages: readonly PaperPage[];
    readonly title: string;
    readonly dateMs: number;
  }) => {
    readonly pdf: Uint8Array;
    readonly thumb: Uint8Array;
  };
  /** Problem: `too-large` when it can't be legible under the limit. */
  readonly fit: (args: FitRequest) => readonly Uint8Array[];
  /** `font`: as WOFF or TTF. */
  readonly watermark: (args: {
    readonly source: Source;
    readonly words: string;
    readonly font: Uint8Array;
  }) => readonly PaperPage[];
}

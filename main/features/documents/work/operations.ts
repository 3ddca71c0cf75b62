/** The operations of the document decoder. Arguments and results are plain data. */
import type { DocumentForm, FormChange } from '../../../contract/document-form.ts';
import type { GivenFormat } from '../accept.ts';
import type { Shown, WordsOf } from '../sniff.ts';
import type { TextLine } from '../../../pdf/text-line.ts';

/** One page as scanned: its full picture (JPEG) and its words, positioned in points from the top left corner. */
export interface PaperPage {
  readonly jpeg: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly dpi: number;
  readonly colour: boolean;
  readonly lines: readonly TextLine[];
}

/** The content of a document, as input of an operation. */
export type Source =
  | { readonly kind: 'pages'; readonly pages: readonly PaperPage[] }
  | { readonly kind: 'pdf'; readonly bytes: Uint8Array }
  | { readonly kind: 'picture'; readonly bytes: Uint8Array };

export interface Inspected {
  readonly format: 'pdf' | 'picture';
  readonly pages: number;
  readonly thumb: Uint8Array;
  /** Stored instead of the original: the picture or pages in a common format, or the PDF without its password. */
  readonly converted?: Uint8Array;
  readonly text: readonly string[];
  /** A PDF form that can be filled in on the screen. */
  readonly fillable: boolean;
}

export interface InspectRequest {
  readonly bytes: Uint8Array;
  readonly take: Shown;
  /** The password of a locked PDF. */
  readonly password?: string;
}

export interface FitRequest {
  readonly source: Source;
  readonly format: GivenFormat;
  /** Null when there is no limit. */
  readonly maxBytes: number | null;
  /** Above the limit, give the smallest that is legible instead of a refusal. */
  readonly orLightest: boolean;
  /** The site takes several files, so a document that is too large for one may be split. */
  readonly maySplit: boolean;
  readonly title: string;
  readonly dateMs: number;
}

export interface DocumentOperations {
  /** Problems: `locked`, `wrong-password`, `xfa`, `portfolio`, `damaged`, `too-large`. */
  readonly inspect: (args: InspectRequest) => Inspected;
  /** A table or an appointment as readable text. Problems: `damaged`, `too-long`. */
  readonly words: (args: { readonly text: string; readonly of: WordsOf }) => string;
  /** `form`: without what is written in the fields of a form. */
  readonly draw: (args: {
    readonly source: Source;
    readonly page: number;
    readonly widthPx: number;
    readonly form?: boolean;
  }) => Uint8Array;
  readonly form: (args: { readonly bytes: Uint8Array }) => DocumentForm;
  /** The form with these changes. Problem: `damaged`. */
  readonly fillForm: (args: { readonly bytes: Uint8Array; readonly changes: readonly FormChange[] }) => Uint8Array;
  readonly makePaper: (args: {
    readonly pages: readonly PaperPage[];
    readonly title: string;
    readonly dateMs: number;
  }) => {
    readonly pdf: Uint8Array;
    readonly thumb: Uint8Array;
  };
  /** Problem: `too-large` when it cannot be legible under the limit. */
  readonly fit: (args: FitRequest) => readonly Uint8Array[];
  /** `font`: a WOFF or TTF file. Problem: `too-large` when there are too many pages, or too large ones. */
  readonly watermark: (args: {
    readonly source: Source;
    readonly words: string;
    readonly font: Uint8Array;
  }) => readonly PaperPage[];
}

/** Requests to the PDF decoder and their replies. */
import type { Typeface } from '../../../pdf/typeface.ts';
import type { Sheet, Ticket } from './sheet.ts';

/** `not-open`: this decoder does not have that document, or evicted it. */
export type PdfProblem = 'not-printable' | 'damaged' | 'encrypted' | 'xfa' | 'empty' | 'too-large' | 'not-open';

/** In the place of a page number. */
export const BLANK_PAGE = 0;

export interface Prepared {
  /** Every page is A4, and nothing is active. */
  readonly pdf: Uint8Array;
  readonly pages: number;
  readonly landscape: readonly number[];
  readonly cleaned: boolean;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface PdfOperations {
  prepare(args: { readonly bytes: Uint8Array }): Prepared;
  sheet(args: { readonly sheet: Sheet | Ticket; readonly fonts: Typeface | undefined }): Prepared;
  /** Page numbers in the wanted order; a number may be repeated. `BLANK_PAGE` adds one. */
  select(args: { readonly pdf: Uint8Array; readonly pages: readonly number[] }): Uint8Array;
  open(args: { readonly key: string; readonly pdf: Uint8Array }): null;
  close(args: { readonly key: string }): null;
  png(args: { readonly key: string; readonly page: number; readonly width: number }): {
    readonly png: Uint8Array;
    readonly blank: boolean;
  };
  blank(args: { readonly key: string; readonly page: number }): boolean;
  rgb(args: { readonly key: string; readonly page: number; readonly size: Size }): Uint8Array;
  jpeg(args: { readonly key: string; readonly page: number; readonly size: Size }): Uint8Array;
}

export type PdfOperation = keyof PdfOperations;

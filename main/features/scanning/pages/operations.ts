/** The operations of the page decoder. */
import type { ScannedPage } from '../../../devices/scanner.ts';
import type { PageFlaw } from '../../../contract/scanning.ts';

export interface PageView {
  readonly jpeg: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export interface PageResult {
  readonly jpeg: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly dpi: number;
  readonly colour: boolean;
  /** Greyscale PNG of `readingDpi`, for OCR; not kept. */
  readonly reading: Uint8Array;
  readonly readingDpi: number;
  readonly blank: boolean;
  readonly flaws: readonly PageFlaw[];
  readonly turnedDeg: number;
  readonly straightenedDeg: number;
  /** The page has the size of an identity card, a driving licence or a Vitale card. */
  readonly card: boolean;
  /** The whole glass when the page was cropped, so that the person can go back to it. */
  readonly glass: Uint8Array | undefined;
}

export interface TurnedPage {
  readonly jpeg: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly view: PageView;
}

export interface PageOperations {
  /** Sends a `PageView` as news, to be shown at once. Problem: `unreadable`. */
  readonly prepare: (page: ScannedPage) => PageResult;
  /** Prepares the page again from `PageResult.glass`, cropped or `whole`. News: a `PageView`. */
  readonly recut: (args: { readonly glass: Uint8Array; readonly dpi: number; readonly whole: boolean }) => PageResult;
  readonly turn: (args: { readonly jpeg: Uint8Array; readonly degrees: 90 | 180 | 270 }) => TurnedPage;
  readonly turnReading: (args: { readonly png: Uint8Array; readonly degrees: 90 | 180 | 270 }) => Uint8Array;
  /** Puts cards at their true size on one A4 page. */
  readonly composeCards: (args: {
    readonly cards: readonly {
      readonly jpeg: Uint8Array;
      readonly width: number;
      readonly height: number;
      readonly dpi: number;
    }[];
  }) => PageView & { readonly dpi: number; readonly reading: Uint8Array; readonly readingDpi: number };
}

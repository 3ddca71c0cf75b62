/** What the page thread can be asked. */
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
  /** Grey PNG for the reader; not kept. */
  readonly reading: Uint8Array;
  readonly readingDpi: number;
  readonly blank: boolean;
  readonly flaws: readonly PageFlaw[];
  readonly turnedDeg: number;
  readonly straightenedDeg: number;
  readonly card: boolean;
  /** When a part of the glass was cut away: the whole of it, to come back to. */
  readonly glass: Uint8Array | undefined;
}

export interface TurnedPage {
  readonly jpeg: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly view: PageView;
}

export interface PageOperations {
  /** News on the way: a `PageView`, to be shown at once. Problem: `unreadable`. */
  readonly prepare: (page: ScannedPage) => PageResult;
  /** The same from `PageResult.glass`, all of the glass kept or not. News: a `PageView`. */
  readonly recut: (args: { readonly glass: Uint8Array; readonly dpi: number; readonly whole: boolean }) => PageResult;
  readonly turn: (args: { readonly jpeg: Uint8Array; readonly degrees: 90 | 180 | 270 }) => TurnedPage;
  readonly turnReading: (args: { readonly png: Uint8Array; readonly degrees: 90 | 180 | 270 }) => Uint8Array;
  /** Cards at their true size on one A4 page. */
  readonly composeCards: (args: {
    readonly cards: readonly {
      readonly jpeg: Uint8Array;
      readonly width: number;
      readonly height: number;
      readonly dpi: number;
    }[];
  }) => PageView & { readonly dpi: number; readonly reading: Uint8Array; readonly readingDpi: number };
}

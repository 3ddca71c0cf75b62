/**
 * Apple raster (`image/urf`), the only format besides JPEG of some AirPrint printers: PWG's packed lines after a header
 * of 32 bytes. Apple publishes no specification; the layout and the `urf-supported` keywords are those on which CUPS'
 * own reader and writer agree.
 */
import type { RasterPage, SheetBack } from './pwg-raster.ts';

export interface UrfAbilities {
  readonly dpis: readonly number[];
  readonly greys: boolean;
  readonly rgb: boolean;
  /** undefined: no duplex in this format on this printer, even if other formats support it. */
  readonly back: SheetBack | undefined;
}

const BACKS: Readonly<Record<string, SheetBack>> = {
  DM1: 'normal',
  DM2: 'flipped',
  DM3: 'rotated',
  DM4: 'manual-tumble',
};

/** `urf-supported`: `W8-16`, `SRGB24`, `RS300-600`, `DM3`… */
export const urfAbilities = (words: readonly string[]): UrfAbilities => {
  const numbers = (prefix: string): readonly number[] =>
    words.flatMap((word) => {
      const found = new RegExp(`^${prefix}(\\d+(?:-\\d+)*)$`).exec(word.toUpperCase());
      return found === null ? [] : (found[1] ?? '').split('-').map(Number);
    });
  return {
    dpis: numbers('RS'),
    greys: numbers('W').includes(8),
    rgb: numbers('SRGB').includes(24),
    back: words.map((word) => BACKS[word.toUpperCase()]).find((back) => back !== undefined),
  };
};

const HEADER_BYTES = 32;
const COLOUR_SPACE = { sgray_8: 0, srgb_8: 1 } as const;
const ONE_SIDED = 1;
const LONG_EDGE = 3;
const NORMAL_QUALITY = 4;

/** The file header: a magic string and the number of pages. */
export const urfStart = (pages: number): Uint8Array => {
  const start = Buffer.alloc(12);
  start.write('UNIRAST', 0, 'latin1');
  start.writeUInt32BE(pages, 8);
  return start;
};

export const urfPageHeader = (page: RasterPage): Uint8Array => {
  const header = Buffer.alloc(HEADER_BYTES);
  header[0] = page.colour === 'srgb_8' ? 24 : 8;
  header[1] = COLOUR_SPACE[page.colour];
  header[2] = page.twoSided ? LONG_EDGE : ONE_SIDED;
  header[3] = NORMAL_QUALITY;
  header.writeUInt32BE(page.width, 12);
  header.writeUInt32BE(page.height, 16);
  header.writeUInt32BE(page.dpi, 20);
  return header;
};

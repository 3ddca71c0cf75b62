/**
 * PWG Raster (PWG 5102.4): pages as pixels, for printers that don't read PDF. A page is a header of 1796 bytes, then
 * lines packed like PackBits with a whole pixel as the unit; equal lines are sent once with a count.
 */

export type RasterColour = 'sgray_8' | 'srgb_8';
export type SheetBack = 'normal' | 'flipped' | 'rotated' | 'manual-tumble';

export interface RasterPage {
  readonly width: number;
  readonly height: number;
  readonly dpi: number;
  readonly colour: RasterColour;
  readonly twoSided: boolean;
  readonly totalPages: number;
  /** Orientation required for the back of a sheet, as declared by the printer. */
  readonly back: SheetBack;
  /** 1 is the first page; in duplex, even pages are backs. */
  readonly page: number;
  /** In PostScript points. */
  readonly widthPt: number;
  readonly heightPt: number;
  readonly mediaName: string;
}

export const PWG_MAGIC: Uint8Array = Buffer.from('RaS2', 'latin1');

const HEADER_BYTES = 1796;
const COLOUR_SPACE = { sgray_8: 18, srgb_8: 19 } as const;

/** +1 or -1 for the cross-feed and the feed direction. Table 10 of PWG 5102.4, for the long edge. */
const transforms = (page: RasterPage): readonly [number, number] => {
  if (!page.twoSided || page.page % 2 === 1) return [1, 1];
  if (page.back === 'flipped') return [1, -1];
  return page.back === 'rotated' ? [-1, -1] : [1, 1];
};

export const pageHeader = (page: RasterPage): Uint8Array => {
  const header = Buffer.alloc(HEADER_BYTES);
  const bytesPerDot = page.colour === 'srgb_8' ? 3 : 1;
  const [cross, feed] = transforms(page);
  const u32 = (at: number, value: number): void => void header.writeUInt32BE(value >>> 0, at);
  header.write('PwgRaster', 0, 'latin1');
  u32(272, page.twoSided ? 1 : 0);
  u32(276, page.dpi);
  u32(280, page.dpi);
  u32(340, 1); // copies are set in the job
  u32(352, Math.round(page.widthPt));
  u32(356, Math.round(page.heightPt));
  u32(372, page.width);
  u32(376, page.height);
  u32(384, 8);
  u32(388, 8 * bytesPerDot);
  u32(392, page.width * bytesPerDot);
  u32(400, COLOUR_SPACE[page.colour]);
  u32(420, bytesPerDot);
  u32(452, page.totalPages);
  u32(456, cross);
  u32(460, feed);
  u32(472, page.width); // image box: the whole page
  u32(476, page.height);
  u32(480, 0xffffff);
  u32(484, 4); // normal quality
  header.write(page.mediaName, 1732, 63, 'latin1');
  return header;
};

const sameDot = (line: Uint8Array, a: number, b: number, unit: number): boolean => {
  for (let i = 0; i < unit; i += 1) if (line[a + i] !== line[b + i]) return false;
  return true;
};

/** Packs one line: runs of one pixel (count - 1, pixel) and stretches of different pixels (257 - count, pixels). */
export const packLine = (line: Uint8Array, unit: number, out: Uint8Array, from: number): number => {
  let at = from;
  const dots = line.length / unit;
  let dot = 0;
  while (dot < dots) {
    let run = 1;
    while (run < 128 && dot + run < dots && sameDot(line, dot * unit, (dot + run) * unit, unit)) run += 1;
    if (run > 1 || dot + 1 === dots) {
      out[at] = run - 1;
      out.set(line.subarray(dot * unit, (dot + 1) * unit), at + 1);
      at += 1 + unit;
      dot += run;
      continue;
    }
    let stretch = 1;
    while (
      stretch < 128 &&
      dot + stretch < dots &&
      !(dot + stretch + 1 < dots && sameDot(line, (dot + stretch) * unit, (dot + stretch + 1) * unit, unit))
    ) {
      stretch += 1;
    }
    if (stretch === 1) {
      out[at] = 0;
    } else {
      out[at] = 257 - stretch;
    }
    out.set(line.subarray(dot * unit, (dot + stretch) * unit), at + 1);
    at += 1 + stretch * unit;
    dot += stretch;
  }
  return at;
};

const reversedDots = (line: Uint8Array, unit: number): Uint8Array => {
  const out = new Uint8Array(line.length);
  for (let at = 0; at < line.length; at += unit) out.set(line.subarray(at, at + unit), line.length - at - unit);
  return out;
};

const equal = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/**
 * Header and packed lines of one page. `rgb`: three bytes a pixel, rows from the top, as the person reads it. Apple's
 * raster packs its lines the same way after another header.
 */
export const encodePage = (
  rgb: Uint8Array,
  page: RasterPage,
  header: (page: RasterPage) => Uint8Array = pageHeader,
): Uint8Array => {
  const unit = page.colour === 'srgb_8' ? 3 : 1;
  const dots = unit === 3 ? rgb : grey(rgb);
  const bytesPerLine = page.width * unit;
  const [cross, feed] = transforms(page);
  const lineAt = (row: number): Uint8Array => {
    const index = feed === 1 ? row : page.height - 1 - row;
    const line = dots.subarray(index * bytesPerLine, (index + 1) * bytesPerLine);
    return cross === 1 ? line : reversedDots(line, unit);
  };
  const pieces: Uint8Array[] = [header(page)];
  // Never more than one count byte for each pixel. A stretch ends at two equal pixels, which saves nothing in grey: a
  // line of one pixel, then two equal ones, and so on, takes four bytes for three pixels.
  const scratch = new Uint8Array(1 + page.width * (1 + unit));
  let row = 0;
  while (row < page.height) {
    const line = lineAt(row);
    let same = 1;
    while (same < 256 && row + same < page.height && equal(line, lineAt(row + same))) same += 1;
    scratch[0] = same - 1;
    const end = packLine(line, unit, scratch, 1);
    pieces.push(scratch.slice(0, end));
    row += same;
  }
  return Buffer.concat(pieces);
};

/** Rec. 709 weights, in integers. */
const grey = (rgb: Uint8Array): Uint8Array => {
  const out = new Uint8Array(rgb.length / 3);
  for (let i = 0, at = 0; i < out.length; i += 1, at += 3) {
    out[i] = (54 * (rgb[at] ?? 0) + 183 * (rgb[at + 1] ?? 0) + 19 * (rgb[at + 2] ?? 0)) >> 8;
  }
  return out;
};

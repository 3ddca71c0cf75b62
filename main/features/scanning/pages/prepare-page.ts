/**
 * From what the machine gave to a page a person would call "bien scannée": cropped, straight, right way up, white. Every decision is
 * taken on a small copy; the full picture is turned once and whitened once.
 */
import sharp, { type Sharp } from 'sharp';
import type { PageFlaw } from '../../../contract/scanning.ts';
import type { ScannedPage } from '../../../devices/scanner.ts';
import { findSheet, type Sheet } from './find-sheet.ts';
import { cutSides, fingerShare, inkShare, isAllBlack, reflectionShare, sharpness } from './legibility.ts';
import { inkOf, type Grey, type Raster } from './pixels.ts';
import { findSkew } from './skew.ts';
import { uprightness } from './upright.ts';
import { mapPaper, whiten } from './whiten.ts';

/** Beyond this, more pixels cost time and size and make no text clearer. */
export const PAGE_DPI = 300;
const SMALL_DPI = 100;
/** What the reader is given: it scales every line to 36 pixels anyway. */
export const READING_DPI = 200;
const PREVIEW_DPI = 130;
const THUMB_PX = 360;
/** A3 at 600 pixels an inch is 70 million. */
const MAX_PIXELS = 120_000_000;

export interface PagePreview {
  readonly jpeg: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export interface PreparedPage {
  readonly jpeg: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly dpi: number;
  readonly colour: boolean;
  readonly thumb: Uint8Array;
  /** Grey PNG of `readingDpi`, for the reader; not kept. */
  readonly reading: Uint8Array;
  readonly readingDpi: number;
  readonly blank: boolean;
  readonly flaws: readonly PageFlaw[];
  readonly turnedDeg: number;
  readonly straightenedDeg: number;
  /** The size of an identity card, a driving licence, a Vitale card. */
  readonly card: boolean;
}

export class UnreadablePicture extends Error {}

const open = async (page: ScannedPage): Promise<{ raster: Raster; dpi: number }> => {
  const { image } = page;
  const source =
    image.format === 'raw'
      ? sharp(image.bytes, {
          raw: { width: image.width, height: image.height, channels: image.channels },
          limitInputPixels: MAX_PIXELS,
        })
      : sharp(image.bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' }).autoOrient();
  try {
    const facts = image.format === 'raw' ? image : await source.metadata();
    let pipeline = source.flatten({ background: '#ffffff' }).toColourspace('srgb');
    const scale = Math.min(1, PAGE_DPI / page.dpi);
    if (scale < 1)
      pipeline = pipeline.resize({ width: Math.max(1, Math.round((facts.width ?? 1) * scale)), kernel: 'cubic' });
    const { data, info } = await pipeline.raw().toBuffer({ resolveWithObject: true });
    const raster: Raster = {
      width: info.width,
      height: info.height,
      channels: info.channels === 1 ? 1 : 3,
      bytes: new Uint8Array(data.buffer, data.byteOffset, data.length),
    };
    return { raster, dpi: Math.min(page.dpi, PAGE_DPI) };
  } catch (cause) {
    throw new UnreadablePicture('the picture does not open', { cause });
  }
};

const sharpOf = (raster: Raster): Sharp =>
  sharp(raster.bytes, {
    raw: { width: raster.width, height: raster.height, channels: raster.channels },
    limitInputPixels: MAX_PIXELS,
  });

const toRaster = async (pipeline: Sharp, channels: 1 | 3): Promise<Raster> => {
  const coloured = channels === 1 ? pipeline.toColourspace('b-w') : pipeline;
  const { data, info } = await coloured.raw().toBuffer({ resolveWithObject: true });
  return {
    width: info.width,
    height: info.height,
    channels,
    bytes: new Uint8Array(data.buffer, data.byteOffset, data.length),
  };
};

const scaled = (raster: Raster, factor: number, channels: 1 | 3 = raster.channels): Promise<Raster> =>
  toRaster(
    sharpOf(raster).resize({ width: Math.max(8, Math.round(raster.width * factor)), kernel: 'linear' }),
    channels,
  );

const greyOf = (raster: Raster): Grey => {
  if (raster.channels === 1) return raster;
  const bytes = new Uint8Array(raster.width * raster.height);
  for (let i = 0; i < bytes.length; i += 1)
    bytes[i] = (raster.bytes[i * 3]! * 77 + raster.bytes[i * 3 + 1]! * 150 + raster.bytes[i * 3 + 2]! * 29) >> 8;
  return { width: raster.width, height: raster.height, bytes };
};

/** Some marks are in colour; tinted paper or a warm lamp alone do not count. */
const hasColour = (small: Raster): boolean => {
  if (small.channels === 1) return false;
  const { bytes } = small;
  const tint = [0, 0];
  let n = 0;
  for (let i = 0; i < bytes.length; i += 3 * 7) {
    tint[0]! += bytes[i]! - bytes[i + 1]!;
    tint[1]! += bytes[i + 2]! - bytes[i + 1]!;
    n += 1;
  }
  const [red, blue] = [tint[0]! / n, tint[1]! / n];
  let coloured = 0;
  for (let i = 0; i < bytes.length; i += 3)
    if (Math.abs(bytes[i]! - bytes[i + 1]! - red) > 30 || Math.abs(bytes[i + 2]! - bytes[i + 1]! - blue) > 30)
      coloured += 1;
  return coloured > (bytes.length / 3) * 0.0006;
};

/** Turns by any angle and keeps either the sheet found, or a frame of the size the glass had. */
const turned = async (
  raster: Raster,
  angleDeg: number,
  sheet: Sheet | undefined,
  scale: number,
  background: string,
): Promise<Raster> => {
  if (angleDeg === 0 && !sheet) return raster;
  const turn = (((Math.round(angleDeg / 90) * 90) % 360) + 360) % 360;
  const big = await toRaster(sharpOf(raster).rotate(angleDeg, { background }), raster.channels);
  const rad = (angleDeg * Math.PI) / 180;
  const [cx, cy] = sheet ? [sheet.centreX * scale, sheet.centreY * scale] : [raster.width / 2, raster.height / 2];
  const [dx, dy] = [cx - raster.width / 2, cy - raster.height / 2];
  const x = big.width / 2 + dx * Math.cos(rad) - dy * Math.sin(rad);
  const y = big.height / 2 + dx * Math.sin(rad) + dy * Math.cos(rad);
  const [w, h] = sheet ? [sheet.width * scale, sheet.height * scale] : [raster.width, raster.height];
  const [outW, outH] = turn % 180 === 0 ? [w, h] : [h, w];
  const width = Math.max(8, Math.min(Math.round(outW), big.width));
  const height = Math.max(8, Math.min(Math.round(outH), big.height));
  const left = Math.max(0, Math.min(big.width - width, Math.round(x - width / 2)));
  const top = Math.max(0, Math.min(big.height - height, Math.round(y - height / 2)));
  const out = new Uint8Array(width * height * big.channels);
  for (let row = 0; row < height; row += 1) {
    const from = ((top + row) * big.width + left) * big.channels;
    out.set(big.bytes.subarray(from, from + width * big.channels), row * width * big.channels);
  }
  return { width, height, channels: big.channels, bytes: out };
};

const isCard = (sheet: Sheet, dpi: number): boolean => {
  const sides = [sheet.width, sheet.height].map((px) => (px / dpi) * 25.4).sort((a, b) => a - b);
  return Math.abs(sides[0]! - 54) < 5 && Math.abs(sides[1]! - 85.6) < 7;
};

interface Plan {
  readonly angleDeg: number;
  readonly turnedDeg: number;
  readonly straightenedDeg: number;
}

/** Which way to turn, from the small copy. */
const planTurn = async (small: Raster, sheet: Sheet | undefined, background: string): Promise<Plan> => {
  const first = sheet ? await turned(small, sheet.angleDeg, sheet, 1, background) : small;
  const ink = inkOf(greyOf(first), 12);
  const across = findSkew(ink, first);
  const along = findSkew(ink, first, true);
  const sideways = along.score > across.score * 1.25 && along.confidence > 1.3;
  const lines = sideways ? along : across;
  const straightenedDeg = sheet
    ? sheet.angleDeg
    : lines.confidence > 1.25 && Math.abs(lines.angleDeg) >= 0.1
      ? lines.angleDeg
      : 0;
  let turnedDeg = sideways ? 90 : 0;
  const straight = await turned(small, straightenedDeg + turnedDeg, sheet, 1, background);
  const up = uprightness(inkOf(greyOf(straight), 12), straight);
  if (up < -0.15) turnedDeg += 180;
  return { angleDeg: straightenedDeg + turnedDeg, turnedDeg, straightenedDeg };
};

export const preparePage = async (
  page: ScannedPage,
  onPreview: (preview: PagePreview) => void = () => undefined,
): Promise<PreparedPage> => {
  const { raster: opened, dpi } = await open(page);
  const factor = SMALL_DPI / dpi;
  const small = await scaled(opened, factor);
  const tiny = await scaled(small, 0.5);
  const black = isAllBlack(greyOf(small));
  const colour = hasColour(small);
  const found = black ? undefined : findSheet(tiny);
  const sheet = found && {
    ...found,
    centreX: found.centreX * 2,
    centreY: found.centreY * 2,
    width: found.width * 2 - 2,
    height: found.height * 2 - 2,
  };
  const level = Math.round(mapPaper({ ...greyOf(small), channels: 1 }).level);
  const background = `rgb(${level},${level},${level})`;
  const plan: Plan = black
    ? { angleDeg: 0, turnedDeg: 0, straightenedDeg: 0 }
    : await planTurn(small, sheet, background);

  // A card's tint and its guilloches are the document itself: nothing there is bare paper.
  const card = sheet !== undefined && isCard(sheet, SMALL_DPI);
  const channels = colour ? 3 : 1;
  const kept = colour || opened.channels === 1 ? opened : await toRaster(sharpOf(opened).greyscale(), 1);
  // What the person looks at is made first, from fewer pixels: the page is on the screen while the real one is made.
  const view = await turned(
    await scaled(kept, Math.min(1, PREVIEW_DPI / dpi)),
    plan.angleDeg,
    sheet,
    Math.min(PREVIEW_DPI, dpi) / SMALL_DPI,
    background,
  );
  if (!black && !card) whiten(view, mapPaper(await scaled(view, SMALL_DPI / Math.min(PREVIEW_DPI, dpi))));
  const preview = await sharpOf(view).jpeg({ quality: 80 }).toBuffer();
  onPreview({ jpeg: new Uint8Array(preview), width: view.width, height: view.height });

  const full = await turned(kept, plan.angleDeg, sheet, 1 / factor, background);
  const smallTurned = await scaled(full, factor);
  const paper = mapPaper(smallTurned);
  const before = greyOf(smallTurned);
  if (!black && !card) whiten(full, paper);

  // A page of fewer pixels is enlarged for the reader: it finds no lines in the grey bands of a small table. Its sharpness is its own.
  const readingDpi = READING_DPI;
  const reading = await scaled(full, readingDpi / dpi, 1);
  const judged = dpi < readingDpi ? greyOf(full) : reading;
  const whiteSmall = greyOf(await scaled(full, factor));
  const flaws: PageFlaw[] = [];
  if (black) flaws.push('all-black');
  else {
    if (paper.level < 100) flaws.push('too-dark');
    const edges = sharpness(judged);
    if (edges > 0 && edges < SHARP_ENOUGH) flaws.push('blurred');
    if (!sheet && cutSides(inkOf(greyOf(small), 12), small, SMALL_DPI) > 0) flaws.push('cut-edge');
    if (!sheet && fingerShare(tiny) > 0.006) flaws.push('finger');
    if (reflectionShare(before, paper.level) > 0.015) flaws.push('reflection');
  }
  const [jpeg, thumb, png] = await Promise.all([
    sharpOf(full).jpeg({ quality: 86, chromaSubsampling: '4:4:4' }).withDensity(dpi).toBuffer(),
    sharp(preview).resize({ width: THUMB_PX, height: THUMB_PX, fit: 'inside' }).jpeg({ quality: 78 }).toBuffer(),
    sharpOf(reading).png({ compressionLevel: 1 }).toBuffer(),
  ]);
  return {
    jpeg: new Uint8Array(jpeg),
    width: full.width,
    height: full.height,
    dpi,
    colour: channels === 3,
    thumb: new Uint8Array(thumb),
    reading: new Uint8Array(png),
    readingDpi,
    blank: !black && inkShare(whiteSmall) < BLANK_SHARE,
    flaws,
    turnedDeg: plan.turnedDeg,
    straightenedDeg: plan.straightenedDeg,
    card,
  };
};

/** Below, the letters have lost their edges. */
const SHARP_ENOUGH = 0.24;
/** One short word on an A4 page is about 0.0003. */
const BLANK_SHARE = 0.00012;

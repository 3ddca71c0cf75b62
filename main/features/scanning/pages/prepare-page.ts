/**
 * Turns a raw scan into a clean page: cropped, straightened, right way up, whitened. Every decision is taken on a small
 * copy; the full picture is rotated once and whitened once.
 */
import type { PageFlaw } from '../../../contract/scanning.ts';
import type { ScannedPage } from '../../../devices/scanner.ts';
import { findSheets, PALE_LID, type FoundSheets } from './find-sheet.ts';
import { cutOut, frameFor, withoutLid, type Frame } from './frame.ts';
import type { Rectangle } from './geometry.ts';
import { analyseGlass, paperColour } from './glass.ts';
import {
  cutSides,
  fingerShare,
  hasPaleInk,
  inkShare,
  isAllBlack,
  isTooDark,
  reflectionShare,
  sharpness,
} from './legibility.ts';
import type { PageResult, PageView } from './operations.ts';
import { inkOf, type Grey, type Raster } from './pixels.ts';
import { greyOf, hasColour, openScan, scaled, sharpOf, toRaster } from './rasters.ts';
import { findSkew } from './skew.ts';
import { liesOnItsSide, textInkOf, type TextInk } from './text-ink.ts';
import { uprightness } from './upright.ts';
import { mapPaper, whiten } from './whiten.ts';

const SMALL_DPI = 100;
/** Resolution for OCR, which scales every line to 36 pixels anyway. */
export const READING_DPI = 200;
/** Higher for a card: its print is small, and so is the picture. */
const CARD_READING_DPI = 300;
const PREVIEW_DPI = 130;

/** In millimetres: a bank card (ID-1), the French identity card from before 2021 (ID-2). */
const CARDS: readonly (readonly [short: number, long: number])[] = [
  [54, 85.6],
  [74, 105],
];

const isCard = ({ width, height }: Rectangle): boolean => {
  const [short = 0, long = 0] = [width, height].map((px) => (px / SMALL_DPI) * 25.4).sort((a, b) => a - b);
  return CARDS.some(([a, b]) => Math.abs(short - a) < 5 && Math.abs(long - b) < 7);
};

interface Plan {
  readonly frame: Frame;
  /** A photograph: it has no lines of text that could tell how it lies. */
  readonly picture: boolean;
  readonly turnedDeg: number;
  readonly straightenedDeg: number;
}

/** Letters in a square decimetre: 120 or more on letters and receipts, 30 or fewer on most photographs. */
const FEW_LETTERS = 60;
/** Share of bare paper: 0.81 or more on scanned sheets, 0.67 or less on portraits. */
const MOSTLY_BARE = 0.75;
const DM2_PX = (SMALL_DPI / 0.254) ** 2;

/** A sheet without words and without bare paper. A page left as it is loses nothing; a whitened face does. */
const isPhotograph = (small: Raster, { across, along }: TextInk, sheet: Rectangle | undefined): boolean => {
  const { picture, bareShare } = mapPaper(small);
  const fewWords = across + along < (FEW_LETTERS * small.width * small.height) / DM2_PX;
  return picture || (sheet !== undefined && fewWords && bareShare < MOSTLY_BARE);
};

/** Guesses the rotation from the small copy. OCR later confirms or reverts it. */
const planTurn = async (small: Raster, found: FoundSheets, card: boolean, background: string): Promise<Plan> => {
  const { frame: sheet, marks } = found;
  const first = sheet ? await cutOut(small, frameFor(sheet.angleDeg, small, sheet, marks), 1, background) : small;
  const words = textInkOf(inkOf(greyOf(first), 12), first);
  if (!card && isPhotograph(first, words, sheet)) {
    const straightenedDeg = sheet?.angleDeg ?? 0;
    return { frame: frameFor(straightenedDeg, small, sheet, marks), picture: true, turnedDeg: 0, straightenedDeg };
  }
  // Every known card is read in landscape. Its guilloches would mislead the detection of text direction.
  const sideways = card ? first.height > first.width : liesOnItsSide(words);
  const lines = findSkew(words.ink, first, sideways);
  const straightenedDeg = sheet
    ? sheet.angleDeg
    : lines.confidence > 1.25 && Math.abs(lines.angleDeg) >= 0.1
      ? lines.angleDeg
      : 0;
  let turnedDeg = sideways ? 90 : 0;
  const straight = await cutOut(small, frameFor(straightenedDeg + turnedDeg, small, sheet, marks), 1, background);
  const up = uprightness(textInkOf(inkOf(greyOf(straight), 12), straight).ink, straight);
  if (up < -0.15) turnedDeg += 180;
  return {
    frame: frameFor(straightenedDeg + turnedDeg, small, sheet, marks),
    picture: false,
    turnedDeg,
    straightenedDeg,
  };
};

const whitened = async (small: Raster): Promise<Grey> => {
  const copy = { ...small, bytes: Uint8Array.from(small.bytes) };
  whiten(copy, mapPaper(copy));
  return greyOf(copy);
};

export interface PrepareOptions {
  readonly onPreview?: (preview: PageView) => void;
  /** The person asked for the whole glass. */
  readonly whole?: boolean;
}

/** What is done with a scan, decided on its small copy. */
interface PlannedPage {
  readonly opened: Raster;
  readonly dpi: number;
  /** From the scan to the small copy. */
  readonly factor: number;
  /** The small copy as scanned, and without the lid around the sheets. */
  readonly bare: Raster;
  readonly small: Raster;
  /** All of the glass is dark. */
  readonly black: boolean;
  readonly colour: boolean;
  readonly lidLevel: number;
  /** Paints over the lid around the sheets, in a raster of this scale against the small copy. */
  readonly paint: (raster: Raster, scale: number) => Promise<Raster> | Raster;
  /** The sheet to which the page is cropped. */
  readonly sheet: Rectangle | undefined;
  readonly card: boolean;
  readonly background: string;
  readonly plan: Plan;
}

/** `whole`: the person asked for the whole glass. */
export const planPage = async (page: ScannedPage, whole = false): Promise<PlannedPage> => {
  const { raster: opened, dpi } = await openScan(page);
  const factor = SMALL_DPI / dpi;
  const bare = await scaled(opened, factor);
  const glass = analyseGlass(bare);
  const seen = findSheets(glass);
  // A dark picture with a sheet in it is dark paper on a black lid, not a failed scan.
  const black = seen.frame === undefined && isAllBlack(greyOf(bare));
  const found: FoundSheets = black || whole ? { ...seen, frame: undefined, outlines: [] } : seen;
  const paint: PlannedPage['paint'] = (raster, scale) =>
    found.outlines.length > 0 ? withoutLid(raster, found.outlines, scale, paperColour(bare, glass)) : raster;
  const small = await paint(bare, 1);
  const sheet = found.frame;
  // A card's tint and guilloches are part of the document: no area of it is bare paper.
  const card = sheet !== undefined && isCard(sheet);
  const level = Math.round(mapPaper({ ...greyOf(small), channels: 1 }).level);
  const background = `rgb(${level},${level},${level})`;
  const plan: Plan = black
    ? { frame: frameFor(0, small, undefined, []), picture: false, turnedDeg: 0, straightenedDeg: 0 }
    : await planTurn(small, found, card, background);
  const [colour, { lidLevel }] = [hasColour(small), glass];
  return { opened, dpi, factor, bare, small, black, colour, lidLevel, paint, sheet, card, background, plan };
};

export const preparePage = async (page: ScannedPage, options: PrepareOptions = {}): Promise<PageResult> => {
  const planned = await planPage(page, options.whole);
  const { opened, dpi, factor, bare, small, black, colour, paint, sheet, card, background, plan } = planned;
  const tiny = await scaled(small, 0.5);

  const channels = colour ? 3 : 1;
  const kept = await paint(
    colour || opened.channels === 1 ? opened : await toRaster(sharpOf(opened).greyscale(), 1),
    1 / factor,
  );
  // A cropped area of one plain tint must not be whitened: it would become a white page.
  const tintAlone =
    sheet !== undefined &&
    planned.lidLevel >= PALE_LID &&
    inkShare(await whitened(await cutOut(small, plan.frame, 1, background))) < BLANK_SHARE;
  const asItIs = black || card || tintAlone || plan.picture;
  // Make the preview first, from fewer pixels, so that the person sees it while the full page is prepared.
  const viewDpi = Math.min(PREVIEW_DPI, dpi);
  const view = await cutOut(await scaled(kept, viewDpi / dpi), plan.frame, viewDpi / SMALL_DPI, background);
  if (!asItIs) whiten(view, mapPaper(await scaled(view, SMALL_DPI / viewDpi)));
  const preview = await sharpOf(view).jpeg({ quality: 80 }).toBuffer();
  options.onPreview?.({ jpeg: new Uint8Array(preview), width: view.width, height: view.height });

  const full = await cutOut(kept, plan.frame, 1 / factor, background);
  const smallTurned = await scaled(full, factor);
  const paper = mapPaper(smallTurned);
  const before = greyOf(smallTurned);
  if (!asItIs) whiten(full, paper);

  // A page of lower resolution is enlarged, or OCR finds no lines in the grey bands of a small table. Its sharpness is
  // measured before the enlargement.
  const readingDpi = card ? CARD_READING_DPI : READING_DPI;
  const reading = await scaled(full, readingDpi / dpi, 1);
  const judged = dpi < readingDpi ? greyOf(full) : reading;
  const whiteSmall = greyOf(await scaled(full, factor));
  const flaws: PageFlaw[] = [];
  if (black) flaws.push('all-black');
  else {
    if (isTooDark(bare, paper.level)) flaws.push('too-dark');
    const edges = sharpness(judged);
    if (edges > 0 && edges < SHARP_ENOUGH) flaws.push('blurred');
    if (!sheet && cutSides(greyOf(small), inkOf(greyOf(small), 12), SMALL_DPI) > 0) flaws.push('cut-edge');
    if (!sheet && fingerShare(tiny, SMALL_DPI / 2) > 0.006) flaws.push('finger');
    if (reflectionShare(before, paper.level) > 0.015) flaws.push('reflection');
  }
  const [glassJpeg, jpeg, png] = await Promise.all([
    sheet && sharpOf(opened).jpeg({ quality: 92, chromaSubsampling: '4:4:4' }).toBuffer(),
    sharpOf(full).jpeg({ quality: 86, chromaSubsampling: '4:4:4' }).withDensity(dpi).toBuffer(),
    sharpOf(reading).png({ compressionLevel: 1 }).toBuffer(),
  ]);
  return {
    jpeg: new Uint8Array(jpeg),
    width: full.width,
    height: full.height,
    dpi,
    colour: channels === 3,
    reading: new Uint8Array(png),
    readingDpi,
    blank:
      !black &&
      !tintAlone &&
      paper.tinted === 0 &&
      inkShare(whiteSmall) < BLANK_SHARE &&
      !hasPaleInk(reading, readingDpi),
    flaws,
    turnedDeg: plan.turnedDeg,
    straightenedDeg: plan.straightenedDeg,
    card,
    glass: glassJpeg && new Uint8Array(glassJpeg),
  };
};

/** Below this sharpness, letters have lost their edges. */
const SHARP_ENOUGH = 0.24;
/** Ink share of a blank page at most. One short word on an A4 page is about 0.0003. */
const BLANK_SHARE = 0.00012;

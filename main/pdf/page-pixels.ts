/**
 * Limits how many pixels a page may use while pdf.js draws it. A file of two kilobytes may declare a picture of 400
 * million pixels, or stack two hundred transparent layers: they are counted before they are allocated.
 */
import { createCanvas, type Canvas, type SKRSContext2D } from '@napi-rs/canvas';

/** A little more than A3 at 600 dpi, which is the most that large office scanners produce. */
export const MAX_PICTURE_DOTS = 80_000_000;
/** All the canvases of one page together, at four bytes a pixel: three A4 pages at 600 dpi. */
const MAX_SHEET_DOTS = 120_000_000;

interface Sheet {
  canvas: Canvas | null;
  context: SKRSContext2D | null;
}

type CanvasFactory = new () => {
  create(width: number, height: number): Sheet;
  reset(sheet: Sheet, width: number, height: number): void;
  destroy(sheet: Sheet): void;
  /** For the page's own canvas, which we create. */
  getNoAlphaContext(canvas: Canvas): SKRSContext2D;
};

export interface DrawingBudget {
  /** For `getDocument`. */
  readonly CanvasFactory: CanvasFactory;
  /**
   * Draws one page. Rejects with `refusal` when it needs too many pixels or lacks a picture. Draw only one page at a
   * time.
   */
  draw<T>(draw: () => Promise<T>): Promise<T>;
}

export const drawingBudget = (refusal: () => Error, maxDots = MAX_SHEET_DOTS): DrawingBudget => {
  let dots = 0;
  let held = new WeakMap<Canvas, number>();
  const hold = (canvas: Canvas, count: number): void => {
    dots += count - (held.get(canvas) ?? 0);
    held.set(canvas, count);
  };
  const check = (width: number, height: number, given = 0): number => {
    const count = Math.ceil(width) * Math.ceil(height);
    if (!(width > 0 && height > 0)) throw new Error('a sheet without a size');
    if (dots - given + count > maxDots) throw refusal();
    return count;
  };
  class CanvasFactory {
    create(width: number, height: number): Sheet {
      const count = check(width, height);
      const canvas = createCanvas(width, height);
      hold(canvas, count);
      return { canvas, context: canvas.getContext('2d') };
    }
    reset({ canvas }: Sheet, width: number, height: number): void {
      if (canvas === null) throw new Error('the sheet is gone');
      hold(canvas, check(width, height, held.get(canvas)));
      canvas.width = width;
      canvas.height = height;
    }
    getNoAlphaContext(canvas: Canvas): SKRSContext2D {
      return canvas.getContext('2d', { alpha: false });
    }
    destroy(sheet: Sheet): void {
      const { canvas } = sheet;
      if (canvas === null) throw new Error('the sheet is gone');
      hold(canvas, 0);
      canvas.width = 0;
      canvas.height = 0;
      sheet.canvas = null;
      sheet.context = null;
    }
  }
  return {
    CanvasFactory,
    async draw(draw) {
      // A page that failed half-way did not free its canvases.
      dots = 0;
      held = new WeakMap();
      listen();
      const before = removed;
      const drawn = await draw();
      if (removed > before) throw refusal();
      return drawn;
    },
  };
};

const REMOVED = 'exceeded maximum allowed size';

let removed = 0;
let listening = false;

/**
 * pdf.js leaves a picture larger than `maxImageSize` out of the page, and only says so in a warning. A page without its
 * picture must not be shown as if it were complete. Needs `verbosity: WARNINGS`; pdf.js's other warnings are dropped.
 */
const listen = (): void => {
  if (listening) return;
  listening = true;
  /* eslint-disable no-console -- only intercepted: pdf.js reports this nowhere else */
  const pass = console.warn;
  console.warn = (...words: readonly unknown[]) => {
    const text = String(words[0]);
    if (text.includes(REMOVED)) removed += 1;
    else if (!text.startsWith('Warning: ')) pass(...words);
  };
  /* eslint-enable no-console */
};

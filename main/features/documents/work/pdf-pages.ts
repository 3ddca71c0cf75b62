/** Any PDF drawn page by page with pdf.js. In the document thread only: a page can be slow, or made to hang. */
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import sharp from 'sharp';
import { drawingBudget, MAX_PICTURE_DOTS } from '../../../platform/page-pixels.ts';
import { ThreadRefusal } from '../../../platform/serve-thread.ts';
import type { TextLine } from './pdf-text.ts';

type PdfJs = typeof import('pdfjs-dist');
let loading: Promise<PdfJs> | undefined;
const pdfjs = (): Promise<PdfJs> => (loading ??= import('pdfjs-dist/legacy/build/pdf.mjs') as Promise<PdfJs>);

const MAX_DOTS = 40_000_000;

export interface OpenPdf {
  readonly pages: number;
  /** JPEG of one page, the scale in dots a point. */
  draw(
    page: number,
    scale: number,
  ): Promise<{ readonly rgba: Buffer; readonly width: number; readonly height: number }>;
  /** Size in points, as it is read (turned). */
  size(page: number): Promise<{ readonly width: number; readonly height: number }>;
  lines(page: number): Promise<readonly TextLine[]>;
  /** A form of Adobe's own kind: `alone` without fields that anybody else could show, `beside` ordinary ones. */
  xfa(): Promise<'alone' | 'beside' | undefined>;
  close(): Promise<void>;
}

const folderOf = (name: string): string => {
  const root = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  return `${join(root, name)}${sep}`.replaceAll('\\', '/');
};

export const openPdf = async (bytes: Uint8Array): Promise<OpenPdf> => {
  const { getDocument, VerbosityLevel } = await pdfjs();
  const budget = drawingBudget(() => new ThreadRefusal('too-large'));
  const task = getDocument({
    data: bytes.slice(), // pdf.js takes the array for itself
    cMapUrl: folderOf('cmaps'),
    standardFontDataUrl: folderOf('standard_fonts'),
    wasmUrl: folderOf('wasm'),
    cMapPacked: true,
    disableFontFace: true,
    useSystemFonts: false,
    isEvalSupported: false,
    enableXfa: false,
    maxImageSize: MAX_PICTURE_DOTS,
    CanvasFactory: budget.CanvasFactory,
    verbosity: VerbosityLevel.WARNINGS,
  } as Parameters<typeof getDocument>[0]);
  let pdf: PDFDocumentProxy;
  try {
    pdf = await task.promise;
    if (pdf.numPages < 1) throw new Error('no pages');
  } catch (cause) {
    await task.destroy().catch(() => undefined);
    throw new ThreadRefusal((cause as Error).name === 'PasswordException' ? 'locked' : 'damaged', { cause });
  }
  return {
    pages: pdf.numPages,
    async draw(number, scale) {
      const page = await pdf.getPage(number);
      const viewport = page.getViewport({ scale });
      const [width, height] = [Math.max(1, Math.round(viewport.width)), Math.max(1, Math.round(viewport.height))];
      if (width * height > MAX_DOTS) throw new ThreadRefusal('too-large');
      const canvas = createCanvas(width, height);
      const context = canvas.getContext('2d');
      context.fillStyle = '#ffffff';
      context.fillRect(0, 0, width, height);
      const drawn = (): Promise<void> =>
        page.render({
          canvas: canvas as unknown as HTMLCanvasElement,
          canvasContext: context as unknown as CanvasRenderingContext2D,
          viewport,
          background: '#ffffff',
        }).promise;
      await budget.draw(drawn);
      page.cleanup();
      return { rgba: Buffer.from(canvas.data()), width, height };
    },
    async size(number) {
      const { width, height } = (await pdf.getPage(number)).getViewport({ scale: 1 });
      return { width, height };
    },
    async lines(number) {
      const page = await pdf.getPage(number);
      const viewport = page.getViewport({ scale: 1 });
      const { items } = await page.getTextContent();
      const lines: TextLine[] = [];
      let words: TextLine['words'][number][] = [];
      for (const item of items) {
        if (!('str' in item)) continue;
        const [x = 0, y = 0] = viewport.convertToViewportPoint(
          item.transform[4] as number,
          item.transform[5] as number,
        ) as number[];
        const height = item.height || 10;
        if (item.str.trim() !== '')
          words.push({ text: item.str.trim(), x, y: y - height * 0.8, width: Math.max(1, item.width), height });
        if (item.hasEOL && words.length > 0) {
          lines.push({ words });
          words = [];
        }
      }
      if (words.length > 0) lines.push({ words });
      return lines;
    },
    async xfa() {
      const facts = await pdf.getMetadata().catch(() => undefined);
      const info = facts?.info as { IsXFAPresent?: boolean; IsAcroFormPresent?: boolean } | undefined;
      if (!info?.IsXFAPresent) return undefined;
      return info.IsAcroFormPresent ? 'beside' : 'alone';
    },
    close: () => task.destroy(),
  };
};

export const drawJpeg = async (
  pdf: OpenPdf,
  page: number,
  scale: number,
  quality: number,
): Promise<{ jpeg: Uint8Array; width: number; height: number }> => {
  const { rgba, width, height } = await pdf.draw(page, scale);
  const jpeg = await sharp(rgba, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .jpeg({ quality })
    .toBuffer();
  return { jpeg: new Uint8Array(jpeg), width, height };
};

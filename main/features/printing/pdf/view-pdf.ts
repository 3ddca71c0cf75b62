/** Reading and drawing pages with pdf.js. Runs in the PDF thread only: a page can be slow, or made to hang. */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { createCanvas, type Canvas } from '@napi-rs/canvas';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { drawingBudget, MAX_PICTURE_DOTS, type DrawingBudget } from '../../../platform/page-pixels.ts';
import { PdfProblemError } from './problem.ts';
import type { Size } from './protocol.ts';

type PdfJs = typeof import('pdfjs-dist');

let loading: Promise<PdfJs> | undefined;
const pdfjs = (): Promise<PdfJs> => (loading ??= import('pdfjs-dist/legacy/build/pdf.mjs') as Promise<PdfJs>);

/** pdf.js finds its character maps, substitute fonts and decoders by address. */
const assets = (): { cMapUrl: string; standardFontDataUrl: string; wasmUrl: string; iccUrl: string } => {
  const root = new URL('.', pathToFileURL(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))).pathname;
  const folder = (name: string): string =>
    `${decodeURIComponent(process.platform === 'win32' ? root.slice(1) : root)}${name}/`;
  return {
    cMapUrl: folder('cmaps'),
    standardFontDataUrl: folder('standard_fonts'),
    wasmUrl: folder('wasm'),
    iccUrl: folder('iccs'),
  };
};

const MAX_DOTS = 40_000_000;

export interface OpenPdf {
  readonly document: PDFDocumentProxy;
  readonly budget: DrawingBudget;
  close(): Promise<void>;
}

export const openPdf = async (bytes: Uint8Array): Promise<OpenPdf> => {
  const { getDocument, VerbosityLevel } = await pdfjs();
  const budget = drawingBudget(() => new PdfProblemError('too-large'));
  const task = getDocument({
    // pdf.js keeps the buffer that it is given for itself, and takes no Buffer.
    data: new Uint8Array(bytes),
    ...assets(),
    cMapPacked: true,
    disableFontFace: true,
    useSystemFonts: false,
    isEvalSupported: false,
    enableXfa: false,
    stopAtErrors: false,
    maxImageSize: MAX_PICTURE_DOTS,
    CanvasFactory: budget.CanvasFactory,
    verbosity: VerbosityLevel.WARNINGS,
  } as Parameters<typeof getDocument>[0]);
  try {
    const document = await task.promise;
    return { document, budget, close: () => task.destroy() };
  } catch (cause) {
    await task.destroy().catch(() => undefined);
    throw new PdfProblemError((cause as Error).name === 'PasswordException' ? 'encrypted' : 'damaged', cause);
  }
};

const draw = async (
  pdf: OpenPdf,
  page: PDFPageProxy,
  scale: number,
  canvas: Canvas,
  offset: readonly [number, number],
  turn: number,
): Promise<void> => {
  const context = canvas.getContext('2d');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  const viewport = page.getViewport({
    scale,
    rotation: (page.rotate + turn) % 360,
    offsetX: offset[0],
    offsetY: offset[1],
  });
  const drawn = (): Promise<void> =>
    page.render({
      canvas: canvas as unknown as HTMLCanvasElement,
      canvasContext: context as unknown as CanvasRenderingContext2D,
      viewport,
      intent: 'print',
      background: '#ffffff',
    }).promise;
  await pdf.budget.draw(drawn);
};

/** One page, `width` dots wide, the way the person will read it. */
export const drawPage = async (pdf: OpenPdf, number: number, width: number): Promise<Canvas> => {
  const page = await pdf.document.getPage(number);
  const base = page.getViewport({ scale: 1 });
  const scale = width / base.width;
  const height = Math.max(1, Math.round(base.height * scale));
  if (width * height > MAX_DOTS) throw new PdfProblemError('too-large');
  const canvas = createCanvas(width, height);
  await draw(pdf, page, scale, canvas, [0, 0], 0);
  page.cleanup();
  return canvas;
};

/** One page filling a portrait sheet exactly: a page lying on its side is turned. */
export const drawSheet = async (pdf: OpenPdf, number: number, size: Size): Promise<Canvas> => {
  const page = await pdf.document.getPage(number);
  const base = page.getViewport({ scale: 1 });
  const turn = base.width > base.height ? 90 : 0;
  const turned = page.getViewport({ scale: 1, rotation: (page.rotate + turn) % 360 });
  const scale = Math.min(size.width / turned.width, size.height / turned.height);
  const canvas = createCanvas(size.width, size.height);
  await draw(
    pdf,
    page,
    scale,
    canvas,
    [(size.width - turned.width * scale) / 2, (size.height - turned.height * scale) / 2],
    turn,
  );
  page.cleanup();
  return canvas;
};

/** The canvas' own memory, four bytes a dot. */
const rgba = (canvas: Canvas): Uint8Array => canvas.data();

export const toRgb = (canvas: Canvas): Uint8Array => {
  const from = rgba(canvas);
  const to = new Uint8Array((from.length / 4) * 3);
  for (let at = 0, out = 0; at < from.length; at += 4, out += 3) {
    to[out] = from[at] ?? 255;
    to[out + 1] = from[at + 1] ?? 255;
    to[out + 2] = from[at + 2] ?? 255;
  }
  return to;
};

/** The faintest pencil mark of a scan is below this; paper white is above. */
const WHITE_FROM = 246;

export const isBlank = (canvas: Canvas): boolean => {
  const dots = rgba(canvas);
  for (let at = 0; at < dots.length; at += 4) {
    if ((dots[at] ?? 255) < WHITE_FROM || (dots[at + 1] ?? 255) < WHITE_FROM || (dots[at + 2] ?? 255) < WHITE_FROM)
      return false;
  }
  return true;
};

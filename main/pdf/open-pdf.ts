/**
 * The one place that opens files with pdf.js, with one set of options. Only for decoders: a page can be slow, or
 * built to hang. pdf.js is loaded when the first file is opened.
 */
import { join, sep } from 'node:path';
import { createCanvas, type Canvas } from '@napi-rs/canvas';
import type { PageViewport, PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { drawingBudget, MAX_PICTURE_DOTS } from './page-pixels.ts';
import { pdfjsFolder } from './pdfjs-folder.ts';

type PdfJs = typeof import('pdfjs-dist');

let loading: Promise<PdfJs> | undefined;
const pdfjs = (): Promise<PdfJs> => (loading ??= import('pdfjs-dist/legacy/build/pdf.mjs') as Promise<PdfJs>);

/** Why a file cannot be opened or drawn. */
export type PdfRefusal = 'locked' | 'damaged' | 'too-large';

/** `form`: as on a screen, without the annotations that the document's storage hides (`noView`). */
export type DrawIntent = 'display' | 'print' | 'form';

export interface OpenedPdf {
  readonly document: PDFDocumentProxy;
  /** Draws on a white background, one page at a time. */
  draw(
    page: PDFPageProxy,
    viewport: PageViewport,
    size: { readonly width: number; readonly height: number },
    intent: DrawIntent,
  ): Promise<Canvas>;
  close(): Promise<void>;
}

/** No legitimate request needs more pixels than this. */
const MAX_DOTS = 40_000_000;

/** pdf.js loads its character maps, substitute fonts, decoders and colour profiles by URL. */
const assets = (): { cMapUrl: string; standardFontDataUrl: string; wasmUrl: string; iccUrl: string } => {
  const root = pdfjsFolder();
  const folder = (name: string): string => `${join(root, name)}${sep}`.replaceAll('\\', '/');
  return {
    cMapUrl: folder('cmaps'),
    standardFontDataUrl: folder('standard_fonts'),
    wasmUrl: folder('wasm'),
    iccUrl: folder('iccs'),
  };
};

/** `refused` creates the error that leaves the decoder. */
export const openPdf = async (
  bytes: Uint8Array,
  refused: (why: PdfRefusal, cause?: unknown) => Error,
): Promise<OpenedPdf> => {
  const { AnnotationMode, getDocument, VerbosityLevel } = await pdfjs();
  const budget = drawingBudget(() => refused('too-large'));
  const task = getDocument({
    // pdf.js takes ownership of the buffer that it is given, and does not accept a Buffer.
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
  let document: PDFDocumentProxy;
  try {
    document = await task.promise;
  } catch (cause) {
    await task.destroy().catch(() => undefined); // it never opened, so there is nothing to release
    throw refused((cause as Error).name === 'PasswordException' ? 'locked' : 'damaged', cause);
  }
  return {
    document,
    async draw(page, viewport, { width, height }, intent) {
      if (width * height > MAX_DOTS) throw refused('too-large');
      const canvas = createCanvas(width, height);
      const context = canvas.getContext('2d');
      context.fillStyle = '#ffffff';
      context.fillRect(0, 0, width, height);
      const drawn = (): Promise<void> =>
        page.render({
          canvas: canvas as unknown as HTMLCanvasElement,
          canvasContext: context as unknown as CanvasRenderingContext2D,
          viewport,
          intent: intent === 'print' ? 'print' : 'display',
          annotationMode: intent === 'form' ? AnnotationMode.ENABLE_STORAGE : AnnotationMode.ENABLE,
          background: '#ffffff',
        }).promise;
      await budget.draw(drawn);
      page.cleanup();
      return canvas;
    },
    close: () => task.destroy(),
  };
};

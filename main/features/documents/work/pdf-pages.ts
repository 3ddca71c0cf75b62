/** Opens a PDF and gives each page's picture, size and words. In the document decoder only. */
import sharp from 'sharp';
import { openPdf as openDocument, type DrawIntent } from '../../../pdf/open-pdf.ts';
import { DecoderRefusal } from '../../../platform/decoders/serve.ts';
import { readWidgets, type Widget } from './form-widgets.ts';
import type { TextLine } from '../../../pdf/text-line.ts';

export interface OpenPdf {
  readonly pages: number;
  /** RGBA pixels of one page; `scale` is in dots per point. */
  draw(
    page: number,
    scale: number,
    intent: DrawIntent,
  ): Promise<{ readonly rgba: Buffer; readonly width: number; readonly height: number }>;
  /** Size in points, after the page's rotation. */
  size(page: number): Promise<{ readonly width: number; readonly height: number }>;
  lines(page: number): Promise<readonly TextLine[]>;
  /**
   * Adobe's XFA form: `alone` when it has no ordinary form fields that other programs could show, `beside` when it has.
   */
  xfa(): Promise<'alone' | 'beside' | undefined>;
  /** Other files are inside, to be shown in place of the pages (ISO 32000-1 §12.3.5). */
  isCollection(): Promise<boolean>;
  /** Where something can be written or ticked. None in a document that is no form, or whose author forbids it. */
  widgets(): Promise<readonly Widget[]>;
  /** Leaves them out of what `draw` draws with the intent `form`. */
  hide(widgets: readonly Widget[]): void;
  close(): Promise<void>;
}

/** As pdf.js calls them. */
interface Info {
  readonly IsXFAPresent?: boolean;
  readonly IsAcroFormPresent?: boolean;
  readonly IsCollectionPresent?: boolean;
}

/** `FILL_INTERACTIVE_FORMS`, `MODIFY_ANNOTATIONS` of the PDF specification: either allows it. */
const FILLING = [0x1_00, 0x20];

export const openPdf = async (bytes: Uint8Array): Promise<OpenPdf> => {
  const opened = await openDocument(bytes, (why, cause) => new DecoderRefusal(why, { cause }));
  const pdf = opened.document;
  if (pdf.numPages < 1) {
    await opened.close();
    throw new DecoderRefusal('damaged');
  }
  const readInfo = async (): Promise<Info | undefined> => {
    const facts = await pdf.getMetadata().catch(() => undefined); // unreadable metadata: treat as a plain document
    return facts?.info;
  };
  return {
    pages: pdf.numPages,
    async draw(number, scale, intent) {
      const page = await pdf.getPage(number);
      const viewport = page.getViewport({ scale });
      const size = {
        width: Math.max(1, Math.round(viewport.width)),
        height: Math.max(1, Math.round(viewport.height)),
      };
      const canvas = await opened.draw(page, viewport, size, intent);
      return { rgba: Buffer.from(canvas.data()), ...size };
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
      const info = await readInfo();
      if (!info?.IsXFAPresent) return undefined;
      return info.IsAcroFormPresent ? 'beside' : 'alone';
    },
    isCollection: async () => (await readInfo())?.IsCollectionPresent === true,
    async widgets() {
      if (!(await readInfo())?.IsAcroFormPresent) return [];
      const allowed = await pdf.getPermissions();
      const mayFill = !allowed || FILLING.some((one) => allowed.has(one));
      return mayFill ? readWidgets(pdf) : [];
    },
    hide(widgets) {
      for (const { id } of widgets) pdf.annotationStorage.setValue(id, { noView: true });
    },
    close: opened.close,
  };
};

export const drawJpeg = async (
  pdf: OpenPdf,
  page: number,
  scale: number,
  quality: number,
  intent: DrawIntent = 'display',
): Promise<{ jpeg: Uint8Array; width: number; height: number }> => {
  const { rgba, width, height } = await pdf.draw(page, scale, intent);
  const jpeg = await sharp(rgba, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .jpeg({ quality })
    .toBuffer();
  return { jpeg: new Uint8Array(jpeg), width, height };
};

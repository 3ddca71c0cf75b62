/** Entry file of the page decoder. It runs on load: a decoder has no other entry point. */
import sharp from 'sharp';
import type { HandlersOf } from '../../../platform/decoders/client.ts';
import { serveDecoder, DecoderRefusal } from '../../../platform/decoders/serve.ts';
import { composeCards } from './compose-cards.ts';
import type { ScannedPage } from '../../../devices/scanner.ts';
import type { PageOperations, PageResult } from './operations.ts';
import { preparePage } from './prepare-page.ts';
import { UnreadablePicture } from './rasters.ts';

const VIEW_PX = 1500;

// Decode one picture at a time, on one thread: OCR and the screens need the other core.
sharp.concurrency(1);
sharp.cache(false);

const prepare = async (page: ScannedPage, onPreview: (news: unknown) => void, whole: boolean): Promise<PageResult> => {
  try {
    return await preparePage(page, { onPreview, whole });
  } catch (error) {
    if (error instanceof UnreadablePicture) throw new DecoderRefusal('unreadable', { cause: error });
    throw error;
  }
};

const handlers: HandlersOf<PageOperations, [(news: unknown) => void]> = {
  prepare: (page, tell) => prepare(page, tell, false),
  recut: ({ glass, dpi, whole }, tell) =>
    prepare({ number: 1, dpi, image: { format: 'jpeg', bytes: glass } }, tell, whole),
  async turn({ jpeg, degrees }) {
    const { data, info } = await sharp(jpeg)
      .rotate(degrees)
      .jpeg({ quality: 88, chromaSubsampling: '4:4:4' })
      .toBuffer({ resolveWithObject: true });
    const view = await sharp(data)
      .resize({ width: VIEW_PX, height: VIEW_PX, fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 80 })
      .toBuffer({ resolveWithObject: true });
    return {
      jpeg: new Uint8Array(data),
      width: info.width,
      height: info.height,
      view: { jpeg: new Uint8Array(view.data), width: view.info.width, height: view.info.height },
    };
  },
  turnReading: async ({ png, degrees }) =>
    new Uint8Array(await sharp(png).rotate(degrees).png({ compressionLevel: 1 }).toBuffer()),
  composeCards,
};

serveDecoder(handlers);

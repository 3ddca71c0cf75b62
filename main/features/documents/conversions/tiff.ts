/**
 * Converts a TIFF of several pages (a fax, a scan) to PDF: as a picture, only its first page would show. In the
 * document decoder.
 */
import { dpiOfPage } from '../../../pdf/a4.ts';
import { DecoderRefusal } from '../../../platform/decoders/serve.ts';
import { qualityLadder } from '../work/encode-picture.ts';
import { packAll } from '../work/fit.ts';
import { MAX_PIXELS, openPicture } from '../work/open-picture.ts';
import type { PaperPage } from '../work/operations.ts';
import { makePdf, type PdfPage } from '../work/searchable-pdf.ts';
import { tiffPages, type TiffPage } from './tiff-directory.ts';

const MAX_PAGES = 100;

const paperOf = async (bytes: Uint8Array, page: TiffPage): Promise<PaperPage> => {
  const open = () => openPicture(bytes, page.index);
  const { dpiAcross, dpiDown } = page;
  const { width = 0, height = 0 } = await open().metadata();
  // A fax may have half the resolution vertically: stretch it, or it would look squashed.
  const stretched = dpiAcross && dpiDown ? Math.max(1, Math.round((height * dpiAcross) / dpiDown)) : height;
  if (width * stretched > MAX_PIXELS) throw new DecoderRefusal('too-large');
  const { data, info } = await open()
    .resize({ width, height: stretched, fit: 'fill' })
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 90 })
    .toBuffer({ resolveWithObject: true });
  return {
    jpeg: new Uint8Array(data),
    width: info.width,
    height: info.height,
    dpi: dpiAcross ?? dpiOfPage(info),
    colour: info.channels > 1,
    lines: [],
  };
};

/** Undefined for a single page with square pixels, which is handled as a picture. */
export const tiffToPdf = async (bytes: Uint8Array): Promise<Uint8Array | undefined> => {
  const facts = await openPicture(bytes)
    .metadata()
    .catch((cause: unknown) => {
      throw new DecoderRefusal(/pixel limit/i.test(String(cause)) ? 'too-large' : 'damaged', { cause });
    });
  const all = Array.from({ length: facts.pages ?? 1 }, (_, index): TiffPage => ({
    index,
    dpiAcross: facts.density,
    dpiDown: facts.density,
  }));
  const pages = tiffPages(bytes) ?? all;
  if (pages.length > MAX_PAGES) throw new DecoderRefusal('too-large');
  const [first] = pages;
  if (pages.length < 2 && first?.index === 0 && first.dpiAcross === first.dpiDown) return undefined;
  const packed: PdfPage[] = [];
  try {
    // One after the other: a decoded page takes 26 MB.
    for (const page of pages) packed.push(...(await packAll([await paperOf(bytes, page)], qualityLadder[0]!)));
  } catch (cause) {
    if (cause instanceof DecoderRefusal) throw cause;
    throw new DecoderRefusal('damaged', { cause });
  }
  if (packed.length === 0) throw new DecoderRefusal('damaged');
  return makePdf(packed, { title: 'Document', language: 'fr-FR', date: new Date(0) });
};

/** Brings a document under a site's size limit at the best legible quality, or refuses with `too-large`. */
import sharp from 'sharp';
import { DecoderRefusal } from '../../../platform/decoders/serve.ts';
import type { GivenFormat } from '../accept.ts';
import { packPicture, qualityLadder, type Quality } from './encode-picture.ts';
import type { FitRequest, PaperPage } from './operations.ts';
import { makePdf, type PdfPage } from './searchable-pdf.ts';

/** Size of a PDF besides its pictures: for the file, and for each page. */
const FRAME_BYTES = 1_500;
const PAGE_BYTES = 1_200;
/** Size at each step of the ladder, relative to the first, so that steps that are clearly too large can be skipped. */
const WEIGHTS = [1, 0.71, 0.54, 0.52, 0.38, 0.35, 0.14, 0.27, 0.11] as const;

/** Black and white is for text only: a face or a faded stamp would be lost. */
const isPlainText = async (page: PaperPage): Promise<boolean> => {
  const { data } = await sharp(page.jpeg)
    .resize({ width: 400 })
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  let between = 0;
  for (const v of data) if (v > 90 && v < 200) between += 1;
  return between / data.length < 0.07;
};

const points = (page: PaperPage): { widthPt: number; heightPt: number } => ({
  widthPt: Math.round((page.width / page.dpi) * 7200) / 100,
  heightPt: Math.round((page.height / page.dpi) * 7200) / 100,
});

const packPage = async (page: PaperPage, quality: Quality): Promise<PdfPage> => ({
  picture: await packPicture({ bytes: page.jpeg, dpi: page.dpi, colour: page.colour }, quality),
  ...points(page),
  lines: page.lines,
});

const weigh = (pages: readonly PdfPage[]): number =>
  FRAME_BYTES + pages.reduce((sum, page) => sum + page.picture.bytes.length + PAGE_BYTES + page.lines.length * 90, 0);

const stepsFor = async (pages: readonly PaperPage[]): Promise<readonly number[]> => {
  const colour = pages.some((page) => page.colour);
  let plain = true;
  for (const page of pages) plain &&= await isPlainText(page);
  return qualityLadder.flatMap((quality, i) => {
    if (quality.jpeg === 'fax') return plain ? [i] : [];
    // On pages without colour, the steps that only remove colour add nothing.
    return !colour && quality.colour === false && quality.jpeg > 30 ? [] : [i];
  });
};

/** One after the other: a decoded page takes 26 MB, and `sharp` would decode four at once. */
export const packAll = async (pages: readonly PaperPage[], quality: Quality): Promise<readonly PdfPage[]> => {
  const packed: PdfPage[] = [];
  for (const page of pages) packed.push(await packPage(page, quality));
  return packed;
};

/** The best step under the limit. `orLightest`: else the last. */
const packUnder = async (
  pages: readonly PaperPage[],
  maxBytes: number,
  orLightest: boolean,
): Promise<readonly PdfPage[] | undefined> => {
  const steps = await stepsFor(pages);
  const first = await packAll(pages, qualityLadder[0]!);
  const best = weigh(first);
  if (best <= maxBytes) return first;
  for (const step of steps.slice(1)) {
    // Skip a step whose estimate is well above the limit, except the last.
    if (best * WEIGHTS[step]! > maxBytes * 1.25 && step !== steps.at(-1)) continue;
    const packed = await packAll(pages, qualityLadder[step]!);
    if (weigh(packed) <= maxBytes || (orLightest && step === steps.at(-1))) return packed;
  }
  return undefined;
};

const pictureOf = async (
  page: PaperPage,
  format: Exclude<GivenFormat, 'pdf'>,
  { maxBytes, orLightest }: Pick<FitRequest, 'maxBytes' | 'orLightest'>,
): Promise<Uint8Array> => {
  let smallest: Uint8Array | undefined;
  for (const quality of qualityLadder) {
    if (quality.jpeg === 'fax') continue;
    const scale = Math.min(1, quality.dpi / page.dpi);
    const image = sharp(page.jpeg).resize({ width: Math.max(8, Math.round(page.width * scale)) });
    const made =
      format === 'jpeg'
        ? await image.jpeg({ quality: quality.jpeg + 12, chromaSubsampling: '4:2:0' }).toBuffer()
        : await image.png({ palette: true, colours: quality.colour ? 64 : 16 }).toBuffer();
    if (maxBytes === null || made.length <= maxBytes) return new Uint8Array(made);
    if (orLightest) smallest = new Uint8Array(made);
  }
  if (smallest) return smallest;
  throw new DecoderRefusal('too-large');
};

export const fitPages = async (
  pages: readonly PaperPage[],
  ask: Pick<FitRequest, 'format' | 'maxBytes' | 'orLightest' | 'maySplit' | 'title' | 'dateMs'>,
): Promise<readonly Uint8Array[]> => {
  const { maxBytes } = ask;
  if (ask.format !== 'pdf') {
    if (pages.length > 1 && !ask.maySplit) throw new DecoderRefusal('too-large');
    const made: Uint8Array[] = [];
    for (const page of pages) made.push(await pictureOf(page, ask.format, ask));
    return made;
  }
  const facts = { title: ask.title, language: 'fr-FR', date: new Date(ask.dateMs) };
  const whole =
    maxBytes === null ? await packAll(pages, qualityLadder[0]!) : await packUnder(pages, maxBytes, ask.orLightest);
  if (whole) return [await makePdf(whole, facts)];
  if (!ask.maySplit || pages.length < 2 || maxBytes === null) throw new DecoderRefusal('too-large');
  // Split in halves until each file is under the limit; pages stay in order.
  const half = Math.ceil(pages.length / 2);
  return [...(await fitPages(pages.slice(0, half), ask)), ...(await fitPages(pages.slice(half), ask))];
};

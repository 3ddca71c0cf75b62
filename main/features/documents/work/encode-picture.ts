/** Encodes a page's picture for a PDF at a given quality. Uses `sharp`; runs in the document decoder. */
import { openPicture } from './open-picture.ts';
import type { PdfPage } from './searchable-pdf.ts';

export interface Quality {
  readonly dpi: number;
  readonly colour: boolean;
  /** 1..100, or `fax`: black and white. */
  readonly jpeg: number | 'fax';
}

/** From best to smallest. A4 text is still legible at the last one. */
export const qualityLadder: readonly Quality[] = [
  { dpi: 200, colour: true, jpeg: 62 },
  { dpi: 170, colour: true, jpeg: 52 },
  { dpi: 150, colour: true, jpeg: 42 },
  { dpi: 150, colour: false, jpeg: 45 },
  { dpi: 125, colour: true, jpeg: 34 },
  { dpi: 125, colour: false, jpeg: 36 },
  { dpi: 200, colour: false, jpeg: 'fax' },
  { dpi: 110, colour: false, jpeg: 30 },
  { dpi: 150, colour: false, jpeg: 'fax' },
];

export interface Picture {
  readonly bytes: Uint8Array;
  readonly dpi: number;
  readonly colour: boolean;
}

/** The only strip of a TIFF file written by libtiff. */
const stripOf = (tiff: Uint8Array): Uint8Array => {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const little = view.getUint16(0) === 0x4949;
  const u16 = (at: number): number => view.getUint16(at, little);
  const u32 = (at: number): number => view.getUint32(at, little);
  const directory = u32(4);
  const fields = new Map<number, { type: number; count: number; at: number }>();
  for (let i = 0; i < u16(directory); i += 1) {
    const at = directory + 2 + i * 12;
    fields.set(u16(at), { type: u16(at + 2), count: u32(at + 4), at: at + 8 });
  }
  const valueOf = (tag: number): number => {
    const field = fields.get(tag);
    if (!field || field.count !== 1) throw new Error('the fax picture has several strips');
    return field.type === 3 ? u16(field.at) : u32(field.at);
  };
  return tiff.subarray(valueOf(273), valueOf(273) + valueOf(279));
};

export const packPicture = async (picture: Picture, quality: Quality): Promise<PdfPage['picture']> => {
  const scale = Math.min(1, quality.dpi / picture.dpi);
  const facts = await openPicture(picture.bytes).metadata();
  const width = Math.max(8, Math.round((facts.width ?? 8) * scale));
  let image = openPicture(picture.bytes);
  if (scale < 1) image = image.resize({ width, kernel: 'lanczos3' });
  if (quality.jpeg === 'fax') {
    const height = Math.max(8, Math.round((facts.height ?? 8) * scale));
    const tiff = await image
      .resize({ width, height, fit: 'fill' })
      .toColourspace('b-w')
      .threshold(165)
      .tiff({ compression: 'ccittfax4', bitdepth: 1, tileHeight: height })
      .toBuffer();
    const strip = stripOf(new Uint8Array(tiff));
    return { kind: 'fax', bytes: strip.slice(), columns: width, rows: height };
  }
  const grey = !(quality.colour && picture.colour);
  if (grey) image = image.toColourspace('b-w');
  const { data, info } = await image
    .jpeg({ quality: quality.jpeg, quantisationTable: 3, optimiseCoding: true, chromaSubsampling: '4:2:0' })
    .toBuffer({ resolveWithObject: true });
  return { kind: 'jpeg', bytes: new Uint8Array(data), grey, columns: info.width, rows: info.height };
};

/**
 * Converts a file to one of the two formats that we store, a PDF or a picture, and inspects it. In the document
 * decoder.
 */
import type { Inspected, InspectRequest } from '../work/operations.ts';
import { bitmapToJpeg } from './bitmap.ts';
import { heicToJpeg } from './heic.ts';
import { unlock } from './locked-pdf.ts';
import { tiffToPdf } from './tiff.ts';

export interface Inspectors {
  readonly pdf: (bytes: Uint8Array) => Promise<Inspected>;
  readonly picture: (bytes: Uint8Array) => Promise<Inspected>;
}

export const inspectFile = async (file: InspectRequest, inspect: Inspectors): Promise<Inspected> => {
  const { bytes, take, password } = file;
  const as = async (kind: keyof Inspectors, made: Uint8Array): Promise<Inspected> => ({
    converted: made,
    ...(await inspect[kind](made)),
  });
  switch (take) {
    case 'pdf':
      return password === undefined ? inspect.pdf(bytes) : as('pdf', await unlock(bytes, password));
    case 'picture':
      return inspect.picture(bytes);
    case 'heic':
      return as('picture', await heicToJpeg(bytes));
    case 'bmp':
      return as('picture', await bitmapToJpeg(bytes));
    case 'tiff': {
      const pdf = await tiffToPdf(bytes);
      return pdf ? as('pdf', pdf) : inspect.picture(bytes);
    }
  }
};

/** A PDF that was made to exhaust its reader costs the person that document, and nobody else anything. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PdfDecoder } from '../../../main/features/printing/pdf/decoder-client.ts';
import { doublingPdf, longContentPdf, manyPicturesPdf } from '../../harness/hostile-files.ts';
import { realPdfDecoder } from '../../harness/printing/kiosk-side.ts';
import { samplePdf } from '../../harness/printing/sample-pdf.ts';

let decoder: PdfDecoder;
beforeAll(() => {
  decoder = realPdfDecoder();
});
afterAll(() => decoder.stop());

const drawn = async (bytes: Uint8Array): Promise<string> => {
  const prepared = await decoder.ask('prepare', { bytes });
  if (!prepared.ok) return prepared.error;
  const opened = await decoder.ask('open', { key: 'x', pdf: prepared.value.pdf });
  if (!opened.ok) return opened.error;
  const page = await decoder.ask('png', { key: 'x', page: 1, width: 1_440 });
  return page.ok ? 'drawn' : page.error;
};

it.each([
  ['many pictures, each as large as a scanned page', manyPicturesPdf],
  ['a form that draws another twice, thirty times over', doublingPdf],
  ['200 MB of drawing in a small file', longContentPdf],
] as const)('%s', { timeout: 120_000 }, async (_what, make) => {
  expect(await drawn(await make())).toBe('too-large');
  expect(await drawn(await samplePdf(1))).toBe('drawn');
});

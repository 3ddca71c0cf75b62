/** The picture of a page that is larger than any paper, which is made lighter for a site or gets a watermark. */
import { PDFDocument } from '@cantoo/pdf-lib';
import { expect, it } from 'vitest';
import { pagesOf } from '../../../main/features/documents/work/document-handlers.ts';

const DPI = 200;
const A3_DOTS = 11.7 * DPI * (16.54 * DPI);

it('a photo made into a PDF with a point for each dot is drawn as on A3, its words in their place', async () => {
  const pdf = await PDFDocument.create();
  const [width, height] = [3024, 4032];
  pdf.addPage([width, height]).drawText('Quittance', { x: width / 2, y: height / 2, size: 100 });
  const [page] = await pagesOf({ kind: 'pdf', bytes: await pdf.save() });
  if (!page) throw new Error('no page');
  expect(page.width * page.height).toBeLessThan(A3_DOTS * 1.01);
  expect(page.width / page.height).toBeCloseTo(width / height, 2);
  const inches = page.width / page.dpi;
  const [word] = page.lines[0]!.words;
  expect(word!.x / 72 / inches).toBeCloseTo(0.5, 2);
});

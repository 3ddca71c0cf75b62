/** Small files with enormous pages are refused by their declared size, before anything is rendered. */
import { describe, expect, it } from 'vitest';
import { prepare } from '../../../main/features/printing/pdf/prepare-pdf.ts';
import { drawPage, openPdf } from '../../../main/features/printing/pdf/view-pdf.ts';
import { hugePicturePdf, nestedGroupsPdf } from '../../harness/hostile-files.ts';
import { samplePdf } from '../../harness/printing/sample-pdf.ts';

const drawn = async (bytes: Uint8Array, width: number): Promise<string> => {
  const pdf = await openPdf(bytes);
  try {
    return await drawPage(pdf, 1, width).then(
      () => 'drawn',
      (error: unknown) => (error as { problem?: string }).problem ?? String(error),
    );
  } finally {
    await pdf.close();
  }
};

describe('a page of too many dots', () => {
  it('is refused for a picture that it names, when it comes and when it is drawn', async () => {
    const pdf = await hugePicturePdf(10_000);
    await expect(prepare(pdf)).rejects.toMatchObject({ problem: 'too-large' });
    const before = process.memoryUsage().rss;
    expect(await drawn(pdf, 400)).toBe('too-large');
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  });

  it('is refused for the sheets it lays over one another', async () => {
    expect(await drawn(await nestedGroupsPdf(200), 1_440)).toBe('too-large');
  });

  it('does not spoil the next one', async () => {
    const pdf = await openPdf(await nestedGroupsPdf(60));
    for (let round = 0; round < 3; round += 1) await drawPage(pdf, 1, 900);
    await pdf.close();
  });

  it('is not one that a scanner or a word processor makes', async () => {
    expect(await drawn(await samplePdf(1), 4_960)).toBe('drawn');
    expect(await drawn(await hugePicturePdf(7_000), 480)).toBe('drawn');
    expect(await drawn(await nestedGroupsPdf(20), 1_440)).toBe('drawn');
  });
});

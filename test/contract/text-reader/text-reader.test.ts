/** The fake and the real OCR. What it reads on real papers, and what happens to its threads, are integration tests. */
import sharp from 'sharp';
import { createMemoryReader } from '../../fakes/memory-reader.ts';
import { realReader } from '../../harness/scanning/scanning-fixture.ts';
import { readerSuite, WORDS } from './suite.ts';

const PICTURE = new TextEncoder().encode('a picture');

readerSuite(
  'the fake',
  () => {
    const { reader, controller } = createMemoryReader();
    const words = WORDS.split(' ').map((text, n) => ({ text, x: 10 + 60 * n, y: 20, width: 50, height: 10 }));
    controller.page = (png) =>
      png === PICTURE ? { lines: [{ words }], confidence: 90, sureCharacters: 19 } : undefined;
    return { reader, slow: () => void (controller.gate = new Promise((resolve) => setTimeout(resolve, 10))) };
  },
  async () => PICTURE,
);

readerSuite(
  'tesseract',
  () => ({ reader: realReader(), slow: () => undefined }),
  async () =>
    new Uint8Array(
      await sharp(
        Buffer.from(
          `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="200">
          <rect width="100%" height="100%" fill="white"/>
          <text x="60" y="120" font-family="Liberation Sans, sans-serif" font-size="48">${WORDS}</text></svg>`,
        ),
      )
        .png()
        .toBuffer(),
    ),
);

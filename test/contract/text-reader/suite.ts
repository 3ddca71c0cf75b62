/** What every adapter of the Reader port (OCR) must do. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textOf, type Reader } from '../../../main/devices/text-reader.ts';

export interface ReaderFixture {
  readonly reader: Reader;
  /** From now on a page takes a while, so that a test can act in the middle of it. */
  slow(): void;
}

const DPI = 200;
export const WORDS = 'Attestation de paiement';

export const readerSuite = (name: string, make: () => ReaderFixture, draw: () => Promise<Uint8Array>): void => {
  describe(`reader: ${name}`, () => {
    let reader: Reader;
    let slow: () => void;
    let page: Uint8Array;
    beforeAll(async () => {
      ({ reader, slow } = make());
      page = await draw();
    });
    afterAll(() => reader.clear());

    it('may be warmed up, also twice', () => {
      reader.warmUp();
      reader.warmUp();
      expect(reader.held).toBe(0);
    });

    it('gives the words of a page with their places, and how sure it is', async () => {
      const read = await reader.read(page, DPI);
      expect(textOf(read)).toBe(WORDS);
      expect(read?.confidence).toBeGreaterThan(50);
      expect(read?.confidence).toBeLessThanOrEqual(100);
      expect(read?.sureCharacters).toBe(WORDS.replaceAll(' ', '').replace('de', '').length);
      const places = read?.lines.flatMap(({ words }) => words.map(({ x }) => x));
      expect(places).toEqual([...(places ?? [])].sort((a, b) => a - b));
      expect(reader.held).toBe(0);
    });

    it('gives nothing for what is no picture, and reads the next page', async () => {
      expect(await reader.read(new TextEncoder().encode('not a picture'), DPI)).toBeUndefined();
      expect(textOf(await reader.read(page, DPI))).toBe(WORDS);
    });

    it('does not begin a page that was given up before', async () => {
      const read = reader.read(page, DPI, AbortSignal.abort());
      expect(reader.held).toBe(0);
      expect(await read).toBeUndefined();
    });

    it('gives up a waiting page at once, and reads the others', async () => {
      slow();
      const over = new AbortController();
      const settled: string[] = [];
      const first = reader.read(page, DPI).finally(() => settled.push('first'));
      const second = reader.read(page, DPI, over.signal).finally(() => settled.push('second'));
      expect(reader.held).toBe(2);
      over.abort();
      expect(await second).toBeUndefined();
      expect(reader.held).toBe(1);
      expect(textOf(await first)).toBe(WORDS);
      expect(settled).toEqual(['second', 'first']);
      expect(reader.held).toBe(0);
    });

    it('gives up every page when it is cleared, and reads the next one', async () => {
      slow();
      const pile = Array.from({ length: 3 }, () => reader.read(page, DPI));
      expect(reader.held).toBe(3);
      await reader.clear();
      await reader.clear();
      expect(await Promise.all(pile)).toEqual([undefined, undefined, undefined]);
      expect(reader.held).toBe(0);
      expect(textOf(await reader.read(page, DPI))).toBe(WORDS);
    });
  });
};

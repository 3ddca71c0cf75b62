/** The real OCR: its results, and its behaviour when it is aborted or times out. */
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTesseractReader } from '../../../main/devices/tesseract/tesseract-reader.ts';
import { textOf, type Reader } from '../../../main/devices/text-reader.ts';
import { silentLogger } from '../../../main/log/logger.ts';
import { systemClock } from '../../../main/platform/clock.ts';
import { attestationCaf, paperSvg } from '../../harness/scanning/papers.ts';
import { languageFolder, realReader } from '../../harness/scanning/scanning-fixture.ts';

let png: Uint8Array;
let reader: Reader;
beforeAll(async () => {
  png = new Uint8Array(
    await sharp(Buffer.from(paperSvg(attestationCaf, 200)))
      .flatten({ background: '#ffffff' })
      .png()
      .toBuffer(),
  );
  reader = realReader();
});
afterAll(() => reader.clear());

it('reads French with accents, with the position of each word', async () => {
  const page = await reader.read(png, 200);
  expect(textOf(page)).toContain('Attestation de paiement et de quotient familial');
  expect(textOf(page)).toContain('prestations suivantes');
  const word = page!.lines.flatMap((line) => line.words).find(({ text }) => text === 'Attestation')!;
  // The word is drawn at x = 50, baseline y = 210, 17 points high.
  expect(Math.abs(word.x - 50)).toBeLessThan(3);
  expect(Math.abs(word.y + word.height - 210)).toBeLessThan(3);
});

it('a page in progress at the end of the session is given up, and the next one is read', async () => {
  const going = reader.read(png, 200);
  await new Promise((resolve) => setImmediate(resolve));
  await reader.clear();
  expect(
    await Promise.race([going.then((page) => page === undefined || page.lines.length > 0), systemAfter(20_000)]),
  ).toBe(true);
  expect(textOf(await reader.read(png, 200))).toContain('Attestation');
});

it.each([
  ['as soon as they are given', async () => undefined],
  ['while the thread loads', () => new Promise((resolve) => setImmediate(resolve))],
  ['in the middle of the first', () => systemAfter(150)],
])('none of a pile of pages is read after the end of the session, %s', async (_, middle) => {
  const settled: string[] = [];
  const note =
    (what: string) =>
    <T>(read: T): T => {
      settled.push(what);
      return read;
    };
  const pile = Array.from({ length: 5 }, () => reader.read(png, 200).then(note('last')));
  await middle();
  await reader.clear();
  // The next person's page.
  const next = reader.read(png, 200).then(note('next'));
  expect((await Promise.all(pile)).map(textOf)).toEqual(pile.map(() => ''));
  expect(reader.held).toBe(1);
  expect(textOf(await next)).toContain('Attestation');
  expect(settled).toEqual([...pile.map(() => 'last'), 'next']);
  expect(reader.held).toBe(0);
});

it('the waiting pages of a dropped paper are given up, and the next paper is read at once', async () => {
  const over = new AbortController();
  const settled: string[] = [];
  const pile = Array.from({ length: 5 }, () => reader.read(png, 200, over.signal));
  for (const read of pile) void read.then(() => settled.push('dropped'));
  await systemAfter(150);
  over.abort();
  const next = reader.read(png, 200).finally(() => settled.push('next'));
  expect(textOf(await next)).toContain('Attestation');
  expect((await Promise.all(pile)).slice(1).map(textOf)).toEqual(['', '', '', '']);
  expect(settled.at(-1)).toBe('next');
  expect(await reader.read(png, 200, over.signal)).toBeUndefined();
  expect(reader.held).toBe(0);
});

it('a page that takes too long loses only its words', async () => {
  const hurried = createTesseractReader({
    clock: systemClock,
    logger: silentLogger,
    languageFolder,
    threads: 1,
    pageTimeoutMs: 5,
  });
  expect(await hurried.read(png, 200)).toBeUndefined();
  await hurried.clear();
});

it('missing language data gives a result, not a crash', async () => {
  const lost = createTesseractReader({
    clock: { ...systemClock, after: (ms, fn) => systemClock.after(Math.min(ms, 1_500), fn) },
    logger: silentLogger,
    languageFolder: '/nowhere',
    threads: 1,
  });
  expect(await lost.read(png, 200)).toBeUndefined();
  await lost.clear();
});

it('an invalid picture gives a result, not a crash', async () => {
  expect(await reader.read(new TextEncoder().encode('not a picture'), 200)).toBeUndefined();
  expect(textOf(await reader.read(png, 200))).toContain('Attestation');
});

function systemAfter(ms: number): Promise<'late'> {
  return new Promise((resolve) => systemClock.after(ms, () => resolve('late')));
}

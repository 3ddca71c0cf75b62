/** How long a person waits, after « Garder ces pages », for the text of the pages. */
import { afterEach, expect, it } from 'vitest';
import { ok } from '../../../main/contract/result.ts';
import type { ReadPage, Reader } from '../../../main/devices/text-reader.ts';
import { sleep } from '../../../main/platform/clock.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { createMemoryReader } from '../../fakes/memory-reader.ts';
import { createMemoryScanner } from '../../harness/scanning/memory-scanner.ts';
import { onePixelDecoder, WRITTEN } from '../../harness/scanning/one-pixel-decoder.ts';
import { scanningFixture, type ScanningFixture } from '../../harness/scanning/scanning-fixture.ts';

let fixture: ScanningFixture | undefined;
afterEach(() => fixture?.stop());

const lines = [{ words: [{ text: 'Bail', x: 10, y: 10, width: 40, height: 10 }] }];
const good: ReadPage = { lines, confidence: 90, sureCharacters: 40 };
const illegible: ReadPage = { lines, confidence: 20, sureCharacters: 0 };

const pageDecoder = {
  ...onePixelDecoder,
  ask: async (...request: Parameters<typeof onePixelDecoder.ask>) =>
    request[0] === 'turnReading' ? ok(new Uint8Array(1)) : onePixelDecoder.ask(...request),
} as typeof onePixelDecoder;

/** A pile that was just kept, and a reader that takes `pageMs` for each try, one after the other. */
const keepPile = async (count: number, { pageMs = 6_000, read = () => good } = {}) => {
  const clock = createManualClock();
  const { scanner, controller } = createMemoryScanner();
  controller.sheets = Array.from({ length: count }, () => WRITTEN);
  let queue = Promise.resolve();
  const reader: Reader = {
    ...createMemoryReader().reader,
    read(_png, _dpi, signal) {
      const mine = queue.then(() => sleep(clock, pageMs, signal)).then(read, () => undefined);
      queue = mine.then(() => undefined);
      return mine;
    },
  };
  const s = await scanningFixture({ scanner, pageDecoder, reader, clock });
  fixture = s;
  const { handlers } = s.scanning;
  await handlers.begin({ mode: 'several' });
  await handlers.scan({});
  await s.until('the pile', ({ work }) => work?.stage === 'looking' && work.pages.length === count);
  let ended = false;
  const finishing = handlers.finish({}).finally(() => (ended = true));
  return { s, clock, finishing, hasEnded: () => ended };
};
const withText = (s: ScanningFixture) => s.papers[0]!.pages.map((page) => page.lines.length > 0);

it('every page of a long pile is read, as long as the reader gets on with it', async () => {
  const { s, clock, finishing } = await keepPile(20);
  await clock.advance(20 * 6_000);
  await finishing;
  expect(withText(s)).toEqual(Array.from({ length: 20 }, () => true));
});

it('pages that are read in every orientation are waited for too', async () => {
  const { s, clock, finishing, hasEnded } = await keepPile(5, { read: () => illegible });
  await clock.advance(19 * 6_000);
  expect(hasEnded()).toBe(false);
  await clock.advance(6_000);
  await finishing;
  expect(withText(s)).toEqual([true, true, true, true, true]);
});

it('the person sees how far it is, and is not asked meanwhile whether they are there', async () => {
  const { s, clock, finishing } = await keepPile(20);
  expect(s.state().work).toMatchObject({ stage: 'finishing', read: 0 });
  await clock.advance(12 * 6_000);
  expect(s.state().work).toMatchObject({ stage: 'finishing', read: 12 });
  expect(s.held).toEqual(['+scan', '-scan', '+scan']);
  await clock.advance(8 * 6_000);
  await finishing;
  expect(s.held).toEqual(['+scan', '-scan', '+scan', '-scan']);
});

it('a reader that stands still is not waited for', async () => {
  const { s, clock, finishing } = await keepPile(3, { pageMs: 1_000_000 });
  await clock.advance(25_000);
  expect(await finishing).toMatchObject({ ok: true });
  expect(withText(s)).toEqual([false, false, false]);
});

it('nobody waits for more than three minutes: the pages that remain have no text', async () => {
  const { s, clock, finishing, hasEnded } = await keepPile(49);
  await clock.advance(179_000);
  expect(hasEnded()).toBe(false);
  await clock.advance(1_000);
  expect(await finishing).toMatchObject({ ok: true });
  expect(withText(s).filter(Boolean).length).toBeGreaterThanOrEqual(29);
  expect(withText(s).length).toBe(49);
});

it('the end of the session does not wait for the reading', async () => {
  const { s, clock, finishing } = await keepPile(20);
  await clock.advance(12_000);
  await s.scanning.wipe.wipe();
  expect(await finishing).toMatchObject({ ok: false });
  expect(s.papers).toEqual([]);
  expect(s.held).toEqual(['+scan', '-scan', '+scan', '-scan']);
});

/** A pile with more sheets than a document may have: what was not scanned is never taken for scanned. */
import { afterEach, expect, it } from 'vitest';
import type { ScanMode } from '../../../main/contract/scanning.ts';
import type { ScannedPage } from '../../../main/devices/scanner.ts';
import { createMemoryScanner } from '../../harness/scanning/memory-scanner.ts';
import { BLANK, DAMAGED, onePixelDecoder, WRITTEN } from '../../harness/scanning/one-pixel-decoder.ts';
import { scanningFixture, type ScanningFixture } from '../../harness/scanning/scanning-fixture.ts';

let fixture: ScanningFixture | undefined;
afterEach(() => fixture?.stop());

const play = async (mode: ScanMode) => {
  const { scanner, controller } = createMemoryScanner();
  const s = await scanningFixture({ scanner, pageDecoder: onePixelDecoder });
  fixture = s;
  const { handlers } = s.scanning;
  await handlers.begin({ mode });
  /** The work once the scanner has stopped. */
  const scan = async (sheets: readonly ScannedPage[]) => {
    controller.sheets = [...sheets];
    await handlers.scan({});
    const { work } = await s.until('the end of the scan', (state) => state.work?.stage !== 'scanning');
    const { stage, fault, blanks, pages } = work!;
    return { stage, fault, blanks, pages: pages.length };
  };
  return { s, controller, handlers, scan };
};
const many = (count: number, ...sides: readonly ScannedPage[]) => Array.from({ length: count }, () => sides).flat();

it('sixty sheets are not called a whole document of fifty', async () => {
  const { s, handlers, controller, scan } = await play('several');
  expect(await scan(many(60, WRITTEN))).toEqual({ stage: 'failed', fault: 'too-many', blanks: 0, pages: 50 });
  // The pages are kept, and so is the limit.
  await handlers.accept({});
  expect(s.state().work).toMatchObject({ stage: 'looking', fault: null });
  await handlers.scan({});
  expect(s.state().work).toMatchObject({ stage: 'failed', fault: 'too-many' });
  expect(controller.scans.length).toBe(1);
  // No sheet is asked for in vain either.
  await handlers.accept({});
  await handlers.again({});
  expect(s.state().work).toMatchObject({ stage: 'failed', fault: 'too-many' });
  expect(await handlers.finish({})).toMatchObject({ ok: true });
  expect(s.papers[0]!.pages.length).toBe(50);
});

it('forty sheets with blank backs stop after twenty-five, and the others may be added', async () => {
  const { handlers, controller, scan } = await play('both-sides');
  const sides = many(40, WRITTEN, BLANK);
  expect(await scan(sides)).toEqual({ stage: 'failed', fault: 'too-many', blanks: 25, pages: 25 });
  await handlers.accept({});
  expect(await scan(sides.slice(50))).toEqual({ stage: 'failed', fault: 'too-many', blanks: 38, pages: 38 });
  await handlers.accept({});
  expect(await scan(sides.slice(76))).toEqual({ stage: 'looking', fault: null, blanks: 40, pages: 40 });
  expect(controller.scans.map(({ maxPages }) => maxPages)).toEqual([50, 26, 12]);
});

it('the last sheet of a pile is scanned with its back, even when that makes one page too many', async () => {
  const { handlers, controller, scan } = await play('both-sides');
  expect(await scan([WRITTEN])).toMatchObject({ pages: 1 });
  await handlers.accept({});
  expect(await scan(many(30, WRITTEN, WRITTEN))).toMatchObject({ fault: 'too-many', pages: 51 });
  expect(controller.scans.at(-1)).toEqual({ source: 'feeder-duplex', maxPages: 50 });
});

it('a pile that jams goes on with the sheets that are missing', async () => {
  const { s, controller, handlers, scan } = await play('several');
  controller.fault = { code: 'jam', afterPages: 2 };
  expect(await scan(many(5, WRITTEN))).toMatchObject({ fault: 'jam', pages: 2 });
  await handlers.again({});
  expect(s.state().work).toMatchObject({ stage: 'placing', place: 'feeder', fault: null, pages: [{}, {}] });
  controller.fault = undefined;
  expect(await scan(many(3, WRITTEN))).toMatchObject({ stage: 'looking', fault: null, pages: 5 });
});

it.each([
  ['a pile below the limit', many(49, WRITTEN), 'looking', null],
  // No feeder is known to be empty for sure in the middle of a pile.
  ['a pile of exactly the limit', many(50, WRITTEN), 'failed', 'too-many'],
  ['a damaged page within a long pile is said first', many(60, WRITTEN).with(30, DAMAGED), 'failed', 'garbled'],
])('%s', async (_, sheets, stage, fault) => {
  const { scan } = await play('several');
  expect(await scan(sheets)).toMatchObject({ stage, fault });
});

it('a pile that is stopped by hand at the limit, and the glass, are no such fault', async () => {
  const { s, controller, handlers } = await play('several');
  const gate = Promise.withResolvers<void>();
  controller.gate = gate.promise;
  controller.sheets = many(60, WRITTEN);
  await handlers.scan({});
  await s.until('scanning', ({ work }) => work?.progress === 0.5);
  await handlers.stop({});
  expect(s.state().work).toMatchObject({ fault: null });
  gate.resolve();
  await handlers.useGlass({});
  controller.sheets = [WRITTEN];
  await handlers.scan({});
  const { work } = await s.until('the end of the scan', (state) => state.work?.stage !== 'scanning');
  expect(controller.scans.at(-1)).toEqual({ source: 'flatbed', maxPages: 1 });
  expect(work).toMatchObject({ stage: 'looking', fault: null });
});

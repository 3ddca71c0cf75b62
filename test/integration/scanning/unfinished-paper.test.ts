/**
 * Pages that were scanned and not kept yet: nothing loses them but the person's own choice, or the end of the session.
 */
import { afterEach, beforeAll, expect, it } from 'vitest';
import type { ScannedPage } from '../../../main/devices/scanner.ts';
import type { PageOperations } from '../../../main/features/scanning/pages/operations.ts';
import type { DecoderClient } from '../../../main/platform/decoders/client.ts';
import { scanOf } from '../../harness/scanning/damage.ts';
import { FRENCH_CARDS } from '../../harness/scanning/french-cards.ts';
import { LIDS, scanOfGlass } from '../../harness/scanning/glass-scenes.ts';
import { createMemoryScanner } from '../../harness/scanning/memory-scanner.ts';
import { letter } from '../../harness/scanning/papers.ts';
import { realPageDecoder, scanningFixture, type ScanningFixture } from '../../harness/scanning/scanning-fixture.ts';

let sheet: ScannedPage;
let blank: ScannedPage;
let card: ScannedPage;
beforeAll(async () => {
  sheet = await scanOf(letter, { dpi: 100 });
  blank = await scanOf({ name: 'blank', kind: 'other', lines: [], drawing: '' }, { dpi: 100, noise: 10 });
  card = await scanOfGlass([{ ...FRENCH_CARDS['driving licence']!, x: 110, y: 140, angleDeg: 12 }], LIDS.white, 150);
});

let fixture: ScanningFixture | undefined;
afterEach(async () => {
  await fixture?.stop();
  fixture = undefined;
});

/** A page decoder on which `operation` waits for the gate. */
const slowAt = (operation: keyof PageOperations, gate: Promise<void>): DecoderClient<PageOperations> => {
  const decoder = realPageDecoder();
  return {
    ...decoder,
    ask: async (...request: Parameters<typeof decoder.ask>) => {
      if (request[0] === operation) await gate;
      return decoder.ask(...request);
    },
  } as DecoderClient<PageOperations>;
};

const play = async (sheets: ScannedPage[], pageDecoder?: DecoderClient<PageOperations>) => {
  const { scanner, controller } = createMemoryScanner();
  controller.sheets = sheets;
  fixture = await scanningFixture({ scanner, ...(pageDecoder && { pageDecoder }) });
  return { fixture, controller, handlers: fixture.scanning.handlers };
};
const looked = (s: ScanningFixture) =>
  s.until('looking', ({ work }) => work?.stage === 'looking' && work.pages.every((page) => page.state === 'ready'));

it('« Avant de partir » counts the pages that are not kept yet', async () => {
  const { fixture: s, handlers } = await play([sheet, sheet]);
  await handlers.begin({ mode: 'several' });
  expect(s.scanning.leavingItems()).toEqual([]);
  await handlers.scan({});
  await looked(s);
  expect(s.scanning.leavingItems()).toContainEqual({ kind: 'scanned-pages', count: 2 });
  expect(await handlers.finish({})).toMatchObject({ ok: true });
  expect(s.scanning.leavingItems().map(({ kind }) => kind)).not.toContain('scanned-pages');
});

it('the front of a card can be seen and kept without its back', async () => {
  const { fixture: s, handlers } = await play([card]);
  await handlers.begin({ mode: 'card' });
  await handlers.scan({});
  await looked(s);
  await handlers.accept({});
  expect(s.state().work).toMatchObject({ stage: 'placing', next: 'back' });
  await handlers.accept({});
  expect(s.state().work).toMatchObject({ stage: 'looking', looking: null });
  expect(await handlers.finish({})).toMatchObject({ ok: true });
  expect(s.papers[0]!.pages.length).toBe(1);
});

it('a pile that looks blank from end to end is shown, since nobody scans only blank pages', async () => {
  const { fixture: s, handlers } = await play([blank, blank]);
  await handlers.begin({ mode: 'several' });
  await handlers.scan({});
  expect((await looked(s)).work).toMatchObject({ blanks: 0, pages: [{}, {}] });
});

it('a page that is being cropped or shown whole when the person keeps the pages is kept with the others', async () => {
  const gate = Promise.withResolvers<void>();
  const { fixture: s, handlers } = await play([sheet, card], slowAt('recut', gate.promise));
  await handlers.begin({ mode: 'several' });
  await handlers.scan({});
  const page = (await looked(s)).work!.pages[1]!;
  expect(page.cut).toBe('cropped');
  const whole = handlers.showWhole({ page: page.id, whole: true });
  const finished = handlers.finish({});
  gate.resolve();
  await whole;
  expect(await finished).toMatchObject({ ok: true });
  expect(s.papers[0]!.pages.length).toBe(2);
  expect(s.papers[0]!.pages[1]!.width).toBeGreaterThan(page.width * 2);
});

it('the only page is kept too while it is being shown whole', async () => {
  const gate = Promise.withResolvers<void>();
  const { fixture: s, handlers } = await play([card], slowAt('recut', gate.promise));
  await handlers.begin({ mode: 'several' });
  await handlers.scan({});
  const page = (await looked(s)).work!.pages[0]!;
  const whole = handlers.showWhole({ page: page.id, whole: true });
  const finished = handlers.finish({});
  gate.resolve();
  await whole;
  expect(await finished).toMatchObject({ ok: true });
});

it('a turn that is still being made when the person keeps the page is in the document', async () => {
  const gate = Promise.withResolvers<void>();
  const { fixture: s, handlers } = await play([sheet], slowAt('turn', gate.promise));
  await handlers.begin({ mode: 'single' });
  await handlers.scan({});
  const page = (await looked(s)).work!.pages[0]!;
  expect(page.height).toBeGreaterThan(page.width);
  const turning = handlers.turn({ page: page.id });
  const finished = handlers.finish({});
  gate.resolve();
  await turning;
  expect(await finished).toMatchObject({ ok: true });
  expect(s.papers[0]!.pages[0]!.width).toBeGreaterThan(s.papers[0]!.pages[0]!.height);
});

it('two presses on « Tourner la page » turn it twice', async () => {
  const { fixture: s, handlers } = await play([sheet]);
  await handlers.begin({ mode: 'single' });
  await handlers.scan({});
  const page = (await looked(s)).work!.pages[0]!;
  await Promise.all([handlers.turn({ page: page.id }), handlers.turn({ page: page.id })]);
  const turned = s.state().work!.pages[0]!;
  expect([turned.version, turned.width, turned.height]).toEqual([3, page.width, page.height]);
});

it('« Avant de partir » mentions the original on the glass although its scan failed', async () => {
  const { fixture: s, controller, handlers } = await play([sheet]);
  controller.fault = { code: 'no-answer', afterPages: 0 };
  await handlers.begin({ mode: 'single' });
  await handlers.scan({});
  await s.until('failed', ({ work }) => work?.stage === 'failed');
  expect(s.scanning.leavingItems()).toEqual([{ kind: 'original-on-glass' }]);
});

it('« Avant de partir » mentions sheets in the feeder after a scan from it, whole or not', async () => {
  const { fixture: s, controller, handlers } = await play([sheet, sheet, sheet]);
  controller.fault = { code: 'jam', afterPages: 1 };
  await handlers.begin({ mode: 'several' });
  await handlers.scan({});
  await s.until('failed', ({ work }) => work?.stage === 'failed');
  expect(s.scanning.leavingItems()).toEqual([{ kind: 'scanned-pages', count: 1 }, { kind: 'originals-in-feeder' }]);
});

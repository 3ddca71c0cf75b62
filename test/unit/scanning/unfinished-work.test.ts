/** Work on a page that is under way when the person presses something else, or leaves. */
import { afterEach, describe, expect, it } from 'vitest';
import { fail, ok } from '../../../main/contract/result.ts';
import type { ReadPage } from '../../../main/devices/text-reader.ts';
import type { ScannedPage, Scanner } from '../../../main/devices/scanner.ts';
import type { PageOperations, PageResult } from '../../../main/features/scanning/pages/operations.ts';
import type { DecoderClient } from '../../../main/platform/decoders/client.ts';
import { createMemoryReader } from '../../fakes/memory-reader.ts';
import { createMemoryScanner } from '../../harness/scanning/memory-scanner.ts';
import { scanningFixture, type ScanningFixture } from '../../harness/scanning/scanning-fixture.ts';
import { until } from '../../harness/until.ts';

const sheet: ScannedPage = {
  number: 1,
  dpi: 300,
  image: { format: 'raw', width: 1, height: 1, channels: 1, bytes: new Uint8Array(1) },
};
const [CROPPED, WHOLE] = [Uint8Array.of(1), Uint8Array.of(2)];
const prepared = (jpeg: Uint8Array): PageResult => ({
  ...{ jpeg, width: 1, height: 1, dpi: 300, colour: false, reading: jpeg, readingDpi: 200, blank: false, flaws: [] },
  ...{ turnedDeg: 0, straightenedDeg: 0, card: false, glass: new Uint8Array(1) },
});
const viewOf = (jpeg: Uint8Array) => ({ jpeg, width: 1, height: 1 });

/** A page decoder that answers at once, but waits at each operation that has a gate. `clear` fails what waits. */
const createPageDecoder = () => {
  const asked: string[] = [];
  const loaded: string[] = [];
  const gates: Partial<Record<keyof PageOperations, Promise<void>>> = {};
  const failing = new Set<keyof PageOperations>();
  let died = Promise.withResolvers<'died'>();
  const decoder = {
    async ask(operation: keyof PageOperations, _args: unknown, onNews?: (news: unknown) => void) {
      asked.push(operation);
      const jpeg = operation === 'recut' ? WHOLE : CROPPED;
      onNews?.(viewOf(jpeg));
      if ((await Promise.race([gates[operation], died.promise])) === 'died') return fail('died');
      if (failing.has(operation)) return fail('slow');
      return ok(operation === 'turn' ? { ...viewOf(jpeg), view: viewOf(jpeg) } : prepared(jpeg));
    },
    warmUp: () => void loaded.push('page decoder'),
    async clear() {
      died.resolve('died');
      died = Promise.withResolvers<'died'>();
    },
  } as unknown as DecoderClient<PageOperations>;
  return { decoder, asked, loaded, gates, failing };
};

const settled = () => new Promise((resolve) => setImmediate(resolve));
/** Fails soon when `work` does not end by itself. */
const ends = async (work: Promise<unknown>): Promise<void> => {
  let ended = false;
  void work.then(() => (ended = true));
  await until('its end', () => ended, 2_000);
};

let fixture: ScanningFixture | undefined;
afterEach(() => fixture?.stop());

const play = async (over: Partial<Scanner> = {}, also: Partial<Parameters<typeof scanningFixture>[0]> = {}) => {
  const { scanner, controller } = createMemoryScanner();
  controller.sheets = [sheet];
  const { reader, controller: ocr } = createMemoryReader();
  const pages = createPageDecoder();
  const s = await scanningFixture({ scanner: { ...scanner, ...over }, reader, pageDecoder: pages.decoder, ...also });
  fixture = s;
  const { handlers } = s.scanning;
  const scanOne = async (): Promise<string> => {
    await handlers.begin({ mode: 'single' });
    await handlers.scan({});
    const { work } = await s.until('the page', (state) => state.work?.stage === 'looking');
    return work!.pages[0]!.id;
  };
  return { s, controller, ocr, pages, handlers, scanOne };
};

const smallPrint: ReadPage = {
  lines: [
    { words: Array.from({ length: 20 }, (_, i) => ({ text: 'article', x: i * 20, y: 0, width: 18, height: 3 })) },
  ],
  confidence: 90,
  sureCharacters: 140,
};

it('what a page and its document need is loaded before the first page comes', async () => {
  const tray = { expectPaper: () => void pages.loaded.push('tray'), addPaper: async () => fail('full' as const) };
  const { handlers, pages } = await play({}, { tray });
  await handlers.begin({ mode: 'single' });
  expect(pages.loaded).toEqual(['page decoder']);
  await handlers.scan({});
  expect(pages.loaded).toEqual(['page decoder', 'tray']);
});

it('small print is said once of a page that is shown whole while it is read', async () => {
  const { s, ocr, handlers, scanOne } = await play();
  const reading = Promise.withResolvers<void>();
  ocr.gate = reading.promise;
  ocr.page = () => smallPrint;
  const page = await scanOne();
  const shown = handlers.showWhole({ page, whole: true });
  await s.until('the whole page', ({ work }) => work?.pages[0]?.cut === 'whole');
  await shown;
  reading.resolve();
  await until('both to be read', () => s.state().work?.pages[0]?.flaws.length);
  await settled();
  expect(s.state().work?.pages[0]?.flaws).toEqual(['small-text']);
});

it('a page that could not be shown whole is shown as it is kept', async () => {
  const { s, pages, handlers, scanOne } = await play();
  const page = await scanOne();
  pages.failing.add('recut');
  await handlers.showWhole({ page, whole: true });
  expect(s.scanning.own?.()?.picture(`${page}.jpg`)?.body).toEqual(CROPPED);
  // The screen has fetched the whole glass under version 2.
  expect(s.state().work?.pages[0]).toMatchObject({ state: 'ready', cut: 'cropped', version: 3 });
  await handlers.finish({});
  expect(s.papers[0]?.pages[0]?.jpeg).toEqual(CROPPED);
});

describe('a session that ends', () => {
  it.each(['turn', 'showWhole'] as const)(
    'gives no page to the next decoder for a « %s » that waited',
    async (what) => {
      const { s, pages, handlers, scanOne } = await play();
      const page = await scanOne();
      pages.gates.turn = new Promise(() => undefined);
      const first = handlers.turn({ page });
      const second = what === 'turn' ? handlers.turn({ page }) : handlers.showWhole({ page, whole: true });
      await settled();
      await s.scanning.wipe.wipe();
      await Promise.all([first, second]);
      expect(pages.asked).toEqual(['prepare', 'turn']);
    },
  );

  it('does not wait for pages that are still being cleaned up', async () => {
    const { s, pages, handlers } = await play();
    pages.gates.prepare = new Promise(() => undefined);
    await handlers.begin({ mode: 'single' });
    await handlers.scan({});
    await s.until('the page', ({ work }) => work?.pages[0]?.state === 'arriving');
    await ends(s.scanning.wipe.wipe());
    expect(await s.scanning.wipe.leftovers()).toEqual([]);
  });
});

describe('an error that nobody expected', () => {
  const logged = () => {
    const lines: { event: string; fields: unknown }[] = [];
    return { lines, logger: { log: (event: string, fields?: unknown) => void lines.push({ event, fields }) } };
  };
  const bug = { event: 'kiosk.bug', fields: expect.objectContaining({ feature: 'scanning', kind: 'error' }) };

  const throws: Partial<Scanner> = {
    async *scan() {
      yield { kind: 'page', page: sheet };
      throw new Error('in the adapter');
    },
  };

  it('of the scanner’s adapter ends the scan with a sentence, and the person can scan again', async () => {
    const { lines, logger } = logged();
    const { s, handlers } = await play(throws, { logger });
    await handlers.begin({ mode: 'several' });
    await handlers.scan({});
    const { work } = await s.until('the sentence', (state) => state.work?.stage === 'failed');
    expect(work).toMatchObject({ fault: 'garbled', progress: null });
    expect(lines).toContainEqual(bug);
    expect(await handlers.again({})).toEqual(ok(null));
    expect(s.held).toEqual(['+scan', '-scan']);
  });

  it('of the scanner’s adapter is said once the page that came before it is there', async () => {
    const { s, pages, handlers } = await play(throws);
    const cleaning = Promise.withResolvers<void>();
    pages.gates.prepare = cleaning.promise;
    await handlers.begin({ mode: 'several' });
    await handlers.scan({});
    await s.until('the page', ({ work }) => work?.pages[0]?.state === 'arriving');
    await settled();
    expect(s.state().work?.stage).toBe('scanning');
    cleaning.resolve();
    const { work } = await s.until('the sentence', (state) => state.work?.stage === 'failed');
    expect(work?.pages).toMatchObject([{ state: 'ready' }]);
  });

  it('while the document is put away leaves its pages, and the person can finish again', async () => {
    const tray = { expectPaper: () => undefined, addPaper: async () => Promise.reject(new Error('in the tray')) };
    const { lines, logger } = logged();
    const { s, handlers, scanOne } = await play({}, { tray, logger });
    await scanOne();
    expect(await handlers.finish({})).toMatchObject({ ok: false, error: { code: 'scanning.failed' } });
    expect(lines).toContainEqual(bug);
    expect(s.state().work).toMatchObject({ stage: 'failed', fault: 'not-made', pages: [{ state: 'ready' }] });
    expect(await handlers.accept({})).toEqual(ok(null));
  });
});

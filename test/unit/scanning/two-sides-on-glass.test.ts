/** « Recto et verso » on the glass: each front is followed by its back, and no back is lost or asked for twice. */
import { afterEach, describe, expect, it } from 'vitest';
import type { ScanMode } from '../../../main/contract/scanning.ts';
import type { ScannedPage } from '../../../main/devices/scanner.ts';
import { createMemoryScanner } from '../../harness/scanning/memory-scanner.ts';
import { BLANK, DARK, onePixelDecoder, WRITTEN } from '../../harness/scanning/one-pixel-decoder.ts';
import { scanningFixture, type ScanningFixture } from '../../harness/scanning/scanning-fixture.ts';

let fixture: ScanningFixture | undefined;
afterEach(() => fixture?.stop());

const play = async (mode: ScanMode) => {
  const { scanner, controller } = createMemoryScanner({ sources: ['flatbed', 'feeder'] });
  const s = await scanningFixture({ scanner, pageDecoder: onePixelDecoder });
  fixture = s;
  const { handlers } = s.scanning;
  await handlers.begin({ mode });
  const scan = async (side: ScannedPage) => {
    controller.sheets = [side];
    await handlers.scan({});
    return (await s.until('the end of the scan', ({ work }) => work?.stage !== 'scanning')).work!;
  };
  const stopScan = async () => {
    controller.gate = new Promise(() => undefined);
    controller.sheets = [WRITTEN];
    await handlers.scan({});
    await s.until('scanning', ({ work }) => work?.progress === 0.5);
    await handlers.stop({});
    controller.gate = Promise.resolve();
    return s.state().work;
  };
  return { s, handlers, scan, stopScan };
};

describe('a blank back', () => {
  it('is left out without a question, as from the feeder, and can be put back', async () => {
    const { s, handlers, scan } = await play('both-sides');
    const front = (await scan(WRITTEN)).pages[0]!.id;
    await handlers.accept({});
    expect(await scan(BLANK)).toMatchObject({ stage: 'looking', looking: null, next: null, blanks: 1 });
    expect(s.state().work!.pages.map(({ id }) => id)).toEqual([front]);
    await handlers.restoreBlanks({});
    expect(s.state().work).toMatchObject({ blanks: 0, pages: [{ id: front }, { flaws: ['blank'] }] });
  });

  it('is followed by the front of the next sheet', async () => {
    const { s, handlers, scan } = await play('both-sides');
    await scan(WRITTEN);
    await handlers.accept({});
    await scan(BLANK);
    expect(await scan(WRITTEN)).toMatchObject({ pages: [{}, {}], next: null });
    await handlers.accept({});
    expect(s.state().work).toMatchObject({ stage: 'placing', next: 'back' });
  });

  it('that is only too dark to show its writing is checked like any page', async () => {
    const { handlers, scan } = await play('both-sides');
    await scan(WRITTEN);
    await handlers.accept({});
    const { looking, pages, blanks } = await scan(DARK);
    expect({ looking, blanks }).toEqual({ looking: pages[1]!.id, blanks: 0 });
    expect(pages[1]!.flaws).toEqual(['too-dark']);
  });

  it('of a front is none: that sheet lies the wrong way round', async () => {
    const { scan } = await play('both-sides');
    expect(await scan(BLANK)).toMatchObject({ blanks: 0, pages: [{ flaws: ['blank'] }] });
  });
});

describe('« Arrêter » while a back is scanned', () => {
  it.each(['both-sides', 'card'] as const)('leaves it to be scanned: %s', async (mode) => {
    const { handlers, scan, stopScan } = await play(mode);
    await scan(WRITTEN);
    await handlers.accept({});
    expect(await stopScan()).toMatchObject({ stage: 'placing', next: 'back', pages: [{}] });
    expect(await scan(WRITTEN)).toMatchObject({ stage: 'looking', pages: [{}, {}] });
  });

  it('and « Retour » lead to the pages; a page that is added is a front', async () => {
    const { s, handlers, scan, stopScan } = await play('both-sides');
    await scan(WRITTEN);
    await handlers.accept({});
    await stopScan();
    await handlers.accept({});
    expect(s.state().work).toMatchObject({ stage: 'looking', next: null });
    await scan(WRITTEN);
    await handlers.accept({});
    expect(s.state().work).toMatchObject({ stage: 'placing', next: 'back' });
  });
});

it('a sheet whose front is removed has no back to come', async () => {
  const { s, handlers, scan } = await play('both-sides');
  const { pages } = await scan(WRITTEN);
  await handlers.accept({});
  await handlers.remove({ page: pages[0]!.id });
  expect(s.state().work).toMatchObject({ stage: 'placing', next: null, pages: [] });
});

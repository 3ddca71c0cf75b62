/** A scanner that is switched off and on: on a cable it gets another number, on the network perhaps another address. */
import { afterEach, describe, expect, it } from 'vitest';
import type { ScannedPage, Scanner } from '../../../main/devices/scanner.ts';
import type { PageOperations } from '../../../main/features/scanning/pages/operations.ts';
import type { DecoderClient } from '../../../main/platform/decoders/client.ts';
import { createMemoryScanner } from '../../harness/scanning/memory-scanner.ts';
import { noPageDecoder } from '../../harness/scanning/one-pixel-decoder.ts';
import { scanningFixture, type ScanningFixture } from '../../harness/scanning/scanning-fixture.ts';

const sheet: ScannedPage = {
  number: 1,
  dpi: 300,
  image: { format: 'raw', width: 1, height: 1, channels: 1, bytes: new Uint8Array(1) },
};

let fixture: ScanningFixture | undefined;
afterEach(() => fixture?.stop());

const play = async (code: 'not-found' | 'unplugged' | 'no-answer' | 'jam') => {
  const before = createMemoryScanner();
  const after = createMemoryScanner();
  after.controller.sheets = [sheet];
  before.controller.fault = { code, afterPages: 0 };
  const wired: { scanner: Scanner | undefined; pageDecoder: DecoderClient<PageOperations> } = {
    scanner: before.scanner,
    pageDecoder: noPageDecoder,
  };
  const s = await scanningFixture(wired);
  fixture = s;
  const scan = async () => {
    await s.scanning.handlers.scan({});
    return (await s.until('its end', ({ work }) => work?.stage !== 'scanning')).work;
  };
  await s.scanning.handlers.begin({ mode: 'single' });
  expect(await scan()).toMatchObject({ stage: 'failed', fault: code });
  await s.scanning.handlers.again({});
  return { s, wired, before: before.controller, after, scan };
};

describe('a scanner that is not where it was found', () => {
  it.each(['not-found', 'unplugged', 'no-answer'] as const)(
    '(%s) is searched for before the next scan',
    async (code) => {
      const { s, wired, before, after, scan } = await play(code);
      before.present = false;
      wired.scanner = after.scanner;
      await scan();
      expect([before.scans.length, after.controller.scans.length]).toEqual([1, 1]);
      expect(s.state().scanner.kind).toBe('ready');
    },
  );

  it('is tried where it was when the search finds none: the person keeps their pages', async () => {
    const { s, wired, before, scan } = await play('no-answer');
    before.present = false;
    wired.scanner = undefined;
    expect(await scan()).toMatchObject({ stage: 'failed', fault: 'not-found' });
    expect(s.state().scanner.kind).toBe('ready');
  });

  it.each(['no-answer', 'jam'] as const)('but answers there after « %s » is not searched for', async (code) => {
    const { wired, before, after, scan } = await play(code);
    wired.scanner = after.scanner;
    await scan();
    expect([before.scans.length, after.controller.scans.length]).toEqual([2, 0]);
  });

  it('« Arrêter » does not wait for the search', async () => {
    const { s, wired, before } = await play('not-found');
    before.present = false;
    wired.scanner = { ...createMemoryScanner().scanner, describe: () => new Promise(() => undefined) };
    await s.scanning.handlers.scan({});
    await s.scanning.handlers.stop({});
    expect(s.state().work).toMatchObject({ stage: 'placing', fault: null });
  });
});

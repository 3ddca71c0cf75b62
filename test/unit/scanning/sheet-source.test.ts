/** Where the sheets go, for each kind of scanner, and what is scanned there. */
import { afterEach, describe, expect, it } from 'vitest';
import type { ScanMode } from '../../../main/contract/scanning.ts';
import type { ScanSource } from '../../../main/devices/scanner.ts';
import { sourceFor } from '../../../main/features/scanning/scanner-finder.ts';
import { createMemoryScanner } from '../../harness/scanning/memory-scanner.ts';
import { noPageDecoder } from '../../harness/scanning/one-pixel-decoder.ts';
import { scanningFixture, type ScanningFixture } from '../../harness/scanning/scanning-fixture.ts';

const GLASS: readonly ScanSource[] = ['flatbed'];
const ONE_SIDE: readonly ScanSource[] = ['flatbed', 'feeder'];
const BOTH_SIDES: readonly ScanSource[] = ['flatbed', 'feeder', 'feeder-duplex'];

it.each<[ScanMode, readonly ScanSource[], ScanSource]>([
  ['single', BOTH_SIDES, 'flatbed'],
  ['card', BOTH_SIDES, 'flatbed'],
  ['several', BOTH_SIDES, 'feeder'],
  ['several', GLASS, 'flatbed'],
  ['both-sides', BOTH_SIDES, 'feeder-duplex'],
  // This feeder would lose every back.
  ['both-sides', ONE_SIDE, 'flatbed'],
  ['single', ['feeder'], 'feeder'],
  ['both-sides', ['feeder', 'feeder-duplex'], 'feeder-duplex'],
  ['several', ['feeder-duplex'], 'feeder-duplex'],
])('%s, with %j: %s', (mode, sources, source) => {
  expect(sourceFor({ mode, onGlass: false }, { sources })).toBe(source);
});

it('sheets that cannot be fed go on the glass, of a scanner that has one', () => {
  expect(sourceFor({ mode: 'several', onGlass: true }, { sources: BOTH_SIDES })).toBe('flatbed');
  expect(sourceFor({ mode: 'both-sides', onGlass: true }, { sources: BOTH_SIDES })).toBe('flatbed');
  expect(sourceFor({ mode: 'several', onGlass: true }, { sources: ['feeder'] })).toBe('feeder');
});

describe('« Poser sur la vitre »', () => {
  let fixture: ScanningFixture | undefined;
  afterEach(() => fixture?.stop());

  it('shows where the sheets go, and holds until the document is finished', async () => {
    const { scanner, controller } = createMemoryScanner();
    const s = await scanningFixture({ scanner, pageDecoder: noPageDecoder });
    fixture = s;
    const { handlers } = s.scanning;
    await handlers.begin({ mode: 'several' });
    expect(s.state().work).toMatchObject({ place: 'feeder' });
    await handlers.scan({});
    await s.until('its end', ({ work }) => work?.fault === 'feeder-empty');
    expect(await handlers.useGlass({})).toEqual({ ok: true, value: null });
    expect(s.state().work).toMatchObject({ stage: 'placing', fault: null, place: 'glass' });
    const { image } = { image: { format: 'raw', width: 1, height: 1, channels: 1, bytes: new Uint8Array(1) } } as const;
    controller.sheets = [{ number: 1, dpi: 300, image }];
    for (let sheets = 1; sheets <= 2; sheets += 1) {
      await handlers.scan({});
      await s.until('its end', ({ work }) => work?.stage !== 'scanning');
    }
    expect(controller.scans.map(({ source }) => source)).toEqual(['feeder', 'flatbed', 'flatbed']);
    await handlers.begin({ mode: 'several' });
    expect(s.state().work).toMatchObject({ place: 'feeder' });
  });

  it('waits until the scanner has stopped', async () => {
    const { scanner, controller } = createMemoryScanner();
    const s = await scanningFixture({ scanner, pageDecoder: noPageDecoder });
    fixture = s;
    expect(await s.scanning.handlers.useGlass({})).toMatchObject({ error: { code: 'scanning.not-now' } });
    controller.gate = new Promise(() => undefined);
    controller.sheets = [{ number: 1, dpi: 300, image: { format: 'jpeg', bytes: new Uint8Array(1) } }];
    await s.scanning.handlers.begin({ mode: 'several' });
    await s.scanning.handlers.scan({});
    expect(await s.scanning.handlers.useGlass({})).toMatchObject({ error: { code: 'scanning.not-now' } });
  });
});

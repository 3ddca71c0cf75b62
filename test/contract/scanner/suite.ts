/** What every scanner adapter must do, whatever its driver. Each adapter's test file provides its own setup. */
import { describe, expect, it } from 'vitest';
import type { ScanEvent, Scanner, ScannerFaultCode, ScanSettings } from '../../../main/devices/scanner.ts';

export interface ScannerFixture {
  readonly scanner: Scanner;
  stop(): Promise<void>;
  /** What the adapter leaves behind when idle. Must be empty. */
  leftovers(): Promise<readonly string[]>;
}

export interface Scenario {
  /** Number of sheets in the feeder (or on the glass). */
  readonly sheets?: number;
  /** The machine fails with this when a page is scanned. */
  readonly fault?: ScannerFaultCode;
  /** Slow enough for a test to act in the middle of a page. */
  readonly slow?: boolean;
}

export const settings: ScanSettings = {
  source: 'flatbed',
  colour: 'colour',
  dpi: 75,
  widthMm: 80,
  heightMm: 100,
  maxPages: 50,
};

export const runScan = async (
  scanner: Scanner,
  over: Partial<ScanSettings> = {},
  signal: AbortSignal = new AbortController().signal,
  on: (event: ScanEvent) => void = () => undefined,
): Promise<readonly ScanEvent[]> => {
  const events: ScanEvent[] = [];
  for await (const event of scanner.scan({ ...settings, ...over }, signal)) {
    events.push(event);
    on(event);
  }
  return events;
};

export const scannerSuite = (
  name: string,
  set: (play: Scenario) => Promise<ScannerFixture>,
  can: { readonly feeder: number; readonly faults: readonly ScannerFaultCode[] },
): void => {
  const on = async (scene: Scenario, act: (fixture: ScannerFixture) => Promise<void>): Promise<void> => {
    const fixture = await set(scene);
    try {
      await act(fixture);
      expect(await fixture.leftovers()).toEqual([]);
    } finally {
      await fixture.stop();
    }
  };

  describe(`scanner: ${name}`, () => {
    it('describes itself', () =>
      on({}, async ({ scanner }) => {
        const described = await scanner.describe();
        expect(described.ok).toBe(true);
        if (!described.ok) return;
        expect(described.value.sources).toContain('flatbed');
        expect(described.value.widthMm).toBeGreaterThan(50);
        expect(await scanner.status()).toMatchObject({ kind: 'ready' });
      }));

    it('gives one page from the glass, and reports progress', () =>
      on({}, async ({ scanner }) => {
        const events = await runScan(scanner);
        expect(events.at(-1)).toEqual({ kind: 'ended', pages: 1, cancelled: false });
        const page = events.find((event) => event.kind === 'page');
        expect(page?.page.number).toBe(1);
        expect(page?.page.image.bytes.length).toBeGreaterThan(1000);
        expect(events.some((event) => event.kind === 'progress')).toBe(true);
      }));

    it('gives every sheet of the feeder, in order, and ends', () =>
      on({ sheets: can.feeder }, async ({ scanner }) => {
        const events = await runScan(scanner, { source: 'feeder' });
        const numbers = events.flatMap((event) => (event.kind === 'page' ? [event.page.number] : []));
        expect(numbers).toEqual(Array.from({ length: can.feeder }, (_, i) => i + 1));
        expect(events.at(-1)).toEqual({ kind: 'ended', pages: can.feeder, cancelled: false });
      }));

    it('stops at the requested number of pages', () =>
      on({ sheets: can.feeder }, async ({ scanner }) => {
        const events = await runScan(scanner, { source: 'feeder', maxPages: 2 });
        expect(events.at(-1)).toEqual({ kind: 'ended', pages: 2, cancelled: false });
      }));

    it.each(can.faults)('says %s, and works again afterwards', (fault) =>
      on({ fault }, async ({ scanner }) => {
        const events = await runScan(scanner, { source: fault === 'feeder-empty' ? 'feeder' : 'flatbed' });
        expect(events.at(-1)).toMatchObject({ kind: 'failed', fault: { code: fault } });
        expect(events.filter((event) => event.kind === 'failed' || event.kind === 'ended').length).toBe(1);
      }),
    );

    it('stops in the middle of a page when aborted', () =>
      on({ slow: true }, async ({ scanner }) => {
        const stop = new AbortController();
        const started = performance.now();
        const events = await runScan(scanner, {}, stop.signal, (event) => {
          if (event.kind === 'progress') stop.abort();
        });
        expect(events.at(-1)).toMatchObject({ kind: 'ended', cancelled: true });
        expect(performance.now() - started).toBeLessThan(8_000);
      }));

    it('does nothing when it is already aborted', () =>
      on({}, async ({ scanner }) => {
        const events = await runScan(scanner, {}, AbortSignal.abort());
        expect(events).toEqual([{ kind: 'ended', pages: 0, cancelled: true }]);
      }));

    it('stops the machine when its events are no longer read', () =>
      on({ slow: true }, async ({ scanner }) => {
        for await (const event of scanner.scan(settings, new AbortController().signal)) {
          expect(['progress', 'page']).toContain(event.kind);
          break;
        }
        const again = await runScan(scanner);
        expect(again.at(-1)).toMatchObject({ kind: 'ended', pages: 1 });
      }));
  });
};

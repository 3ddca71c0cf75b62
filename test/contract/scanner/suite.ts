/** What every scanner adapter must do, whatever its driver. Each adapter's test file provides its own setup. */
import { describe, expect, it } from 'vitest';
import type { ScanEvent, Scanner, ScannerFaultCode, ScanSettings } from '../../../main/devices/scanner.ts';
import { declared, type Cannot } from '../declared.ts';

export interface ScannerFixture {
  readonly scanner: Scanner;
  stop(): Promise<void>;
  /** What the adapter leaves behind when idle. Must be empty. */
  leftovers(): Promise<readonly string[]>;
  /** Ends the scenario's fault, where the set-up can. */
  readonly repair?: () => void;
}

export interface Scenario {
  /** Number of sheets in the feeder (or on the glass). */
  readonly sheets?: number;
  /** The machine fails with this when a page is scanned. */
  readonly fault?: ScannerFaultCode;
  /** Slow enough for a test to act in the middle of a page. */
  readonly slow?: boolean;
  /** There is no such machine. */
  readonly absent?: boolean;
  /** The machine goes away after its first page. */
  readonly dies?: boolean;
}

/** `repair`: a machine in good order again after a fault. `death`: one that goes away in the middle of a pile. */
export type ScannerPromise = 'repair' | 'death';

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

/**
 * Checks the order that the port promises: pages numbered from 1, progress only of the page that follows, and one last
 * event.
 */
const expectWhole = (events: readonly ScanEvent[]): void => {
  let pages = 0;
  for (const event of events.slice(0, -1)) {
    expect(['progress', 'page']).toContain(event.kind);
    if (event.kind === 'page') expect(event.page.number).toBe((pages += 1));
    if (event.kind === 'progress') expect(event.page).toBe(pages + 1);
  }
  const last = events.at(-1);
  expect(['failed', 'ended']).toContain(last?.kind);
  if (last?.kind === 'ended') expect(last.pages).toBe(pages);
};
const pagesOf = (events: readonly ScanEvent[]): number => events.filter(({ kind }) => kind === 'page').length;

export const scannerSuite = (
  name: string,
  set: (play: Scenario) => Promise<ScannerFixture>,
  can: {
    /** Sheets that the feeder takes. */
    readonly feeder: number;
    readonly faults: readonly ScannerFaultCode[];
    readonly cannot?: Cannot<ScannerPromise>;
  },
): void => {
  const itUnless = declared<ScannerPromise>(can.cannot ?? {});
  const scan = async (...how: Parameters<typeof runScan>): Promise<readonly ScanEvent[]> => {
    const events = await runScan(...how);
    expectWhole(events);
    return events;
  };
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
        const events = await scan(scanner);
        expect(events.at(-1)).toEqual({ kind: 'ended', pages: 1, cancelled: false });
        const page = events.find((event) => event.kind === 'page');
        expect(page?.page.number).toBe(1);
        expect(page?.page.image.bytes.length).toBeGreaterThan(1000);
        expect(events.some((event) => event.kind === 'progress')).toBe(true);
      }));

    it('gives every sheet of the feeder, in order, and ends', () =>
      on({ sheets: can.feeder }, async ({ scanner }) => {
        const events = await scan(scanner, { source: 'feeder' });
        expect(events.at(-1)).toEqual({ kind: 'ended', pages: can.feeder, cancelled: false });
      }));

    it('stops at the requested number of pages', () =>
      on({ sheets: can.feeder }, async ({ scanner }) => {
        const events = await scan(scanner, { source: 'feeder', maxPages: 2 });
        expect(events.at(-1)).toEqual({ kind: 'ended', pages: 2, cancelled: false });
      }));

    it('takes an area larger than the machine', () =>
      on({}, async ({ scanner }) => {
        const events = await scan(scanner, { widthMm: 1_000, heightMm: 1_000 });
        expect(events.at(-1)).toEqual({ kind: 'ended', pages: 1, cancelled: false });
      }));

    const sourceFor = (fault: ScannerFaultCode) => (fault === 'feeder-empty' ? 'feeder' : 'flatbed');
    it.each(can.faults)('says %s', (fault) =>
      on({ fault }, async ({ scanner }) => {
        const events = await scan(scanner, { source: sourceFor(fault) });
        expect(events.at(-1)).toMatchObject({ kind: 'failed', fault: { code: fault } });
        expect(pagesOf(events)).toBe(0);
      }),
    );

    itUnless('repair', 'works again after a fault', () =>
      on({ fault: 'garbled' }, async ({ scanner, repair }) => {
        expect((await scan(scanner)).at(-1)?.kind).toBe('failed');
        repair?.();
        expect((await scan(scanner)).at(-1)).toEqual({ kind: 'ended', pages: 1, cancelled: false });
      }),
    );

    it('says that there is no such machine', () =>
      on({ absent: true }, async ({ scanner }) => {
        expect(await scanner.describe()).toMatchObject({ ok: false, error: { code: 'not-found' } });
        expect(await scanner.status()).toMatchObject({ kind: 'fault', fault: { code: 'not-found' } });
        expect((await scan(scanner)).at(-1)).toMatchObject({ kind: 'failed', fault: { code: 'not-found' } });
      }));

    itUnless('death', 'keeps the pages that came before the machine went away', () =>
      on({ sheets: can.feeder, dies: true }, async ({ scanner }) => {
        const events = await scan(scanner, { source: 'feeder' });
        expect(events.at(-1)).toMatchObject({ kind: 'failed', fault: { code: 'unplugged' } });
        expect(pagesOf(events)).toBe(1);
      }),
    );

    it('stops in the middle of a page when aborted', () =>
      on({ slow: true }, async ({ scanner }) => {
        const stop = new AbortController();
        const started = performance.now();
        const events = await scan(scanner, {}, stop.signal, (event) => {
          if (event.kind === 'progress') stop.abort();
        });
        expect(events.at(-1)).toMatchObject({ kind: 'ended', cancelled: true });
        expect(performance.now() - started).toBeLessThan(8_000);
      }));

    it('does nothing when it is already aborted', () =>
      on({}, async ({ scanner }) => {
        const events = await scan(scanner, {}, AbortSignal.abort());
        expect(events).toEqual([{ kind: 'ended', pages: 0, cancelled: true }]);
      }));

    it('stops the machine when its events are no longer read', () =>
      on({ slow: true }, async ({ scanner }) => {
        for await (const event of scanner.scan(settings, new AbortController().signal)) {
          expect(['progress', 'page']).toContain(event.kind);
          break;
        }
        const again = await scan(scanner);
        expect(again.at(-1)).toMatchObject({ kind: 'ended', pages: 1 });
      }));
  });
};

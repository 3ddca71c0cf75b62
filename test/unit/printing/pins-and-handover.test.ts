import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHandOverPrinter } from '../../../main/devices/handover/handover-printer.ts';
import type { SystemPrinter } from '../../../main/devices/handover/system-printer.ts';
import { createFilePins } from '../../../main/devices/ipp/file-pins.ts';
import { openPrinter, type OpenPrinterDeps } from '../../../main/devices/open-printer.ts';
import type { Printer } from '../../../main/devices/printer.ts';
import { silentLogger } from '../../../main/log/logger.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { OWNER } from '../../harness/printing/owner.ts';
import { memoryPins } from '../../fakes/memory-pins.ts';

describe('certificates remembered', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pn-pins-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const pin = 'a'.repeat(64);

  it('are still there at the next start', async () => {
    const path = join(folder, 'pins.json');
    const first = createFilePins(systemFiles, path);
    expect(await first.read('imprimante:631')).toBeUndefined();
    await first.write('imprimante:631', pin);
    await first.write('autre:631', 'b'.repeat(64));
    expect(await createFilePins(systemFiles, path).read('imprimante:631')).toBe(pin);
  });

  it('are all kept when several are seen at once', async () => {
    const path = join(folder, 'pins.json');
    const pins = createFilePins(systemFiles, path);
    await Promise.all([pins.write('queue:631', pin), pins.write('printer:631', pin), pins.write('chosen', pin)]);
    for (const host of ['queue:631', 'printer:631', 'chosen']) expect(await pins.read(host)).toBe(pin);
  });

  it.each(['{', '[]extra', '{"imprimante:631": 3}', '{"imprimante:631": "short"}'])(
    'believe no certificate, and write nothing, when the file says %j',
    async (text) => {
      const path = join(folder, 'pins.json');
      writeFileSync(path, text);
      const pins = createFilePins(systemFiles, path);
      expect(await pins.read('imprimante:631')).toBe('unreadable');
      await pins.write('imprimante:631', pin);
      expect(await pins.read('imprimante:631')).toBe('unreadable');
    },
  );
});

describe('a printer that only the shell reaches', () => {
  const order = { pdf: new Uint8Array(), pages: 2, copies: 1, twoSided: false, colour: false };
  const first = async (printer: Printer) => {
    const job = await printer.submit(order);
    if (!job.ok) return job.error.code;
    for await (const progress of printer.watch(job.value, new AbortController().signal)) return progress.end?.kind;
    return undefined;
  };

  const reached = (print: SystemPrinter['print'], clock = createManualClock()) =>
    createHandOverPrinter({
      system: { exists: async () => true, print },
      name: null,
      raster: { jpeg: async (_pdf, page, { width, height }) => Buffer.from(`${page} ${width}x${height}`) },
      clock,
    });

  it('is "sent", never "done"', async () => {
    expect(await first(reached(async () => true))).toBe('sent');
  });
  it('gets each page as an A4 picture, drawn when it is asked for', async () => {
    const given: string[] = [];
    await first(
      reached(async (_name, pages) => {
        for (let page = 1; page <= pages.count; page += 1) given.push(Buffer.from(await pages.page(page)).toString());
        return true;
      }),
    );
    expect(given).toEqual(['1 1654x2339', '2 1654x2339']);
  });
  it('says that it was refused', async () => {
    expect(await first(reached(async () => false))).toBe('printer.not-accepting');
  });
  it('suggests no retry when the system never responds', async () => {
    const clock = createManualClock();
    const answer = first(reached(() => new Promise(() => undefined), clock));
    await clock.advance(3 * 60_000);
    expect(await answer).toBe('printer.unsure');
  });

  describe('is what is left when nothing else is found', () => {
    const deps = (exists: SystemPrinter['exists'] | (() => boolean)) =>
      ({
        clock: createManualClock(),
        logger: silentLogger,
        pins: memoryPins(),
        owner: OWNER,
        browse: async () => [],
        cups: 'not an address',
        raster: { jpeg: async () => new Uint8Array() },
        systemPrinter: { exists: async (name: string | null) => exists(name), print: async () => true },
      }) as unknown as OpenPrinterDeps;
    const auto = { kind: 'auto', uri: null } as const;

    it('and says so: it cannot tell what came out', async () => {
      const printer = openPrinter(
        deps(() => true),
        auto,
      );
      expect(await printer?.describe()).toMatchObject({ ok: true, value: { countsPages: false } });
      expect(printer && (await first(printer))).toBe('sent');
    });
    it('but no printer is no printer, until one is plugged in', async () => {
      let plugged = false;
      const printer = openPrinter(
        deps(() => plugged),
        auto,
      );
      expect(await printer?.describe()).toMatchObject({ ok: false, error: { code: 'printer.none' } });
      plugged = true;
      expect(await printer?.describe()).toMatchObject({ ok: true });
      plugged = false;
      expect(await printer?.describe()).toMatchObject({ ok: false, error: { code: 'printer.none' } });
      expect(printer && (await first(printer))).toBe('printer.none');
    });
    it('and the one that the place names is asked for by that name', async () => {
      const asked: (string | null)[] = [];
      const named = deps((name) => {
        asked.push(name);
        return Promise.resolve(name === 'Bureau USB');
      });
      const printer = openPrinter(named, { kind: 'system', uri: 'Bureau USB' });
      expect(printer && (await first(printer))).toBe('sent');
      expect(new Set(asked)).toEqual(new Set(['Bureau USB']));
      const other = openPrinter(named, { kind: 'system', uri: 'Guichet' });
      expect(await other?.describe()).toMatchObject({ ok: false, error: { code: 'printer.none' } });
    });
  });
});

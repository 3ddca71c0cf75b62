import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHandOverPrinter } from '../../../main/devices/handover/handover-printer.ts';
import { createFilePins } from '../../../main/devices/ipp/file-pins.ts';
import { papersSheet } from '../../../main/features/printing/papers-sheet.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { sheets } from '../../harness/screens/sample.ts';

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
  const first = async (printer: ReturnType<typeof createHandOverPrinter>) => {
    const job = await printer.submit(order);
    if (!job.ok) return job.error.code;
    for await (const progress of printer.watch(job.value, new AbortController().signal)) return progress.end?.kind;
    return undefined;
  };

  it('is "sent", never "done"', async () => {
    expect(await first(createHandOverPrinter({ handOver: async () => true, clock: createManualClock() }))).toBe('sent');
  });
  it('says that it was refused', async () => {
    expect(await first(createHandOverPrinter({ handOver: async () => false, clock: createManualClock() }))).toBe(
      'printer.not-accepting',
    );
  });
  it('does not invite to press again when the system never answers', async () => {
    const clock = createManualClock();
    const answer = first(createHandOverPrinter({ handOver: () => new Promise(() => undefined), clock }));
    await clock.advance(60_000);
    expect(await answer).toBe('printer.unsure');
  });
});

describe('the sheet of papers to bring', () => {
  it('holds the papers, the account, the time and the other ways', () => {
    const apl = sheets.find(({ id }) => id === 'caf-aide-logement');
    if (apl === undefined) throw new Error('no sample');
    const text = JSON.stringify(papersSheet(apl, { place: 'MSD de Moulins', opening: 'de 9 h à 17 h' }));
    for (const part of ['Un RIB', 'compte Caf, ou FranceConnect', '30 minutes', '32 30', 'caf.fr', 'MSD de Moulins'])
      expect(text).toContain(part);
  });
});

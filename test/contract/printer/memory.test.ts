/** The printers without a device: the folder of a demonstration, the hand-over to the shell, and the fake. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail } from '../../../main/contract/result.ts';
import { createHandOverPrinter } from '../../../main/devices/handover/handover-printer.ts';
import type { SystemPrinter } from '../../../main/devices/handover/system-printer.ts';
import { printerLoadedLater } from '../../../main/devices/printer-loaded-later.ts';
import { printerFault } from '../../../main/devices/printer.ts';
import { createFolderPrinter } from '../../../main/devices/virtual/printer-folder.ts';
import { systemClock } from '../../../main/platform/clock.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { MemoryPrinter } from '../../fakes/memory-printer.ts';
import { fastClock } from '../../harness/printing/kiosk-side.ts';
import { printerSuite } from './printer-suite.ts';

printerSuite(
  'the folder of a demonstration, loaded at the first call',
  false,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pn-folder-'));
    const pace = { times: 100 };
    const at = (path: string) =>
      printerLoadedLater(async () =>
        createFolderPrinter({ clock: fastClock(pace), files: systemFiles, folder: path, keeps: true }),
      );
    return {
      printer: at(folder),
      absent: async () => at('/dev/null/absent'),
      slow: () => void (pace.times = 1),
      quick: async () => void (pace.times = 100),
      papers: () => readdirSync(folder),
      stop: async () => rmSync(folder, { recursive: true, force: true }),
    };
  },
  { absence: 'the folder is made by the first job' },
);

printerSuite(
  'the hand-over to the shell',
  false,
  async () => {
    const papers: string[] = [];
    const system: SystemPrinter = {
      exists: async () => true,
      async print(_name, pages, signal) {
        const sheets: string[] = [];
        for (let page = 1; page <= pages.count; page += 1) sheets.push(String((await pages.page(page)).length));
        if (signal?.aborted) return false;
        papers.push(sheets.join(' '));
        return true;
      },
    };
    const through = (printers: SystemPrinter) =>
      createHandOverPrinter({
        system: printers,
        name: null,
        raster: { jpeg: async () => new Uint8Array(9) },
        clock: systemClock,
      });
    return {
      printer: through(system),
      absent: async () => through({ exists: async () => false, print: async () => false }),
      slow: () => undefined,
      quick: async () => undefined,
      papers: () => papers,
      stop: async () => undefined,
    };
  },
  { unfinished: 'the system has the whole job at once, and says nothing more of it' },
);

/** A printer that does by itself what the test says elsewhere: one side each millisecond, one job after the other. */
printerSuite('the fake printer', false, async () => {
  const printer = new MemoryPrinter();
  const papers: string[] = [];
  const out = new Map<string, number>();
  let slow = false;
  const turn = (): void => {
    const [job] = printer.unfinishedJobs;
    if (!job) return;
    const sidesOut = out.get(job.id) ?? 0;
    const stopped = { stage: 'stopped', sidesOut, reasons: [] } as const;
    if (printer.cancelled.includes(job.id)) printer.addProgress({ ...stopped, end: { kind: 'cancelled' } }, job.id);
    else if (sidesOut === job.sides) {
      papers.push(job.id);
      printer.addProgress({ ...stopped, end: { kind: 'done' } }, job.id);
    } else if (!slow || sidesOut === 0) {
      out.set(job.id, sidesOut + 1);
      printer.addProgress({ stage: 'printing', sidesOut: sidesOut + 1, reasons: [] }, job.id);
    }
  };
  const timer = setInterval(turn, 1);
  return {
    printer,
    async absent() {
      const away = new MemoryPrinter();
      away.description = fail(printerFault('printer.unreachable'));
      away.refusals.push(printerFault('printer.unreachable'));
      return away;
    },
    slow: () => void (slow = true),
    quick: async () => void (slow = false),
    papers: () => papers,
    stop: async () => clearInterval(timer),
  };
});

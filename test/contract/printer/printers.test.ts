import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLpPrinter } from '../../../main/devices/cups-lp/lp-printer.ts';
import { createFolderPrinter } from '../../../main/devices/virtual/printer-folder.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { run } from '../../../main/platform/run.ts';
import { missingForCups, startCups } from '../../harness/printing/cups.ts';
import { fastClock, ippPrinter } from '../../harness/printing/kiosk-side.ts';
import { OWNER } from '../../harness/printing/owner.ts';
import { missingPrograms, startPrinterFixture } from '../../harness/printing/printer-fixture.ts';
import { printerSuite } from './printer-suite.ts';

const missing = missingPrograms();
const missingCups = [...missing, ...missingForCups()];
const without = (programs: readonly string[]): string | false =>
  programs.length > 0 ? `without ${programs.join(', ')}` : false;

printerSuite('ippeveprinter over IPP', without(missing), async () => {
  const fixture = await startPrinterFixture();
  const machine = await fixture.printer();
  return {
    printer: ippPrinter(machine.uri),
    slow: () => machine.setPageMs(200),
    quick: () => {
      machine.setPageMs(1);
      machine.stopFeeding();
      setTimeout(() => machine.resumeFeeding(), 1000);
    },
    papers: machine.printed,
    stop: fixture.stop,
  };
});

printerSuite('a CUPS queue over IPP', without(missingCups), async () => {
  const fixture = await startPrinterFixture();
  const cups = await startCups(fixture.env);
  const machine = await fixture.printer();
  await cups.addQueue('bureau', machine.uri);
  return {
    printer: ippPrinter(`${cups.uri}/printers/bureau`, { times: 5 }),
    slow: () => machine.setPageMs(200),
    quick: () => {
      machine.setPageMs(1);
      machine.stopFeeding();
      setTimeout(() => machine.resumeFeeding(), 3000);
    },
    papers: machine.printed,
    stop: async () => {
      await cups.stop();
      await fixture.stop();
    },
  };
});

printerSuite('a CUPS queue through lp', without(missingCups), async () => {
  const fixture = await startPrinterFixture();
  const cups = await startCups(fixture.env);
  const machine = await fixture.printer();
  await cups.addQueue('guichet', machine.uri);
  return {
    printer: createLpPrinter({ run, clock: fastClock(5), queue: 'guichet', server: cups.server, owner: OWNER }),
    slow: () => machine.setPageMs(200),
    quick: () => {
      machine.setPageMs(1);
      machine.stopFeeding();
      setTimeout(() => machine.resumeFeeding(), 3000);
    },
    papers: machine.printed,
    stop: async () => {
      await cups.stop();
      await fixture.stop();
    },
  };
});

printerSuite('the folder of a demonstration', false, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pn-folder-'));
  return {
    printer: createFolderPrinter({ clock: fastClock(10), files: systemFiles, folder, keeps: true }),
    slow: () => undefined,
    quick: () => undefined,
    papers: () => readdirSync(folder),
    stop: async () => rmSync(folder, { recursive: true, force: true }),
  };
});

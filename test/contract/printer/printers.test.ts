/** The printers behind real programs. */
import { createLpPrinter } from '../../../main/devices/cups-lp/lp-printer.ts';
import { run } from '../../../main/platform/run.ts';
import { missingForCups, startCups } from '../../harness/printing/cups.ts';
import { fastClock, ippPrinter } from '../../harness/printing/kiosk-side.ts';
import { OWNER } from '../../harness/printing/owner.ts';
import { missingPrograms, startPrinterFixture, type TestPrinter } from '../../harness/printing/printer-fixture.ts';
import { freePort } from '../../harness/printing/process.ts';
import { until } from '../../harness/until.ts';
import { printerSuite } from './printer-suite.ts';

const missing = missingPrograms();
const missingCups = [...missing, ...missingForCups()];
const without = (programs: readonly string[]): string | false =>
  programs.length > 0 ? `without ${programs.join(', ')}` : false;

/** While the machine feeds no paper, it would end the next job without a page. */
const endJob = async (machine: TestPrinter, startsWithinMs: number): Promise<void> => {
  const isFeeding = machine.isFeeding();
  machine.setPageMs(1);
  machine.stopFeeding();
  if (isFeeding) await until('the end of the cancelled job', () => !machine.isFeeding());
  else await new Promise((resolve) => setTimeout(resolve, startsWithinMs)); // the job may be on its way
  machine.resumeFeeding();
};

printerSuite(
  'ippeveprinter over IPP',
  without(missing),
  async () => {
    const fixture = await startPrinterFixture();
    const machine = await fixture.printer();
    return {
      printer: ippPrinter(machine.uri),
      absent: async () => ippPrinter(`ipp://127.0.0.1:${await freePort()}/ipp/print`),
      slow: () => machine.setPageMs(200),
      quick: () => endJob(machine, 1_000),
      papers: machine.printed,
      stop: fixture.stop,
    };
  },
  { queue: 'ippeveprinter is busy until a job has ended' },
);

printerSuite('a CUPS queue over IPP', without(missingCups), async () => {
  const fixture = await startPrinterFixture();
  const cups = await startCups(fixture.env);
  const machine = await fixture.printer();
  await cups.addQueue('bureau', machine.uri);
  return {
    printer: ippPrinter(`${cups.uri}/printers/bureau`, { times: 5 }),
    absent: async () => ippPrinter(`${cups.uri}/printers/absente`),
    slow: () => machine.setPageMs(200),
    quick: () => endJob(machine, 3_000),
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
  const through = (queue: string) =>
    createLpPrinter({ run, clock: fastClock(5), queue, server: cups.server, owner: OWNER });
  return {
    printer: through('guichet'),
    absent: async () => through('absente'),
    slow: () => machine.setPageMs(200),
    quick: () => endJob(machine, 3_000),
    papers: machine.printed,
    stop: async () => {
      await cups.stop();
      await fixture.stop();
    },
  };
});

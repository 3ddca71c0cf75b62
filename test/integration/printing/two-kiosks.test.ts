/** Two kiosks share a printer. Each clears away what it left there itself, and nothing of the other's. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLpPrinter } from '../../../main/devices/cups-lp/lp-printer.ts';
import type { JobOwner } from '../../../main/devices/job-owner.ts';
import type { JobProgress, Printer, PrintJob } from '../../../main/devices/printer.ts';
import { createLeftoverJobs } from '../../../main/features/printing/leftover-jobs.ts';
import { silentLogger } from '../../../main/log/logger.ts';
import { run } from '../../../main/platform/run.ts';
import { OP, startBadNetwork, type BadNetwork } from '../../harness/printing/bad-network.ts';
import { missingForCups, startCups, type TestCups } from '../../harness/printing/cups.ts';
import { fastClock, follow, ippPrinter } from '../../harness/printing/kiosk-side.ts';
import { NEIGHBOUR, OWNER } from '../../harness/printing/owner.ts';
import {
  missingPrograms,
  startPrinterFixture,
  type PrinterFixture,
  type TestPrinter,
} from '../../harness/printing/printer-fixture.ts';
import { samplePdf } from '../../harness/printing/sample-pdf.ts';
import { until } from '../../harness/until.ts';

const missing = missingPrograms();
if (missing.length > 0) console.warn(`SKIPPED: two kiosks on one printer, without ${missing.join(', ')}`);

const PAGES = 5;
let fixture: PrinterFixture;
let machine: TestPrinter;
let pdf: Uint8Array;

const submit = async (printer: Printer): Promise<PrintJob> => {
  const job = await printer.submit({ pdf, pages: PAGES, copies: 1, twoSided: false, colour: false });
  if (!job.ok) throw new Error(job.error.code);
  return job.value;
};
const numberLeft = async (printer: Printer): Promise<number> => {
  const jobs = await printer.unfinished();
  if (!jobs.ok) throw new Error(jobs.error.code);
  return jobs.value.length;
};
/** What a kiosk does after a session that printed and at a start. Returns what its audit counts. */
const clearAway = async (printer: Printer): Promise<number> => {
  const queue = createLeftoverJobs({ clock: fastClock(1), logger: silentLogger, printer, printing: () => false });
  await queue.endSession(true);
  return queue.leftovers();
};
const comesOut = async (printer: Printer, job: PrintJob): Promise<void> => {
  machine.unblock();
  expect((await follow(printer, job)).at(-1)).toMatchObject({ sidesOut: PAGES, end: { kind: 'done' } });
  expect(machine.pagesOut()).toBe(PAGES);
};
const replaced = (reply: Buffer, what: string, by: string): Buffer =>
  Buffer.from(reply.toString('latin1').replaceAll(what, by.padEnd(what.length, '*').slice(0, what.length)), 'latin1');

beforeAll(async () => {
  if (missing.length > 0) return;
  fixture = await startPrinterFixture();
  pdf = await samplePdf(PAGES);
}, 60_000);
afterAll(() => fixture?.stop());

describe.skipIf(missing.length > 0)('two kiosks on one printer', () => {
  let network: BadNetwork;
  const kiosk = (owner: JobOwner = OWNER): Printer => ippPrinter(network.uri, { owner });
  beforeEach(async () => {
    machine = await fixture.printer();
    machine.block(''); // so that a job is still there when the test looks for it
    network = await startBadNetwork(machine.port);
  });
  afterEach(async () => {
    machine.unblock();
    await network.stop();
    await machine.powerOff();
  });
  const onReplies = (change: (reply: Buffer) => Buffer): void =>
    network.onOperation((operation) =>
      operation === OP.getJobs || operation === OP.getJob ? { kind: 'rewrite', change } : undefined,
    );

  it('the end of a session on one leaves the papers of the other alone', async () => {
    const neighbour = kiosk(NEIGHBOUR);
    const job = await submit(neighbour);
    expect(await clearAway(kiosk())).toBe(0);
    await comesOut(neighbour, job);
  });

  it.each([
    ['under the name of all kiosks before this one had its own', { user: 'borne', jobName: 'Document' }],
    ['of the staff', { user: 'accueil', jobName: 'Facture' }],
  ])('a job %s is left alone', async (_, owner) => {
    const other = kiosk(owner);
    const job = await submit(other);
    expect(await clearAway(kiosk())).toBe(0);
    await comesOut(other, job);
  });

  it('a kiosk that was interrupted clears its own job away after the restart', async () => {
    const job = await submit(kiosk());
    const restarted = kiosk();
    expect(await numberLeft(restarted)).toBe(1);
    const cleared = clearAway(restarted);
    // ippeveprinter ends a cancelled job only when its engine ends.
    await until('the job cancelled', () => machine.log().includes('Cancel-Job successful-ok'));
    machine.stopFeeding();
    machine.unblock();
    await cleared;
    await until('nothing left', async () => (await clearAway(restarted)) === 0);
    expect((await follow(restarted, job)).at(-1)?.end).toEqual({ kind: 'cancelled' });
  });

  it('a printer that puts its own user on every job is read by the name of the job', async () => {
    onReplies((reply) => replaced(replaced(reply, OWNER.user, 'anonyme'), NEIGHBOUR.user, 'anonyme'));
    const neighbour = kiosk(NEIGHBOUR);
    const job = await submit(neighbour);
    expect(await clearAway(kiosk())).toBe(0);
    expect(await numberLeft(kiosk(NEIGHBOUR))).toBe(1);
    await comesOut(neighbour, job);
  });

  it('a printer that discloses neither is only asked to cancel what this run sent', async () => {
    const hidden = ['job-originating-user-name', 'job-name'];
    onReplies((reply) => hidden.reduce((bytes, name) => replaced(bytes, name, 'x'), reply));
    const neighbour = kiosk(NEIGHBOUR);
    const job = await submit(neighbour);
    expect(await clearAway(kiosk())).toBe(0);
    expect(await numberLeft(neighbour)).toBe(1);
    await comesOut(neighbour, job);
  });

  it('a printer that shows stars is followed all the same', async () => {
    onReplies((reply) => [OWNER.user, OWNER.jobName].reduce((bytes, label) => replaced(bytes, label, '*'), reply));
    const printer = kiosk();
    await comesOut(printer, await submit(printer));
  });

  it('a printer that was switched off and counts its jobs from one again does not mix them up', async () => {
    const printer = kiosk();
    const lost = await submit(printer);
    await machine.powerOff();
    await machine.powerOn();
    machine.reset();
    const neighbour = kiosk(NEIGHBOUR);
    await until('the printer back', async () => (await neighbour.status()).ok);
    const before = machine.pagesOut();
    const job = await submit(neighbour);
    expect(job.id).toBe(lost.id);
    expect(await clearAway(printer)).toBe(0);
    expect((await follow(printer, lost)).at(-1)?.end).toMatchObject({ kind: 'unconfirmed' });
    machine.unblock();
    expect((await follow(neighbour, job)).at(-1)).toMatchObject({ sidesOut: PAGES, end: { kind: 'done' } });
    expect(machine.pagesOut() - before).toBeGreaterThanOrEqual(PAGES);
  });
});

describe.skipIf(missing.length + missingForCups().length > 0).each([
  ['shows the users of its jobs', 'all'],
  ['shows them to their owners only', 'owner'],
  ['shows them to nobody', 'nobody'],
] as const)('two kiosks on a shared CUPS that %s', (_, jobsShownTo) => {
  let cups: TestCups;
  let count = 0;
  let name: string;
  beforeAll(async () => {
    cups = await startCups(fixture.env, jobsShownTo);
  }, 60_000);
  afterAll(() => cups?.stop());
  beforeEach(async () => {
    machine = await fixture.printer();
    machine.block('');
    await cups.addQueue((name = `commune${(count += 1)}`), machine.uri);
  });
  afterEach(async () => {
    machine.unblock();
    await machine.powerOff();
  });

  describe.each([
    ['over IPP', (owner: JobOwner) => ippPrinter(`${cups.uri}/printers/${name}`, { owner, times: 5 })],
    [
      'through lp',
      (owner: JobOwner) => createLpPrinter({ run, clock: fastClock(5), queue: name, server: cups.server, owner }),
    ],
  ] as const)('%s', (_how, kiosk) => {
    it('leave each other’s papers alone', async () => {
      const neighbour = kiosk(NEIGHBOUR);
      const job = await submit(neighbour);
      expect(await clearAway(kiosk(OWNER))).toBe(0);
      expect(await numberLeft(neighbour)).toBe(1);
      machine.unblock();
      const last = (await follow(neighbour, job, undefined, 40_000)).at(-1);
      expect(['done', 'unconfirmed']).toContain(last?.end?.kind);
      expect(machine.pagesOut()).toBe(PAGES);
    });

    it('say that they wait for the other’s papers, and that theirs come out only once they do', async () => {
      const neighbour = kiosk(NEIGHBOUR);
      await submit(neighbour);
      const printer = kiosk(OWNER);
      const goesOn = ({ reasons }: JobProgress): void => void (reasons.includes('busy') && machine.unblock());
      const heard = await follow(printer, await submit(printer), goesOn, 40_000);
      const busy = heard.findIndex(({ reasons }) => reasons.includes('busy'));
      expect(heard[busy]).toMatchObject({ stage: 'waiting' });
      expect(heard.findIndex(({ stage }) => stage === 'printing')).toBeGreaterThan(busy);
    });

    it('clear their own jobs away, after a restart too', async () => {
      machine.setPageMs(3000);
      machine.unblock();
      const printer = kiosk(OWNER);
      await submit(printer);
      const restarted = kiosk(OWNER);
      // Of a queue that tells nobody, only the run that sent a job knows it.
      expect(await numberLeft(restarted)).toBe(jobsShownTo === 'nobody' ? 0 : 1);
      const cleared = clearAway(jobsShownTo === 'nobody' ? printer : restarted);
      machine.setPageMs(1);
      machine.stopFeeding();
      expect(await cleared).toBe(0);
      await until('an empty queue', () => cups.run('lpstat', '-W', 'not-completed', '-o', name).trim() === '');
      machine.reset();
    });
  });
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { OP, startBadNetwork, type BadNetwork, type Fault } from '../../harness/printing/bad-network.ts';
import { follow, ippPrinter } from '../../harness/printing/kiosk-side.ts';
import {
  missingPrograms,
  startPrinterFixture,
  type PrinterFixture,
  type TestPrinter,
} from '../../harness/printing/printer-fixture.ts';
import { samplePdf } from '../../harness/printing/sample-pdf.ts';
import { memoryPins } from '../../fakes/memory-pins.ts';

const missing = missingPrograms();
if (missing.length > 0) console.warn(`SKIPPED: the faults of a network, without ${missing.join(', ')}`);

/** Thirty seconds without a reply take 1.5 s here: the waits of both sides are shortened alike. */
const TIMES = 20;

describe.skipIf(missing.length > 0)('a printer behind a bad network', () => {
  let fixture: PrinterFixture;
  let machine: TestPrinter;
  let network: BadNetwork;
  let pdf: Uint8Array;
  beforeAll(async () => {
    fixture = await startPrinterFixture();
    pdf = await samplePdf(2);
  }, 30_000);
  afterAll(() => fixture.stop());
  beforeEach(async () => {
    machine = await fixture.printer();
    network = await startBadNetwork(machine.port);
  });
  afterEach(async () => {
    await network.stop();
    await machine.powerOff();
  });

  const always =
    (operation: number, fault: Fault) =>
    (asked: number): Fault | undefined =>
      asked === operation ? fault : undefined;
  const once =
    (operation: number, fault: Fault) =>
    (asked: number, nth: number): Fault | undefined =>
      asked === operation && nth === 1 ? fault : undefined;
  const kiosk = (uri = network.uri) => ippPrinter(uri, { times: TIMES, httpTimes: { times: TIMES } });
  /** What the person is told after one press on "Imprimer". */
  const press = async (
    printer = kiosk(),
  ): Promise<{ code: string; retry: string } | { sidesOut: number; kind: string }> => {
    const job = await printer.submit(order());
    if (!job.ok) return { code: job.error.code, retry: job.error.retry };
    const last = (await follow(printer, job.value)).at(-1);
    if (last?.end?.kind === 'failed') return { code: last.end.fault.code, retry: last.end.fault.retry };
    return { sidesOut: last?.sidesOut ?? -1, kind: last?.end?.kind ?? 'none' };
  };
  const order = () => ({ pdf, pages: 2, copies: 1, twoSided: false, colour: false });

  it.each<[string, Fault, string, string]>([
    ['HTTP 500', { kind: 'http', status: 500 }, 'printer.server-error', 'now'],
    ['HTTP 401', { kind: 'http', status: 401 }, 'printer.login-wanted', 'after-help'],
    [
      'HTTP 401 with a page and a half',
      { kind: 'refuse', status: 401, saysBytes: 6_000_000 },
      'printer.login-wanted',
      'after-help',
    ],
    [
      'HTTP 401, then hangs up',
      { kind: 'refuse', status: 401, saysBytes: 200, hangsUp: true },
      'printer.login-wanted',
      'after-help',
    ],
    ['a web page instead of IPP', { kind: 'garbage' }, 'printer.garbage', 'after-help'],
    ['something that is not HTTP', { kind: 'not-http' }, 'printer.garbage', 'after-help'],
    ['a reply cut in the middle', { kind: 'cut-reply', afterBytes: 40 }, 'printer.cut', 'now'],
    ['no answer at all', { kind: 'silent' }, 'printer.slow', 'now'],
    ['an answer after 30 s', { kind: 'late', ms: 30_000 / TIMES }, 'printer.slow', 'now'],
    ['"not accepting jobs"', { kind: 'ipp', status: 0x0506 }, 'printer.not-accepting', 'after-help'],
  ])('answers %s to the first question: says so, sends nothing', async (_, fault, code, retry) => {
    network.onOperation(always(OP.getPrinter, fault));
    expect(await kiosk().submit(order())).toMatchObject({ ok: false, error: { code, retry } });
    expect(network.seen()).not.toContain(OP.createJob);
    expect(machine.printed()).toHaveLength(0);
  });

  it('reports that a login is required, and suggests no retry, when the upload is refused halfway', async () => {
    network.onOperation(always(OP.sendDocument, { kind: 'refuse', status: 401, saysBytes: 300, hangsUp: true }));
    const printer = kiosk();
    const job = await printer.submit({ ...order(), pdf: new Uint8Array(8_000_000) });
    expect(job).toMatchObject({ ok: false, error: { code: 'printer.login-wanted', retry: 'after-help' } });
    expect(machine.printed()).toHaveLength(0);
  });

  it.each([OP.createJob, OP.validateJob])('reports a quota when a new job is "not possible" (%i)', async (asked) => {
    network.onOperation(always(asked, { kind: 'ipp', status: 0x0404 }));
    expect(await kiosk().submit(order())).toMatchObject({
      ok: false,
      error: { code: 'printer.quota', retry: 'after-help' },
    });
    expect(machine.printed()).toHaveLength(0);
  });

  it('switches to TLS on status 426', async () => {
    let refused = 0;
    network.onOperation((operation) => {
      if (operation !== OP.getPrinter || refused > 0) return undefined;
      refused += 1;
      return { kind: 'http', status: 426 };
    });
    expect(await press(ippPrinter(network.uri))).toEqual({ sidesOut: 2, kind: 'done' });
    expect(refused).toBe(1);
  });

  it('sends nothing to a printer whose certificate has changed', async () => {
    const pins = memoryPins();
    const printer = ippPrinter(network.secureUri, { pins });
    expect((await printer.status()).ok).toBe(true);
    await network.useNewCertificate();
    const before = network.seen().length;
    expect(await printer.submit(order())).toMatchObject({
      ok: false,
      error: { code: 'printer.certificate-changed', retry: 'after-help' },
    });
    expect(network.seen()).toHaveLength(before);
  });

  it('accepts a reply to Create-Job after 30 s', async () => {
    network.onOperation(once(OP.createJob, { kind: 'late', ms: 30_000 / TIMES }));
    expect(await press()).toEqual({ sidesOut: 2, kind: 'done' });
  });

  it('leaves nothing in the queue when the connection drops during the upload', async () => {
    network.onOperation(once(OP.sendDocument, { kind: 'cut-request', afterBytes: 600 }));
    const printer = kiosk();
    expect(await press(printer)).toEqual({ code: 'printer.cut', retry: 'now' });
    expect(await printer.unfinished()).toEqual({ ok: true, value: [] });
    expect(machine.printed()).toHaveLength(0);
    // A retry prints it once.
    expect(await press(printer)).toEqual({ sidesOut: 2, kind: 'done' });
    expect(machine.printed()).toHaveLength(1);
  });

  it('recognises a job whose acceptance was lost, and prints it at most once', async () => {
    network.onOperation(once(OP.sendDocument, { kind: 'lose-reply' }));
    const printer = kiosk();
    const heard = await press(printer);
    // Either it was printed and reported as such, or it was cancelled before a page and may be retried; never both.
    expect([
      { sidesOut: 2, kind: 'done' },
      { code: 'printer.cut', retry: 'now' },
    ]).toContainEqual(heard);
    expect(machine.printed().length).toBeLessThanOrEqual(1);
    // A cancelled job takes the printer a moment.
    await vi.waitFor(async () => expect(await printer.unfinished()).toEqual({ ok: true, value: [] }), 5_000);
  });

  it('learns the outcome when the printer stops responding after the upload and responds again later', async () => {
    let silent = true;
    network.onOperation((operation, nth) => {
      if (operation === OP.sendDocument) return { kind: 'lose-reply' };
      if (operation === OP.getJob && nth > 8) silent = false;
      return silent && operation === OP.getJob ? { kind: 'cut-reply', afterBytes: 5 } : undefined;
    });
    expect(await press()).toEqual({ sidesOut: 2, kind: 'done' });
    expect(machine.pagesOut()).toBe(2);
  });

  it('suggests no retry when it is unknown whether the job was accepted', async () => {
    network.onOperation((operation) => {
      if (operation === OP.sendDocument) return { kind: 'lose-reply' };
      return operation === OP.getJob || operation === OP.cancelJob ? { kind: 'cut-reply', afterBytes: 5 } : undefined;
    });
    expect(await press()).toEqual({ code: 'printer.unsure', retry: 'after-help' });
  });

  /** The printer declares no Create-Job, and its reply to the first Print-Job is lost. */
  const loseReplyOfPrintJob = (others: Parameters<BadNetwork['onOperation']>[0] = () => undefined) => {
    const seen = { createGone: 0 };
    network.onOperation((operation, nth) => {
      if (operation === OP.getPrinter) {
        return {
          kind: 'rewrite',
          change: (reply) => {
            const found = reply.indexOf(Buffer.from([0, 0, 0, 4, 0, 0, 0, OP.createJob]));
            if (found < 0) return reply;
            seen.createGone += 1;
            const changed = Buffer.from(reply);
            changed.writeUInt32BE(OP.getJobs, found + 4);
            return changed;
          },
        };
      }
      return operation === OP.printJob && nth === 1 ? { kind: 'lose-reply' } : others(operation, nth);
    });
    return seen;
  };

  it('checks the queue when the reply of a printer without Create-Job is lost', async () => {
    const seen = loseReplyOfPrintJob();
    const printer = kiosk();
    const job = await printer.submit(order());
    if (!job.ok) throw new Error(job.error.code);
    expect(seen.createGone).toBeGreaterThan(0);
    expect((await follow(printer, job.value)).at(-1)).toMatchObject({ sidesOut: 2, end: { kind: 'done' } });
    expect(machine.printed()).toHaveLength(1);
  });
  it('does not send again when that printer did not list its jobs before', async () => {
    loseReplyOfPrintJob((operation, nth) =>
      operation === OP.getJobs && nth <= 2 ? { kind: 'ipp', status: 0x0501 } : undefined,
    );
    expect(await press()).toEqual({ code: 'printer.unsure', retry: 'after-help' });
  });
  it('does not take a job there for ours when that printer does not tell whose it is', async () => {
    const unnamed = (reply: Buffer): Buffer =>
      Buffer.from(
        reply.toString('latin1').replaceAll(/job-name|job-originating-user-name/g, (n) => 'x'.repeat(n.length)),
        'latin1',
      );
    const seen = loseReplyOfPrintJob((operation) =>
      operation === OP.getJobs ? { kind: 'rewrite', change: unnamed } : undefined,
    );
    expect(await press()).toEqual({ code: 'printer.unsure', retry: 'after-help' });
    expect(seen.createGone).toBeGreaterThan(0);
  });

  it('falls back to IPP 1.1 when the version is refused', async () => {
    let refused = 0;
    network.onOperation((operation, nth) => {
      if (operation !== OP.getPrinter || nth !== 1) return undefined;
      refused += 1;
      return { kind: 'ipp', status: 0x0503 };
    });
    expect(await kiosk().status()).toMatchObject({ ok: true });
    expect(refused).toBe(1);
    expect(machine.log()).toContain('version=1.1');
  });

  it('asks the person when the job vanishes from the printer', async () => {
    machine.setPageMs(150);
    const printer = kiosk();
    const job = await printer.submit(order());
    if (!job.ok) throw new Error(job.error.code);
    network.onOperation(always(OP.getJob, { kind: 'ipp', status: 0x0406 }));
    expect((await follow(printer, job.value)).at(-1)).toMatchObject({ sidesOut: 0, end: { kind: 'unconfirmed' } });
  });

  it('goes on when some status requests fail', async () => {
    machine.setPageMs(100);
    const printer = kiosk();
    const job = await printer.submit(order());
    if (!job.ok) throw new Error(job.error.code);
    network.onOperation((operation, nth) =>
      operation === OP.getJob && nth % 2 === 1 ? { kind: 'garbage' } : undefined,
    );
    expect((await follow(printer, job.value)).at(-1)).toMatchObject({ sidesOut: 2, end: { kind: 'done' } });
  });

  it('gives up on a printer that accepts a job but never the document', async () => {
    network.onOperation(always(OP.sendDocument, { kind: 'silent' }));
    const printer = kiosk();
    const job = await printer.submit(order());
    if (!job.ok) throw new Error(job.error.code);
    expect((await follow(printer, job.value)).at(-1)?.end).toMatchObject({
      kind: 'failed',
      fault: { code: 'printer.slow' },
    });
    expect(await printer.unfinished()).toEqual({ ok: true, value: [] });
  });
});

/** Stuck queues: the person is told and may leave, and nothing of theirs remains. */
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PdfDecoder } from '../../../main/features/printing/pdf/decoder-client.ts';
import { missingBackends, missingForCups, startCups, type TestCups } from '../../harness/printing/cups.ts';
import { ippPrinter, realPdfDecoder } from '../../harness/printing/kiosk-side.ts';
import { testKiosk, type TestKiosk } from '../../harness/printing/kiosk-printing.ts';
import {
  missingPrograms,
  startPrinterFixture,
  type PrinterFixture,
  type TestPrinter,
} from '../../harness/printing/printer-fixture.ts';
import { freePort } from '../../harness/printing/process.ts';
import { samplePdf } from '../../harness/printing/sample-pdf.ts';
import { until } from '../../harness/until.ts';

const missing = [...missingPrograms(), ...missingForCups(), ...missingBackends('socket', 'usb', 'lpd')];
if (missing.length > 0) console.warn(`SKIPPED: queues that go nowhere, without ${missing.join(', ')}`);

/** A kiosk minute takes one second. */
const TIMES = 60;

describe.skipIf(missing.length > 0)('a stuck queue', () => {
  let fixture: PrinterFixture;
  let cups: TestCups;
  let machine: TestPrinter;
  let pdfDecoder: PdfDecoder;
  let kiosk: TestKiosk;
  let pdf: Uint8Array;
  let count = 0;
  beforeAll(async () => {
    fixture = await startPrinterFixture();
    cups = await startCups(fixture.env);
    pdfDecoder = realPdfDecoder();
    pdf = await samplePdf(3);
  }, 60_000);
  afterAll(async () => {
    await pdfDecoder?.stop();
    await cups?.stop();
    await fixture?.stop();
  });
  beforeEach(async () => {
    machine = await fixture.printer();
  });
  afterEach(async () => {
    machine.unblock();
    await kiosk.printing.stop();
    await machine.powerOff();
  });

  const queueTo = async (deviceUri: string): Promise<string> => {
    const name = `arret${(count += 1)}`;
    await cups.addQueue(name, deviceUri);
    return name;
  };
  const stand = (queue: string): Promise<void> => standAt(`${cups.uri}/printers/${queue}`);
  const standAt = async (uri: string): Promise<void> => {
    const printer = ippPrinter(uri, { times: TIMES });
    kiosk = testKiosk(printer, { pdfDecoder: { ...pdfDecoder, stop: async () => undefined }, times: TIMES });
    kiosk.printing.start();
    await until('the queue described', () => kiosk.state().printer.state !== 'unknown');
    await kiosk.show(pdf);
  };
  const reported = (reason: string) =>
    until(
      () => `"${reason}" said: ${JSON.stringify(kiosk.state().job)}`,
      () => kiosk.state().job?.stage === 'stopped' && kiosk.state().job?.reasons[0] === reason,
      10_000,
    );
  const jobsLeft = (queue: string): string => cups.run('lpstat', '-W', 'not-completed', '-o', queue).trim();
  /** Checks that the idle timer may end the session, and that the wipe does not wait for the printer. */
  const leaves = async (queue: string): Promise<void> => {
    expect(kiosk.held()).toBe(0);
    const from = Date.now();
    await kiosk.printing.lastWipe.wipe();
    expect((Date.now() - from) * TIMES).toBeLessThan(60_000);
    expect(await kiosk.printing.lastWipe.leftovers()).toEqual([]);
    expect(jobsLeft(queue)).toBe('');
    expect(kiosk.state()).toMatchObject({ job: null, document: null });
    expect(kiosk.counted.get('pages.printed')).toBeUndefined();
  };

  const away: readonly (readonly [string, () => Promise<string>])[] = [
    ['an IPP printer that is off', async () => `ipp://127.0.0.1:${await freePort()}/ipp/print`],
    ['port 9100 of a printer that is off', async () => `socket://127.0.0.1:${await freePort()}`],
    ['a USB printer that is unplugged', async () => 'usb://HP/LaserJet%201020?serial=ABSENT'],
    ['a name that nobody has', async () => 'ipp://imprimante-absente.invalid/ipp/print'],
  ];
  it.each(away)('to %s: is reported within a minute, does not keep the person, leaves nothing', async (_, device) => {
    const queue = await queueTo(await device());
    await stand(queue);
    await kiosk.print();
    await reported('offline');
    await leaves(queue);
  });

  it.each(away)('to %s: the job is given up in the end, with nothing counted', async (_, device) => {
    const queue = await queueTo(await device());
    await stand(queue);
    await kiosk.print();
    expect(await kiosk.ended()).toMatchObject({ end: 'failed', code: 'printer.stuck', sidesOut: 0 });
    expect(kiosk.state().allowance?.left).toBe(20);
    await until('an empty queue', () => jobsLeft(queue) === '');
  });

  it('to a closed LPD port, which CUPS reports as "in use": is reported as stalled', async () => {
    const queue = await queueTo(`lpd://127.0.0.1:${await freePort()}/file`);
    await stand(queue);
    await kiosk.print();
    await reported('stalled');
    await leaves(queue);
  });

  it('to a printer that accepts the document and never finishes: is reported as stalled, then the person is asked', async () => {
    const sockets: Server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.pause();
    });
    await new Promise<void>((resolve) => sockets.listen(0, '127.0.0.1', resolve));
    try {
      const queue = await queueTo(`socket://127.0.0.1:${(sockets.address() as AddressInfo).port}`);
      await stand(queue);
      await kiosk.print();
      await reported('stalled');
      expect(kiosk.held()).toBe(0);
      // It may have printed; only the person can check.
      expect(await kiosk.ended()).toMatchObject({ end: 'unconfirmed', code: 'printer.unsure' });
      expect(jobsLeft(queue)).toBe('');
    } finally {
      sockets.close();
    }
  });

  it('that holds every document: is reported at once, and nothing is left', async () => {
    const queue = await queueTo(machine.uri);
    cups.run('lpadmin', '-p', queue, '-o', 'job-hold-until-default=indefinite');
    await stand(queue);
    await kiosk.print();
    await reported('held');
    await leaves(queue);
    expect(machine.pagesOut()).toBe(0);
  });

  it('that holds a document, then releases it: the pages are printed and counted', async () => {
    const queue = await queueTo(machine.uri);
    cups.run('lpadmin', '-p', queue, '-o', 'job-hold-until-default=indefinite');
    await stand(queue);
    await kiosk.print();
    await reported('held');
    cups.run('lp', '-i', jobsLeft(queue).split(/\s/)[0] ?? '', '-H', 'resume');
    expect(await kiosk.ended()).toMatchObject({ end: 'done', sidesOut: 3 });
    expect(machine.pagesOut()).toBe(3);
  });

  it('that is paused: is reported, does not keep the person, leaves nothing', async () => {
    const queue = await queueTo(machine.uri);
    cups.run('cupsdisable', queue);
    await stand(queue);
    await kiosk.print();
    await reported('paused');
    await leaves(queue);
  });

  it('that rejects documents: is reported before a document is sent', async () => {
    const queue = await queueTo(machine.uri);
    cups.run('cupsreject', queue);
    await stand(queue);
    await kiosk.print();
    expect(await kiosk.ended()).toMatchObject({ end: 'failed', code: 'printer.not-accepting', sidesOut: 0 });
  });

  it('whose quota for this kiosk is used up: is reported as a quota, not as a bad document', async () => {
    const queue = await queueTo(machine.uri);
    cups.run('lpadmin', '-p', queue, '-o', 'job-quota-period=86400', '-o', 'job-page-limit=3');
    await stand(queue);
    await kiosk.print();
    expect(await kiosk.ended()).toMatchObject({ end: 'done', sidesOut: 3 });
    await kiosk.printing.handlers.acknowledge({});
    await kiosk.print();
    expect(await kiosk.ended()).toMatchObject({
      end: 'failed',
      code: 'printer.quota',
      retry: 'after-help',
      sidesOut: 0,
    });
    expect(machine.pagesOut()).toBe(3);
  });

  it('to a machine that stops in the middle without a reason: is reported as stalled, printed pages are counted', async () => {
    const queue = await queueTo(machine.uri);
    await stand(queue);
    machine.block('', 1);
    await kiosk.print();
    await reported('stalled');
    expect(kiosk.held()).toBe(0);
    expect(kiosk.state().job?.sidesOut).toBe(1);
    const job = await kiosk.ended();
    expect(job).toMatchObject({ end: 'failed', code: 'printer.stuck', sidesOut: 1 });
    expect(machine.pagesOut()).toBe(1);
    expect(kiosk.state().allowance?.left).toBe(19);
    expect(jobsLeft(queue)).toBe('');
  });

  it.each([
    ['counts its pages', false, { end: 'failed', code: 'printer.stuck' }],
    ['counts none', true, { end: 'unconfirmed', code: 'printer.unsure' }],
  ])(
    'also for a machine without a queue that stops without a reason and %s: is reported as stalled',
    async (_, mute, expected) => {
      if (mute) machine.countNothing();
      machine.block('', 1);
      await standAt(machine.uri);
      await kiosk.print();
      await reported('stalled');
      expect(kiosk.held()).toBe(0);
      const job = await kiosk.ended();
      expect(job).toMatchObject(expected);
      expect(machine.pagesOut()).toBe(1);
      expect(job.sidesOut).toBe(mute ? 0 : 1);
    },
  );
});

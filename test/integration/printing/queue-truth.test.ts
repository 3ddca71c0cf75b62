/** Compares the page counts for jobs through a CUPS queue with the sheets in the tray of the machine behind it. */
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JobProgress, Printer } from '../../../main/devices/printer.ts';
import {
  FAILING_DEVICE,
  missingBackends,
  missingForCups,
  startCups,
  type TestCups,
} from '../../harness/printing/cups.ts';
import { follow, ippPrinter } from '../../harness/printing/kiosk-side.ts';
import {
  missingPrograms,
  startPrinterFixture,
  type PrinterFixture,
  type TestPrinter,
} from '../../harness/printing/printer-fixture.ts';
import { samplePdf } from '../../harness/printing/sample-pdf.ts';

const missing = [...missingPrograms(), ...missingForCups(), ...missingBackends('socket', 'dnssd')];
if (missing.length > 0) console.warn(`SKIPPED: the truth through queues, without ${missing.join(', ')}`);

const PDF_PPD = '/usr/share/ppd/cupsfilters/Generic-PDF_Printer-PDF.ppd';
const PAGES = 3;

describe.skipIf(missing.length > 0)('pages through a queue', () => {
  let fixture: PrinterFixture;
  let cups: TestCups;
  let machine: TestPrinter;
  let pdf: Uint8Array;
  let count = 0;
  beforeAll(async () => {
    fixture = await startPrinterFixture();
    cups = await startCups(fixture.env);
    pdf = await samplePdf(PAGES);
  }, 60_000);
  afterAll(async () => {
    await cups?.stop();
    await fixture?.stop();
  });
  beforeEach(async () => {
    machine = await fixture.printer({ formats: 'application/pdf,image/pwg-raster,image/urf,image/jpeg' });
    machine.setPageMs(300);
  });
  afterEach(async () => {
    machine.unblock();
    await machine.powerOff();
  });

  const queueTo = async (deviceUri: string, model: string, times = 5): Promise<Printer> => {
    const name = `file${(count += 1)}`;
    await cups.addQueue(name, deviceUri, model);
    return ippPrinter(`${cups.uri}/printers/${name}`, { times });
  };
  const press = async (printer: Printer, each: (progress: JobProgress) => void = () => undefined) => {
    const job = await printer.submit({ pdf, pages: PAGES, copies: 1, twoSided: false, colour: false });
    if (!job.ok) throw new Error(job.error.code);
    const heard = await follow(printer, job.value, each, 40_000);
    return { heard, last: heard.at(-1) };
  };

  describe.each([
    ['a raw queue', 'raw'],
    ['a driverless queue with its filters', 'everywhere'],
  ])('%s to an IPP printer', (_, model) => {
    it('counts each page when it comes out, not when CUPS filters it', async () => {
      const printer = await queueTo(machine.uri, model);
      expect(await printer.describe()).toMatchObject({ ok: true, value: { countsPages: true } });
      machine.block('', 1); // until that page is heard of
      let ahead = 0;
      const { last, heard } = await press(printer, ({ sidesOut }) => {
        if (sidesOut > machine.pagesOut()) ahead += 1;
        if (sidesOut === 1) machine.unblock();
      });
      expect(last).toMatchObject({ sidesOut: PAGES, end: { kind: 'done' } });
      expect(ahead).toBe(0);
      expect(new Set(heard.map(({ sidesOut }) => sidesOut))).toContain(1);
      expect(machine.pagesOut()).toBe(PAGES);
    });

    it('reports a jam, and goes on counting after it is cleared', async () => {
      const printer = await queueTo(machine.uri, model);
      machine.block('media-jam-error', 1);
      let jams = 0;
      const { last } = await press(printer, ({ reasons }) => {
        if (reasons[0] === 'jam' && (jams += 1) === 5) machine.unblock();
      });
      expect(jams).toBeGreaterThanOrEqual(5);
      expect(last).toMatchObject({ sidesOut: PAGES, end: { kind: 'done' } });
      expect(machine.pagesOut()).toBe(PAGES);
    });

    it('counts the printed pages of a job that the machine aborted, which CUPS reports as completed', async () => {
      machine.failAfter(1, 1);
      const { last } = await press(await queueTo(machine.uri, model));
      expect(last).toMatchObject({ sidesOut: 1, end: { kind: 'failed', fault: { code: 'printer.aborted' } } });
      expect(machine.pagesOut()).toBe(1);
    });

    it('counts the pages printed before and after "Arrêter"', async () => {
      const printer = await queueTo(machine.uri, model);
      const job = await printer.submit({ pdf, pages: PAGES, copies: 1, twoSided: false, colour: false });
      if (!job.ok) throw new Error(job.error.code);
      let asked = false;
      const heard = await follow(printer, job.value, ({ sidesOut }) => {
        if (sidesOut >= 1 && !asked) {
          asked = true;
          void printer.cancel(job.value).then(() => machine.stopFeeding());
        }
      });
      expect(heard.at(-1)?.end).toEqual({ kind: 'cancelled' });
      expect(heard.at(-1)?.sidesOut).toBe(machine.pagesOut());
    });
  });

  it('does not report "done" for a job that the machine refused, although CUPS reports three completed pages', async () => {
    const printer = await queueTo(machine.uri, PDF_PPD, 20);
    const { last } = await press(printer);
    expect(last).toMatchObject({ sidesOut: 0, end: { kind: 'failed', fault: { code: 'printer.aborted' } } });
    expect(machine.pagesOut()).toBe(0);
    // CUPS left a job without a document on the machine, which would stay busy for ever.
    expect(await ippPrinter(machine.uri).unfinished()).toEqual({ ok: true, value: [] });
  });

  it('waits for the machine when the CUPS backend does not', async () => {
    const { last } = await press(await queueTo(`${machine.uri}?waitjob=false`, 'raw'));
    expect(last).toMatchObject({ sidesOut: PAGES, end: { kind: 'done' } });
    expect(machine.pagesOut()).toBe(PAGES);
  });

  it('queries the machine behind two chained queues', async () => {
    await cups.addQueue('serveur', machine.uri);
    const { last } = await press(await queueTo(`${cups.uri}/printers/serveur`, 'raw'));
    expect(last).toMatchObject({ sidesOut: PAGES, end: { kind: 'done' } });
  });

  it('does not count the pages of another kiosk', async () => {
    const [one, other] = [await queueTo(machine.uri, 'raw'), await queueTo(machine.uri, 'raw')];
    machine.setPageMs(100);
    const [first, second] = await Promise.all([press(one), press(other)]);
    expect(first.last).toMatchObject({ sidesOut: PAGES, end: { kind: 'done' } });
    expect(second.last).toMatchObject({ sidesOut: PAGES, end: { kind: 'done' } });
    expect(machine.pagesOut()).toBe(2 * PAGES);
  });

  it('asks the person when the machine cannot be queried (port 9100)', async () => {
    const sink = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.resume();
      socket.on('end', () => socket.end());
    });
    await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = sink.address() as AddressInfo;
      const printer = await queueTo(`socket://127.0.0.1:${port}`, 'raw', 10);
      expect(await printer.describe()).toMatchObject({ ok: true, value: { countsPages: false } });
      const { heard, last } = await press(printer);
      expect(last).toMatchObject({ sidesOut: 0, end: { kind: 'unconfirmed' } });
      expect(heard.every(({ sidesOut }) => sidesOut === 0)).toBe(true);
    } finally {
      sink.close();
    }
  });

  it('asks the person when the queue gives up a job that it had begun, and nobody counts', async () => {
    const printer = await queueTo(FAILING_DEVICE, 'raw', 10);
    cups.run('lpadmin', '-p', `file${count}`, '-o', 'printer-error-policy=abort-job');
    expect(await printer.describe()).toMatchObject({ ok: true, value: { countsPages: false } });
    const { last } = await press(printer);
    expect(cups.log()).toContain('failing (PID');
    expect(last).toMatchObject({ sidesOut: 0, end: { kind: 'unconfirmed', fault: { code: 'printer.unsure' } } });
  });

  it('asks the person when the kiosk can no longer reach the machine', async () => {
    const printer = await queueTo(machine.uri, 'raw', 50);
    machine.block('', 1);
    const job = await printer.submit({ pdf, pages: PAGES, copies: 1, twoSided: false, colour: false });
    if (!job.ok) throw new Error(job.error.code);
    let off = false;
    const heard = await follow(
      printer,
      job.value,
      ({ sidesOut }) => {
        if (sidesOut === 1 && !off) {
          off = true;
          void machine.powerOff();
        }
      },
      40_000,
    );
    // CUPS keeps retrying a printer that is off, so what it printed is unknown.
    expect(heard.at(-1)).toMatchObject({ sidesOut: 1, end: { kind: 'failed', fault: { code: 'printer.unsure' } } });
  });
});

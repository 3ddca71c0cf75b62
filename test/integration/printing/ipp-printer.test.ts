import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PdfDecoder } from '../../../main/features/printing/pdf/decoder-client.ts';
import { follow, ippPrinter, realPdfDecoder } from '../../harness/printing/kiosk-side.ts';
import { OWNER } from '../../harness/printing/owner.ts';
import { missingPrograms, startPrinterFixture, type PrinterFixture } from '../../harness/printing/printer-fixture.ts';
import { readPwg } from '../../harness/printing/read-pwg.ts';
import { samplePdf } from '../../harness/printing/sample-pdf.ts';
import { until } from '../../harness/until.ts';

const missing = missingPrograms();
if (missing.length > 0) console.warn(`SKIPPED: the real IPP printer, without ${missing.join(', ')}`);

const run = (program: string, ...args: string[]): string => execFileSync(program, args, { encoding: 'utf8' });
/** Decodes Apple raster with the CUPS filter, independently of our encoder: to a PDF, then to pixels. */
const readByCups = (file: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'pn-urf-'));
  const pdf = join(folder, 'read.pdf');
  const args = ['1', 'essai', 'essai', '1', '', file];
  const env = { ...process.env, CONTENT_TYPE: 'image/urf', PPD: '' };
  writeFileSync(pdf, execFileSync(RASTER_TO_PDF, args, { env, stdio: ['ignore', 'pipe', 'ignore'] }));
  const info = run('pdfinfo', '-f', '1', '-l', '9', pdf);
  const grey = (page: number) => {
    const pgm = execFileSync('pdftoppm', ['-gray', '-r', '72', '-f', String(page), '-l', String(page), pdf]);
    const [head = '', size = ''] = pgm.toString('latin1', 0, 40).split('\n');
    const [width = 0, height = 0] = size.split(' ').map(Number);
    return { width, height, dots: pgm.subarray(head.length + size.length + '\n\n255\n'.length) };
  };
  return {
    pages: Number(/Pages:\s+(\d+)/.exec(info)?.[1]),
    sizes: [...info.matchAll(/Page +\d+ size: +([\d.]+ x [\d.]+)/g)].map((found) => found[1]),
    /** Number of dark pixels between two heights of a page; 0 is the top. */
    darkIn: (page: number, from: number, to: number) => {
      const { width, height, dots } = grey(page);
      return dots
        .subarray(Math.round(from * height) * width, Math.round(to * height) * width)
        .filter((dot) => dot < 128).length;
    },
  };
};
const RASTER_TO_PDF = '/usr/lib/cups/filter/rastertopdf';

const order = (pdf: Uint8Array, pages: number) => ({ pdf, pages, copies: 1, twoSided: false, colour: false });

describe.skipIf(missing.length > 0)('a real IPP printer', () => {
  let fixture: PrinterFixture;
  let pdfDecoder: PdfDecoder;
  beforeAll(async () => {
    fixture = await startPrinterFixture();
    pdfDecoder = realPdfDecoder();
  }, 30_000);
  afterAll(async () => {
    await pdfDecoder.stop();
    await fixture.stop();
  });

  it('sends a PDF unchanged and counts the printed pages', async () => {
    const machine = await fixture.printer();
    const printer = ippPrinter(machine.uri);
    const pdf = await samplePdf(4);
    const job = await printer.submit(order(pdf, 4));
    if (!job.ok) throw new Error(job.error.code);
    const heard = await follow(printer, job.value);
    expect(heard.at(-1)).toMatchObject({ sidesOut: 4, end: { kind: 'done' } });
    const [file = ''] = machine.printed();
    expect(run('pdfinfo', file)).toMatch(/Pages:\s+4\n[\s\S]*Page size:\s+595\.28 x 841\.89 pts \(A4\)/);
    expect(run('pdftotext', file, '-').match(/Attestation page \d/g)).toHaveLength(4);
  });

  it('requests A4, two sides, colour and copies with the keywords that the printer supports', async () => {
    const machine = await fixture.printer();
    const printer = ippPrinter(machine.uri);
    const job = await printer.submit({ pdf: await samplePdf(2), pages: 2, copies: 3, twoSided: true, colour: true });
    if (!job.ok) throw new Error(job.error.code);
    const heard = await follow(printer, job.value);
    expect(heard.at(-1)).toMatchObject({ sidesOut: 6, end: { kind: 'done' } });
    const log = machine.log();
    expect(log).toContain('media (keyword) iso_a4_210x297mm');
    expect(log).toContain('sides (keyword) two-sided-long-edge');
    expect(log).toContain('print-color-mode (keyword) color');
    expect(log).toContain('copies (integer) 3');
    expect(log).toContain('multiple-document-handling (keyword) separate-documents-collated-copies');
    expect(log).toContain(`job-name (nameWithoutLanguage) ${OWNER.jobName}`);
    expect(log).toContain(`requesting-user-name (nameWithoutLanguage) ${OWNER.user}`);
    expect(log.indexOf('Validate-Job')).toBeLessThan(log.indexOf('Create-Job(0005)'));
  });

  it('sends PWG raster to a monochrome printer that does not accept PDF', async () => {
    const machine = await fixture.printer({ formats: 'image/pwg-raster', colour: false, twoSided: false });
    const printer = ippPrinter(machine.uri, { pdfDecoder });
    await expect(printer.describe()).resolves.toMatchObject({ ok: true, value: { colour: false, twoSided: false } });
    const job = await printer.submit(order(await samplePdf(['a4', 'landscape']), 2));
    if (!job.ok) throw new Error(job.error.code);
    await follow(printer, job.value);
    const [file = ''] = machine.printed();
    // Decoded by code written from the specification, independently of our encoder.
    const pages = readPwg(readFileSync(file));
    expect(pages).toHaveLength(2);
    for (const page of pages) {
      expect(page).toMatchObject({
        width: 2480,
        height: 3508,
        dpi: 300,
        colourSpace: 18,
        duplex: false,
        totalPages: 2,
      });
    }
    const darkIn = (page: number, from: number, to: number): number =>
      pages[page]?.dots.subarray(from * 2480, to * 2480).filter((dot) => dot < 100).length ?? 0;
    // The title of the portrait page is near its top; the landscape page is rotated to fill the sheet.
    expect(darkIn(0, 300, 500)).toBeGreaterThan(5000);
    expect(darkIn(0, 3000, 3508)).toBe(0);
    expect(darkIn(1, 200, 1400)).toBeGreaterThan(5000);
    expect(darkIn(1, 2400, 3508)).toBe(0);
  });

  it('sends one JPEG per page, in successive jobs, to a printer that accepts nothing else', async () => {
    const machine = await fixture.printer({ formats: 'image/jpeg' });
    const printer = ippPrinter(machine.uri, { pdfDecoder });
    const job = await printer.submit(order(await samplePdf(3), 3));
    if (!job.ok) throw new Error(job.error.code);
    const heard = await follow(printer, job.value);
    expect(heard.at(-1)).toMatchObject({ sidesOut: 3, end: { kind: 'done' } });
    expect(machine.printed()).toHaveLength(3);
    const [first = ''] = machine.printed();
    expect(readFileSync(first).subarray(0, 3).toString('hex')).toBe('ffd8ff'); // JPEG signature
  });

  it('is never said to have printed a document of which a page cannot be drawn, and keeps no job', async () => {
    const machine = await fixture.printer({ formats: 'image/pwg-raster' });
    const printer = ippPrinter(machine.uri, { pdfDecoder });
    const job = await printer.submit(order(await samplePdf(2), 3)); // there is no third page
    const told = job.ok
      ? (await follow(printer, job.value)).at(-1)
      : { sidesOut: 0, end: { kind: 'failed', fault: job.error } };
    // This printer begins to print what it has of a document that broke off. The person looks if it counted nothing.
    const code = machine.pagesOut() > 0 ? 'printer.format-refused' : 'printer.unsure';
    expect(told).toMatchObject({ sidesOut: machine.pagesOut(), end: { fault: { code } } });
    expect(await printer.unfinished()).toEqual({ ok: true, value: [] });
  });

  it('blames the printer, not the document, when it accepts none of our formats', async () => {
    const machine = await fixture.printer({ formats: 'application/vnd.hp-pcl' });
    const printer = ippPrinter(machine.uri);
    const cannot = { ok: false, error: { code: 'printer.cannot', retry: 'after-help' } };
    expect(await printer.describe()).toMatchObject(cannot);
    expect(await printer.submit(order(await samplePdf(1), 1))).toMatchObject(cannot);
    expect(machine.printed()).toHaveLength(0);
  });

  it('sends Apple raster to a printer that otherwise accepts only pictures, checked with the CUPS decoder', async () => {
    const machine = await fixture.printer({ formats: 'image/urf,image/jpeg' });
    // At real speed, because 600 dpi take a while on a busy PC.
    const printer = ippPrinter(machine.uri, { pdfDecoder, times: 1 });
    const described = await printer.describe();
    const job = await printer.submit({ ...order(await samplePdf(['a4', 'landscape']), 2), twoSided: true });
    if (!job.ok || !described.ok) throw new Error('not accepted');
    await follow(printer, job.value, undefined, 60_000);
    expect(machine.log()).toContain('document-format (mimeMediaType) image/urf');
    const [file = ''] = machine.printed();
    const bytes = readFileSync(file);
    expect(bytes.toString('latin1', 0, 7)).toBe('UNIRAST');
    expect(bytes.readUInt32BE(8)).toBe(2);
    const seen = readByCups(file);
    expect(seen.pages).toBe(2);
    for (const size of seen.sizes) expect(size).toMatch(/^595\.\d+ x 841\.\d+$/);
    // The title of the portrait page is near its top. The back of the sheet is sent upside down (`DM3`).
    expect(seen.darkIn(1, 0.08, 0.15)).toBeGreaterThan(500);
    expect(seen.darkIn(1, 0.86, 1)).toBe(0);
    expect(seen.darkIn(2, 0.6, 0.94)).toBeGreaterThan(500);
    expect(seen.darkIn(2, 0, 0.3)).toBe(0);
  });

  it('never sends A4 to a label printer, and reports that it has no A4', async () => {
    const machine = await fixture.printer();
    await machine.load('oe_address-label_1.25x3.5in', 'na_index-4x6_4x6in');
    const printer = ippPrinter(machine.uri);
    const none = { ok: false, error: { code: 'printer.no-page-paper', retry: 'after-help' } };
    expect(await printer.describe()).toMatchObject(none);
    expect(await printer.submit(order(await samplePdf(1), 1))).toMatchObject(none);
    expect(machine.log()).not.toContain('Create-Job(0005)');
    await machine.load('iso_a4_210x297mm');
    expect(await printer.describe()).toMatchObject({ ok: true });
  });

  it('requests the paper that is in the tray', async () => {
    const machine = await fixture.printer();
    await machine.load('na_letter_8.5x11in');
    const printer = ippPrinter(machine.uri);
    const job = await printer.submit(order(await samplePdf(1), 1));
    if (!job.ok) throw new Error(job.error.code);
    await follow(printer, job.value);
    // The printer writes its log with a delay.
    await until('the sheet asked for', () => machine.log().includes('media (keyword) na_letter_8.5x11in'));
  });

  it.each([
    ['media-empty-error', 'paper-out'],
    ['media-jam-error', 'jam'],
    ['cover-open-error', 'cover-open'],
    ['toner-empty-error', 'toner-empty'],
    ['media-needed-error', 'paper-out'],
    ['input-tray-missing-error', 'tray-missing'],
    ['paused', 'paused'],
  ])('says %s while it lasts, then goes on to the end', async (keyword, reason) => {
    const machine = await fixture.printer();
    const printer = ippPrinter(machine.uri);
    machine.block(keyword);
    const job = await printer.submit(order(await samplePdf(2), 2));
    if (!job.ok) throw new Error(job.error.code);
    let stopped = 0;
    const heard = await follow(printer, job.value, (progress) => {
      if (progress.stage === 'stopped' && progress.reasons[0] === reason && (stopped += 1) === 3) machine.unblock();
    });
    expect(stopped).toBeGreaterThanOrEqual(3);
    expect(heard.at(-1)).toMatchObject({ sidesOut: 2, end: { kind: 'done' } });
  });

  it('cancels in the middle, and counts only the printed pages', async () => {
    const machine = await fixture.printer();
    machine.block('', 2);
    const printer = ippPrinter(machine.uri);
    const job = await printer.submit(order(await samplePdf(10), 10));
    if (!job.ok) throw new Error(job.error.code);
    let asked = false;
    const heard = await follow(printer, job.value, (progress) => {
      if (progress.sidesOut === 2 && !asked) {
        asked = true;
        void printer.cancel(job.value).then(() => {
          machine.stopFeeding();
          machine.unblock();
        });
      }
    });
    expect(heard.at(-1)?.end).toEqual({ kind: 'cancelled' });
    expect(heard.at(-1)?.sidesOut).toBe(2);
    expect(await printer.unfinished()).toEqual({ ok: true, value: [] });
  });

  it('does not report "done" for a job that the printer aborted', async () => {
    const machine = await fixture.printer();
    machine.failAfter(1, 1);
    const printer = ippPrinter(machine.uri);
    const job = await printer.submit(order(await samplePdf(3), 3));
    if (!job.ok) throw new Error(job.error.code);
    const heard = await follow(printer, job.value);
    expect(heard.at(-1)).toMatchObject({ sidesOut: 1, end: { kind: 'failed', fault: { code: 'printer.aborted' } } });
  });

  it('asks the person when the printer aborted a job that it had begun, and had counted nothing', async () => {
    const machine = await fixture.printer();
    machine.countNothing();
    machine.failAfter(2, 1);
    const printer = ippPrinter(machine.uri);
    const job = await printer.submit(order(await samplePdf(3), 3));
    if (!job.ok) throw new Error(job.error.code);
    const heard = await follow(printer, job.value);
    expect(machine.pagesOut()).toBe(2);
    expect(heard.at(-1)).toMatchObject({
      sidesOut: 0,
      end: { kind: 'unconfirmed', fault: { code: 'printer.unsure' } },
    });
  });

  it('asks the person when the printer reports completion with no page counted', async () => {
    const machine = await fixture.printer();
    machine.countNothing();
    const printer = ippPrinter(machine.uri);
    const job = await printer.submit(order(await samplePdf(2), 2));
    if (!job.ok) throw new Error(job.error.code);
    const heard = await follow(printer, job.value);
    expect(heard.at(-1)).toMatchObject({ sidesOut: 0, end: { kind: 'unconfirmed' } });
  });

  it('uses IPP 1.1 with a printer that supports nothing later', async () => {
    const machine = await fixture.printer({ version: '1.1' });
    const printer = ippPrinter(machine.uri);
    const job = await printer.submit(order(await samplePdf(1), 1));
    if (!job.ok) throw new Error(job.error.code);
    expect((await follow(printer, job.value)).at(-1)).toMatchObject({ sidesOut: 1, end: { kind: 'done' } });
  });

  it('prints over TLS, and reports "busy" while someone else’s job is printed', async () => {
    const machine = await fixture.printer();
    machine.block('');
    const printer = ippPrinter(machine.secureUri);
    const first = await printer.submit(order(await samplePdf(3), 3));
    if (!first.ok) throw new Error(first.error.code);
    const second = await ippPrinter(machine.secureUri).submit(order(await samplePdf(1), 1));
    expect(second).toMatchObject({ ok: false, error: { code: 'printer.busy', retry: 'now' } });
    machine.unblock();
    expect((await follow(printer, first.value)).at(-1)).toMatchObject({ sidesOut: 3, end: { kind: 'done' } });
  });

  it('reports a printer that is off, and finds it again', async () => {
    const machine = await fixture.printer();
    const printer = ippPrinter(machine.uri);
    await machine.powerOff();
    await expect(printer.status()).resolves.toMatchObject({
      ok: false,
      error: { code: 'printer.unreachable', retry: 'after-help' },
    });
    await expect(printer.submit(order(await samplePdf(1), 1))).resolves.toMatchObject({
      ok: false,
      error: { code: 'printer.unreachable' },
    });
    await machine.powerOn();
    await until('the printer is back', async () => (await printer.status()).ok);
  });

  it('reports "offline" when the printer disappears in the middle of a job', async () => {
    const machine = await fixture.printer();
    machine.setPageMs(500);
    const printer = ippPrinter(machine.uri, { times: 100 });
    const job = await printer.submit(order(await samplePdf(9), 9));
    if (!job.ok) throw new Error(job.error.code);
    let off = false;
    const heard = await follow(printer, job.value, (progress) => {
      if (progress.sidesOut >= 1 && !off) {
        off = true;
        void machine.powerOff();
      }
    });
    expect(heard.some((progress) => progress.reasons.includes('offline'))).toBe(true);
    // After ten kiosk minutes the outcome is unknown.
    expect(heard.at(-1)).toMatchObject({
      end: { kind: 'failed', fault: { code: 'printer.unsure', retry: 'after-help' } },
    });
  });
});

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PdfDecoder } from '../../../main/features/printing/pdf/decoder-client.ts';
import { startBadNetwork, type BadNetwork } from '../../harness/printing/bad-network.ts';
import { ippPrinter, realPdfDecoder, type Pace } from '../../harness/printing/kiosk-side.ts';
import { testKiosk, type TestKiosk } from '../../harness/printing/kiosk-printing.ts';
import {
  missingPrograms,
  startPrinterFixture,
  type PrinterFixture,
  type TestPrinter,
} from '../../harness/printing/printer-fixture.ts';
import { encryptedPdf, heavyPicture, samplePdf, xfaPdf } from '../../harness/printing/sample-pdf.ts';
import { until } from '../../harness/until.ts';

const missing = missingPrograms();
if (missing.length > 0) console.warn(`SKIPPED: the printing feature on a real printer, without ${missing.join(', ')}`);

const run = (program: string, ...args: string[]): string => execFileSync(program, args, { encoding: 'utf8' });
const sizesOf = (file: string): string[] =>
  [...run('pdfinfo', '-f', '1', '-l', '99', file).matchAll(/Page +\d+ size: +([\d.]+ x [\d.]+)/g)].map(
    (m) => m[1] ?? '',
  );
const wordsOf = (file: string): string[] => run('pdftotext', file, '-').match(/page \d+/g) ?? [];

describe.skipIf(missing.length > 0)('printing, from the screen to the paper', () => {
  let fixture: PrinterFixture;
  let machine: TestPrinter;
  let kiosk: TestKiosk;
  /** One decoder for all tests, ended only by the wipe, because loading pdf.js takes seconds on a slow PC. */
  let pdfDecoder: PdfDecoder;
  beforeAll(async () => {
    fixture = await startPrinterFixture();
    pdfDecoder = realPdfDecoder();
  }, 30_000);
  afterAll(async () => {
    await pdfDecoder.stop();
    await fixture.stop();
  });
  beforeEach(async () => {
    machine = await fixture.printer();
    kiosk = testKiosk(ippPrinter(machine.uri), { pdfDecoder: { ...pdfDecoder, stop: async () => undefined } });
    kiosk.printing.start();
    await until('the printer described', () => kiosk.state().printer.state === 'ready');
  });
  afterEach(async () => {
    machine.unblock();
    await kiosk.printing.stop();
    await machine.powerOff();
  });

  it('prints only the chosen pages, and deducts the printed ones from the allowance', async () => {
    await kiosk.show(await samplePdf(5));
    expect(await kiosk.print({ pages: [{ from: 2, to: 3 }] })).toEqual({ ok: true, value: null });
    expect(kiosk.held()).toBe(1);
    expect(await kiosk.ended()).toMatchObject({ end: 'done', sides: 2, sidesOut: 2 });
    expect(kiosk.state().allowance).toEqual({ limit: 20, left: 18 });
    expect(kiosk.counted.get('pages.printed')).toBe(2);
    expect(kiosk.held()).toBe(0);
    expect(wordsOf(machine.printed()[0] ?? '')).toEqual(['page 2', 'page 3']);
  });

  it('prints once, however often the same "Imprimer" is pressed', async () => {
    machine.setPageMs(80);
    await kiosk.show(await samplePdf(2));
    const press = () => kiosk.print({ request: 'one-decision' });
    const answers = await Promise.all([press(), press(), press()]);
    expect(answers.every((answer) => answer.ok)).toBe(true);
    // A different request during this one is refused. A repeat of the first request after its end is still the first.
    expect(await kiosk.print()).toMatchObject({ ok: false, error: { code: 'printing.busy' } });
    await kiosk.ended();
    await press();
    expect(machine.printed()).toHaveLength(1);
    expect(kiosk.state().allowance?.left).toBe(18);
  });

  it('gives back the pages that did not come out', async () => {
    machine.failAfter(1, 1);
    await kiosk.show(await samplePdf(4));
    await kiosk.print();
    expect(await kiosk.ended()).toMatchObject({ end: 'failed', code: 'printer.aborted', retry: 'now', sidesOut: 1 });
    expect(kiosk.state().allowance?.left).toBe(19);
  });

  it('refuses more than the allowance until the agent gives more', async () => {
    await kiosk.show(await samplePdf(10));
    expect(await kiosk.print({ copies: 3, longAgreed: true })).toMatchObject({
      ok: false,
      error: { code: 'printing.allowance' },
    });
    kiosk.printing.addPages(20);
    expect(kiosk.state().allowance).toEqual({ limit: 40, left: 40 });
    expect((await kiosk.print({ copies: 3, longAgreed: true })).ok).toBe(true);
    expect(await kiosk.ended()).toMatchObject({ sidesOut: 30 });
  });

  it('asks before a long print, and sends nothing for a range beyond the end', async () => {
    await kiosk.show(await samplePdf(16));
    expect(await kiosk.print()).toMatchObject({ ok: false, error: { code: 'printing.long' } });
    expect(await kiosk.print({ pages: [{ from: 15, to: 17 }] })).toMatchObject({
      ok: false,
      error: { code: 'printing.range' },
    });
    expect(machine.printed()).toHaveLength(0);
  });

  it('prints every page size on A4, landscape or portrait, with its words', async () => {
    const shown = await kiosk.show(await samplePdf(['a4', 'a3', 'letter', 'landscape', 'a5']));
    expect(shown.document?.landscape).toEqual([4]);
    await kiosk.print();
    await kiosk.ended();
    const file = machine.printed()[0] ?? '';
    const [upright, lying] = ['595.276 x 841.89', '841.89 x 595.276'];
    expect(sizesOf(file)).toEqual([upright, upright, upright, lying, upright]);
    expect(wordsOf(file)).toHaveLength(5);
  });

  it('leaves out a blank page', async () => {
    await kiosk.show(await samplePdf(['a4', 'blank', 'a4']));
    await until('the blank page found', () => kiosk.state().document?.blank.length === 1);
    await kiosk.print();
    expect(await kiosk.ended()).toMatchObject({ sides: 2, sidesOut: 2 });
    expect(wordsOf(machine.printed()[0] ?? '')).toEqual(['page 1', 'page 3']);
  });

  it('removes the script from a PDF, says so, and prints the rest', async () => {
    const shown = await kiosk.show(await samplePdf(1, { script: true }));
    expect(shown.document?.cleaned).toBe(true);
    await kiosk.print();
    await kiosk.ended();
    const file = machine.printed()[0] ?? '';
    expect(run('pdfinfo', file)).toMatch(/JavaScript: +no/);
    expect(readFileSync(file, 'latin1')).not.toMatch(/JavaScript|OpenAction/);
  });

  it.each<[string, () => Promise<Uint8Array>, string]>([
    [
      'a web page that calls itself a PDF',
      async () => Buffer.from('<html><title>Facture.pdf</title></html>'),
      'not-printable',
    ],
    ['a PDF cut in the middle', async () => (await samplePdf(3)).slice(0, 300), 'damaged'],
    ['a PDF with a password', encryptedPdf, 'encrypted'],
    ['a form for one program only', xfaPdf, 'xfa'],
    [
      'a picture that is none',
      async () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(300)]),
      'damaged',
    ],
  ])('refuses %s, and sends nothing', async (_, make, refusal) => {
    const shown = await kiosk.show(await make());
    expect(shown).toMatchObject({ document: null, refusal });
    expect(await kiosk.print()).toMatchObject({ ok: false, error: { code: 'printing.gone' } });
    expect(machine.printed()).toHaveLength(0);
  });

  it('prints a picture of 50 MB', async () => {
    const picture = await heavyPicture();
    expect(picture.length).toBeGreaterThan(50_000_000);
    const shown = await kiosk.show(picture);
    expect(shown.document).toMatchObject({ pages: 1, landscape: [1] });
    await kiosk.print();
    expect(await kiosk.ended()).toMatchObject({ end: 'done', sidesOut: 1 });
    expect(sizesOf(machine.printed()[0] ?? '')).toEqual(['841.89 x 595.276']);
  });

  it('shows and prints a PDF of 300 pages, and its count matches the printer’s tray', async () => {
    const shown = await kiosk.show(await samplePdf(300));
    expect(shown).toMatchObject({ refusal: null, document: { pages: 300 } });
    const picture = await kiosk.printing.bytes?.(`${shown.document?.id ?? ''}/300/240.png`);
    expect(picture?.type).toBe('image/png');
    kiosk.printing.addPages(300);
    machine.setPageMs(0);
    await kiosk.print({ longAgreed: true });
    expect(await kiosk.ended()).toMatchObject({ end: 'done', sides: 300, sidesOut: 300 });
    expect(machine.pagesOut()).toBe(300);
    expect(kiosk.counted.get('pages.printed')).toBe(300);
    expect(kiosk.state().allowance).toEqual({ limit: 320, left: 20 });
    expect(wordsOf(machine.printed()[0] ?? '')).toEqual(Array.from({ length: 300 }, (_, at) => `page ${at + 1}`));
  });

  it('stops a long print in the middle, and its count matches the printer’s tray', async () => {
    await kiosk.show(await samplePdf(300));
    kiosk.printing.addPages(300);
    machine.setPageMs(0);
    await kiosk.print({ longAgreed: true });
    await until('a third of the pages', () => (kiosk.state().job?.sidesOut ?? 0) > 100, 60_000);
    await kiosk.printing.handlers.cancel({});
    await until('the cancel heard', () => machine.log().includes('Cancel-Job successful-ok'));
    machine.stopFeeding();
    const job = await kiosk.ended();
    expect(job.end).toBe('cancelled');
    expect(job.sidesOut).toBe(machine.pagesOut());
    expect(kiosk.state().allowance?.left).toBe(320 - machine.pagesOut());
  });

  it('says that it waits for someone else’s job, then prints', async () => {
    machine.block('media-empty-error');
    const other = ippPrinter(machine.uri);
    const theirs = await other.submit({ pdf: await samplePdf(5), pages: 5, copies: 1, twoSided: false, colour: false });
    if (!theirs.ok) throw new Error(theirs.error.code);
    await kiosk.show(await samplePdf(1));
    await kiosk.print();
    await until('"busy" said', () => kiosk.state().job?.reasons.includes('busy') === true);
    machine.unblock();
    expect(await kiosk.ended()).toMatchObject({ end: 'done', sidesOut: 1 });
  });

  it('reports a printer switched off between the preview and "Imprimer"', async () => {
    await kiosk.show(await samplePdf(1));
    await machine.powerOff();
    await kiosk.print();
    expect(await kiosk.ended()).toMatchObject({
      end: 'failed',
      code: 'printer.unreachable',
      retry: 'after-help',
      sidesOut: 0,
    });
    expect(kiosk.state().allowance?.left).toBe(20);
    await until('the printer told away', () => kiosk.state().printer.state === 'away');
  });

  it('asks the person when the printer counted nothing, and counts their answer', async () => {
    machine.countNothing();
    await kiosk.show(await samplePdf(2));
    await kiosk.print();
    expect(await kiosk.ended()).toMatchObject({ end: 'unconfirmed' });
    expect(kiosk.state().allowance?.left).toBe(18);
    await kiosk.printing.handlers.confirm({ cameOut: false });
    expect(kiosk.state().job).toMatchObject({ end: 'failed', sidesOut: 0 });
    expect(kiosk.state().allowance?.left).toBe(20);
  });

  it('counts the pages reported by the person when some are missing', async () => {
    machine.countNothing();
    await kiosk.show(await samplePdf(3));
    await kiosk.print();
    expect(await kiosk.ended()).toMatchObject({ end: 'unconfirmed' });
    await kiosk.printing.handlers.confirm({ cameOut: false, sides: 2 });
    expect(kiosk.state().job).toMatchObject({ end: 'failed', sidesOut: 2 });
    expect(kiosk.counted.get('pages.printed')).toBe(2);
    expect(kiosk.state().allowance?.left).toBe(18);
  });

  describe('on a machine that stops responding in the middle', () => {
    let network: BadNetwork;
    let cabled: TestKiosk;
    let pace: Pace;
    beforeEach(async () => {
      network = await startBadNetwork(machine.port);
      // A reply must come within 15 s of the kiosk: at the fast pace, within 75 ms of a machine that may be slow.
      pace = { times: 10 };
      cabled = testKiosk(ippPrinter(network.uri, { times: pace, httpTimes: pace }), {
        pdfDecoder: { ...pdfDecoder, stop: async () => undefined },
        times: pace,
      });
      cabled.printing.start();
      await until('the printer described', () => cabled.state().printer.state === 'ready');
      await cabled.show(await samplePdf(4));
    });
    afterEach(async () => {
      await cabled.printing.stop();
      await network.stop();
    });
    /** Nothing answers any more, so that the kiosk’s ten minutes may take three seconds. */
    const unplug = async (): Promise<void> => {
      await network.unplug();
      pace.times = 200;
    };

    it('counts nothing before the person has checked, and then what they saw', async () => {
      machine.block('', 1);
      await cabled.print();
      await until('the first page told', () => cabled.state().job?.sidesOut === 1);
      await unplug();
      machine.unblock();
      await until('"offline" said', () => cabled.state().job?.reasons.includes('offline') === true);
      await until('the other pages in the tray', () => machine.pagesOut() === 4);
      expect(await cabled.ended()).toMatchObject({ end: 'unconfirmed', code: 'printer.unsure', sides: 4, sidesOut: 1 });
      expect(cabled.counted.get('pages.printed')).toBeUndefined();
      expect(cabled.state().allowance?.left).toBe(16);
      await cabled.printing.handlers.confirm({ cameOut: true });
      expect(cabled.state().job).toMatchObject({ end: 'done', sidesOut: 4 });
      expect(cabled.counted.get('pages.printed')).toBe(4);
      expect(cabled.state().allowance?.left).toBe(16);
    });

    it('cancels the job that the machine still holds before it sends the same pages again', async () => {
      machine.block('media-empty-error');
      await cabled.print();
      await until('the lack of paper said', () => cabled.state().job?.reasons[0] === 'paper-out');
      await unplug();
      expect(await cabled.ended()).toMatchObject({ end: 'unconfirmed', code: 'printer.unsure', sidesOut: 0 });
      await cabled.printing.handlers.confirm({ cameOut: false });
      expect(cabled.state()).toMatchObject({ job: { end: 'failed', retry: 'now' }, allowance: { left: 20 } });
      pace.times = 10;
      await network.plugIn();
      await until('the old job taken out', () => machine.log().includes('Cancel-Job successful-ok'));
      machine.stopFeeding();
      machine.unblock();
      await until('its engine at rest', () => !machine.isFeeding());
      machine.reset();
      await cabled.printing.handlers.acknowledge({});
      await cabled.print();
      expect(await cabled.ended()).toMatchObject({ end: 'done', sidesOut: 4 });
      expect(machine.pagesOut()).toBe(4);
    });

    it('asks soon when the person has pressed "Arrêter"', async () => {
      machine.block('media-jam-error');
      await cabled.print();
      await until('the jam said', () => cabled.state().job?.reasons[0] === 'jam');
      await unplug();
      await cabled.printing.handlers.cancel({});
      expect(await cabled.ended()).toMatchObject({ end: 'unconfirmed', code: 'printer.unsure' });
    });
  });

  it('cancels a job that waits for paper at the end of the session', async () => {
    machine.block('media-empty-error');
    await kiosk.show(await samplePdf(3));
    await kiosk.print();
    await until('the lack of paper said', () => kiosk.state().job?.reasons[0] === 'paper-out');
    const wiping = kiosk.printing.lastWipe.wipe();
    // ippeveprinter ends a cancelled job only when its engine ends; a real printer drops it at once.
    await until('the job cancelled', () => machine.log().includes('Cancel-Job successful-ok'));
    machine.stopFeeding();
    machine.unblock();
    await wiping;
    await until('a clean audit', async () => (await kiosk.printing.lastWipe.leftovers()).length === 0);
    expect(kiosk.state()).toMatchObject({ document: null, job: null, allowance: { limit: 20, left: 20 } });
    const queue = await ippPrinter(machine.uri).unfinished();
    expect(queue).toEqual({ ok: true, value: [] });
  });

  it('lets the pages of a person who leaves come out, says so, and counts them', async () => {
    machine.setPageMs(700); // seven seconds for the kiosk
    await kiosk.show(await samplePdf(5));
    machine.block('', 1);
    await kiosk.print();
    await until('the first page told', () => kiosk.state().job?.sidesOut === 1);
    expect(kiosk.printing.leavingItems()).toEqual([
      { kind: 'printing', state: 'coming', left: 4 },
      { kind: 'paper-in-tray' },
    ]);
    const wiping = kiosk.printing.lastWipe.wipe();
    machine.block('', 4);
    await until('the fourth page told', () => kiosk.state().job?.sidesOut === 4);
    expect(kiosk.state().document).toBe(null);
    machine.unblock();
    await wiping;
    expect(machine.pagesOut()).toBe(5);
    expect(kiosk.counted.get('pages.printed')).toBe(5);
    expect(machine.log()).not.toContain('Cancel-Job successful-ok');
    expect(await kiosk.printing.lastWipe.leftovers()).toEqual([]);
    expect(kiosk.state()).toMatchObject({ document: null, job: null });
  });

  it('gives no page picture of a document that was removed', async () => {
    const shown = await kiosk.show(await samplePdf(1));
    const path = `${shown.document?.id ?? ''}/1/480.png`;
    expect(await kiosk.printing.bytes?.(path)).toBeDefined();
    expect(await kiosk.printing.bytes?.(`${shown.document?.id ?? ''}/2/480.png`)).toBeUndefined();
    await kiosk.printing.lastWipe.wipe();
    expect(await kiosk.printing.bytes?.(path)).toBeUndefined();
  });
});

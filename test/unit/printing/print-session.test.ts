import { beforeEach, describe, expect, it } from 'vitest';
import { ok } from '../../../main/contract/result.ts';
import type { PageRange, PrintSource } from '../../../main/contract/printing.ts';
import { printerFault, type JobEnd } from '../../../main/devices/printer.ts';
import type { PdfThread } from '../../../main/features/printing/pdf/thread-client.ts';
import { createJobQueue } from '../../../main/features/printing/job-queue.ts';
import { beginPrintSession, type PrintSession } from '../../../main/features/printing/print-session.ts';
import { PrinterHealth } from '../../../main/features/printing/printer-health.ts';
import { silentLogger } from '../../../main/log/logger.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';
import { MemoryPrinter } from '../../fakes/memory-printer.ts';

const PAGES = 10;
const BLANK = 7;
const SOURCE: PrintSource = { kind: 'document', id: 'x' };

/** A document of ten pages, of which one is blank. */
const pdfThread: PdfThread = {
  ask: async (operation: string, args: { page?: number }) =>
    ok(
      operation === 'prepare'
        ? { pdf: new Uint8Array(), pages: PAGES, landscape: [], cleaned: false }
        : operation === 'blank'
          ? args.page === BLANK
          : new Uint8Array(),
    ) as never,
  clear: async () => undefined,
  stop: async () => undefined,
} as PdfThread;

let clock: ManualClock;
let printer: MemoryPrinter;
let session: PrintSession;
let printed: PrintSource[];

beforeEach(async () => {
  clock = createManualClock();
  printer = new MemoryPrinter();
  printed = [];
  const shared = { clock, logger: silentLogger, printer };
  session = beginPrintSession({
    ...shared,
    counts: { add: () => undefined },
    idleLocks: { acquire: () => () => undefined },
    pdfThread,
    sources: {
      guestPage: async () => undefined,
      guestAsked: async () => undefined,
      document: async () => new Uint8Array([1]),
      sheet: async () => undefined,
    },
    fonts: async () => undefined,
    pagesPerSession: null,
    onPrinted: (source) => void printed.push(source),
    newId: () => 'document-1',
    queue: createJobQueue({ ...shared, printing: () => session.underWay }),
    health: new PrinterHealth({ ...shared, onChange: () => undefined, onTrouble: () => undefined, onQuarterOut() {} }),
    onChange: () => undefined,
  });
  session.prepare(SOURCE);
  await clock.advance(0);
});

let requests = 0;
const print = async (pages: readonly PageRange[] = []): Promise<void> => {
  const document = session.view.document?.id ?? '';
  const wish = { copies: 1, twoSided: false, colour: false, longAgreed: true };
  expect(session.print({ request: `request-${(requests += 1)}`, document, pages, ...wish })).toMatchObject({
    ok: true,
  });
  await clock.advance(0);
};
const progress = async (sidesOut: number, end?: JobEnd): Promise<void> => {
  printer.addProgress({ stage: end ? 'stopped' : 'printing', sidesOut, reasons: [], ...(end ? { end } : {}) });
  await clock.advance(0);
};
const JAMMED: JobEnd = { kind: 'failed', fault: printerFault('printer.aborted') };

describe('a document is "imprimé"', () => {
  it('when every page with something on it came out', async () => {
    await print();
    await progress(PAGES - 1, { kind: 'done' });
    expect(printed).toEqual([SOURCE]);
  });

  it('when the person says that they have all pages', async () => {
    await print();
    await progress(0, { kind: 'unconfirmed' });
    expect(printed).toEqual([]);
    session.confirm({ cameOut: true });
    expect(printed).toEqual([SOURCE]);
  });

  it.each<readonly [string, readonly PageRange[], number, JobEnd]>([
    ['it jammed after one page', [], 1, JAMMED],
    ['it was stopped after nine pages', [{ from: 1, to: PAGES }], PAGES - 1, { kind: 'cancelled' }],
    ['only one page was chosen', [{ from: 2, to: 2 }], 1, { kind: 'done' }],
    ['the printer counted fewer pages', [], 5, { kind: 'done' }],
  ])('but not when %s', async (_, pages, sidesOut, end) => {
    await print(pages);
    await progress(sidesOut, end);
    expect(session.view.job).toMatchObject({ sidesOut, end: end.kind });
    expect(printed).toEqual([]);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { ok } from '../../../main/contract/result.ts';
import type { PageRange, PrinterReason, PrintSource } from '../../../main/contract/printing.ts';
import { printerFault, type JobEnd } from '../../../main/devices/printer.ts';
import type { PdfDecoder } from '../../../main/features/printing/pdf/decoder-client.ts';
import { createLeftoverJobs } from '../../../main/features/printing/leftover-jobs.ts';
import { beginPrintSession, type PrintSession } from '../../../main/features/printing/print-session.ts';
import { PrinterHealth } from '../../../main/features/printing/printer-health.ts';
import { silentLogger } from '../../../main/log/logger.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';
import { MemoryPrinter } from '../../fakes/memory-printer.ts';

const PAGES = 10;
const BLANK = 7;
const PAGES_PER_SESSION = 40;
const SOURCE: PrintSource = { kind: 'document', id: 'x' };

/** A document of ten pages, of which one is blank. */
const pdfDecoder: PdfDecoder = {
  ask: async (operation: string, args: { page?: number; pages?: readonly number[] }) => {
    if (operation === 'select') selected.push(args.pages ?? []);
    return ok(
      operation === 'prepare'
        ? { pdf: new Uint8Array(), pages: PAGES, landscape: [], cleaned: false }
        : operation === 'blank'
          ? args.page === BLANK
          : new Uint8Array(),
    ) as never;
  },
  warmUp: () => void (warmed += 1),
  clear: async () => undefined,
  stop: async () => undefined,
} as PdfDecoder;

let clock: ManualClock;
/** How often the PDF decoder was told to load. */
let warmed: number;
let printer: MemoryPrinter;
let health: PrinterHealth;
let session: PrintSession;
let printed: PrintSource[];
let onChange: () => void;
let counted: Record<string, number>;
/** How many locks keep the session. */
let held: number;
/** The pages of each order, when they are not the whole document. */
let selected: (readonly number[])[];

beforeEach(async () => {
  warmed = 0;
  clock = createManualClock();
  printer = new MemoryPrinter();
  printed = [];
  onChange = () => undefined;
  selected = [];
  counted = {};
  held = 0;
  const shared = { clock, logger: silentLogger, printer };
  health = new PrinterHealth({
    ...shared,
    found: () => [],
    onChange: () => undefined,
    onTrouble: () => undefined,
    onQuarterOut() {},
  });
  session = beginPrintSession({
    ...shared,
    counts: { add: (...[measure, , n = 1]) => void (counted[measure] = (counted[measure] ?? 0) + n) },
    idleLocks: {
      acquire() {
        held += 1;
        return () => void (held -= 1);
      },
    },
    pdfDecoder,
    sources: {
      guestPage: async () => undefined,
      guestAsked: async () => undefined,
      document: async () => new Uint8Array([1]),
      sheet: async () => undefined,
    },
    fonts: async () => undefined,
    pagesPerSession: PAGES_PER_SESSION,
    free: true,
    onPrinted: (source) => void printed.push(source),
    newId: () => 'document-1',
    leftoverJobs: createLeftoverJobs({ ...shared, printing: () => session.underWay }),
    health,
    onChange: () => onChange(),
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
const stand = async (sidesOut: number, reason: PrinterReason): Promise<void> => {
  printer.addProgress({ stage: 'stopped', sidesOut, reasons: [reason] });
  await clock.advance(0);
};
const MADE_BY_PRINTER = { model: 'Essai', colour: true, twoSided: true, maxCopies: 99, countsPages: true };
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

describe('the pages of the session', () => {
  const left = (): number | undefined => session.view.allowance?.left;

  it('are counted when they came out, and the rest is given back', async () => {
    await print();
    expect(left()).toBe(PAGES_PER_SESSION - 9);
    await progress(4, JAMMED);
    expect(left()).toBe(PAGES_PER_SESSION - 4);
  });

  it('are given back too when a screen acknowledges the end as soon as it is told', async () => {
    await print();
    onChange = () => void (session.view.job?.end && session.acknowledge());
    await progress(4, JAMMED);
    expect(session.view.job).toBeNull();
    expect(left()).toBe(PAGES_PER_SESSION - 4);
  });
});

describe('copies that the printer does not make itself, on both sides', () => {
  const copies = async (to: number, n: number, twoSided = true): Promise<void> => {
    printer.description = ok({ model: 'Essai', colour: true, twoSided, maxCopies: 1, countsPages: true });
    const wish = { pages: [{ from: 1, to }], copies: n, twoSided: true, colour: false, longAgreed: true };
    await health.ask();
    const document = session.view.document?.id ?? '';
    expect(session.print({ request: `copies-${to}`, document, ...wish })).toMatchObject({ ok: true });
    await clock.advance(0);
  };

  it('each begin on a new sheet: an odd one is followed by a blank page that does not count', async () => {
    await copies(3, 3);
    expect(selected).toEqual([[1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3]]);
    expect(printer.orders).toMatchObject([{ pages: 11, copies: 1, twoSided: true }]);
    expect(session.view.job).toMatchObject({ sides: 9 });
    for (const [out, pages] of [3, 3, 4, 5, 6, 6, 7].map((n, at) => [at + 3, n] as const)) {
      await progress(out);
      expect(session.view.job).toMatchObject({ sidesOut: pages });
    }
    await progress(11, { kind: 'done' });
    expect(session.view.job).toMatchObject({ sidesOut: 9, end: 'done' });
    expect(session.view.allowance?.left).toBe(PAGES_PER_SESSION - 9);
  });

  it('are all out for a printer that does not count blank pages', async () => {
    await copies(3, 2);
    await progress(6, { kind: 'done' });
    expect(session.view.job).toMatchObject({ sidesOut: 6, end: 'done' });
  });

  it.each([
    ['of an even number of pages need none', 2, true, [1, 2, 1, 2], true],
    ['of one page need none', 1, true, [1, 1], false],
    ['need none where the printer has one side only', 3, false, [1, 2, 3, 1, 2, 3], false],
  ])('%s', async (_, to, prints, pages, twoSided) => {
    await copies(to, 2, prints);
    expect(selected).toEqual([pages]);
    expect(printer.orders).toMatchObject([{ pages: pages.length, twoSided }]);
  });
});

describe('a person whom the printer let down is counted', () => {
  const cancel = async (sidesOut: number): Promise<void> => {
    session.cancel();
    await progress(sidesOut, { kind: 'cancelled' });
  };
  const atTheEnd = async (): Promise<typeof counted> => {
    const ended = session.end();
    await clock.advance(1_000);
    if (printer.cancelled.length > 0 && session.underWay) await progress(0, { kind: 'cancelled' });
    await ended;
    return counted;
  };

  it('beside the pages that came out before a jam', async () => {
    await print();
    await progress(1, JAMMED);
    expect(await atTheEnd()).toEqual({ 'pages.printed': 1, 'trouble.met': 1 });
  });

  it('when they pressed « Arrêter » because there was no paper', async () => {
    await print();
    await stand(0, 'paper-out');
    await cancel(0);
    expect(await atTheEnd()).toEqual({ 'trouble.met': 1 });
  });

  it('when they walked away from it', async () => {
    await print();
    await stand(0, 'paper-out');
    await clock.advance(11_000);
    expect(await atTheEnd()).toEqual({ 'trouble.met': 1 });
  });

  it('once, however many documents failed', async () => {
    for (const id of ['x', 'y']) {
      session.acknowledge();
      session.prepare({ kind: 'document', id });
      await clock.advance(0);
      await print();
      await progress(0, JAMMED);
    }
    expect(await atTheEnd()).toEqual({ 'trouble.met': 1 });
  });

  it('but not when they changed their mind while pages came out, or have their pages after all', async () => {
    await print();
    await progress(2);
    await cancel(2);
    session.acknowledge();
    await print();
    await stand(0, 'paper-out');
    await progress(9, { kind: 'done' });
    session.acknowledge();
    await print();
    await progress(1, JAMMED);
    session.again({ request: 'again' });
    await clock.advance(0);
    await progress(9, { kind: 'done' });
    expect(await atTheEnd()).toEqual({ 'pages.printed': 21 });
  });
});

describe('« Avant de partir » says of a print', () => {
  it('how many pages must still come out, then that they are in the tray', async () => {
    expect(session.leavingItems()).toEqual([]);
    await print();
    expect(session.leavingItems()).toEqual([{ kind: 'printing', state: 'begun', left: 9 }]);
    await progress(4);
    const tray = { kind: 'paper-in-tray' };
    expect(session.leavingItems()).toEqual([{ kind: 'printing', state: 'coming', left: 5 }, tray]);
    await progress(9);
    expect(session.leavingItems()).toEqual([tray]);
    await progress(9, { kind: 'done' });
    expect(session.leavingItems()).toEqual([tray]);
  });

  it('that it stands still, that pages are missing, or that nobody knows', async () => {
    await print();
    await stand(0, 'paper-out');
    expect(session.leavingItems()).toEqual([{ kind: 'printing', state: 'stopped', left: 9 }]);
    await progress(2, JAMMED);
    const tray = { kind: 'paper-in-tray' };
    expect(session.leavingItems()).toEqual([{ kind: 'printing', state: 'missing', left: 7 }, tray]);
    session.acknowledge();
    await print();
    await progress(0, { kind: 'unconfirmed' });
    expect(session.leavingItems()).toEqual([{ kind: 'printing', state: 'unsure', left: 9 }, tray]);
  });

  it('nothing when the person stopped it themselves', async () => {
    await print();
    session.cancel();
    expect(session.leavingItems()).toEqual([]);
    await progress(0, { kind: 'cancelled' });
    expect(session.leavingItems()).toEqual([]);
  });
});

describe('an end that the person has not read', () => {
  it('is shown again after the question before leaving, and dropped after another screen', async () => {
    await print();
    await progress(0, { kind: 'unconfirmed' });
    expect(session.prepare(SOURCE)).toMatchObject({ ok: false, error: { code: 'printing.busy' } });
    expect(session.view.job).toMatchObject({ end: 'unconfirmed' });
    await session.close();
    expect(session.prepare(SOURCE)).toMatchObject({ ok: true });
    await clock.advance(0);
    await print();
    await session.close(); // « Accueil » while pages come out
    await progress(9, { kind: 'done' });
    expect(session.prepare(SOURCE)).toMatchObject({ ok: true });
  });
});

describe('a printer that is slow to say that its queue is empty', () => {
  let answer: () => void;
  beforeEach(async () => {
    const late = Promise.withResolvers<void>();
    answer = late.resolve;
    printer.unfinished = async () => {
      await late.promise;
      return ok([]);
    };
    await print([{ from: 1, to: 2 }]);
  });
  const nothingGiven = async (): Promise<void> => {
    answer();
    await clock.advance(0);
    expect([selected, printer.orders, session.given]).toEqual([[], [], false]);
  };

  it('does not hold up « Arrêter », and gets nothing afterwards', async () => {
    session.cancel();
    await clock.advance(0);
    expect(session.view.job).toMatchObject({ end: 'cancelled' });
    await nothingGiven();
  });

  it('gets nothing of a person who has left, nor does the PDF decoder', async () => {
    let over = false;
    void session.end().then(() => (over = true));
    await clock.advance(21_000);
    expect(over).toBe(true);
    await nothingGiven();
  });
});

describe('the PDF decoder', () => {
  it('is loaded once the first screens are drawn, before anything is printed', async () => {
    await clock.advance(4_900);
    expect(warmed).toBe(0);
    await clock.advance(200);
    expect(warmed).toBe(1);
  });

  it.each([
    ['has ended: it would outlive the wipe', () => session.end()],
    ['was stopped with the kiosk', () => session.stopRun()],
  ])('is not loaded for a session that %s', async (_, stop) => {
    await stop();
    await clock.advance(60_000);
    expect(warmed).toBe(0);
  });
});

describe('« Réessayer »', () => {
  it('prints what was ordered, also on a screen that was covered meanwhile and has other choices', async () => {
    const document = session.view.document?.id ?? '';
    const wish = { pages: [{ from: 3, to: 4 }], copies: 2, twoSided: true, colour: true, longAgreed: false };
    expect(session.print({ request: 'the-order', document, ...wish })).toMatchObject({ ok: true });
    await clock.advance(0);
    await progress(1, JAMMED);
    expect(session.prepare(SOURCE)).toMatchObject({ ok: false, error: { code: 'printing.busy' } });
    expect(session.again({ request: 'once-more' })).toMatchObject({ ok: true });
    expect(session.again({ request: 'once-more' })).toMatchObject({ ok: true }); // pressed twice
    await clock.advance(0);
    // The first time, the printer had not said that it makes copies.
    expect(selected).toEqual([
      [3, 4, 3, 4],
      [3, 4],
    ]);
    const wished = { twoSided: true, colour: true };
    expect(printer.orders).toMatchObject([
      { pages: 4, copies: 1, ...wished },
      { pages: 2, copies: 2, ...wished },
    ]);
    expect(session.view.job).toMatchObject({ sides: 4, end: null });
  });

  it('after a refused PDF, has the printer make only what it can in another format', async () => {
    await health.ask();
    const wish = { pages: [{ from: 3, to: 4 }], copies: 2, twoSided: false, colour: false, longAgreed: false };
    session.print({ request: 'the-order', document: session.view.document?.id ?? '', ...wish });
    await clock.advance(0);
    printer.description = ok({ ...MADE_BY_PRINTER, maxCopies: 1 });
    await progress(0, { kind: 'failed', fault: printerFault('printer.pdf-refused') });
    expect(session.again({ request: 'once-more' })).toMatchObject({ ok: true });
    await clock.advance(0);
    expect(printer.orders).toMatchObject([
      { pages: 2, copies: 2 },
      { pages: 4, copies: 1 },
    ]);
  });

  it('prints nothing when the pages are on their way, came out, or need help', async () => {
    expect(session.again({ request: 'none-yet' })).toMatchObject({ ok: false, error: { code: 'printing.no-job' } });
    await print();
    expect(session.again({ request: 'under-way' })).toMatchObject({ ok: false, error: { code: 'printing.busy' } });
    await progress(9, { kind: 'done' });
    expect(session.again({ request: 'came-out' })).toMatchObject({ ok: false, error: { code: 'printing.no-job' } });
    session.acknowledge();
    await print();
    await progress(0, { kind: 'failed', fault: printerFault('printer.format-refused') });
    expect(session.again({ request: 'for-help' })).toMatchObject({ ok: false, error: { code: 'printing.no-job' } });
    expect(printer.orders).toHaveLength(2);
  });
});

describe('« Oui, terminer » while pages come out', () => {
  let over: boolean;
  const leave = (): void => {
    over = false;
    void session.end().then(() => (over = true));
  };
  /** A page every fifteen seconds. */
  const comes = async (sidesOut: number): Promise<void> => {
    await progress(sidesOut);
    await clock.advance(15_000);
  };

  it('lets them all come out', async () => {
    await print();
    await comes(1);
    leave();
    for (let out = 2; out < 9; out += 1) await comes(out);
    expect([printer.cancelled, over]).toEqual([[], false]);
    expect(session.leavingItems()).not.toEqual([]);
    await progress(9, { kind: 'done' });
    await clock.advance(1_000);
    expect([printer.cancelled, over]).toEqual([[], true]);
  });

  it('lets a job begin that the printer has just received', async () => {
    await print();
    leave();
    await clock.advance(5_000);
    expect(printer.cancelled).toEqual([]);
    await progress(9, { kind: 'done' });
    await clock.advance(1_000);
    expect([printer.cancelled, over]).toEqual([[], true]);
  });

  it('cancels a job that does not begin', async () => {
    await print();
    leave();
    await clock.advance(21_000);
    expect(printer.cancelled).toEqual(['1']);
  });

  it('is not troubled by a printer that stands still a moment: no answer while it feeds, a drawer opened', async () => {
    await print();
    await progress(1);
    leave();
    for (const reason of ['offline', 'cover-open', 'connecting'] as const) {
      await stand(1, reason);
      await clock.advance(8_000);
      await progress(1);
      await clock.advance(1_000);
    }
    expect([printer.cancelled, over]).toEqual([[], false]);
    await progress(9, { kind: 'done' });
    await clock.advance(1_000);
    expect([printer.cancelled, over]).toEqual([[], true]);
  });

  it('is not troubled by a printer that counts nothing and says for a moment that it waits', async () => {
    await print();
    await progress(0);
    leave();
    await clock.advance(30_000);
    printer.addProgress({ stage: 'waiting', sidesOut: 0, reasons: ['warming'] });
    await clock.advance(1_000);
    expect(printer.cancelled).toEqual([]);
    await progress(0);
    await progress(9, { kind: 'done' });
    await clock.advance(1_000);
    expect([printer.cancelled, over]).toEqual([[], true]);
  });

  it('cancels what stands still', async () => {
    await print();
    await progress(1);
    leave();
    await stand(1, 'paper-out');
    await clock.advance(9_000);
    expect(printer.cancelled).toEqual([]);
    await stand(1, 'tray-missing'); // somebody looks for paper
    await clock.advance(2_000);
    expect(printer.cancelled).toEqual(['1']);
  });

  it('cancels at once what stood still when they pressed it', async () => {
    await print();
    await stand(0, 'paper-out');
    await clock.advance(11_000);
    leave();
    await clock.advance(0);
    expect(printer.cancelled).toEqual(['1']);
  });

  it('does not wait for ever', async () => {
    await print();
    await progress(1);
    leave();
    await clock.advance(179_000);
    expect(printer.cancelled).toEqual([]);
    await clock.advance(2_000);
    expect(printer.cancelled).toEqual(['1']);
  });

  it('counts what came out of a job that never ends, and no longer listens to its printer', async () => {
    await print();
    await progress(4);
    leave();
    await stand(4, 'offline');
    await clock.advance(27_000);
    const all = { 'pages.printed': 4, 'trouble.met': 1 };
    expect([printer.cancelled, over, counted, held]).toEqual([['1'], true, all, 0]);
    await progress(5); // it is back, in the session of the next person
    await progress(9, { kind: 'done' });
    expect([counted, held, printed]).toEqual([all, 0, []]);
  });
});

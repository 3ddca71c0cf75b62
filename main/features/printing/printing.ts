/** Printing: shows what would be printed, prints it once, and tells the truth about the paper. */
import type { PrintingContract, PrintSource } from '../../contract/printing.ts';
import type { StateOf } from '../../contract/define.ts';
import { ok } from '../../contract/result.ts';
import type { Printer } from '../../devices/printer.ts';
import type { Logger } from '../../log/logger.ts';
import { sleep, withTimeout, type Clock } from '../../platform/clock.ts';
import type { Counts, Feature, IdleLocks, LeavingItem, Publish, WipeStep } from '../feature.ts';
import type { PrintingCounter } from './counters.ts';
import { createJobQueue } from './job-queue.ts';
import { NO_PRINTER } from './no-printer.ts';
import type { Typeface } from '../../pdf/typeface.ts';
import type { Sheet } from './pdf/sheet.ts';
import type { Prepared } from './pdf/protocol.ts';
import type { PdfWorkshop } from './pdf/workshop.ts';
import { PrintRun } from './print-run.ts';
import { beginPrintSession, LAST_PAGES_MS, nobodysView, WIPE_STEP_MS, type PrintSession } from './print-session.ts';
import { PrinterHealth } from './printer-health.ts';
import { pagePicture } from './shown-document.ts';
import type { PrintSources } from './sources.ts';

export interface PrintingDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly publish: Publish<PrintingContract>;
  /** The event `printing.wanted`. */
  readonly emitWanted: (value: { readonly source: PrintSource }) => void;
  readonly counts: Counts<PrintingCounter>;
  readonly idleLocks: IdleLocks;
  /** undefined: this kiosk has no printer. */
  readonly printer: Printer | undefined;
  /** The same workshop that draws for the printer (`rasterOf`). Stopped with the feature. */
  readonly workshop: PdfWorkshop;
  readonly sources: PrintSources;
  /** The typeface of our own sheets; undefined falls back on Helvetica. */
  readonly fonts: () => Promise<Typeface | undefined>;
  /** null: pages are not counted. */
  readonly pagesPerSession: number | null;
  /** Pages of it came out. */
  readonly onPrinted: (source: PrintSource) => void;
  readonly newId: () => string;
}

export interface Printing extends Feature<PrintingContract, PrintSession> {
  /** A person begins. */
  begin(): void;
  readonly wipe: WipeStep;
  /** An earlier run was cut short: the first wipe gives the machine a moment to give up its jobs before anybody is welcomed. */
  afterInterruption(): void;
  start(): void;
  /** A site called `window.print()`. */
  guestWantsToPrint(): void;
  /** The agent gives this session more pages. */
  addPages(sides: number): void;
  /** For the agent, outside any session's allowance; false when the paper did not come. */
  printForAgent(pdf: Uint8Array): Promise<boolean>;
  /** The same for one of our own sheets. */
  printSheetForAgent(sheet: Sheet): Promise<boolean>;
  /** "Votre papier est dans le bac." */
  leavingItems(): readonly LeavingItem[];
}

/** How long an agent stands before a page that does not come; then it is taken back. */
const AGENT_PATIENCE_MS = 60_000;

export const createPrinting = (deps: PrintingDeps): Printing => {
  const { clock, logger, workshop, printer } = deps;
  let trouble = false;
  let session: PrintSession | undefined;
  /** It is over, and the machine may still be busy with it. */
  let ending: PrintSession | undefined;

  const health = new PrinterHealth({
    clock,
    logger,
    printer,
    onChange: () => publish(),
    onTrouble(lasts) {
      trouble = lasts;
      publish();
    },
    onQuarterOut: () => deps.counts.add('service.out', 'printer'),
  });
  const current = (): StateOf<PrintingContract> => ({
    printer: health.state,
    trouble,
    ...(session?.view ?? nobodysView(deps.pagesPerSession)),
  });
  const publish = (): void => deps.publish(current());
  const underWay = (): boolean => (session ?? ending)?.underWay === true;
  const queue = createJobQueue({ clock, logger, printer, printing: underWay });

  const wipe: WipeStep = {
    name: 'print-jobs',
    withinMs: LAST_PAGES_MS + 4 * WIPE_STEP_MS,
    async wipe() {
      ending = session ?? ending;
      session = undefined;
      await ending?.end();
      // With the thread go every page and every font that it held in memory.
      await workshop.clear();
      await queue.endSession(ending?.given ?? false);
      ending = undefined;
      publish();
    },
    async leftovers() {
      const left: string[] = [];
      if ((session ?? ending)?.shown !== undefined) left.push('un document préparé pour l’impression');
      const jobs = await queue.leftovers();
      if (jobs > 0) left.push(`${jobs} impression(s) dans la file de l’imprimante`);
      return left;
    },
  };

  /** For the agent, in no person's session. */
  const apart = async ({ pdf, pages }: Pick<Prepared, 'pdf' | 'pages'>): Promise<boolean> => {
    const order = { pdf, pages, copies: 1, twoSided: false, colour: true };
    const run = new PrintRun(
      { clock, printer: printer ?? NO_PRINTER, onChange: () => undefined },
      deps.newId(),
      pages,
      async () => (await queue.clear()) ?? order,
    );
    const kept = await Promise.race([run.ended, sleep(clock, AGENT_PATIENCE_MS)]);
    // `ended` says what became of it.
    if (kept === undefined) await withTimeout(clock, WIPE_STEP_MS, 'cancel', run.cancel()).catch(() => undefined);
    return kept?.end?.kind === 'done' || kept?.end?.kind === 'sent';
  };

  return {
    initial: current(),
    own: () => session,
    begin() {
      session = beginPrintSession({ ...deps, queue, health, onChange: publish });
    },
    wipe,
    afterInterruption: queue.afterInterruption,
    bytes: (path) => pagePicture(workshop, session?.shown, path),
    handlers: {
      prepare: async ({ source }, mine) => mine.prepare(source),
      print: async (input, mine) => mine.print(input),
      cancel: async (_, mine) => mine.cancel(),
      confirm: async (input, mine) => mine.confirm(input),
      acknowledge: async (_, mine) => mine.acknowledge(),
      async close(_, mine) {
        await mine.close();
        return ok(null);
      },
      async check() {
        await Promise.race([health.ask(), sleep(clock, WIPE_STEP_MS)]);
        return ok(null);
      },
    },
    start: () => {
      health.start();
      queue.start();
      // The thread takes seconds to load on a slow PC: before anybody waits for it.
      void workshop.ask('close', { key: 'warm-up' });
    },
    guestWantsToPrint: () => deps.emitWanted({ source: { kind: 'guest-asked' } }),
    addPages: (sides) => session?.addPages(sides),
    async printForAgent(pdf) {
      if (underWay()) return false;
      const prepared = await workshop.ask('prepare', { bytes: pdf });
      return prepared.ok && apart(prepared.value);
    },
    async printSheetForAgent(sheet) {
      if (underWay()) return false;
      const prepared = await workshop.ask('sheet', { sheet, fonts: await deps.fonts() });
      return prepared.ok && apart(prepared.value);
    },
    leavingItems: () => session?.leavingItems() ?? [],
    async stop() {
      health.stop();
      queue.stop();
      await (session ?? ending)?.stopRun();
      await workshop.stop();
    },
  };
};

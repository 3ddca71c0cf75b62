/** Printing: shows a preview, prints it once, and reports what really came out. */
import type { PrintingContract, PrintSource } from '../../contract/printing.ts';
import type { StateOf } from '../../contract/define.ts';
import { ok } from '../../contract/result.ts';
import type { Printer } from '../../devices/printer.ts';
import type { Logger } from '../../log/logger.ts';
import { sleep, withTimeout, type Clock } from '../../platform/clock.ts';
import type { Counts, Feature, IdleLocks, LeavingItem, Publish, WipeStep } from '../feature.ts';
import type { PrintingCounter } from './counters.ts';
import { createLeftoverJobs } from './leftover-jobs.ts';
import { LAST_PAGES_MS, WIPE_STEP_MS } from './last-pages.ts';
import { NO_PRINTER } from './no-printer.ts';
import type { Typeface } from '../../pdf/typeface.ts';
import type { Sheet } from './pdf/sheet.ts';
import type { Prepared } from './pdf/protocol.ts';
import type { HeldDocument } from './pdf/raster.ts';
import type { PdfDecoder } from './pdf/decoder-client.ts';
import { PrintRun } from './print-run.ts';
import { beginPrintSession, viewBetweenSessions, type PrintSession } from './print-session.ts';
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
  /** Undefined when this kiosk has no printer. */
  readonly printer: Printer | undefined;
  /** Shared with the printer's rasteriser (`rasterOf`). Stopped with the feature. */
  readonly pdfDecoder: PdfDecoder;
  /** What `rasterOf` keeps of the last order. */
  readonly rasterised: HeldDocument;
  readonly sources: PrintSources;
  /** The typeface of our own sheets; Helvetica when undefined. */
  readonly fonts: () => Promise<Typeface | undefined>;
  /** Null when pages are not limited. */
  readonly pagesPerSession: number | null;
  readonly free: boolean;
  /** Called when every page of `source` came out, except blank ones: one page out of ten does not make it printed. */
  readonly onPrinted: (source: PrintSource) => void;
  readonly newId: () => string;
}

export interface Printing extends Feature<PrintingContract, PrintSession> {
  /** A session begins. */
  begin(): void;
  /** Pages of the person may still come out for minutes, so it must not hold up the other steps. */
  readonly lastWipe: WipeStep;
  /** The previous run was interrupted: the first wipe gives the printer a moment to drop its jobs. */
  afterInterruption(): void;
  start(): void;
  /** A site called `window.print()`. */
  guestWantsToPrint(): void;
  /** The agent grants this session more pages. */
  addPages(sides: number): void;
  /** Prints for the agent, outside any session's allowance. */
  printForAgent(pdf: Uint8Array): Promise<AgentPage>;
  /** The same for one of our own sheets. */
  printSheetForAgent(sheet: Sheet): Promise<AgentPage>;
  /** The pages that are not out, and those in the tray. */
  leavingItems(): readonly LeavingItem[];
}

/** `given`: the printer took it, and does not say whether it came out. */
type AgentPage = 'out' | 'given' | 'failed';

/** How long an agent waits for a page; then the job is cancelled. */
const AGENT_TIMEOUT_MS = 60_000;

export const createPrinting = (deps: PrintingDeps): Printing => {
  const { clock, logger, pdfDecoder, printer, rasterised } = deps;
  let trouble = false;
  let session: PrintSession | undefined;
  /** The last session, until its wipe is done: the printer may still be busy with it. */
  let ending: PrintSession | undefined;

  const health = new PrinterHealth({
    clock,
    logger,
    printer,
    found: () => (session ?? ending)?.view.job?.reasons ?? [],
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
    free: deps.free,
    // While the session is erased, the screen still says how many pages come out.
    ...(session?.view ?? { ...viewBetweenSessions(deps.pagesPerSession), job: ending?.view.job ?? null }),
  });
  const publish = (): void => deps.publish(current());
  const underWay = (): boolean => (session ?? ending)?.underWay === true;
  const leftoverJobs = createLeftoverJobs({ clock, logger, printer, printing: underWay });

  /** The session is over for the screens. Pages may still come out. */
  const leave = (): void => {
    if (session === undefined) return;
    ending = session;
    session = undefined;
    publish();
  };
  const lastWipe: WipeStep = {
    name: 'print-jobs',
    withinMs: LAST_PAGES_MS + 4 * WIPE_STEP_MS,
    async wipe() {
      leave();
      await ending?.end();
      // Ending the decoder frees every page and font that it held.
      await pdfDecoder.clear();
      rasterised.clear();
      await leftoverJobs.endSession(ending?.given ?? false);
      ending = undefined;
      publish();
    },
    async leftovers() {
      const left: string[] = [];
      if ((session ?? ending)?.shown !== undefined || rasterised.isHeld())
        left.push('un document préparé pour l’impression');
      const jobs = await leftoverJobs.leftovers();
      if (jobs > 0) left.push(`${jobs} impression(s) dans la file de l’imprimante`);
      return left;
    },
  };

  /** Prints for the agent, outside any session. */
  const printOutsideSession = async ({ pdf, pages }: Pick<Prepared, 'pdf' | 'pages'>): Promise<AgentPage> => {
    const order = { pdf, pages, copies: 1, twoSided: false, colour: true };
    const run = new PrintRun(
      { clock, printer: printer ?? NO_PRINTER, onChange: () => undefined },
      pages,
      async () => (await leftoverJobs.clear()) ?? order,
    );
    const endState = await Promise.race([run.ended, sleep(clock, AGENT_TIMEOUT_MS)]);
    // On failure, `leftoverJobs` asks again.
    if (endState === undefined) await withTimeout(clock, WIPE_STEP_MS, 'cancel', run.cancel()).catch(() => undefined);
    run.leave();
    const end = endState?.end;
    if (endState) health.learnFrom(endState);
    if (end?.kind === 'done') return 'out';
    // Without a fault, it was printed by a printer that counts no pages.
    if (end?.kind === 'sent' || (end?.kind === 'unconfirmed' && end.fault === undefined)) return 'given';
    leftoverJobs.markInDoubt();
    return 'failed';
  };

  return {
    initial: current(),
    own: () => session,
    begin() {
      session = beginPrintSession({ ...deps, leftoverJobs, health, onChange: publish });
    },
    // Our screens are reloaded before the last pages are out. From then on they must receive nothing of this person.
    phaseChanged({ name }) {
      if (name === 'wiping') leave();
    },
    lastWipe,
    afterInterruption: leftoverJobs.afterInterruption,
    bytes: (path) => pagePicture(pdfDecoder, session?.shown, path),
    handlers: {
      prepare: async ({ source }, mine) => mine.prepare(source),
      print: async (input, mine) => mine.print(input),
      again: async (input, mine) => mine.again(input),
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
      leftoverJobs.start();
      // For the agent's page and the first person; each wipe ends it. By then the log says which layers of the sandbox
      // are missing.
      pdfDecoder.warmUp();
    },
    guestWantsToPrint: () => deps.emitWanted({ source: { kind: 'guest-asked' } }),
    addPages: (sides) => session?.addPages(sides),
    async printForAgent(pdf) {
      if (underWay()) return 'failed';
      const prepared = await pdfDecoder.ask('prepare', { bytes: pdf });
      return prepared.ok ? printOutsideSession(prepared.value) : 'failed';
    },
    async printSheetForAgent(sheet) {
      if (underWay()) return 'failed';
      const prepared = await pdfDecoder.ask('sheet', { sheet, fonts: await deps.fonts() });
      return prepared.ok ? printOutsideSession(prepared.value) : 'failed';
    },
    leavingItems: () => session?.leavingItems() ?? [],
    async stop() {
      health.stop();
      leftoverJobs.stop();
      await (session ?? ending)?.stopRun();
      await pdfDecoder.stop();
    },
  };
};

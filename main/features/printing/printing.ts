/** Printing: shows what would be printed, prints it once, and tells the truth about the paper. */
import { type PrintingContract, type PrintRefusal, type PrintSource } from '../../contract/printing.ts';
import type { StateOf } from '../../contract/define.ts';
import { failure, ok } from '../../contract/result.ts';
import { printerFault, type Printer, type PrinterFault, type PrintOrder } from '../../devices/printer.ts';
import { errorFields } from '../../log/error-fields.ts';
import type { Logger } from '../../log/logger.ts';
import { sleep, withTimeout, type Clock } from '../../platform/clock.ts';
import type { Counts, Feature, Holds, LeavingItem, Publish, WipeStep } from '../feature.ts';
import { createAllowance } from './allowance.ts';
import { checkChoice } from './choice.ts';
import type { SheetFonts } from './pdf/protocol.ts';
import type { PdfWorkshop } from './pdf/workshop.ts';
import { holdWhileMoving, isStuck } from './hold-while-moving.ts';
import { createJobQueue } from './job-queue.ts';
import { NO_PRINTER } from './no-printer.ts';
import { PrintRun, type RunState } from './print-run.ts';
import { faultOf, jobState } from './job-state.ts';
import { PrinterHealth } from './printer-health.ts';
import { findBlank, makeShown, pagePicture, type ShownDocument } from './shown-document.ts';
import type { PrintSources } from './sources.ts';

export interface PrintingDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly publish: Publish<PrintingContract>;
  /** The event `printing.wanted`. */
  readonly emitWanted: (value: { readonly source: PrintSource }) => void;
  readonly counts: Counts;
  readonly holds: Holds;
  /** undefined: this kiosk has no printer. */
  readonly printer: Printer | undefined;
  /** The same workshop that draws for the printer (`rasterOf`). Stopped with the feature. */
  readonly workshop: PdfWorkshop;
  readonly sources: PrintSources;
  /** The typeface of our own sheets; undefined falls back on Helvetica. */
  readonly fonts: () => Promise<SheetFonts | undefined>;
  /** null: pages are not counted. */
  readonly pagesPerSession: number | null;
  /** Pages of it came out. */
  readonly onPrinted: (source: PrintSource) => void;
  readonly newId: () => string;
}

export interface Printing extends Feature<PrintingContract> {
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
  /** "Votre papier est dans le bac." */
  leavingItems(): readonly LeavingItem[];
}

/** From here on we ask before printing: a whole site printed by mistake is the commonest waste. */
const LONG_FROM = 15;
/** At the end of a session, how long pages that are already coming may take to come. */
const LAST_PAGES_MS = 20_000;
const WIPE_STEP_MS = 8000;
/** How long an agent stands before a page that does not come; then it is taken back. */
const AGENT_PATIENCE_MS = 60_000;

export const createPrinting = (deps: PrintingDeps): Printing => {
  const { clock, logger, workshop, printer } = deps;
  const allowance = createAllowance(deps.pagesPerSession);
  let shown: ShownDocument | undefined;
  let preparing = 0;
  let refusal: PrintRefusal | null = null;
  let trouble = false;
  let run: PrintRun | undefined;
  let settle: (cameOut: number) => void = () => undefined;
  let printedSource: PrintSource | undefined;
  /** Paper of this session lies in the tray, or did. */
  let paperOut = false;
  /** Ends and answers of earlier requests of this session: pressing again with the same one prints nothing. */
  const requests = new Set<string>();
  let generation = 0;
  /** In this session something was given to the machine, or was about to be. */
  let given = false;

  const health = new PrinterHealth({
    clock,
    logger,
    printer,
    onChange: () => publish(),
    onTrouble(next) {
      trouble = next !== null;
      publish();
    },
    onQuarterOut: () => deps.counts.add('service.out', 'printer'),
  });

  const current = (): StateOf<PrintingContract> => {
    const limit = allowance.limit();
    const left = allowance.left();
    return {
      printer: health.state,
      trouble,
      allowance: limit === null || left === null ? null : { limit, left },
      preparing: preparing > 0,
      refusal,
      document:
        shown === undefined
          ? null
          : {
              id: shown.id,
              kind: shown.source.kind,
              pages: shown.prepared.pages,
              blank: [...shown.blank],
              landscape: shown.prepared.landscape,
              cleaned: shown.prepared.cleaned,
              longFrom: LONG_FROM,
            },
      job: jobState(run?.state),
    };
  };
  const publish = (): void => deps.publish(current());

  const forgetShown = async (): Promise<void> => {
    const old = shown;
    shown = undefined;
    if (old !== undefined) await workshop.ask('close', { key: old.id });
  };

  const prepare = async (source: PrintSource): Promise<void> => {
    const mine = (generation += 1);
    preparing += 1;
    refusal = null;
    const forgotten = forgetShown();
    // Told before the command is answered: the screen must not take the document before for this one.
    publish();
    try {
      await forgotten;
      const made = await makeShown(deps, source);
      if (mine !== generation) {
        if (made.ok) await workshop.ask('close', { key: made.value.id });
        return;
      }
      if (made.ok) {
        shown = made.value;
        logger.log('print.prepared', { pages: made.value.prepared.pages });
        const me = made.value;
        void findBlank(workshop, me, {
          goesOn: () => shown === me,
          onFound: publish,
          onUndrawable(why) {
            if (underWay()) return;
            void forgetShown();
            refusal = why;
            logger.log('print.refused', { code: why });
            publish();
          },
        });
      } else {
        refusal = made.error;
        logger.log('print.refused', { code: made.error });
      }
    } catch (cause) {
      // A source that breaks is not the person's affair beyond "it is not there".
      if (mine === generation) refusal = 'gone';
      logger.log('print.refused', { ...errorFields(cause), code: 'source-broken' });
    } finally {
      preparing -= 1;
      publish();
    }
  };

  const makeOrder = async (
    document: ShownDocument,
    pages: readonly number[],
    wish: { copies: number; twoSided: boolean; colour: boolean },
  ): Promise<PrintOrder | PrinterFault> => {
    const inTheWay = await queue.clear();
    if (inTheWay !== undefined) return inTheWay;
    given = true;
    const maxCopies = health.description?.maxCopies ?? 1;
    const byPrinter = wish.copies <= maxCopies;
    const list = byPrinter ? pages : Array.from({ length: wish.copies }, () => pages).flat();
    const whole = list.length === document.prepared.pages && list.every((page, at) => page === at + 1);
    const pdf = whole
      ? { ok: true as const, value: document.prepared.pdf }
      : await workshop.ask('select', { pdf: document.prepared.pdf, pages: list });
    if (!pdf.ok) return printerFault('printer.format-refused', pdf.error);
    return {
      pdf: pdf.value,
      pages: list.length,
      copies: byPrinter ? wish.copies : 1,
      // A copy never begins on the back of the one before.
      twoSided: wish.twoSided && (byPrinter || pages.length % 2 === 0),
      colour: wish.colour,
    };
  };

  const began = (next: PrintRun, source: PrintSource, giveBack: (cameOut: number) => void): void => {
    run = next;
    printedSource = source;
    settle = giveBack;
    void next.ended.then((state) => {
      // Unconfirmed pages stay held back until the person has looked.
      if (state.end?.kind !== 'unconfirmed') finish(next, state);
      publish();
      void health.ask();
    });
  };
  const finish = (ended: PrintRun, state: RunState): void => {
    const cameOut = state.end?.kind === 'sent' ? state.sides : state.sidesOut;
    if (ended === run) settle(cameOut);
    if (cameOut > 0) {
      deps.counts.add('pages.printed', undefined, cameOut);
      paperOut = true;
      if (printedSource !== undefined) deps.onPrinted(printedSource);
    }
    if (state.end?.kind !== 'done' && state.end?.kind !== 'sent') queue.doubt();
    const code = faultOf(state)?.code;
    logger.log('print.ended', { end: state.end?.kind, sides: cameOut, ...(code === undefined ? {} : { code }) });
  };

  /** Left without an answer, the doubt is the person's: nothing is taken from the allowance. */
  const letGo = (): void => {
    if (run?.state.end?.kind === 'unconfirmed') finish(run, run.state);
    run = undefined;
  };

  const underWay = (): boolean => run !== undefined && run.state.end === null;

  const queue = createJobQueue({ clock, logger, printer, printing: underWay });
  const wipe: WipeStep = {
    name: 'print-jobs',
    withinMs: LAST_PAGES_MS + 4 * WIPE_STEP_MS,
    async wipe() {
      generation += 1;
      const ending = run;
      if (ending !== undefined && ending.state.end === null) {
        // Pages that are coming belong to the person at the machine; what hasn't begun, or is stuck, would come out for the next.
        const comes = ending.started && !isStuck(ending.state) && !ending.state.reasons.includes('connecting');
        if (comes) await Promise.race([ending.ended, sleep(clock, LAST_PAGES_MS)]);
        await withTimeout(clock, WIPE_STEP_MS, 'cancel', ending.cancel()).catch(() => undefined);
        await Promise.race([ending.ended, sleep(clock, WIPE_STEP_MS)]);
      }
      letGo();
      settle = () => undefined;
      requests.clear();
      refusal = null;
      shown = undefined;
      printedSource = undefined;
      paperOut = false;
      allowance.reset();
      // With the thread go every page and every font that it held in memory.
      await workshop.clear();
      await queue.endSession(given);
      given = false;
      publish();
    },
    async leftovers() {
      const left: string[] = [];
      if (shown !== undefined) left.push('un document préparé pour l’impression');
      const jobs = await queue.leftovers();
      if (jobs > 0) left.push(`${jobs} impression(s) dans la file de l’imprimante`);
      return left;
    },
  };

  return {
    initial: current(),
    wipe,
    afterInterruption: queue.afterInterruption,
    bytes: (path) => pagePicture(workshop, shown, path),
    handlers: {
      async prepare({ source }) {
        if (underWay()) return failure('printing.busy');
        letGo();
        void prepare(source);
        return ok(null);
      },
      async print(input) {
        if (requests.has(input.request)) return ok(null);
        if (underWay()) return failure('printing.busy');
        const document = shown;
        if (document === undefined || document.id !== input.document) return failure('printing.gone');
        const chosen = checkChoice(input, {
          pages: document.prepared.pages,
          blank: document.blank,
          left: allowance.left(),
          longFrom: LONG_FROM,
        });
        if (!chosen.ok) {
          logger.log('print.refused', { code: chosen.error });
          return failure(`printing.${chosen.error}`);
        }
        requests.add(input.request);
        const sides = chosen.value.length * input.copies;
        const used = printer ?? NO_PRINTER;
        const hold = holdWhileMoving(deps.holds);
        const onChange = (state: RunState): void => {
          hold.see(state);
          publish();
        };
        const next = new PrintRun({ clock, printer: used, onChange }, input.request, sides, () =>
          makeOrder(document, chosen.value, input),
        );
        hold.see(next.state);
        began(next, document.source, allowance.reserve(sides));
        logger.log('print.submitted', { pages: chosen.value.length, copies: input.copies });
        publish();
        return ok(null);
      },
      async cancel() {
        if (run === undefined || run.state.end !== null) return failure('printing.no-job');
        void run.cancel();
        return ok(null);
      },
      async confirm({ cameOut, sides }) {
        if (run?.state.end?.kind !== 'unconfirmed') return failure('printing.no-job');
        run.confirm(cameOut, sides);
        finish(run, run.state);
        publish();
        return ok(null);
      },
      async acknowledge() {
        if (run === undefined || run.state.end === null) return failure('printing.no-job');
        letGo();
        publish();
        return ok(null);
      },
      async close() {
        if (underWay()) return ok(null);
        generation += 1;
        refusal = null;
        letGo();
        await forgetShown();
        publish();
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
    guestWantsToPrint: () => deps.emitWanted({ source: { kind: 'guest-page' } }),
    addPages: (sides) => {
      allowance.add(sides);
      publish();
    },
    async printForAgent(pdf) {
      if (underWay()) return false;
      const prepared = await workshop.ask('prepare', { bytes: pdf });
      if (!prepared.ok) return false;
      const { pages } = prepared.value;
      const order = { pdf: prepared.value.pdf, pages, copies: 1, twoSided: false, colour: true };
      const apart = new PrintRun(
        { clock, printer: printer ?? NO_PRINTER, onChange: () => undefined },
        deps.newId(),
        pages,
        async () => (await queue.clear()) ?? order,
      );
      const kept = await Promise.race([apart.ended, sleep(clock, AGENT_PATIENCE_MS)]);
      if (kept === undefined) await withTimeout(clock, WIPE_STEP_MS, 'cancel', apart.cancel()).catch(() => undefined);
      return kept?.end?.kind === 'done' || kept?.end?.kind === 'sent';
    },
    leavingItems: () => (paperOut ? [{ kind: 'paper-in-tray' }] : []),
    async stop() {
      health.stop();
      queue.stop();
      if (run !== undefined && run.state.end === null) await run.cancel();
      await workshop.stop();
    },
  };
};

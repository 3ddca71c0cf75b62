/**
 * All that printing holds of one person: the document on the screen, the run, the pages left, the paper in the tray. Made when
 * they begin, dropped when they end; whatever still runs then asks `over` before it says anything.
 */
import type { PrintingContract, PrintRefusal, PrintSource } from '../../contract/printing.ts';
import type { InputOf, StateOf } from '../../contract/define.ts';
import type { Failure, Result } from '../../contract/result.ts';
import { failure, ok } from '../../contract/result.ts';
import { printerFault, type PrinterFault, type PrintOrder } from '../../devices/printer.ts';
import { errorFields } from '../../log/error-fields.ts';
import { sleep, withTimeout } from '../../platform/clock.ts';
import type { LeavingItem } from '../feature.ts';
import { createAllowance } from './allowance.ts';
import { checkChoice } from './choice.ts';
import { holdWhileMoving, isStuck } from './hold-while-moving.ts';
import type { JobQueue } from './job-queue.ts';
import { faultOf, jobState } from './job-state.ts';
import { NO_PRINTER } from './no-printer.ts';
import { PrintRun, type RunState } from './print-run.ts';
import type { PrinterHealth } from './printer-health.ts';
import type { PrintingDeps } from './printing.ts';
import { findBlank, makeShown, type ShownDocument } from './shown-document.ts';

/** What outlives the session. */
export interface PrintSessionDeps extends Omit<PrintingDeps, 'publish' | 'emitWanted'> {
  readonly queue: JobQueue;
  readonly health: PrinterHealth;
  /** Not called any more once the session is over. */
  readonly onChange: () => void;
}

type State = StateOf<PrintingContract>;
type Messages = PrintingContract['messages'];
type Answer<N extends keyof Messages> = Result<null, Failure<Messages[N]['errors'][number]>>;

export interface PrintSession {
  readonly view: Pick<State, 'allowance' | 'preparing' | 'refusal' | 'document' | 'job'>;
  readonly shown: ShownDocument | undefined;
  /** Something was given to the machine, or was about to be. */
  readonly given: boolean;
  /** A run has not ended. */
  readonly underWay: boolean;
  prepare(source: PrintSource): Answer<'prepare'>;
  print(input: InputOf<Messages['print']>): Answer<'print'>;
  cancel(): Answer<'cancel'>;
  confirm(input: InputOf<Messages['confirm']>): Answer<'confirm'>;
  acknowledge(): Answer<'acknowledge'>;
  close(): Promise<void>;
  addPages(sides: number): void;
  leavingItems(): readonly LeavingItem[];
  /** Lets the pages come that are coming, and stops the rest. Bounded. */
  end(): Promise<void>;
  /** The kiosk stops: no page is waited for. */
  stopRun(): Promise<void>;
}

/** From here on we ask before printing: a whole site printed by mistake is the commonest waste. */
const LONG_FROM = 15;
/** At the end of a session, how long pages that are already coming may take to come. */
export const LAST_PAGES_MS = 20_000;
export const WIPE_STEP_MS = 8000;

/** What the screens see of printing when nobody is there. */
export const nobodysView = (pagesPerSession: number | null): PrintSession['view'] => ({
  allowance: pagesPerSession === null ? null : { limit: pagesPerSession, left: pagesPerSession },
  preparing: false,
  refusal: null,
  document: null,
  job: null,
});

export const beginPrintSession = (deps: PrintSessionDeps): PrintSession => {
  const { clock, logger, workshop, queue, health } = deps;
  const over = new AbortController();
  const allowance = createAllowance(deps.pagesPerSession);
  let shown: ShownDocument | undefined;
  let preparing = 0;
  let refusal: PrintRefusal | null = null;
  let run: PrintRun | undefined;
  let settle: (cameOut: number) => void = () => undefined;
  let printedSource: PrintSource | undefined;
  /** Paper of this session lies in the tray, or did. */
  let paperOut = false;
  /** Requests that were accepted: pressing again with the same one prints nothing. */
  const requests = new Set<string>();
  let given = false;
  /** Ended by the next document, by leaving the print screen, and with the session. */
  let making = new AbortController();

  const changed = (): void => {
    if (!over.signal.aborted) deps.onChange();
  };
  const underWay = (): boolean => run !== undefined && run.state.end === null;

  const forgetShown = async (): Promise<void> => {
    const old = shown;
    shown = undefined;
    if (old !== undefined) await workshop.ask('close', { key: old.id });
  };

  const show = (made: ShownDocument): void => {
    shown = made;
    logger.log('print.prepared', { pages: made.prepared.pages });
    void findBlank(workshop, made, {
      goesOn: () => shown === made && !over.signal.aborted,
      onFound: changed,
      onUndrawable(why) {
        if (underWay()) return;
        void forgetShown();
        refuse(why);
        changed();
      },
    });
  };
  const refuse = (why: PrintRefusal): void => {
    refusal = why;
    logger.log('print.refused', { code: why });
  };

  const prepare = async (source: PrintSource): Promise<void> => {
    making.abort();
    making = new AbortController();
    const { signal } = making;
    preparing += 1;
    refusal = null;
    const forgotten = forgetShown();
    // Told before the command is answered: the screen must not take the document before for this one.
    changed();
    try {
      await forgotten;
      const made = await makeShown(deps, source);
      if (signal.aborted) {
        if (made.ok) await workshop.ask('close', { key: made.value.id });
        return;
      }
      if (made.ok) show(made.value);
      else refuse(made.error);
    } catch (cause) {
      // A source that breaks is not the person's affair beyond "it is not there".
      if (!signal.aborted) refusal = 'gone';
      logger.log('print.refused', { ...errorFields(cause), code: 'source-broken' });
    } finally {
      preparing -= 1;
      changed();
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
      changed();
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
    } else if (faultOf(state)) deps.counts.add('trouble.met', 'print');
    if (state.end?.kind !== 'done' && state.end?.kind !== 'sent') queue.doubt();
    const code = faultOf(state)?.code;
    logger.log('print.ended', { end: state.end?.kind, sides: cameOut, ...(code === undefined ? {} : { code }) });
  };
  /** Left without an answer, the doubt is the person's: nothing is taken from the allowance. */
  const letGo = (): void => {
    if (run?.state.end?.kind === 'unconfirmed') finish(run, run.state);
    run = undefined;
  };

  return {
    get view() {
      const limit = allowance.limit();
      const left = allowance.left();
      return {
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
    },
    get shown() {
      return shown;
    },
    get given() {
      return given;
    },
    get underWay() {
      return underWay();
    },
    prepare(source) {
      if (underWay()) return failure('printing.busy');
      letGo();
      void prepare(source);
      return ok(null);
    },
    print(input) {
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
      const hold = holdWhileMoving(deps.idleLocks);
      const onChange = (state: RunState): void => {
        hold.see(state);
        changed();
      };
      const next = new PrintRun({ clock, printer: deps.printer ?? NO_PRINTER, onChange }, input.request, sides, () =>
        makeOrder(document, chosen.value, input),
      );
      hold.see(next.state);
      began(next, document.source, allowance.reserve(sides));
      logger.log('print.submitted', { pages: chosen.value.length, copies: input.copies });
      changed();
      return ok(null);
    },
    cancel() {
      if (run === undefined || run.state.end !== null) return failure('printing.no-job');
      void run.cancel();
      return ok(null);
    },
    confirm({ cameOut, sides }) {
      if (run?.state.end?.kind !== 'unconfirmed') return failure('printing.no-job');
      run.confirm(cameOut, sides);
      finish(run, run.state);
      changed();
      return ok(null);
    },
    acknowledge() {
      if (run === undefined || run.state.end === null) return failure('printing.no-job');
      letGo();
      changed();
      return ok(null);
    },
    async close() {
      if (underWay()) return;
      making.abort();
      refusal = null;
      letGo();
      await forgetShown();
      changed();
    },
    addPages(sides) {
      allowance.add(sides);
      changed();
    },
    leavingItems: () => (paperOut ? [{ kind: 'paper-in-tray' }] : []),
    async end() {
      over.abort();
      making.abort();
      const ending = run;
      if (ending !== undefined && ending.state.end === null) {
        // Pages that are coming belong to the person at the machine; what hasn't begun, or is stuck, would come out for the next.
        const comes = ending.started && !isStuck(ending.state) && !ending.state.reasons.includes('connecting');
        if (comes) await Promise.race([ending.ended, sleep(clock, LAST_PAGES_MS)]);
        // The queue asks again and logs what stays.
        await withTimeout(clock, WIPE_STEP_MS, 'cancel', ending.cancel()).catch(() => undefined);
        await Promise.race([ending.ended, sleep(clock, WIPE_STEP_MS)]);
      }
      letGo();
    },
    async stopRun() {
      if (run !== undefined && run.state.end === null) await run.cancel();
    },
  };
};

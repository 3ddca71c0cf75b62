/**
 * Everything that printing holds for one session: the document on the screen, the run, the pages left, the paper in the
 * output tray. Work that is still running after the end checks `over` before it publishes anything.
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
import { holdWhileMoving } from './hold-while-moving.ts';
import type { JobQueue } from './job-queue.ts';
import { faultOf, jobState, unfinishedItem } from './job-state.ts';
import { NO_PRINTER } from './no-printer.ts';
import { PrintRun, type RunState } from './print-run.ts';
import type { PrinterHealth } from './printer-health.ts';
import type { PrintingDeps } from './printing.ts';
import { findBlank, makeShown, type ShownDocument } from './shown-document.ts';

/** Dependencies that outlive the session. */
export interface PrintSessionDeps extends Omit<PrintingDeps, 'publish' | 'emitWanted' | 'rasterised'> {
  readonly queue: JobQueue;
  readonly health: PrinterHealth;
  /** After the end of the session, called for the pages that still come out, and for nothing else. */
  readonly onChange: () => void;
}

type State = StateOf<PrintingContract>;
type Messages = PrintingContract['messages'];
type Answer<N extends keyof Messages> = Result<null, Failure<Messages[N]['errors'][number]>>;

export interface PrintSession {
  readonly view: Pick<State, 'allowance' | 'preparing' | 'refusal' | 'document' | 'job'>;
  readonly shown: ShownDocument | undefined;
  /** A job was submitted, or was about to be. */
  readonly given: boolean;
  /** A run is in progress. */
  readonly underWay: boolean;
  prepare(source: PrintSource): Answer<'prepare'>;
  print(input: InputOf<Messages['print']>): Answer<'print'>;
  again(input: InputOf<Messages['again']>): Answer<'again'>;
  cancel(): Answer<'cancel'>;
  confirm(input: InputOf<Messages['confirm']>): Answer<'confirm'>;
  acknowledge(): Answer<'acknowledge'>;
  close(): Promise<void>;
  addPages(sides: number): void;
  leavingItems(): readonly LeavingItem[];
  /** Lets pages that are coming out finish, and cancels the rest. Returns within a time limit. */
  end(): Promise<void>;
  /** The kiosk stops: cancels without waiting for pages. */
  stopRun(): Promise<void>;
}

/** From this many sides on, the person must confirm: printing a whole site by mistake is the most common waste. */
const LONG_FROM = 15;
/** At the end of a session, how long pages that are coming out may take: twenty pages of a slow printer. */
export const LAST_PAGES_MS = 3 * 60_000;
/** And how long the printer may take to begin. People leave right after they pressed "Imprimer". */
const BEGINS_WITHIN_MS = 20_000;
/** Do not give up earlier: many printers do not answer while they feed, and someone may be opening a drawer to help. */
const STILL_FOR_MS = 10_000;
const LOOK_EVERY_MS = 500;
export const WIPE_STEP_MS = 8000;

/** The state for the screens between sessions. */
export const viewBetweenSessions = (pagesPerSession: number | null): PrintSession['view'] => ({
  allowance: pagesPerSession === null ? null : { limit: pagesPerSession, left: pagesPerSession },
  preparing: false,
  refusal: null,
  document: null,
  job: null,
});

export const beginPrintSession = (deps: PrintSessionDeps): PrintSession => {
  const { clock, logger, pdfThread, queue, health } = deps;
  const over = new AbortController();
  const allowance = createAllowance(deps.pagesPerSession);
  let shown: ShownDocument | undefined;
  let preparing = 0;
  let refusal: PrintRefusal | null = null;
  let run: PrintRun | undefined;
  /** What the person ordered last, for "Réessayer": the print screen that it came from may be gone. */
  let ordered: InputOf<Messages['print']> | undefined;
  let settle: (cameOut: number) => void = () => undefined;
  /** The document of the run, when every page with something on it was chosen. */
  let wholeSource: PrintSource | undefined;
  /** This session printed pages, which may still be in the output tray. */
  let paperOut = false;
  /** The person left the print screen while pages came out. */
  let away = false;
  /** Accepted request ids: a second press sends the same id and prints nothing. */
  const requests = new Set<string>();
  let given = false;
  /** Cancels the preparation: on the next document, on leaving the print screen, at the end of the session. */
  let preparation = new AbortController();

  const changed = (): void => {
    if (!over.signal.aborted) deps.onChange();
  };
  const underWay = (): boolean => run !== undefined && run.state.end === null;

  const forgetShown = async (): Promise<void> => {
    const old = shown;
    shown = undefined;
    if (old !== undefined) await pdfThread.ask('close', { key: old.id });
  };

  const show = (made: ShownDocument): void => {
    shown = made;
    void findBlank(pdfThread, made, {
      isActive: () => shown === made && !over.signal.aborted,
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
    preparation.abort();
    preparation = new AbortController();
    const { signal } = preparation;
    preparing += 1;
    refusal = null;
    const forgotten = forgetShown();
    // Publish before the command returns, or the screen would take the previous document for this one.
    changed();
    try {
      await forgotten;
      const made = await makeShown(deps, source);
      if (signal.aborted) {
        if (made.ok) await pdfThread.ask('close', { key: made.value.id });
        return;
      }
      if (made.ok) show(made.value);
      else refuse(made.error);
    } catch (cause) {
      // The person only needs to know that the document is not there; the log has the cause.
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
    const queueFault = await queue.clear();
    if (queueFault !== undefined) return queueFault;
    given = true;
    const maxCopies = health.description?.maxCopies ?? 1;
    const byPrinter = wish.copies <= maxCopies;
    const list = byPrinter ? pages : Array.from({ length: wish.copies }, () => pages).flat();
    const whole = list.length === document.prepared.pages && list.every((page, at) => page === at + 1);
    const pdf = whole
      ? { ok: true as const, value: document.prepared.pdf }
      : await pdfThread.ask('select', { pdf: document.prepared.pdf, pages: list });
    if (!pdf.ok) return printerFault('printer.format-refused', pdf.error);
    return {
      pdf: pdf.value,
      pages: list.length,
      copies: byPrinter ? wish.copies : 1,
      // Copies repeated in one job must not begin on the back of the previous copy.
      twoSided: wish.twoSided && (byPrinter || pages.length % 2 === 0),
      colour: wish.colour,
    };
  };

  const trackRun = (
    next: PrintRun,
    whole: PrintSource | undefined,
    settleReserved: (cameOut: number) => void,
  ): void => {
    run = next;
    away = false;
    wholeSource = whole;
    settle = settleReserved;
    void next.ended.then((state) => {
      // Unconfirmed pages stay reserved until the person has looked into the tray.
      if (state.end?.kind !== 'unconfirmed') finish(next, state);
      changed();
      void health.ask();
    });
  };
  const finish = (ended: PrintRun, state: RunState): void => {
    const complete = state.end?.kind === 'done' || state.end?.kind === 'sent';
    const cameOut = state.end?.kind === 'sent' ? state.sides : state.sidesOut;
    if (ended === run) settle(cameOut);
    if (cameOut > 0) {
      deps.counts.add('pages.printed', undefined, cameOut);
      paperOut = true;
      if (wholeSource !== undefined && complete && cameOut >= state.sides) deps.onPrinted(wholeSource);
    } else if (faultOf(state)) deps.counts.add('trouble.met', 'print');
    if (!complete) queue.markInDoubt();
    const code = faultOf(state)?.code;
    if (code !== undefined) logger.log('print.failed', { code });
  };
  /**
   * Drops the run. If the person never answered, they get the benefit of the doubt: only reported pages are counted.
   */
  const dropRun = (): void => {
    if (run?.state.end?.kind === 'unconfirmed') finish(run, run.state);
    run = undefined;
  };

  const print = (input: InputOf<Messages['print']>): Answer<'print'> => {
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
    ordered = input;
    const sides = chosen.value.length * input.copies;
    const hold = holdWhileMoving(deps.idleLocks);
    const onChange = (state: RunState): void => {
      hold.update(state);
      deps.onChange();
    };
    const next = new PrintRun({ clock, printer: deps.printer ?? NO_PRINTER, onChange }, input.request, sides, () =>
      makeOrder(document, chosen.value, input),
    );
    hold.update(next.state);
    const { prepared, blank, source } = document;
    const whole = new Set([...chosen.value, ...blank]).size === prepared.pages;
    trackRun(next, whole ? source : undefined, allowance.reserve(sides));
    changed();
    return ok(null);
  };

  /** Returns when the pages are out, or when the rest will not come by itself. */
  const letPagesOut = async (ending: PrintRun): Promise<void> => {
    const sinceMs = clock.monotonicMs();
    for (;;) {
      const { end, cancelling } = ending.state;
      if (end !== null || cancelling || ending.stillMs >= STILL_FOR_MS) return;
      if (clock.monotonicMs() - sinceMs >= (ending.started ? LAST_PAGES_MS : BEGINS_WITHIN_MS)) return;
      await Promise.race([ending.ended, sleep(clock, LOOK_EVERY_MS)]);
    }
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
      // The leaving screen may have covered the end of the run. Keep it until the person leaves the print screen.
      if (underWay() || (run !== undefined && !away)) {
        away = false;
        return failure('printing.busy');
      }
      dropRun();
      void prepare(source);
      return ok(null);
    },
    print,
    again({ request }) {
      if (requests.has(request)) return ok(null);
      if (underWay()) return failure('printing.busy');
      const fault = run === undefined ? undefined : faultOf(run.state);
      if (run?.state.end?.kind !== 'failed' || fault?.retry !== 'now' || ordered === undefined)
        return failure('printing.no-job');
      dropRun();
      const answer = print({ ...ordered, request });
      if (!answer.ok) changed(); // the choices are shown again
      return answer;
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
      dropRun();
      changed();
      return ok(null);
    },
    async close() {
      away = underWay();
      if (away) return;
      preparation.abort();
      refusal = null;
      dropRun();
      await forgetShown();
      changed();
    },
    addPages(sides) {
      allowance.add(sides);
      changed();
    },
    leavingItems: () => [
      ...unfinishedItem(run?.state),
      ...(paperOut || (run !== undefined && run.state.sidesOut > 0) ? [{ kind: 'paper-in-tray' } as const] : []),
    ],
    async end() {
      over.abort();
      preparation.abort();
      const ending = run;
      if (ending !== undefined && ending.state.end === null) {
        // Pages that are coming out are this person's, and the next session begins only after them, so let them finish.
        // Cancel a job that does not begin or is stuck: it would come out during the next session.
        await letPagesOut(ending);
        // On failure, the job queue asks again and logs what is left.
        await withTimeout(clock, WIPE_STEP_MS, 'cancel', ending.cancel()).catch(() => undefined);
        await Promise.race([ending.ended, sleep(clock, WIPE_STEP_MS)]);
      }
      dropRun();
    },
    async stopRun() {
      if (run !== undefined && run.state.end === null) await run.cancel();
    },
  };
};

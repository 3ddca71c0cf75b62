/**
 * Everything that printing holds for one session: the document on the screen, the run, the pages left, the paper in the
 * output tray. Work that is still running after the end checks `over` before it publishes anything.
 */
import type { PrintingContract, PrintSource } from '../../contract/printing.ts';
import type { InputOf, StateOf } from '../../contract/define.ts';
import type { Failure, Result } from '../../contract/result.ts';
import { failure, ok } from '../../contract/result.ts';
import { pause } from '../../platform/clock.ts';
import type { LeavingItem } from '../feature.ts';
import { createAllowance } from './allowance.ts';
import { checkChoice, LONG_FROM } from './choice.ts';
import type { LeftoverJobs } from './leftover-jobs.ts';
import { faultOf, jobState, unfinishedItem } from './job-state.ts';
import { endRun } from './last-pages.ts';
import { startOrderedRun, type OrderedRun, type OrderedRunDeps, type PrintInput } from './ordered-run.ts';
import { createPrintPreview, nothingShown } from './print-preview.ts';
import type { RunState } from './print-run.ts';
import type { PrinterHealth } from './printer-health.ts';
import type { PrintingDeps } from './printing.ts';
import type { ShownDocument } from './shown-document.ts';

/** Dependencies that outlive the session. */
export interface PrintSessionDeps extends Omit<PrintingDeps, 'publish' | 'emitWanted' | 'rasterised'> {
  readonly leftoverJobs: LeftoverJobs;
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
  print(input: PrintInput): Answer<'print'>;
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

/** The PDF decoder takes seconds to load on a slow PC. By then, the first screens are drawn. */
const WARM_UP_AFTER_MS = 5_000;

/** The state for the screens between sessions. */
export const viewBetweenSessions = (pagesPerSession: number | null): PrintSession['view'] => ({
  allowance: pagesPerSession === null ? null : { limit: pagesPerSession, left: pagesPerSession },
  ...nothingShown,
  job: null,
});

export const beginPrintSession = (deps: PrintSessionDeps): PrintSession => {
  const over = new AbortController();
  const allowance = createAllowance(deps.pagesPerSession);
  /** The last run, until the person has read how it ended. */
  let ordered: OrderedRun | undefined;
  /** The person left the print screen while pages came out. */
  let away = false;
  /** Accepted request ids: a second press sends the same id and prints nothing. */
  const requests = new Set<string>();
  /** What the machine did not print whole, until a later print of it succeeds. */
  const failed = new Set<string>();
  let given = false;

  const changed = (): void => {
    if (!over.signal.aborted) deps.onChange();
  };
  const runState = (): RunState | undefined => ordered?.run.state;
  const underWay = (): boolean => runState()?.end === null;
  const preview = createPrintPreview({ ...deps, over: over.signal, printing: underWay, onChange: changed });
  void pause(deps.clock, WARM_UP_AFTER_MS, over.signal).then(() => {
    if (deps.printer && !over.signal.aborted) deps.pdfDecoder.warmUp();
  });

  /**
   * Drops the run. If the person never answered, they get the benefit of the doubt: only reported pages are counted.
   */
  const dropRun = (): void => {
    if (ordered?.run.state.end?.kind === 'unconfirmed') ordered.finish();
    ordered = undefined;
  };
  const print = (input: PrintInput): Answer<'print'> => {
    if (requests.has(input.request)) return ok(null);
    if (underWay()) return failure('printing.busy');
    const document = preview.shown;
    if (document === undefined || document.id !== input.document) return failure('printing.gone');
    const chosen = checkChoice(input, {
      pages: document.prepared.pages,
      blank: document.blank,
      left: allowance.left(),
      longFrom: LONG_FROM,
    });
    if (!chosen.ok) {
      deps.logger.log('print.refused', { code: chosen.error });
      return failure(`printing.${chosen.error}`);
    }
    requests.add(input.request);
    const onGiven = (): void => void (given = true);
    const onOutcome: OrderedRunDeps['onOutcome'] = (source, how) =>
      void (how === 'failed' ? failed.add(JSON.stringify(source)) : failed.delete(JSON.stringify(source)));
    const next = startOrderedRun({ ...deps, allowance, onGiven, onOutcome }, document, chosen.value, input);
    ordered = next;
    away = false;
    void next.run.ended.then((state) => {
      // Unconfirmed pages stay reserved until the person has looked into the tray.
      if (state.end?.kind !== 'unconfirmed') next.finish();
      deps.health.learnFrom(state);
      changed();
      void deps.health.ask();
    });
    changed();
    return ok(null);
  };

  return {
    get view() {
      const limit = allowance.limit();
      const left = allowance.left();
      return {
        allowance: limit === null || left === null ? null : { limit, left },
        ...preview.view,
        job: jobState(runState()),
      };
    },
    get shown() {
      return preview.shown;
    },
    get given() {
      return given;
    },
    get underWay() {
      return underWay();
    },
    prepare(source) {
      // The leaving screen may have covered the end of the run. Keep it until the person leaves the print screen.
      if (underWay() || (ordered !== undefined && !away)) {
        away = false;
        return failure('printing.busy');
      }
      dropRun();
      void preview.prepare(source);
      return ok(null);
    },
    print,
    again({ request }) {
      if (requests.has(request)) return ok(null);
      if (underWay()) return failure('printing.busy');
      if (ordered?.run.state.end?.kind !== 'failed' || faultOf(ordered.run.state)?.retry !== 'now')
        return failure('printing.no-job');
      const { input } = ordered;
      dropRun();
      const answer = print({ ...input, request });
      if (!answer.ok) changed(); // the choices are shown again
      return answer;
    },
    cancel() {
      if (ordered?.run.state.end !== null) return failure('printing.no-job');
      void ordered.run.cancel();
      return ok(null);
    },
    confirm({ cameOut, sides }) {
      if (ordered?.run.state.end?.kind !== 'unconfirmed') return failure('printing.no-job');
      ordered.run.confirm(cameOut, sides);
      ordered.finish();
      changed();
      return ok(null);
    },
    acknowledge() {
      if (ordered === undefined || underWay()) return failure('printing.no-job');
      dropRun();
      changed();
      return ok(null);
    },
    async close() {
      away = underWay();
      if (away) return;
      dropRun();
      await preview.close();
      changed();
    },
    addPages(sides) {
      allowance.add(sides);
      changed();
    },
    leavingItems: () => [
      ...unfinishedItem(runState()),
      // Sheets of this session may still be in the output tray.
      ...(allowance.used() + (runState()?.sidesOut ?? 0) > 0 ? [{ kind: 'paper-in-tray' } as const] : []),
    ],
    async end() {
      over.abort();
      if (ordered?.run.state.end === null) await endRun(deps.clock, ordered.run);
      ordered?.run.leave();
      dropRun();
      if (failed.size > 0) deps.counts.add('trouble.met', 'print');
    },
    async stopRun() {
      over.abort();
      if (ordered?.run.state.end === null) await ordered.run.cancel();
    },
  };
};

/** What the person ordered: the sides reserved for it, the order to the printer, its run, and what counts of it. */
import type { InputOf } from '../../contract/define.ts';
import type { PrintingContract, PrintSource } from '../../contract/printing.ts';
import { printerFault, type PrinterFault } from '../../devices/printer.ts';
import type { Allowance } from './allowance.ts';
import { holdWhileMoving } from './hold-while-moving.ts';
import { faultOf } from './job-state.ts';
import { NO_PRINTER } from './no-printer.ts';
import { BLANK_PAGE, type Prepared } from './pdf/protocol.ts';
import { PrintRun, type RunOrder, type RunState } from './print-run.ts';
import type { PrintSessionDeps } from './print-session.ts';
import type { ShownDocument } from './shown-document.ts';

/** What the person chose on the print screen. */
export type PrintInput = InputOf<PrintingContract['messages']['print']>;

export interface OrderedRun {
  readonly run: PrintRun;
  /** For "Réessayer": the print screen that it came from may be gone. */
  readonly input: PrintInput;
  /** Counts what came out, once the run has ended and the person has said what the printer could not. */
  finish(): void;
}

export interface OrderedRunDeps extends Pick<
  PrintSessionDeps,
  'clock' | 'printer' | 'pdfDecoder' | 'leftoverJobs' | 'health' | 'idleLocks' | 'counts' | 'logger' | 'onPrinted'
> {
  readonly allowance: Allowance;
  readonly onChange: () => void;
  /** The printer is about to receive the job. */
  readonly onGiven: () => void;
  /** All of it came out, or the machine let the person down. Not called when they changed their mind. */
  readonly onOutcome: (source: PrintSource, how: 'printed' | 'failed') => void;
}

const makeOrder = async (
  { pdfDecoder, leftoverJobs, health, onGiven }: OrderedRunDeps,
  prepared: Prepared,
  pages: readonly number[],
  wish: PrintInput,
  cancelled: AbortSignal,
): Promise<RunOrder | PrinterFault> => {
  const queueFault = await leftoverJobs.clear();
  if (queueFault !== undefined) return queueFault;
  // The printer may have taken a minute to answer. The PDF decoder may be that of the next person by now.
  if (cancelled.aborted) return printerFault('printer.cancelled');
  onGiven();
  const { maxCopies = 1, twoSided: turns = false } = health.description ?? {};
  const byPrinter = wish.copies <= maxCopies;
  const odd = pages.length % 2 === 1;
  // Copies repeated in one job must not begin on the back of the previous copy.
  const filled = wish.twoSided && !byPrinter && odd && turns && pages.length > 1;
  const list = byPrinter ? pages : repeated(pages, wish.copies, filled);
  const whole = list.length === prepared.pages && list.every((page, at) => page === at + 1);
  const pdf = whole
    ? { ok: true as const, value: prepared.pdf }
    : await pdfDecoder.ask('select', { pdf: prepared.pdf, pages: list });
  if (!pdf.ok) return printerFault('printer.format-refused', pdf.error);
  return {
    pdf: pdf.value,
    pages: list.length,
    copies: byPrinter ? wish.copies : 1,
    twoSided: wish.twoSided && (byPrinter || filled || !odd),
    colour: wish.colour,
    ...(filled ? { blankAfter: pages.length } : {}),
  };
};

const repeated = (pages: readonly number[], copies: number, filled: boolean): readonly number[] => {
  const list = Array.from({ length: copies }, () => (filled ? [...pages, BLANK_PAGE] : pages)).flat();
  return filled ? list.slice(0, -1) : list;
};

export const startOrderedRun = (
  deps: OrderedRunDeps,
  { prepared, blank, source }: ShownDocument,
  pages: readonly number[],
  input: PrintInput,
): OrderedRun => {
  const sides = pages.length * input.copies;
  const hold = holdWhileMoving(deps.idleLocks);
  const onChange = (state: RunState): void => {
    hold.update(state);
    deps.onChange();
  };
  const run = new PrintRun({ clock: deps.clock, printer: deps.printer ?? NO_PRINTER, onChange }, sides, (cancelled) =>
    makeOrder(deps, prepared, pages, input, cancelled),
  );
  hold.update(run.state);
  /** Every page with something on it was chosen. */
  const whole = new Set([...pages, ...blank]).size === prepared.pages;
  const settle = deps.allowance.reserve(sides);
  return {
    run,
    input,
    finish() {
      const { state } = run;
      const complete = state.end?.kind === 'done' || state.end?.kind === 'sent';
      const cameOut = state.end?.kind === 'sent' ? state.sides : state.sidesOut;
      settle(cameOut);
      if (cameOut > 0) {
        deps.counts.add('pages.printed', undefined, cameOut);
        if (whole && complete && cameOut >= state.sides) deps.onPrinted(source);
      }
      if (cameOut >= state.sides) deps.onOutcome(source, 'printed');
      else if (faultOf(state) || run.cancelledStuck) deps.onOutcome(source, 'failed');
      if (!complete) deps.leftoverJobs.markInDoubt();
      const code = faultOf(state)?.code;
      if (code !== undefined) deps.logger.log('print.failed', { code });
    },
  };
};

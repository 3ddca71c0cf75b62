/**
 * One press on "Imprimer", from the choice to the last page: waits for a busy printer, follows the job to its end, and
 * publishes every change that the person should see.
 */
import type { PrinterReason } from '../../contract/printing.ts';
import {
  printerFault,
  type JobEnd,
  type JobProgress,
  type Printer,
  type PrinterFault,
  type PrintJob,
  type PrintOrder,
} from '../../devices/printer.ts';
import { pause, unlessAborted, type Clock } from '../../platform/clock.ts';
import { isStuck } from './hold-while-moving.ts';

export interface RunState {
  readonly stage: 'sending' | JobProgress['stage'] | 'ended';
  readonly sides: number;
  readonly sidesOut: number;
  readonly reasons: readonly PrinterReason[];
  readonly cancelling: boolean;
  readonly end: JobEnd | null;
  readonly slow: boolean;
}

export interface RunOrder extends PrintOrder {
  /** After this many pages, a blank one completes the sheet. It counts neither as printed nor in the allowance. */
  readonly blankAfter?: number;
}

export interface PrintRunDeps {
  readonly clock: Clock;
  readonly printer: Printer;
  readonly onChange: (state: RunState) => void;
}

/** Delay between two attempts while the printer is busy with another job. */
const BUSY_RETRY_MS = 2000;
const BUSY_TIMEOUT_MS = 10 * 60_000;
/** After this long without progress, the screen says that it takes time. */
const SLOW_AFTER_MS = 12_000;

/** When the printer cannot say whether pages came out, ask the person, and count nothing until they answer. */
const failed = (fault: PrinterFault): JobEnd =>
  fault.code === 'printer.unsure' ? { kind: 'unconfirmed', fault } : { kind: 'failed', fault };

/** The sides of the person. A blank page is not one of them. */
const withoutBlanks = (sidesOut: number, { blankAfter }: RunOrder): number => {
  if (blankAfter === undefined) return sidesOut;
  const copies = Math.floor(sidesOut / (blankAfter + 1));
  return copies * blankAfter + Math.min(sidesOut % (blankAfter + 1), blankAfter);
};

export class PrintRun {
  readonly ended: Promise<RunState>;
  readonly #deps: PrintRunDeps;
  readonly #abort = new AbortController();
  /** Aborted by `leave`. */
  readonly #left = new AbortController();
  #job: PrintJob | undefined;
  #state: RunState;
  #stopSlow: () => void = () => undefined;
  #started = false;
  #stillSinceMs: number | undefined;
  #cancelledStuck = false;

  constructor(
    deps: PrintRunDeps,
    sides: number,
    makeOrder: (cancelled: AbortSignal) => Promise<RunOrder | PrinterFault>,
  ) {
    this.#deps = deps;
    this.#state = { stage: 'sending', sides, sidesOut: 0, reasons: [], cancelling: false, end: null, slow: false };
    this.#watchSlowness();
    this.ended = this.#run(makeOrder);
  }

  get state(): RunState {
    return this.#state;
  }

  /** Pages have begun to come out, also when the printer waits for a moment by now. */
  get started(): boolean {
    return this.#started;
  }

  /** It was cancelled while the printer stood still: no paper, a jam, no answer. */
  get cancelledStuck(): boolean {
    return this.#cancelledStuck;
  }

  /** For how long the printer has stood still, or has not been reached. */
  get stillMs(): number {
    return this.#stillSinceMs === undefined ? 0 : this.#deps.clock.monotonicMs() - this.#stillSinceMs;
  }

  /** Resolves when the printer has received the request; the end comes through the state. */
  async cancel(): Promise<void> {
    if (this.#state.end !== null || this.#state.cancelling) return;
    this.#cancelledStuck = isStuck(this.#state);
    this.#change({ cancelling: true });
    // Before submission, abort is enough. After it, ask the printer to stop and keep watching for its answer.
    if (this.#job === undefined) this.#abort.abort();
    else await this.#deps.printer.cancel(this.#job);
  }

  /**
   * Stops following a job whose end the printer has not reported: it ends with what is known, and later reports are
   * ignored.
   */
  leave(): void {
    if (this.#state.end !== null) return;
    this.#end(failed(printerFault('printer.unsure')));
    this.#left.abort();
  }

  /** The person looked into the output tray. `counted`: the sides that came out, when not all did. */
  confirm(cameOut: boolean, counted = 0): void {
    if (this.#state.end?.kind !== 'unconfirmed') return;
    const { sides, sidesOut: reported } = this.#state;
    const sidesOut = cameOut ? sides : Math.min(sides, Math.max(reported, counted));
    const end: JobEnd = cameOut
      ? { kind: 'done' }
      : { kind: 'failed', fault: printerFault('printer.aborted', 'not-all-came-out') };
    this.#change({ sidesOut, end });
  }

  #change(change: Partial<RunState>): void {
    if (this.#left.signal.aborted) return;
    const before = this.#state;
    this.#state = { ...before, slow: false, ...change };
    this.#started ||= this.#state.sidesOut > 0 || this.#state.stage === 'printing';
    const still = isStuck(this.#state) || this.#state.reasons.includes('connecting');
    this.#stillSinceMs = still ? (this.#stillSinceMs ?? this.#deps.clock.monotonicMs()) : undefined;
    this.#stopSlow();
    if (this.#state.end === null) this.#watchSlowness();
    this.#deps.onChange(this.#state);
  }

  #watchSlowness(): void {
    this.#stopSlow = this.#deps.clock.after(SLOW_AFTER_MS, () => {
      this.#state = { ...this.#state, slow: true };
      this.#deps.onChange(this.#state);
    });
  }

  #end(end: JobEnd, sidesOut = this.#state.sidesOut): RunState {
    this.#change({ stage: 'ended', end, sidesOut, reasons: [], cancelling: false });
    return this.#state;
  }

  async #run(makeOrder: (cancelled: AbortSignal) => Promise<RunOrder | PrinterFault>): Promise<RunState> {
    const { signal } = this.#abort;
    const order = await unlessAborted(makeOrder(signal), signal);
    if (order === undefined) return this.#end({ kind: 'cancelled' });
    if ('code' in order) return this.#end({ kind: 'failed', fault: order });
    const submitted = await this.#submit(order);
    if (submitted === 'cancelled') return this.#end({ kind: 'cancelled' });
    if ('code' in submitted) return this.#end(failed(submitted));
    this.#job = submitted;
    this.#change({ stage: 'waiting', reasons: [] });
    // The person pressed "Arrêter" while the job was being submitted.
    if (signal.aborted) await this.#deps.printer.cancel(submitted);
    for await (const progress of this.#deps.printer.watch(submitted, this.#left.signal)) {
      const { end, sidesOut: counted } = progress;
      // Not every printer counts blank pages.
      const all = end?.kind === 'done' && counted >= this.#state.sides;
      const sidesOut = all ? this.#state.sides : withoutBlanks(counted, order);
      if (end !== undefined) return this.#end(end.kind === 'failed' ? failed(end.fault) : end, sidesOut);
      this.#onProgress({ ...progress, sidesOut });
    }
    return this.#end(failed(printerFault('printer.unsure')));
  }

  #onProgress(progress: JobProgress): void {
    const { stage, sidesOut, reasons } = this.#state;
    const same =
      stage === progress.stage && sidesOut === progress.sidesOut && String(reasons) === String(progress.reasons);
    if (!same) this.#change({ stage: progress.stage, sidesOut: progress.sidesOut, reasons: progress.reasons });
  }

  async #submit(order: PrintOrder): Promise<PrintJob | PrinterFault | 'cancelled'> {
    const { clock, printer } = this.#deps;
    const until = clock.monotonicMs() + BUSY_TIMEOUT_MS;
    for (;;) {
      if (this.#abort.signal.aborted) return 'cancelled';
      const submitted = await printer.submit(order, this.#abort.signal);
      if (submitted.ok) return submitted.value;
      if (this.#abort.signal.aborted) return 'cancelled';
      if (submitted.error.code !== 'printer.busy' || clock.monotonicMs() > until) return submitted.error;
      if (!this.#state.reasons.includes('busy')) this.#change({ stage: 'waiting', reasons: ['busy'] });
      await pause(clock, BUSY_RETRY_MS, this.#abort.signal);
    }
  }
}

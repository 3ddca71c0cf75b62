/** Polls the printer's status for the print screen, the agent's indicator, and the count of time out of order. */
import {
  isBlocking,
  isOfOnePart,
  type OnePartReason,
  type PrinterCode,
  type PrinterReason,
} from '../../contract/printing.ts';
import type { Printer, PrinterDescription, PrinterStatus } from '../../devices/printer.ts';
import { errorFields } from '../../log/error-fields.ts';
import type { Logger } from '../../log/logger.ts';
import type { Clock } from '../../platform/clock.ts';
import { faultOf } from './job-state.ts';
import type { RunState } from './print-run.ts';

export interface HealthState {
  readonly state: 'unknown' | 'ready' | 'busy' | 'stopped' | 'away' | 'none';
  readonly reasons: readonly PrinterReason[];
  readonly code: PrinterCode | null;
  readonly colour: boolean;
  readonly twoSided: boolean;
  readonly maxCopies: number;
}

export interface HealthDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly printer: Printer | undefined;
  /** What the running job has found: many printers say that they print while they wait for paper. */
  readonly found: () => readonly PrinterReason[];
  readonly onChange: () => void;
  /** True when a problem that needs the agent persists; false when it is over. */
  readonly onTrouble: (lasts: boolean) => void;
  /** Called for each quarter of an hour out of order. */
  readonly onQuarterOut: () => void;
}

const ASK_EVERY_MS = 15_000;
const QUARTER_MS = 15 * 60_000;
/** Not reported before: the lid may be open for a moment, the printer asleep or busy with a long job. */
const TROUBLE_AFTER_MS = 60_000;
/** As long as a print is retried on a busy printer. One that answers only "busy" for longer needs somebody. */
const BUSY_FOR_MS = 10 * 60_000;

/** While the printer has not stopped, each reason on the left (`isOfOnePart`) is replaced by those on the right. */
const NOTES: Readonly<Record<OnePartReason, readonly PrinterReason[]>> = {
  'paper-out': ['paper-low'],
  'paper-wrong': [],
  'paper-by-hand': [],
  'toner-empty': ['toner-low'],
  'waste-full': [],
  'memory-full': [],
};

const standingOf = ({ state, acceptsJobs, reasons: told }: PrinterStatus): Pick<HealthState, 'state' | 'reasons'> => {
  const reasons =
    state === 'stopped'
      ? told
      : [...new Set(told.flatMap((reason) => (isOfOnePart(reason) ? NOTES[reason] : [reason])))];
  if (!acceptsJobs) return { state: 'stopped', reasons: told.length > 0 ? told : ['paused'] };
  return { state: reasons.some(isBlocking) ? 'stopped' : state, reasons };
};

const NOTHING: HealthState = {
  state: 'unknown',
  reasons: [],
  code: null,
  colour: false,
  twoSided: false,
  maxCopies: 1,
};

export class PrinterHealth {
  readonly #deps: HealthDeps;
  #state: HealthState;
  #description: PrinterDescription | undefined;
  #asking: Promise<void> | undefined;
  /** Since when "busy" is its only answer. */
  #busySince: number | undefined;
  #stopAsking: () => void = () => undefined;
  #outSince: number | undefined;
  #quarters = 0;
  #reported: string | undefined;

  constructor(deps: HealthDeps) {
    this.#deps = deps;
    this.#state = deps.printer === undefined ? { ...NOTHING, state: 'none', code: 'printer.none' } : NOTHING;
  }

  get state(): HealthState {
    return this.#state;
  }

  get description(): PrinterDescription | undefined {
    return this.#description;
  }

  start(): void {
    if (this.#deps.printer === undefined) return;
    void this.ask();
    this.#stopAsking = this.#deps.clock.every(ASK_EVERY_MS, () => void this.ask());
  }

  stop(): void {
    this.#stopAsking();
  }

  /** A print has ended. After a refused PDF the next one is in another format, which may have no copies. */
  learnFrom(state: RunState): void {
    if (faultOf(state)?.code === 'printer.pdf-refused') this.#description = undefined;
  }

  /**
   * Concurrent callers share one request, so that a slow printer is not asked twice. Never rejects: most callers don't
   * wait, and what a device says must not end the kiosk.
   */
  ask(): Promise<void> {
    return (this.#asking ??= this.#ask()
      .catch((cause: unknown) => {
        this.#deps.logger.log('printer.not-understood', errorFields(cause));
        this.#away('printer.garbage');
      })
      .finally(() => (this.#asking = undefined)));
  }

  async #ask(): Promise<void> {
    const { printer } = this.#deps;
    if (printer === undefined) return;
    // After the printer was away, it may have been replaced: read its capabilities again.
    if (this.#description === undefined) {
      const described = await printer.describe();
      if (!described.ok) return this.#refused(described.error.code);
      this.#description = described.value;
    }
    const { colour, twoSided, maxCopies } = this.#description;
    const status = await printer.status();
    if (!status.ok) return this.#refused(status.error.code);
    this.#busySince = undefined;
    const found = this.#deps.found();
    this.#set({
      ...(found.some(isBlocking) ? { state: 'stopped', reasons: found } : standingOf(status.value)),
      code: null,
      colour,
      twoSided,
      maxCopies,
    });
  }

  #refused(code: PrinterCode): void {
    if (code !== 'printer.busy') return this.#away(code);
    const now = this.#deps.clock.monotonicMs();
    this.#busySince ??= now;
    if (now - this.#busySince >= BUSY_FOR_MS) return this.#away(code);
    const { state, reasons } = this.#state;
    // It doesn't say that its trouble is over.
    this.#set({ ...this.#state, state: reasons.some(isBlocking) ? state : 'busy', code: null });
  }

  #away(code: PrinterCode): void {
    if (code !== 'printer.busy') this.#busySince = undefined;
    this.#description = undefined;
    this.#set({ ...this.#state, state: 'away', reasons: [], code });
  }

  #set(next: HealthState): void {
    const before = this.#state;
    this.#state = next;
    if (before.state !== 'away' && next.state === 'away') this.#deps.logger.log('printer.away', { code: next.code });
    if (before.state === 'away' && next.state !== 'away') this.#deps.logger.log('printer.back');
    if (JSON.stringify(before) !== JSON.stringify(next)) this.#deps.onChange();
    this.#watchTrouble();
  }

  #watchTrouble(): void {
    const { clock, logger } = this.#deps;
    const { state, reasons, code } = this.#state;
    const what = state === 'away' ? (code ?? undefined) : reasons.find(isBlocking);
    if (what === undefined) {
      if (this.#reported !== undefined) {
        logger.log('printer.reason-ended', {
          code: this.#reported,
          seconds: Math.round((clock.monotonicMs() - (this.#outSince ?? 0)) / 1000),
        });
        this.#deps.onTrouble(false);
      }
      this.#outSince = undefined;
      this.#reported = undefined;
      this.#quarters = 0;
      return;
    }
    const now = clock.monotonicMs();
    this.#outSince ??= now;
    const lasted = now - this.#outSince;
    if (lasted >= TROUBLE_AFTER_MS && this.#reported !== what) {
      this.#reported = what;
      logger.log('printer.reason-began', { code: what });
      this.#deps.onTrouble(true);
    }
    while (lasted >= (this.#quarters + 1) * QUARTER_MS) {
      this.#quarters += 1;
      this.#deps.onQuarterOut();
    }
  }
}

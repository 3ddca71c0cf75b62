/** Keeps an eye on the machine when nobody prints: what the print screen says of it, the agent's indicator, the hours out of order. */
import { printerReasons, type PrinterCode, type PrinterReason } from '../../contract/printing.ts';
import type { Printer, PrinterDescription } from '../../devices/printer.ts';
import type { Logger } from '../../log/logger.ts';
import type { Clock } from '../../platform/clock.ts';

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
  readonly onChange: () => void;
  /** Something only the agent can mend lasts; false when it is over. */
  readonly onTrouble: (lasts: boolean) => void;
  /** A quarter of an hour out of order has gone by. */
  readonly onQuarterOut: () => void;
}

const ASK_EVERY_MS = 15_000;
const QUARTER_MS = 15 * 60_000;
/** A lid opened to take a sheet, a nap, somebody's long job: not yet a trouble. */
const TROUBLE_AFTER_MS = 60_000;

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
  #stopAsking: () => void = () => undefined;
  #badSince: number | undefined;
  #quarters = 0;
  #told: string | undefined;

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

  /** One question at a time: a slow machine isn't asked twice. */
  ask(): Promise<void> {
    return (this.#asking ??= this.#ask().finally(() => (this.#asking = undefined)));
  }

  async #ask(): Promise<void> {
    const { printer } = this.#deps;
    if (printer === undefined) return;
    // Somebody may have put in paper, or another machine: asked again each time it had gone.
    if (this.#description === undefined) {
      const described = await printer.describe();
      if (!described.ok) return this.#set({ ...this.#state, state: 'away', reasons: [], code: described.error.code });
      this.#description = described.value;
    }
    const { colour, twoSided, maxCopies } = this.#description;
    const status = await printer.status();
    if (!status.ok) {
      this.#description = undefined;
      return this.#set({ ...this.#state, state: 'away', reasons: [], code: status.error.code });
    }
    this.#set({
      state: status.value.acceptsJobs ? status.value.state : 'stopped',
      reasons: status.value.acceptsJobs || status.value.reasons.length > 0 ? status.value.reasons : ['paused'],
      code: null,
      colour,
      twoSided,
      maxCopies,
    });
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
    const what = state === 'away' ? (code ?? undefined) : reasons.find((reason) => printerReasons[reason].blocks);
    if (what === undefined) {
      if (this.#told !== undefined) {
        logger.log('printer.reason-ended', {
          code: this.#told,
          seconds: Math.round((clock.monotonicMs() - (this.#badSince ?? 0)) / 1000),
        });
        this.#deps.onTrouble(false);
      }
      this.#badSince = undefined;
      this.#told = undefined;
      this.#quarters = 0;
      return;
    }
    const now = clock.monotonicMs();
    this.#badSince ??= now;
    const lasted = now - this.#badSince;
    if (lasted >= TROUBLE_AFTER_MS && this.#told !== what) {
      this.#told = what;
      logger.log('printer.reason-began', { code: what });
      this.#deps.onTrouble(true);
    }
    while (lasted >= (this.#quarters + 1) * QUARTER_MS) {
      this.#quarters += 1;
      this.#deps.onQuarterOut();
    }
  }
}

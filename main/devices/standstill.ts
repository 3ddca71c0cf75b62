/**
 * Detects a print job that makes no progress. Queues rarely report it: CUPS shows `processing` and no reason for an
 * unplugged printer, and a held job waits for ever. The test is whether any counter grows; the queue's messages only
 * give the cause.
 */
import { isBlocking, isOfOnePart, type PrinterReason } from '../contract/printing.ts';
import type { Clock } from '../platform/clock.ts';
import { meaningOf } from './state-message.ts';

export interface QueueReading {
  readonly state: string;
  readonly reasons: readonly string[];
  /** The queue's message; '' when there is none. */
  readonly message: string;
  /** Grows while the job makes progress; the unit does not matter. */
  readonly progress: number;
}

export interface StandstillInput {
  readonly readings: readonly QueueReading[];
  /** The printer has received the whole document. */
  readonly delivered: boolean;
  readonly sidesOut: number;
  /** Number of parts of the document whose job has ended. */
  readonly ended: number;
  readonly sides: number;
  /** Conditions reported by the device. */
  readonly reasons: readonly PrinterReason[];
}

export interface Standstill {
  /** Conditions to add to those reported by the device. */
  readonly reasons: readonly PrinterReason[];
  /** It has lasted too long: cancel the job. */
  readonly hopeless: boolean;
  /** The queue reports the printer as offline, and never reported anything else. */
  readonly neverReached: boolean;
}

/** Until then, what the printer reports may be about a tray or a supply that this job does not need. */
const DOUBTED_FOR_MS = 10_000;
/** A new job is held until its document has arrived; after this delay, a person or a policy holds it. */
const HELD_AFTER_MS = 5000;
/** A printer that wakes up refuses connections for a moment, and many do not answer while they feed. */
export const AWAY_AFTER_MS = 15_000;
/** The slowest page known to us (a photograph on a small inkjet, a cold fuser) takes less than a minute. */
const STALLED_AFTER_MS = 60_000;
/** For each side on top of it while nothing was counted: many printers, and `lp`, count at the end or never. */
const UNCOUNTED_SIDE_MS = 6000;
/** Another user's long document is being printed first. */
const STALLED_BEHIND_MS = 3 * 60_000;
const HOPELESS_AFTER_MS = 4 * 60_000;
/** Allowance per side, for queues that report no progress until the last page. */
const PER_SIDE_MS = 20_000;
/** A pause or a login prompt needs a person, who may be on the way. */
const PERSON_TIMEOUT_MS = 10 * 60_000;

/** On many printers, jobs are held until their document has arrived. */
const INCOMING = ['job-incoming', 'job-data-insufficient'];
/** A person is handling these at the printer, which then resumes by itself. */
const HANDLED_AT_PRINTER = new Set<PrinterReason>([
  'paper-out',
  'paper-wrong',
  'paper-by-hand',
  'jam',
  'cover-open',
  'tray-missing',
  'output-full',
  'output-missing',
  'toner-empty',
  'waste-full',
]);
const NEEDS_A_PERSON = new Set<PrinterReason>(['paused', 'login-wanted', 'service', 'memory-full', 'quota']);

const PHASES: Readonly<Record<string, number>> = {
  pending: 1,
  'pending-held': 1,
  processing: 2,
  'processing-stopped': 2,
};

export class StandstillWatch {
  readonly #clock: Clock;
  #best = -1;
  #movedAt: number;
  #reached = false;
  /** Reported since the first poll: a second tray may have been empty for weeks. */
  #older: readonly PrinterReason[] | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#movedAt = clock.monotonicMs();
  }

  /**
   * The reasons of the printer. One that would stop it is left out until nothing has moved for so long that it must be
   * why. `behind`: another document is printed.
   */
  believed(seen: StandstillInput, behind: boolean): readonly PrinterReason[] {
    const stillMs = this.#stillMs(seen);
    const older = (this.#older ?? seen.reasons).filter((reason) => seen.reasons.includes(reason));
    this.#older = older;
    const doubtedMs = (reason: PrinterReason): number => {
      if (behind) return STALLED_BEHIND_MS;
      return isOfOnePart(reason) && older.includes(reason) ? stalledAfter(seen) : DOUBTED_FOR_MS;
    };
    return seen.reasons.filter((reason) => !isBlocking(reason) || stillMs >= doubtedMs(reason));
  }

  update(input: StandstillInput): Standstill {
    const { readings } = input;
    const stillMs = this.#stillMs(input);
    const said = readings.map(({ message }) => meaningOf(message)).find((meaning) => meaning !== undefined);
    this.#reached ||= readings.some(({ message }) => message !== '') && said !== 'offline' && said !== 'connecting';
    const reasons = this.#reasons(input, said, stillMs);
    const all = [...input.reasons, ...reasons];
    const away = said === 'offline' || said === 'connecting';
    return { reasons, hopeless: stillMs > timeoutFor(all, input), neverReached: away && !this.#reached };
  }

  #stillMs({ readings, delivered, sidesOut, ended }: StandstillInput): number {
    const now = this.#clock.monotonicMs();
    // Only a new maximum counts: a queue that keeps retrying goes back and forth.
    const moved =
      sidesOut +
      ended * 10 +
      (delivered ? 1 : 0) +
      readings.reduce((sum, { state, progress }) => sum + (PHASES[state] ?? 0) + progress, 0);
    if (moved > this.#best) {
      this.#best = moved;
      this.#movedAt = now;
    }
    return now - this.#movedAt;
  }

  #reasons(input: StandstillInput, said: PrinterReason | undefined, stillMs: number): readonly PrinterReason[] {
    if (input.reasons.some(isBlocking)) return [];
    const held = input.readings.some(
      ({ state, reasons }) => state === 'pending-held' && !reasons.some((reason) => INCOMING.includes(reason)),
    );
    if (held && input.delivered) return stillMs >= HELD_AFTER_MS ? ['held'] : [];
    if (said === 'offline') return [stillMs >= AWAY_AFTER_MS ? 'offline' : 'connecting'];
    if (said !== undefined && isBlocking(said)) return stillMs >= DOUBTED_FOR_MS ? [said] : [];
    return stillMs >= stalledAfter(input) ? ['stalled'] : said === undefined ? [] : [said];
  }
}

const stalledAfter = ({ readings, reasons, sides, sidesOut }: StandstillInput): number => {
  if (reasons.includes('busy')) return STALLED_BEHIND_MS;
  const uncounted = sidesOut === 0 && readings.some(({ state }) => state === 'processing');
  return STALLED_AFTER_MS + (uncounted ? UNCOUNTED_SIDE_MS * sides : 0);
};

const timeoutFor = (reasons: readonly PrinterReason[], { sides, sidesOut }: StandstillInput): number => {
  if (reasons.some((reason) => HANDLED_AT_PRINTER.has(reason))) return Infinity;
  if (reasons.some((reason) => NEEDS_A_PERSON.has(reason)) || reasons.includes('busy')) return PERSON_TIMEOUT_MS;
  if (reasons.includes('stalled')) return HOPELESS_AFTER_MS + PER_SIDE_MS * (sides - sidesOut);
  return reasons.length === 0 ? Infinity : HOPELESS_AFTER_MS;
};

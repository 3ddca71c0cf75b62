/**
 * Notices that a job goes nowhere. Queues rarely say so: CUPS shows `processing` and no reason for a printer that is unplugged, and
 * a held job waits for ever. What counts is whether anything grows; what the queue says in words only names it.
 */
import { printerReasons, type PrinterReason } from '../contract/printing.ts';
import type { Clock } from '../platform/clock.ts';
import { meaningOf } from './state-message.ts';

export interface JobSigns {
  readonly state: string;
  readonly reasons: readonly string[];
  /** In the queue's own words; '' where it says nothing. */
  readonly message: string;
  /** Grows while something moves; what it counts doesn't matter. */
  readonly progress: number;
}

export interface StandstillInput {
  readonly readings: readonly JobSigns[];
  /** The document has been taken whole. */
  readonly delivered: boolean;
  readonly sides: number;
  readonly sidesOut: number;
  /** Parts of the document whose job has ended. */
  readonly ended: number;
  /** Conditions that the machine names itself. */
  readonly reasons: readonly PrinterReason[];
}

export interface Standstill {
  /** To be added to the machine's own conditions. */
  readonly reasons: readonly PrinterReason[];
  /** It has lasted too long: the job is to be taken back. */
  readonly hopeless: boolean;
  /** The queue says that the machine is away, and has never said anything else. */
  readonly neverReached: boolean;
}

/** A job just created is held until its document is in; longer than this, somebody or some rule holds it. */
const HELD_AFTER_MS = 5000;
/** A machine that wakes up refuses connections for a moment. */
const AWAY_AFTER_MS = 15_000;
/** The slowest page that we know of (a photograph on a small inkjet, a cold fuser) comes within a minute. */
const STALLED_AFTER_MS = 60_000;
/** Somebody else's long document is being printed before. */
const STALLED_BEHIND_MS = 3 * 60_000;
const HOPELESS_AFTER_MS = 4 * 60_000;
/** A queue that counts only at the end shows nothing while all its pages come. */
const PER_SIDE_MS = 20_000;
/** A pause or a code is somebody's doing: that person may be on the way. */
const HELPED_WITHIN_MS = 10 * 60_000;

/** Jobs are held until their document has come, on many printers. */
const INCOMING = ['job-incoming', 'job-data-insufficient'];
/** Somebody stands at the machine for these, and it goes on by itself afterwards. */
const IN_HAND = new Set<PrinterReason>([
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
const SOMEBODY_COMES = new Set<PrinterReason>(['paused', 'login-wanted', 'service', 'memory-full', 'quota']);

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

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#movedAt = clock.monotonicMs();
  }

  see(input: StandstillInput): Standstill {
    const now = this.#clock.monotonicMs();
    const { readings } = input;
    // Only growth counts: a queue that tries again and again goes to and fro.
    const moved =
      input.sidesOut +
      input.ended * 10 +
      (input.delivered ? 1 : 0) +
      readings.reduce((sum, { state, progress }) => sum + (PHASES[state] ?? 0) + progress, 0);
    if (moved > this.#best) {
      this.#best = moved;
      this.#movedAt = now;
    }
    const stillMs = now - this.#movedAt;
    const said = readings.map(({ message }) => meaningOf(message)).find((meaning) => meaning !== undefined);
    this.#reached ||= readings.some(({ message }) => message !== '') && said !== 'offline' && said !== 'connecting';
    const reasons = this.#reasons(input, said, stillMs);
    const all = [...input.reasons, ...reasons];
    const away = said === 'offline' || said === 'connecting';
    return { reasons, hopeless: stillMs > patience(all, input), neverReached: away && !this.#reached };
  }

  #reasons(input: StandstillInput, said: PrinterReason | undefined, stillMs: number): readonly PrinterReason[] {
    if (input.reasons.some((reason) => printerReasons[reason].blocks)) return [];
    const held = input.readings.some(
      ({ state, reasons }) => state === 'pending-held' && !reasons.some((reason) => INCOMING.includes(reason)),
    );
    if (held && input.delivered) return stillMs >= HELD_AFTER_MS ? ['held'] : [];
    if (said === 'offline') return [stillMs >= AWAY_AFTER_MS ? 'offline' : 'connecting'];
    if (said !== undefined && printerReasons[said].blocks) return [said];
    const behind = input.reasons.includes('busy');
    const stalled = stillMs >= (behind ? STALLED_BEHIND_MS : STALLED_AFTER_MS);
    return stalled ? ['stalled'] : said === undefined ? [] : [said];
  }
}

const patience = (reasons: readonly PrinterReason[], { sides, sidesOut }: StandstillInput): number => {
  if (reasons.some((reason) => IN_HAND.has(reason))) return Infinity;
  if (reasons.some((reason) => SOMEBODY_COMES.has(reason)) || reasons.includes('busy')) return HELPED_WITHIN_MS;
  if (reasons.includes('stalled')) return HOPELESS_AFTER_MS + PER_SIDE_MS * (sides - sidesOut);
  return reasons.length === 0 ? Infinity : HOPELESS_AFTER_MS;
};

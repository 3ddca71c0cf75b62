/** Follows a job to its end: polls the printer's state and the job's state together, twice a second. */
import { isBlocking } from '../../contract/printing.ts';
import { pause } from '../../platform/clock.ts';
import { printerFault, type JobProgress, type Printer, type PrinterStatus, type PrintJob } from '../printer.ts';
import { AWAY_AFTER_MS, StandstillWatch } from '../standstill.ts';
import type { DeliveryDeps } from './delivery.ts';
import { asBelieved, isBehind, reasonsFor, stageOf } from './job-state.ts';
import { ended, newTally, readParts, sidesOutOf, verdict } from './job-tally.ts';
import type { Delivery } from './start-delivery.ts';
import type { DeviceReport } from './device-monitor.ts';

export interface FollowDeps extends DeliveryDeps {
  readonly printer: Pick<Printer, 'status' | 'cancel'>;
  readonly onEnd: () => void;
}

const POLL_MS = 500;
/** After this long, give up on a printer that reads no byte of the document, and neither prints nor refuses the job. */
const STUCK_DELIVERY_MS = 90_000;
/** A printer that stopped answering while printing may come back: a loose cable, sleep mode. */
const LOST_AFTER_MS = 10 * 60_000;
/** For how long a printer that answers for itself may refuse every question about a job that it has received. */
const UNTOLD_AFTER_MS = 90_000;
/** After a press on "Arrêter", the person should not wait that long. */
const LOST_WHEN_STOPPED_MS = 30_000;
/**
 * After "Arrêter", a job that neither ends nor continues is left alone: the queue is cleared at the end of the session.
 */
const STOPPED_WITHIN_MS = 30_000;

export async function* followJob(
  deps: FollowDeps,
  job: PrintJob,
  delivery: Delivery,
  signal: AbortSignal,
): AsyncIterable<JobProgress> {
  const { clock, printer } = deps;
  const tally = newTally();
  const standstill = new StandstillWatch(clock);
  const startedAt = clock.monotonicMs();
  let lastToldAt = startedAt;
  /** "Busy" is an answer too: it is not off. */
  let lastHeardAt = startedAt;
  let untoldSince: number | undefined;
  let stoppedAt: number | undefined;
  let everMoved = false;
  while (!signal.aborted) {
    const status = await printer.status(signal);
    const readings = await readParts(deps, job, delivery, tally, signal);
    if (signal.aborted) return;
    const now = clock.monotonicMs();
    const sidesOut = sidesOutOf(tally, delivery, job);
    const answers = [status, ...readings];
    if (answers.some((answer) => answer.ok)) lastToldAt = now;
    if (answers.some((answer) => answer.ok || answer.error.code === 'printer.busy')) lastHeardAt = now;
    const live = readings.flatMap((reading) => (reading.ok ? [reading.value] : []));
    everMoved ||= sidesOut > 0 || live.some(({ state }) => state.startsWith('processing'));

    const end = verdict(delivery, tally, job, sidesOut);
    if (end !== undefined) {
      deps.onEnd();
      yield end;
      return;
    }
    // The delivery failed and the printer reports nothing about the job, although it may still answer for itself:
    // waiting would never end. Report the outcome of the delivery (cancelled, or unknown).
    if (delivery.finished && delivery.fault !== undefined && !delivery.stopped && live.length === 0) {
      deps.onEnd();
      yield ended({ kind: 'failed', fault: delivery.fault }, sidesOut);
      return;
    }
    const untold = status.ok && readings.length > 0 && live.length === 0 && (delivery.finished || delivery.stopped);
    untoldSince = untold ? (untoldSince ?? now) : undefined;
    const untoldMs = now - (untoldSince ?? now);
    const isLost = delivery.stopped
      ? Math.max(now - lastToldAt, untoldMs) > LOST_WHEN_STOPPED_MS
      : now - lastToldAt > LOST_AFTER_MS || untoldMs > UNTOLD_AFTER_MS;
    if (isLost) {
      yield ended({ kind: 'failed', fault: printerFault('printer.unsure') }, sidesOut);
      return;
    }
    if (delivery.stopped) stoppedAt ??= now;
    if (stoppedAt !== undefined && now - stoppedAt > STOPPED_WITHIN_MS && live.length > 0) {
      yield ended({ kind: 'cancelled' }, sidesOut);
      return;
    }
    const takesNothing = !delivery.finished && !everMoved && now - startedAt > STUCK_DELIVERY_MS;
    const waitsForHelp = status.ok && (status.value.state !== 'ready' || status.value.reasons.some(isBlocking));
    if (takesNothing && status.ok && !waitsForHelp) {
      const taken = await printer.cancel(job);
      yield ended({ kind: 'failed', fault: printerFault(taken.ok ? 'printer.slow' : 'printer.unsure') }, sidesOut);
      return;
    }
    const reading = live[0];
    if (status.ok && reading !== undefined) {
      const { sides } = job;
      const movement = { readings: live, delivered: delivery.finished, sidesOut, ended: tally.ends.size, sides };
      const told = withDevice(status.value, tally.deviceReport);
      const seen = { ...movement, reasons: told.reasons };
      const machine = asBelieved(told, reading, standstill.believed(seen, isBehind(reading, told)));
      const reasons = reasonsFor(reading, machine);
      const stands = standstill.update({ ...movement, reasons });
      if (stands.hopeless && !delivery.stopped) {
        const counted = sidesOut > 0 && (delivery.counter === 'own' || tally.deviceAnswered);
        const taken = await printer.cancel(job);
        if (typeof delivery.counter === 'object') await delivery.counter.release();
        // A printer that counts only at the end, or that we can't query, may have printed pages already.
        const stuck = taken.ok && (counted || !everMoved || stands.neverReached);
        yield ended({ kind: 'failed', fault: printerFault(stuck ? 'printer.stuck' : 'printer.unsure') }, sidesOut);
        return;
      }
      const stage = stageOf(reading, machine);
      yield {
        stage: [...stands.reasons, ...reasons].some(isBlocking)
          ? 'stopped'
          : stands.reasons.length > 0 && stage === 'printing'
            ? 'waiting'
            : stage,
        sidesOut,
        reasons: [...stands.reasons, ...reasons.filter((reason) => !stands.reasons.includes(reason))],
      };
    } else if (now - lastHeardAt > 2 * POLL_MS) {
      yield now - lastHeardAt < AWAY_AFTER_MS
        ? { stage: 'waiting', sidesOut, reasons: ['connecting'] }
        : { stage: 'stopped', sidesOut, reasons: ['offline'] };
    }
    await pause(clock, POLL_MS, signal);
  }
}

/**
 * Merges the conditions of a queue with those of the printer behind it, which reports them earlier and more precisely.
 */
const withDevice = (queue: PrinterStatus, device: DeviceReport | undefined): PrinterStatus =>
  device === undefined
    ? queue
    : {
        ...queue,
        state: device.stopped ? 'stopped' : queue.state,
        reasons: [...new Set([...device.reasons, ...queue.reasons])],
      };

/** Follows a job to its end: what the printer says of itself and of the job, read together twice a second. */
import { printerReasons } from '../../contract/printing.ts';
import { pause } from '../../platform/clock.ts';
import { printerFault, type JobProgress, type Printer, type PrinterStatus, type PrintJob } from '../printer.ts';
import { StandstillWatch } from '../standstill.ts';
import type { DeliveryDeps } from './delivery.ts';
import { reasonsFor, stageOf } from './job-state.ts';
import { ended, newTally, readParts, sidesOutOf, verdict } from './job-tally.ts';
import type { Delivery } from './start-delivery.ts';
import type { Testimony } from './witness.ts';

export interface FollowDeps extends DeliveryDeps {
  readonly printer: Pick<Printer, 'status' | 'cancel'>;
  readonly onEnd: () => void;
}

const POLL_MS = 500;
/** A job that the printer neither prints nor refuses while it takes no byte of it. */
const STUCK_DELIVERY_MS = 90_000;
/** A printer that stopped answering while it prints may come back: a cable, a nap. */
const LOST_AFTER_MS = 10 * 60_000;
/** Who pressed "Arrêter" does not wait for that. */
const LOST_WHEN_STOPPED_MS = 30_000;
/** Pressed "Arrêter", and the job neither ends nor goes on: it may be let be, the queue is cleared at the end of the session. */
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
  let lastHeardAt = startedAt;
  let stoppedAt: number | undefined;
  let everMoved = false;
  while (!signal.aborted) {
    const status = await printer.status(signal);
    const readings = await readParts(deps, job, delivery, tally, signal);
    if (signal.aborted) return;
    const now = clock.monotonicMs();
    const sidesOut = sidesOutOf(tally, delivery, job);
    if (status.ok || readings.some((reading) => reading.ok)) lastHeardAt = now;
    const live = readings.flatMap((reading) => (reading.ok ? [reading.value] : []));
    everMoved ||= sidesOut > 0 || live.some(({ state }) => state.startsWith('processing'));

    const end = verdict(delivery, tally, job, sidesOut);
    if (end !== undefined) {
      deps.onEnd();
      yield end;
      return;
    }
    // The delivery has failed and the printer says nothing of the job, though it may well answer for itself: waiting
    // on would never end. What the delivery found out (cancelled for certain, or nobody can tell) is the answer.
    if (delivery.finished && delivery.fault !== undefined && !delivery.stopped && live.length === 0) {
      deps.onEnd();
      yield ended({ kind: 'failed', fault: delivery.fault }, sidesOut);
      return;
    }
    if (now - lastHeardAt > (delivery.stopped ? LOST_WHEN_STOPPED_MS : LOST_AFTER_MS)) {
      yield ended({ kind: 'failed', fault: printerFault('printer.unsure') }, sidesOut);
      return;
    }
    if (delivery.stopped) stoppedAt ??= now;
    if (stoppedAt !== undefined && now - stoppedAt > STOPPED_WITHIN_MS && live.length > 0) {
      yield ended({ kind: 'cancelled' }, sidesOut);
      return;
    }
    const takesNothing = !delivery.finished && !everMoved && now - startedAt > STUCK_DELIVERY_MS;
    if (takesNothing && status.ok && status.value.state === 'ready') {
      const taken = await printer.cancel(job);
      yield ended({ kind: 'failed', fault: printerFault(taken.ok ? 'printer.slow' : 'printer.unsure') }, sidesOut);
      return;
    }
    const reading = live[0];
    if (status.ok && reading !== undefined) {
      const machine = withMachine(status.value, tally.testimony);
      const reasons = reasonsFor(reading, machine);
      const stands = standstill.see({
        readings: live,
        delivered: delivery.finished,
        sides: job.sides,
        sidesOut,
        ended: tally.ends.size,
        reasons,
      });
      if (stands.hopeless && !delivery.stopped) {
        const counted = sidesOut > 0 && (delivery.counter === 'own' || tally.heard);
        const taken = await printer.cancel(job);
        if (typeof delivery.counter === 'object') await delivery.counter.release();
        // Pages may lie in the tray of a machine that counts at the end only, or of one that nobody can ask.
        const stuck = taken.ok && (counted || !everMoved || stands.neverReached);
        yield ended({ kind: 'failed', fault: printerFault(stuck ? 'printer.stuck' : 'printer.unsure') }, sidesOut);
        return;
      }
      const blocked = stands.reasons.some((reason) => printerReasons[reason].blocks);
      const stage = stageOf(reading, machine);
      yield {
        stage: blocked ? 'stopped' : stands.reasons.length > 0 && stage === 'printing' ? 'waiting' : stage,
        sidesOut,
        reasons: [...stands.reasons, ...reasons.filter((reason) => !stands.reasons.includes(reason))],
      };
    } else if (now - lastHeardAt > 2 * POLL_MS) {
      yield { stage: 'stopped', sidesOut, reasons: ['offline'] };
    }
    await pause(clock, POLL_MS, signal);
  }
}

/** The conditions of a queue and of the machine behind it, which names them sooner and better. */
const withMachine = (queue: PrinterStatus, machine: Testimony | undefined): PrinterStatus =>
  machine === undefined
    ? queue
    : {
        ...queue,
        state: machine.stopped ? 'stopped' : queue.state,
        reasons: [...new Set([...machine.reasons, ...queue.reasons])],
      };

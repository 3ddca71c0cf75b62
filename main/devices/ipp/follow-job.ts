/** Follows a job to its end: what the printer says of itself and of the job, read together twice a second. */
import { ok, type Result } from '../../contract/result.ts';
import { sleep } from '../../platform/clock.ts';
import {
  printerFault,
  type JobEnd,
  type JobProgress,
  type Printer,
  type PrinterFault,
  type PrintJob,
} from '../printer.ts';
import { askJob, type DeliveryDeps } from './delivery.ts';
import { endOf, reasonsFor, stageOf, type JobReading } from './job-state.ts';
import type { Delivery } from './start-delivery.ts';

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

/** The sentence that matters most wins when several jobs carry one document. */
const RANK: Readonly<Record<JobEnd['kind'], number>> = { done: 0, sent: 1, unconfirmed: 2, cancelled: 3, failed: 4 };

/** What is known of the parts of one document: usually one job, a job a page for a printer that reads pictures only. */
interface Tally {
  readonly out: Map<number, number>;
  readonly ends: Map<number, JobEnd>;
}

const UNKNOWN: JobEnd = { kind: 'unconfirmed', fault: printerFault('printer.unsure') };

const ended = (end: JobEnd, sidesOut: number): JobProgress => ({ stage: 'stopped', sidesOut, reasons: [], end });

export async function* followJob(
  deps: FollowDeps,
  job: PrintJob,
  delivery: Delivery,
  signal: AbortSignal,
): AsyncIterable<JobProgress> {
  const { clock, printer } = deps;
  const tally: Tally = { out: new Map(), ends: new Map() };
  const startedAt = clock.monotonicMs();
  let lastHeardAt = startedAt;
  let everMoved = false;
  while (!signal.aborted) {
    const status = await printer.status(signal);
    const readings = await readAll(deps, job, delivery, tally, signal);
    if (signal.aborted) return;
    const now = clock.monotonicMs();
    const sidesOut = sumOf(tally, job);
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
    const takesNothing = !delivery.finished && !everMoved && now - startedAt > STUCK_DELIVERY_MS;
    if (takesNothing && status.ok && status.value.state === 'ready') {
      const taken = await printer.cancel(job);
      yield ended({ kind: 'failed', fault: printerFault(taken.ok ? 'printer.slow' : 'printer.unsure') }, sidesOut);
      return;
    }
    const reading = live[0];
    if (status.ok && reading !== undefined) {
      yield { stage: stageOf(reading, status.value), sidesOut, reasons: reasonsFor(reading, status.value) };
    } else if (now - lastHeardAt > 2 * POLL_MS) {
      yield { stage: 'stopped', sidesOut, reasons: ['offline'] };
    }
    await sleep(clock, POLL_MS, signal).catch(() => undefined);
  }
}

const sumOf = (tally: Tally, job: PrintJob): number =>
  Math.min(
    job.sides,
    [...tally.out.values()].reduce((sum, sides) => sum + sides, 0),
  );

const readAll = async (
  deps: DeliveryDeps,
  job: PrintJob,
  delivery: Delivery,
  { out, ends }: Tally,
  signal: AbortSignal,
): Promise<readonly Result<JobReading, PrinterFault>[]> => {
  const readings: Result<JobReading, PrinterFault>[] = [];
  const sidesOfPart = job.sides / delivery.parts;
  for (const id of delivery.ids) {
    if (ends.has(id)) continue;
    const reading = await askJob(deps, id, delivery.twoSided, signal);
    if (!reading.ok) {
      readings.push(reading);
    } else if (reading.value === 'gone') {
      // Printers forget ended jobs after a while, some at once. What was counted stays; the rest, eyes must tell.
      ends.set(id, (out.get(id) ?? 0) >= sidesOfPart ? { kind: 'done' } : UNKNOWN);
    } else {
      out.set(id, Math.max(out.get(id) ?? 0, reading.value.counted ?? 0));
      const end = endOf(reading.value);
      if (end !== undefined) ends.set(id, end);
      // Completed, and the printer has no counter of any kind: its word is all there is.
      if (end?.kind === 'done' && reading.value.counted === undefined) out.set(id, sidesOfPart);
      readings.push(ok(reading.value));
    }
  }
  return readings;
};

const verdict = (delivery: Delivery, { ends }: Tally, job: PrintJob, sidesOut: number): JobProgress | undefined => {
  if (!delivery.ids.every((id) => ends.has(id))) return undefined;
  const worst = [...ends.values()].sort((a, b) => RANK[b.kind] - RANK[a.kind])[0] ?? { kind: 'unconfirmed' };
  if (!delivery.finished) {
    // What was given is out, and more is on its way.
    if (worst.kind === 'done' && !delivery.stopped) return undefined;
    // The job is over although bytes are left: the printer has dropped it.
    delivery.abort.abort();
  }
  if (delivery.stopped && sidesOut < job.sides) return ended({ kind: 'cancelled' }, sidesOut);
  if (delivery.fault !== undefined && !delivery.stopped)
    return ended({ kind: 'failed', fault: delivery.fault }, sidesOut);
  // Counted in sheets although printed on two sides: half the sides, and not one sheet less.
  const bySheets = worst.kind === 'done' && delivery.twoSided && sidesOut === Math.ceil(job.sides / 2);
  return ended(worst, bySheets ? job.sides : sidesOut);
};

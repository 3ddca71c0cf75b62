/** The state of one order while it prints: its jobs, the pages counted, and who counted them. */
import { ok, type Result } from '../../contract/result.ts';
import { printerFault, type JobEnd, type JobProgress, type PrinterFault, type PrintJob } from '../printer.ts';
import { askJob, type DeliveryDeps } from './delivery.ts';
import { endOf, type JobReading } from './job-state.ts';
import { isDenial } from './status.ts';
import type { Delivery } from './start-delivery.ts';
import type { DeviceReport } from './device-monitor.ts';

/** The parts of one document: usually one job, or one job per page for a printer that only reads images. */
export interface Tally {
  readonly out: Map<number, number>;
  /** Jobs that are completed, for a printer that has no counter at all. */
  readonly uncounted: Set<number>;
  readonly ends: Map<number, JobEnd>;
  /** How often in a row the printer has refused to tell of a job. */
  readonly denials: Map<number, number>;
  /** Last report of the printer behind a queue. */
  deviceReport: DeviceReport | undefined;
  /** It answered the last query. */
  deviceAnswered: boolean;
  /** Whoever counts the pages had begun to print, so an absent count does not mean that no page came out. */
  began: boolean;
  /** Since when the queue has finished a job that the printer behind it has not started. */
  queueDoneAt: number | undefined;
}

export const newTally = (): Tally => ({
  out: new Map(),
  uncounted: new Set(),
  ends: new Map(),
  denials: new Map(),
  deviceReport: undefined,
  deviceAnswered: false,
  began: false,
  queueDoneAt: undefined,
});

/** When several jobs carry one document, the worst end wins. */
const RANK: Readonly<Record<JobEnd['kind'], number>> = { done: 0, sent: 1, unconfirmed: 2, cancelled: 3, failed: 4 };
const ABORTED: JobEnd = { kind: 'failed', fault: printerFault('printer.aborted', 'by-the-machine') };
/** A printer starts a document within seconds of receiving it. */
const REFUSED_AFTER_MS = 15_000;
const GONE_AFTER_DENIALS = 3;
const UNKNOWN: JobEnd = { kind: 'unconfirmed', fault: printerFault('printer.unsure') };

export const ended = (end: JobEnd, sidesOut: number): JobProgress => ({ stage: 'stopped', sidesOut, reasons: [], end });

/** Never more than requested: banner pages and pages of a second attempt don't count. Printers may count below zero. */
export const sidesOutOf = ({ out, uncounted, deviceReport }: Tally, delivery: Delivery, job: PrintJob): number => {
  // Without a counter, trust the state: but "completed" says nothing about a document that has not arrived whole.
  const sidesOf = (id: number): number =>
    uncounted.has(id) && delivery.whole.has(id) ? job.sides / delivery.parts : (out.get(id) ?? 0);
  const counted =
    delivery.counter === 'own' ? delivery.ids.reduce((sum, id) => sum + sidesOf(id), 0) : (deviceReport?.sidesOut ?? 0);
  return Math.max(0, Math.min(job.sides, counted));
};

export const readParts = async (
  deps: DeliveryDeps,
  job: PrintJob,
  delivery: Delivery,
  tally: Tally,
  signal: AbortSignal,
): Promise<readonly Result<JobReading, PrinterFault>[]> =>
  delivery.counter === 'own'
    ? readOwn(deps, job, delivery, tally, signal)
    : readQueue(deps, job, delivery, tally, signal);

const readOwn = async (
  deps: DeliveryDeps,
  job: PrintJob,
  delivery: Delivery,
  tally: Tally,
  signal: AbortSignal,
): Promise<readonly Result<JobReading, PrinterFault>[]> => {
  const { out, ends, uncounted } = tally;
  const readings: Result<JobReading, PrinterFault>[] = [];
  const sidesOfPart = job.sides / delivery.parts;
  for (const id of delivery.ids) {
    if (ends.has(id)) continue;
    const asked = await askJob(deps, id, delivery.twoSided, signal);
    const reading = isGone(tally, delivery, id, asked) ? ok('gone' as const) : asked;
    if (!reading.ok) {
      readings.push(reading);
    } else if (reading.value === 'gone') {
      // Printers forget ended jobs after a while, some at once. Keep what was counted; the person must check the rest.
      ends.set(id, (out.get(id) ?? 0) >= sidesOfPart ? { kind: 'done' } : UNKNOWN);
    } else {
      tally.began ||= reading.value.began;
      out.set(id, Math.max(out.get(id) ?? 0, reading.value.counted ?? 0));
      const end = endOf(reading.value);
      if (end !== undefined) ends.set(id, end);
      if (end?.kind === 'done' && reading.value.counted === undefined) uncounted.add(id);
      readings.push(ok(reading.value));
    }
  }
  return readings;
};

/** A job that the printer told of counts as forgotten after a few denials in a row, once nothing more is sent to it. */
const isGone = (
  { out, denials }: Tally,
  { stopped, whole }: Delivery,
  id: number,
  asked: Result<unknown, PrinterFault>,
): boolean => {
  const over = out.has(id) && (stopped || whole.has(id));
  const inARow = over && !asked.ok && isDenial(asked.error) ? (denials.get(id) ?? 0) + 1 : 0;
  denials.set(id, inARow);
  return inARow >= GONE_AFTER_DENIALS;
};

/** The queue reports the job's state, the printer behind it the pages printed. */
const readQueue = async (
  deps: DeliveryDeps,
  job: PrintJob,
  delivery: Delivery,
  tally: Tally,
  signal: AbortSignal,
): Promise<readonly Result<JobReading, PrinterFault>[]> => {
  const readings: Result<JobReading, PrinterFault>[] = [];
  for (const id of delivery.ids) {
    if (tally.ends.has(id)) continue;
    const asked = await askJob(deps, id, delivery.twoSided, signal);
    const queued = asked.ok && asked.value === 'gone' ? ok(FORGOTTEN) : (asked as Result<JobReading, PrinterFault>);
    const over = queued.ok ? endOf({ ...queued.value, counted: undefined }) : undefined;
    const queueBegan = queued.ok && queued.value.began;
    if (delivery.counter === 'own' || delivery.counter === 'nobody') {
      tally.began ||= queueBegan;
      if (over !== undefined) tally.ends.set(id, over.kind === 'done' ? { kind: 'unconfirmed' } : over);
      readings.push(queued);
      continue;
    }
    const { sides } = job;
    const question = { sides, twoSided: delivery.twoSided, last: over !== undefined, signal };
    const said = await delivery.counter.ask(question);
    tally.deviceReport = said ?? tally.deviceReport;
    tally.deviceAnswered = said !== undefined;
    // The queue has finished, the printer has not.
    const live = over !== undefined && said?.state === 'live';
    const refused = live && !said.feeding && said.sidesOut === 0;
    tally.queueDoneAt = refused ? (tally.queueDoneAt ?? deps.clock.monotonicMs()) : undefined;
    if (tally.queueDoneAt !== undefined && deps.clock.monotonicMs() - tally.queueDoneAt > REFUSED_AFTER_MS) {
      await delivery.counter.release();
      tally.ends.set(id, ABORTED);
    } else if (over !== undefined && !live) {
      tally.began ||= said === undefined || said.state === 'unknown' ? queueBegan : said.began;
      tally.ends.set(id, endByDevice(over, said));
    }
    readings.push(live && queued.ok ? ok({ ...queued.value, state: said.feeding ? 'processing' : 'pending' }) : queued);
  }
  return readings;
};

const FORGOTTEN: JobReading = {
  state: 'completed',
  reasons: [],
  counted: undefined,
  documents: undefined,
  message: '',
  began: true,
  progress: 0,
};

/** CUPS reports `completed` or `cancelled` for jobs that the printer refused or gave up. */
const endByDevice = (queue: JobEnd, said: DeviceReport | undefined): JobEnd => {
  if (said?.state === 'aborted') return ABORTED;
  if (queue.kind !== 'done') return queue;
  if (said?.state === 'cancelled') return { kind: 'cancelled' };
  return said?.state === 'completed' ? { kind: 'done' } : { kind: 'unconfirmed' };
};

export const verdict = (
  delivery: Delivery,
  { ends, began }: Tally,
  job: PrintJob,
  sidesOut: number,
): JobProgress | undefined => {
  if (!delivery.ids.every((id) => ends.has(id))) return undefined;
  const told = [...ends.values()].sort((a, b) => RANK[b.kind] - RANK[a.kind])[0] ?? { kind: 'unconfirmed' };
  // Printers cancel jobs by themselves, for a page that they can't read or a tray that nobody fills.
  const worst = told.kind === 'cancelled' && !delivery.stopped && !delivery.resumed ? ABORTED : told;
  if (!delivery.finished) {
    // A part that arrived whole may be forgotten at once: that nobody knows of it is no reason to cut the next ones.
    const taken = worst.kind === 'unconfirmed' && delivery.ids.every((id) => delivery.whole.has(id));
    // What was sent is printed, and more is on its way; or a page can't be drawn, and the job is being withdrawn.
    if (!delivery.stopped && (worst.kind === 'done' || taken || delivery.fault !== undefined)) return undefined;
    // The job ended before everything was sent: the printer dropped it.
    delivery.abort.abort();
  }
  if (delivery.stopped && sidesOut < job.sides) return ended({ kind: 'cancelled' }, sidesOut);
  const fault = delivery.stopped ? undefined : delivery.fault;
  const broken = fault !== undefined || (worst.kind === 'failed' && worst.fault.code === 'printer.aborted');
  // Many printers count at the end only, or never. Zero is then no proof that nothing came out.
  if (broken && (began || fault?.began === true) && sidesOut === 0) return ended(UNKNOWN, 0);
  if (fault !== undefined) return ended({ kind: 'failed', fault }, sidesOut);
  // In duplex the count may be in sheets: exactly half of the sides then means that all were printed. Of two copies, it
  // may be one (OpenPrinting/cups#731: a printer that makes a single one).
  const mayBeSheets = delivery.twoSided && delivery.copies === 1;
  const bySheets = worst.kind === 'done' && mayBeSheets && sidesOut === Math.ceil(job.sides / 2);
  return ended(worst, bySheets ? job.sides : sidesOut);
};

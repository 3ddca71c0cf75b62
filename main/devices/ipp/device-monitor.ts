/**
 * Asks the printer behind a queue what was printed. CUPS counts the pages that its filters pass on: three at once when
 * one is printed, three even if the printer refused the document, one of three through a raw queue. So we look for the
 * printer's own job, by the name that we gave it. If the printer does not disclose its jobs, the difference of its page
 * counter must match exactly.
 */
import { isBlocking, type PrinterReason } from '../../contract/printing.ts';
import { isAnothers, isOurs } from '../job-owner.ts';
import { DEVICE_TIMEOUT_MS } from './device-of-queue.ts';
import type { IppClient } from './client.ts';
import { askJob, cancelJob, listJobs, type DeliveryDeps, type ListedJob } from './delivery.ts';
import { endOf, STATUS_ATTRIBUTES, statusOf, type JobReading } from './job-state.ts';
import { firstNumber, type IppGroup } from './message.ts';
import { isSuccess } from './status.ts';

export interface DeviceReport {
  /** Printed sides counted by the printer for this order, over all attempts. */
  readonly sidesOut: number;
  /** `live`: its job has not ended, whatever the queue reports. `unknown`: only a person can check. */
  readonly state: 'live' | 'completed' | 'aborted' | 'cancelled' | 'unknown';
  /** Its job for this order is printing, or it does not list its jobs and one holds it. */
  readonly feeding: boolean;
  /** It has begun one of its jobs for this order. */
  readonly began: boolean;
  readonly stopped: boolean;
  readonly reasons: readonly PrinterReason[];
}

export interface DeviceQuery {
  readonly sides: number;
  readonly twoSided: boolean;
  /** The queue has finished the job: also search the printer's completed jobs. */
  readonly last: boolean;
  readonly signal: AbortSignal;
}

export interface DeviceMonitor {
  /** undefined: the printer does not answer. */
  ask(question: DeviceQuery): Promise<DeviceReport | undefined>;
  /**
   * Cancels the jobs of this order that remain in the printer: a queue leaves one behind when its document was refused.
   */
  release(): Promise<void>;
}

const GONE = 'gone';
const NOT_READ_YET: JobReading = {
  state: 'pending',
  reasons: [],
  counted: undefined,
  documents: undefined,
  message: '',
  began: false,
  progress: 0,
};
const COUNTER = 'printer-impressions-completed';
/** Each is asked for in turn. A queue that retries makes a few. */
const MOST_OURS = 100;

const deviceAttributes = async (client: IppClient, signal?: AbortSignal): Promise<IppGroup | undefined> => {
  const reply = await client.call({
    operation: 'Get-Printer-Attributes',
    attributes: { 'requested-attributes': [...STATUS_ATTRIBUTES, COUNTER] },
    idleTimeoutMs: DEVICE_TIMEOUT_MS,
    ...(signal === undefined ? {} : { signal }),
  });
  return reply.ok && isSuccess(reply.value) ? reply.value.printers[0] : undefined;
};

const jobsOf = async (
  client: IppClient,
  which: readonly ('completed' | 'not-completed')[],
  signal?: AbortSignal,
): Promise<readonly ListedJob[] | undefined> => {
  let jobs: readonly ListedJob[] = [];
  for (const one of which) {
    const how = { idleTimeoutMs: DEVICE_TIMEOUT_MS, ...(signal === undefined ? {} : { signal }) };
    const list = await listJobs({ client }, one, how);
    if (list.ok) jobs = [...jobs, ...list.value];
    // Some printers keep no history, and return an error.
    else if (one === 'not-completed') return undefined;
  }
  return jobs;
};

/**
 * Records the printer's state before the job is submitted to the queue; undefined when the printer can't be queried.
 */
export const openDeviceMonitor = async (deps: DeliveryDeps, jobName: string): Promise<DeviceMonitor | undefined> => {
  const { client } = deps;
  const device = await deviceAttributes(client);
  const earlier = await jobsOf(client, ['not-completed', 'completed']);
  if (device === undefined || earlier === undefined) return undefined;
  const before = new Set(earlier.map(({ id }) => id));
  const counterBefore = firstNumber(device, COUNTER);
  /** Of another tray or cartridge, for a printer that prints nevertheless. */
  const reasonsBefore = new Set(statusOf(device).reasons);
  /** The jobs of this order, in the order the queue sent them: it may retry. */
  const ours = new Map<number, JobReading>();
  let ofOthers = false;

  const ofOrder = (job: ListedJob): boolean =>
    job.name === undefined ? isOurs(client.owner, job) : job.name === jobName && !isAnothers(client.owner, job);
  const look = async ({ last, signal, twoSided }: DeviceQuery): Promise<boolean> => {
    const listed = await jobsOf(client, last ? ['not-completed', 'completed'] : ['not-completed'], signal);
    if (listed === undefined) return false;
    for (const job of [...listed].sort((a, b) => a.id - b.id)) {
      if (before.has(job.id) || ours.has(job.id)) continue;
      if (!ofOrder(job)) ofOthers = true;
      else if (ours.size < MOST_OURS) ours.set(job.id, NOT_READ_YET);
    }
    for (const [id, known] of ours) {
      if (known.state === GONE || endOf(known) !== undefined) continue;
      const asked = await askJob({ ...deps, idleTimeoutMs: DEVICE_TIMEOUT_MS }, id, twoSided, signal);
      if (!asked.ok) return false;
      // The printer forgot its ended job: keep the last count.
      ours.set(id, asked.value === 'gone' ? { ...known, state: GONE } : asked.value);
    }
    return true;
  };

  const stateOf = (
    { sides, last }: DeviceQuery,
    deviceNow: IppGroup,
    busy: boolean,
  ): Pick<DeviceReport, 'state' | 'sidesOut'> => {
    const readings = [...ours.values()];
    const latest = readings.at(-1);
    const sidesOut = readings.reduce((sum, { counted }) => sum + (counted ?? 0), 0);
    if (latest !== undefined) {
      const end = endOf(latest);
      if (latest.state === GONE) return { state: sidesOut >= sides ? 'completed' : 'unknown', sidesOut };
      if (end === undefined) return { state: 'live', sidesOut };
      if (end.kind === 'failed') return { state: 'aborted', sidesOut };
      if (end.kind === 'cancelled') return { state: 'cancelled', sidesOut };
      return { state: end.kind === 'done' && latest.counted !== undefined ? 'completed' : 'unknown', sidesOut };
    }
    const counterNow = firstNumber(deviceNow, COUNTER);
    if (!last || ofOthers || counterBefore === undefined || counterNow === undefined)
      return { state: 'unknown', sidesOut: 0 };
    const moved = counterNow - counterBefore;
    if (moved === sides) return { state: 'completed', sidesOut: sides };
    return { state: busy && moved >= 0 && moved < sides ? 'live' : 'unknown', sidesOut: 0 };
  };

  return {
    async ask(question) {
      const deviceNow = await deviceAttributes(client, question.signal);
      if (deviceNow === undefined || !(await look(question))) return undefined;
      const status = statusOf(deviceNow);
      const latest = [...ours.values()].at(-1);
      // Some printers are idle while a job waits for paper.
      const holds = status.reasons.some((reason) => isBlocking(reason) && !reasonsBefore.has(reason));
      const told = stateOf(question, deviceNow, status.state !== 'ready' || holds);
      return {
        ...told,
        feeding: latest === undefined ? told.state === 'live' : latest.state.startsWith('processing'),
        began: [...ours.values()].some(({ began }) => began),
        stopped: status.state === 'stopped',
        reasons: status.reasons,
      };
    },
    async release() {
      for (const [id, reading] of ours)
        if (reading.state !== GONE && endOf(reading) === undefined)
          await cancelJob({ ...deps, idleTimeoutMs: DEVICE_TIMEOUT_MS }, id);
    },
  };
};

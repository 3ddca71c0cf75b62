/**
 * Sends a document so that it is never printed twice. Create-Job gives us the job's id before any byte of the document
 * is sent: if the connection breaks in the middle, we know which job to check and cancel. Only printers without
 * Create-Job get Print-Job; for them, the queue is compared before and after.
 */
import { fail, ok, type Result } from '../../contract/result.ts';
import { sleep, type Clock } from '../../platform/clock.ts';
import { DOCUMENT, isAnothers, isOurs, type JobLabels } from '../job-owner.ts';
import { printerFault, type PrinterFault } from '../printer.ts';
import type { IppClient } from './client.ts';
import { firstNumber, firstString, type IppAttributes, type IppGroup, type IppReply } from './message.ts';
import type { OutgoingDocument } from './documents.ts';
import { endOf, JOB_ATTRIBUTES, readJob, type JobReading } from './job-state.ts';
import { isSuccess, newJobFault, STATUS, statusFault } from './status.ts';

export interface DeliveryDeps {
  readonly client: IppClient;
  readonly clock: Clock;
  /** Reply timeout; the client's default when absent. */
  readonly idleTimeoutMs?: number;
}

export interface SendingDeps extends DeliveryDeps {
  /** Why a page can't be drawn. The connection then breaks off, and the reply tells nothing else. */
  readonly undrawn: () => PrinterFault | undefined;
}

export interface DeliveryFault extends PrinterFault {
  /** Pages may have come out before it. */
  readonly began?: boolean;
}

/** A printer that runs out of paper in the middle of a document may read nothing for minutes: that is not an error. */
const DOCUMENT_IDLE_MS = 30 * 60_000;
const CREATE_TIMEOUT_MS = 40_000;
/** How long we query a silent printer about a document before we report its fate as unknown. */
const SETTLE_WITHIN_MS = 60_000;
const SETTLE_EVERY_MS = 1000;

const bodyOf = (document: OutgoingDocument): Uint8Array | AsyncIterable<Uint8Array> =>
  document.body instanceof Uint8Array ? document.body : document.body();

const jobIdOf = (reply: IppReply): number | undefined =>
  reply.jobs[0] === undefined ? undefined : firstNumber(reply.jobs[0], 'job-id');

export const createJob = async (
  { client }: DeliveryDeps,
  name: string,
  jobAttributes: IppAttributes,
  signal: AbortSignal | undefined,
): Promise<Result<number, PrinterFault>> => {
  const reply = await client.call({
    operation: 'Create-Job',
    attributes: { 'job-name': name, 'ipp-attribute-fidelity': false },
    jobAttributes,
    idleTimeoutMs: CREATE_TIMEOUT_MS,
    ...(signal === undefined ? {} : { signal }),
  });
  if (!reply.ok) return reply;
  if (!isSuccess(reply.value)) return fail(newJobFault(reply.value.status));
  const id = jobIdOf(reply.value);
  return id === undefined ? fail(printerFault('printer.garbage', 'job-without-id')) : ok(id);
};

export const sendDocument = async (
  deps: SendingDeps,
  jobId: number,
  document: OutgoingDocument,
  last: boolean,
  signal: AbortSignal,
): Promise<Result<null, DeliveryFault>> => {
  const reply = await deps.client.call({
    operation: 'Send-Document',
    attributes: {
      'job-id': jobId,
      'document-name': DOCUMENT,
      'document-format': document.mime,
      'last-document': last,
    },
    document: bodyOf(document),
    idleTimeoutMs: DOCUMENT_IDLE_MS,
    signal,
  });
  if (reply.ok && isSuccess(reply.value)) return ok(null);
  if (reply.ok) {
    // Otherwise each attempt to send the document again would leave another job in the printer.
    await cancelJob(deps, jobId);
    return fail(statusFault(reply.value.status));
  }
  if (signal.aborted) return reply;
  const undrawn = deps.undrawn();
  return undrawn === undefined
    ? settle(deps, jobId, reply.error, signal)
    : fail(await withdrawJob(deps, jobId, undrawn, signal));
};

/**
 * A page can't be drawn: what arrived is not the document, whatever the printer makes of it. Cancels the job and
 * follows it to its end, to know whether it had begun.
 */
export const withdrawJob = async (
  deps: DeliveryDeps,
  jobId: number,
  undrawn: PrinterFault,
  signal: AbortSignal,
): Promise<DeliveryFault> => {
  const until = deps.clock.monotonicMs() + SETTLE_WITHIN_MS;
  let began = false;
  for (; deps.clock.monotonicMs() < until && !signal.aborted; await sleep(deps.clock, SETTLE_EVERY_MS)) {
    const job = await askJob(deps, jobId, false);
    if (!job.ok) continue;
    if (job.value === 'gone') break;
    began ||= job.value.began || job.value.state === 'completed';
    if (endOf(job.value) !== undefined) return { ...undrawn, began };
    // Its effect is the next state of the job.
    await cancelJob(deps, jobId);
  }
  return { ...printerFault('printer.unsure', undrawn.cause), began: true };
};

/**
 * The reply was lost, so find out whether the document arrived. A job that is printing or printed counts as delivered.
 * Any other job is cancelled, and only a confirmed cancellation allows the person to try again.
 */
const settle = async (
  deps: DeliveryDeps,
  jobId: number,
  fault: PrinterFault,
  signal: AbortSignal,
): Promise<Result<null, PrinterFault>> => {
  const until = deps.clock.monotonicMs() + SETTLE_WITHIN_MS;
  for (; deps.clock.monotonicMs() < until && !signal.aborted; await sleep(deps.clock, SETTLE_EVERY_MS)) {
    const job = await askJob(deps, jobId, false);
    if (!job.ok) continue;
    // Printed and forgotten at once, or never accepted: even the printer can't tell.
    if (job.value === 'gone') break;
    // Printing means that the document arrived. The printer itself aborts a truncated one, and `watch` reports that.
    if (job.value.state === 'completed' || job.value.state.startsWith('processing')) return ok(null);
    if (job.value.state === 'canceled' || job.value.state === 'aborted') return fail(fault);
    const cancelled = await cancelJob(deps, jobId);
    // A printer that wanted a login will want it again: trying again does not help.
    if (cancelled.ok) return fail(fault.code === 'printer.login-wanted' ? fault : { ...fault, retry: 'now' });
  }
  return fail(printerFault('printer.unsure', fault.cause));
};

const LABELS = ['job-name', 'job-originating-user-name'];
/** A printer that keeps them to itself may show stars. */
const unmasked = (told: string | undefined): string | undefined => (/[\p{L}\d]/u.test(told ?? '') ? told : undefined);
const labelsOf = (job: IppGroup): JobLabels => ({
  name: unmasked(firstString(job, 'job-name')),
  user: unmasked(firstString(job, 'job-originating-user-name')),
});

export const askJob = async (
  { client, idleTimeoutMs }: DeliveryDeps,
  jobId: number,
  twoSided: boolean,
  signal?: AbortSignal,
): Promise<Result<JobReading | 'gone', PrinterFault>> => {
  const reply = await client.call({
    operation: 'Get-Job-Attributes',
    attributes: { 'job-id': jobId, 'requested-attributes': [...JOB_ATTRIBUTES, ...LABELS] },
    ...(idleTimeoutMs === undefined ? {} : { idleTimeoutMs }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (!reply.ok) return reply;
  if (reply.value.status === STATUS.notFound || reply.value.status === STATUS.gone) return ok('gone');
  const group = reply.value.jobs[0];
  if (!isSuccess(reply.value) || group === undefined) return fail(statusFault(reply.value.status));
  // A printer that was switched off may count its jobs from one again: this id is now somebody else's.
  return ok(isAnothers(client.owner, labelsOf(group)) ? 'gone' : readJob(group, twoSided));
};

export const cancelJob = async (
  { client, idleTimeoutMs }: DeliveryDeps,
  jobId: number,
): Promise<Result<null, PrinterFault>> => {
  const reply = await client.call({
    operation: 'Cancel-Job',
    attributes: { 'job-id': jobId },
    ...(idleTimeoutMs === undefined ? {} : { idleTimeoutMs }),
  });
  if (!reply.ok) return reply;
  const { status } = reply.value;
  // "Not possible" and "not found" mean that the job has ended already.
  const fine =
    isSuccess(reply.value) || status === STATUS.notPossible || status === STATUS.notFound || status === STATUS.gone;
  return fine ? ok(null) : fail(statusFault(status));
};

export interface ListedJob extends JobLabels {
  readonly id: number;
}

/** Everybody's jobs: a printer that changes users may not know which are ours. */
export const listJobs = async (
  { client }: Pick<DeliveryDeps, 'client'>,
  which: 'completed' | 'not-completed',
  patience: { readonly idleTimeoutMs?: number; readonly signal?: AbortSignal } = {},
): Promise<Result<readonly ListedJob[], PrinterFault>> => {
  const reply = await client.call({
    operation: 'Get-Jobs',
    attributes: { 'which-jobs': which, 'requested-attributes': ['job-id', ...LABELS] },
    ...patience,
  });
  if (!reply.ok) return reply;
  if (!isSuccess(reply.value)) return fail(statusFault(reply.value.status));
  return ok(
    reply.value.jobs.flatMap((job) => {
      const id = firstNumber(job, 'job-id');
      return id === undefined ? [] : [{ id, ...labelsOf(job) }];
    }),
  );
};

/** undefined: the printer does not list its jobs. */
const listBoth = async (deps: DeliveryDeps): Promise<readonly ListedJob[] | undefined> => {
  const lists = [await listJobs(deps, 'not-completed'), await listJobs(deps, 'completed')];
  return lists.every((list) => list.ok) ? lists.flatMap((list) => (list.ok ? list.value : [])) : undefined;
};

/** For old printers without Create-Job. The job may also be there when a page could not be drawn. */
export const printJob = async (
  deps: SendingDeps,
  document: OutgoingDocument,
  name: string,
  jobAttributes: IppAttributes,
  signal: AbortSignal,
): Promise<Result<number, PrinterFault>> => {
  const before = await listBoth(deps);
  const reply = await deps.client.call({
    operation: 'Print-Job',
    attributes: {
      'job-name': name,
      'ipp-attribute-fidelity': false,
      'document-format': document.mime,
    },
    jobAttributes,
    document: bodyOf(document),
    idleTimeoutMs: DOCUMENT_IDLE_MS,
    signal,
  });
  if (reply.ok) {
    if (!isSuccess(reply.value)) return fail(newJobFault(reply.value.status));
    const id = jobIdOf(reply.value);
    if (id !== undefined) return ok(id);
  } else if (reply.error.code === 'printer.unreachable' || reply.error.code === 'printer.certificate-changed') {
    return reply;
  }
  const after = await listBoth(deps);
  if (before === undefined || after === undefined) return fail(printerFault('printer.unsure'));
  const { owner } = deps.client;
  const known = new Set(before.map(({ id }) => id));
  const fresh = after.filter(({ id }) => !known.has(id));
  const ours = fresh.find((job) => isOurs(owner, job));
  if (ours !== undefined) return ok(ours.id);
  // A new job that may be ours or not is neither followed nor cancelled, and the document is not sent again.
  if (!fresh.every((job) => isAnothers(owner, job))) return fail(printerFault('printer.unsure'));
  return fail(deps.undrawn() ?? (reply.ok ? printerFault('printer.garbage', 'job-without-id') : reply.error));
};

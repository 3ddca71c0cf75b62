/** Maps one reading of a job and its printer to what the person is told. Pure. */
import { isBlocking, type PrinterReason } from '../../contract/printing.ts';
import { printerFault, type JobEnd, type JobProgress, type PrinterFaultCode, type PrinterStatus } from '../printer.ts';
import { firstBoolean, firstNumber, firstString, strings, type IppGroup } from './message.ts';
import { reasonsOf } from './state-reasons.ts';

export const JOB_ATTRIBUTES: readonly string[] = [
  'job-id',
  'job-state',
  'job-state-reasons',
  'job-impressions-completed',
  'job-media-sheets-completed',
  'job-pages-completed',
  'number-of-documents',
  'job-printer-state-message',
  'job-k-octets-processed',
  'time-at-processing',
];
export const STATUS_ATTRIBUTES: readonly string[] = [
  'printer-state',
  'printer-state-reasons',
  'printer-is-accepting-jobs',
  'queued-job-count',
];

export const statusOf = (group: IppGroup): PrinterStatus => {
  const state = firstString(group, 'printer-state');
  const reasons = reasonsOf(strings(group, 'printer-state-reasons'));
  const blocked = reasons.some(isBlocking);
  return {
    state: state === 'stopped' ? 'stopped' : state === 'processing' ? 'busy' : 'ready',
    acceptsJobs: firstBoolean(group, 'printer-is-accepting-jobs') !== false,
    reasons: state === 'stopped' && !blocked ? [...new Set<PrinterReason>([...reasons, 'paused'])] : reasons,
    queuedJobs: firstNumber(group, 'queued-job-count') ?? 0,
  };
};

export interface JobReading {
  readonly state: string;
  readonly reasons: readonly string[];
  /** Printed sides as counted by the printer; undefined when it does not count. */
  readonly counted: number | undefined;
  readonly documents: number | undefined;
  /** The queue's message about the printer behind it; '' when there is none. */
  readonly message: string;
  /** The printer has begun to print it. Also told after its end: a job may begin and end between two polls. */
  readonly began: boolean;
  /** Sum of all counters. Not a number of pages: only its growth matters. */
  readonly progress: number;
}

/**
 * Impressions are sides of paper. A printer that counts only sheets counts half as many in duplex; one that counts
 * neither may still count the pages of the document.
 */
export const readJob = (group: IppGroup, twoSided: boolean): JobReading => {
  const impressions = firstNumber(group, 'job-impressions-completed');
  const sheets = firstNumber(group, 'job-media-sheets-completed');
  const pages = firstNumber(group, 'job-pages-completed');
  const fromSheets = sheets === undefined ? undefined : sheets * (twoSided ? 2 : 1);
  const state = firstString(group, 'job-state') ?? '';
  const candidates = [impressions, fromSheets, pages].filter((count) => count !== undefined);
  return {
    state,
    reasons: strings(group, 'job-state-reasons'),
    counted: candidates.find((count) => count > 0) ?? (candidates.length > 0 ? 0 : undefined),
    documents: firstNumber(group, 'number-of-documents'),
    message: firstString(group, 'job-printer-state-message') ?? '',
    // RFC 8011 §5.3.14.2: no value as long as the job has not been processed.
    began: state.startsWith('processing') || firstNumber(group, 'time-at-processing') !== undefined,
    progress: candidates.reduce((sum, count) => sum + count, 0) + (firstNumber(group, 'job-k-octets-processed') ?? 0),
  };
};

const FORMAT_REASONS = ['document-format-error', 'unsupported-document-format', 'document-unprintable-error'];

/** The outcome of a job in a final state; undefined while it is active. */
export const endOf = (job: JobReading): JobEnd | undefined => {
  if (job.state === 'completed') {
    // A printer without a counter also reports "completed" with zero pages: only a person can check.
    return job.counted === 0 ? { kind: 'unconfirmed' } : { kind: 'done' };
  }
  if (job.state !== 'canceled' && job.state !== 'aborted') return undefined;
  const why = droppedFor(job.reasons);
  if (why === undefined && job.state === 'canceled') return { kind: 'cancelled' };
  return { kind: 'failed', fault: printerFault(why ?? 'printer.aborted') };
};

/** The fault that the printer gives as its reason to abort or cancel a job. */
const droppedFor = (reasons: readonly string[]): PrinterFaultCode | undefined => {
  const known = reasonsOf(reasons);
  if (known.includes('login-wanted')) return 'printer.login-wanted';
  if (known.includes('quota')) return 'printer.quota';
  return reasons.some((reason) => FORMAT_REASONS.includes(reason)) ? 'printer.format-refused' : undefined;
};

/** The printer or the job says itself that nothing comes out. */
const saysStopped = (job: JobReading, printer: PrinterStatus): boolean =>
  printer.state === 'stopped' || job.state === 'processing-stopped' || job.reasons.includes('printer-stopped');

/**
 * Printers report "media-empty" for a second tray, "spool-area-full" for a moment, and each with any severity. So their
 * reasons only count when something says that it has stopped, or when nothing moves (`believed`).
 */
export const asBelieved = (
  printer: PrinterStatus,
  job: JobReading,
  believed: readonly PrinterReason[],
): PrinterStatus => (saysStopped(job, printer) ? printer : { ...printer, reasons: believed });

export const stageOf = (job: JobReading, printer: PrinterStatus): JobProgress['stage'] => {
  if (job.state === 'processing-stopped' || printer.state === 'stopped') return 'stopped';
  return job.state === 'processing' ? 'printing' : 'waiting';
};

/** It prints another document first. */
export const isBehind = (job: JobReading, printer: PrinterStatus): boolean =>
  job.state === 'pending' && printer.state === 'busy';

/** The printer's conditions, and those reported by the job itself. */
export const reasonsFor = (job: JobReading, printer: PrinterStatus): readonly PrinterReason[] => {
  const all = new Set<PrinterReason>([...printer.reasons, ...reasonsOf(job.reasons)]);
  if (job.reasons.includes('printer-stopped') && all.size === 0) all.add('paused');
  if (isBehind(job, printer)) all.add('busy');
  return [...all].sort((a, b) => Number(isBlocking(b)) - Number(isBlocking(a)));
};

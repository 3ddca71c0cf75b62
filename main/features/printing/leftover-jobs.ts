/**
 * Cancels our jobs that must not come out any more: those of an ended session or of an interrupted run. While the
 * printer does not answer, its queue is in doubt. The wipe does not wait for it: the printer is asked again at
 * intervals, and gets no new job until it answers that it has none of ours.
 */
import { fail, ok, type Result } from '../../contract/result.ts';
import { printerFault, type Printer, type PrinterFault } from '../../devices/printer.ts';
import type { Logger } from '../../log/logger.ts';
import { withTimeout, type Clock } from '../../platform/clock.ts';

export interface LeftoverJobsDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly printer: Printer | undefined;
  /** True while the current person prints: their job must not be taken for a leftover. */
  readonly printing: () => boolean;
}

export interface LeftoverJobs {
  /** Starts asking at intervals, as long as the queue is in doubt. */
  start(): void;
  stop(): void;
  /** The previous run was interrupted: the first wipe waits briefly for the printer before a session can begin. */
  afterInterruption(): void;
  /** `submitted`: this session submitted a job. Returns within a time limit. */
  endSession(submitted: boolean): Promise<void>;
  /**
   * Number of jobs the printer still holds, for the audit. Zero when it does not answer: nothing could be cancelled
   * then.
   */
  leftovers(): Promise<number>;
  /** A job did not end normally: the printer may still hold it, and it must not come out with the next one. */
  markInDoubt(): void;
  /** Called before a job is submitted. Returns the fault that prevents it, if any. */
  clear(): Promise<PrinterFault | undefined>;
}

const AT_END_MS = 16_000;
/** The screen is blank during this wait. A printer that answers needs a tenth of it. */
const AT_START_MS = 2_000;
const ASK_EVERY_MS = 15_000;
/**
 * Limits for one cancellation, because the person's own print waits for it. A queue never holds so many of our jobs: a
 * printer that lists more, or answers every request late, has a fault. The rest is cancelled later.
 */
const MOST_CANCELLED = 100;
const CANCELS_WITHIN_MS = 60_000;

export const createLeftoverJobs = ({ clock, logger, printer, printing }: LeftoverJobsDeps): LeftoverJobs => {
  /** True from the start: an earlier run may have left jobs. */
  let inDoubt = printer !== undefined;
  let interrupted = false;
  /** The printer answered during the current wipe, so the audit can ask it. */
  let answered = false;
  let holdsJobs = false;
  let clearing: Promise<Result<null, PrinterFault>> | undefined;
  let stopRetrying: () => void = () => undefined;

  const countJobs = async (): Promise<Result<number, PrinterFault>> => {
    const jobs = printer === undefined ? ok([]) : await printer.unfinished();
    if (!jobs.ok) return jobs;
    answered = true;
    if (jobs.value.length === 0) inDoubt = false;
    else logger.log('print.left-behind', { count: jobs.value.length });
    return ok(jobs.value.length);
  };
  const cancelLeftovers = async (): Promise<Result<null, PrinterFault>> => {
    if (printer === undefined) return ok(null);
    const jobs = await printer.unfinished();
    if (!jobs.ok) return jobs;
    const until = clock.monotonicMs() + CANCELS_WITHIN_MS;
    for (const job of jobs.value.slice(0, MOST_CANCELLED)) {
      if (clock.monotonicMs() >= until) break;
      await printer.cancel(job);
    }
    await printer.forget();
    const left = await countJobs();
    if (!left.ok) return left;
    return left.value === 0 ? ok(null) : fail(printerFault('printer.not-accepting', 'jobs-left'));
  };
  /** Concurrent callers share one clear. Jobs submitted after it started are not affected. */
  const clearOnce = (): Promise<Result<null, PrinterFault>> =>
    (clearing ??= cancelLeftovers().finally(() => (clearing = undefined)));
  const retryClear = (): void => {
    // On failure the queue stays in doubt, and the next tick tries again.
    if (inDoubt && !printing()) void clearOnce().catch(() => undefined);
  };

  return {
    start() {
      retryClear();
      stopRetrying = clock.every(ASK_EVERY_MS, retryClear);
    },
    stop: () => stopRetrying(),
    afterInterruption() {
      interrupted = true;
    },
    async endSession(submitted) {
      if (submitted) inDoubt = printer !== undefined;
      const withinMs = submitted || holdsJobs ? AT_END_MS : interrupted ? AT_START_MS : 0;
      interrupted = false;
      answered = false;
      if (!inDoubt || withinMs === 0) return;
      await withTimeout(clock, withinMs, 'queue', clearOnce()).catch(() => undefined); // logged as in doubt below
      if (!answered) logger.log('print.queue-in-doubt');
    },
    async leftovers() {
      const left = answered ? await countJobs() : ok(0);
      holdsJobs = left.ok && left.value > 0;
      return left.ok ? left.value : 0;
    },
    markInDoubt() {
      inDoubt = printer !== undefined;
    },
    async clear() {
      const settled = inDoubt || clearing !== undefined ? await clearOnce() : ok(null);
      return settled.ok ? undefined : settled.error;
    },
  };
};

/**
 * Jobs of ours that must not come out any more: of a session that ended, or of a run that was cut short. While the machine can't be
 * asked they are in doubt: nobody stands before a blank screen for that, it is asked again and again, and it is given nothing else
 * before it has answered that it holds none.
 */
import { fail, ok, type Result } from '../../contract/result.ts';
import { printerFault, type Printer, type PrinterFault } from '../../devices/printer.ts';
import type { Logger } from '../../log/logger.ts';
import { withTimeout, type Clock } from '../../platform/clock.ts';

export interface JobQueueDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly printer: Printer | undefined;
  /** No job of somebody who is there may be taken for one of these. */
  readonly printing: () => boolean;
}

export interface JobQueue {
  /** Asks from now on, as long as there is doubt. */
  start(): void;
  stop(): void;
  /** An earlier run was cut short: the first wipe gives the machine a moment before anybody is welcomed. */
  afterInterruption(): void;
  /** `gave`: something was given to the machine in this session. Bounded. */
  endSession(gave: boolean): Promise<void>;
  /** How many jobs the machine still has, for the audit. One that does not answer could not be told to stop either. */
  leftovers(): Promise<number>;
  /** A job did not end well: what the machine still holds of it must not come out with the next one. */
  doubt(): void;
  /** Before a job is given: what stands in the way, if anything does. */
  clear(): Promise<PrinterFault | undefined>;
}

const AT_END_MS = 16_000;
/** Nobody has come yet, and a screen without a word is shown meanwhile: a machine that answers needs a tenth of it. */
const AT_START_MS = 2_000;
const ASK_EVERY_MS = 15_000;

export const createJobQueue = ({ clock, logger, printer, printing }: JobQueueDeps): JobQueue => {
  /** From the first moment: what an earlier run did, nobody knows. */
  let inDoubt = printer !== undefined;
  let interrupted = false;
  /** The machine answered during the wipe under way, so that the audit has somebody to ask. */
  let answers = false;
  let holdsJobs = false;
  let settling: Promise<Result<null, PrinterFault>> | undefined;
  let stopAsking: () => void = () => undefined;

  const look = async (): Promise<Result<number, PrinterFault>> => {
    const jobs = printer === undefined ? ok([]) : await printer.unfinished();
    if (!jobs.ok) return jobs;
    answers = true;
    if (jobs.value.length === 0) inDoubt = false;
    else logger.log('print.left-behind', { count: jobs.value.length });
    return ok(jobs.value.length);
  };
  const takeOut = async (): Promise<Result<null, PrinterFault>> => {
    if (printer === undefined) return ok(null);
    const jobs = await printer.unfinished();
    if (!jobs.ok) return jobs;
    for (const job of jobs.value) await printer.cancel(job);
    await printer.forget();
    const left = await look();
    if (!left.ok) return left;
    return left.value === 0 ? ok(null) : fail(printerFault('printer.not-accepting', 'jobs-left'));
  };
  /** One at a time: who comes meanwhile waits for the same answer, and no job given after it is taken out by it. */
  const settle = (): Promise<Result<null, PrinterFault>> =>
    (settling ??= takeOut().finally(() => (settling = undefined)));
  const settleSoon = (): void => {
    if (inDoubt && !printing()) void settle().catch(() => undefined); // still in doubt: tried again
  };

  return {
    start() {
      settleSoon();
      stopAsking = clock.every(ASK_EVERY_MS, settleSoon);
    },
    stop: () => stopAsking(),
    afterInterruption() {
      interrupted = true;
    },
    async endSession(gave) {
      if (gave) inDoubt = printer !== undefined;
      const withinMs = gave || holdsJobs ? AT_END_MS : interrupted ? AT_START_MS : 0;
      interrupted = false;
      answers = false;
      if (!inDoubt || withinMs === 0) return;
      await withTimeout(clock, withinMs, 'queue', settle()).catch(() => undefined); // logged as in doubt below
      if (!answers) logger.log('print.queue-in-doubt');
    },
    async leftovers() {
      const left = answers ? await look() : ok(0);
      holdsJobs = left.ok && left.value > 0;
      return left.ok ? left.value : 0;
    },
    doubt() {
      inDoubt = printer !== undefined;
    },
    async clear() {
      const settled = inDoubt || settling !== undefined ? await settle() : ok(null);
      return settled.ok ? undefined : settled.error;
    },
  };
};

/**
 * The end of a session while its pages come out. They are this person's, and the next session begins only after them,
 * so let them finish. Cancel a job that does not begin or is stuck: it would come out during the next session.
 */
import { sleep, withTimeout, type Clock } from '../../platform/clock.ts';
import type { PrintRun } from './print-run.ts';

/** How long pages that are coming out may take: twenty pages of a slow printer. */
export const LAST_PAGES_MS = 3 * 60_000;
/** And how long the printer may take to begin. People leave right after they pressed "Imprimer". */
const BEGINS_WITHIN_MS = 20_000;
/** Do not give up earlier: many printers do not answer while they feed, and someone may be opening a drawer to help. */
const STILL_FOR_MS = 10_000;
const LOOK_EVERY_MS = 500;
export const WIPE_STEP_MS = 8000;

/** Returns when the pages are out, or when the rest will not come by itself. */
const letPagesOut = async (clock: Clock, run: PrintRun): Promise<void> => {
  const sinceMs = clock.monotonicMs();
  for (;;) {
    const { end, cancelling } = run.state;
    if (end !== null || cancelling || run.stillMs >= STILL_FOR_MS) return;
    if (clock.monotonicMs() - sinceMs >= (run.started ? LAST_PAGES_MS : BEGINS_WITHIN_MS)) return;
    await Promise.race([run.ended, sleep(clock, LOOK_EVERY_MS)]);
  }
};

/** Returns within a time limit, even when the printer does not answer. */
export const endRun = async (clock: Clock, run: PrintRun): Promise<void> => {
  await letPagesOut(clock, run);
  // On failure, the job queue asks again and logs what is left.
  await withTimeout(clock, WIPE_STEP_MS, 'cancel', run.cancel()).catch(() => undefined);
  await Promise.race([run.ended, sleep(clock, WIPE_STEP_MS)]);
};

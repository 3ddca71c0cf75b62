/** Longer timeouts on a busy machine, so that a slow machine does not change a verdict. */
import { availableParallelism, loadavg } from 'node:os';

/** A timeout grows to this factor at most. */
const AT_MOST = 4;

/** Multiplies the timeout by the load average per core, and leaves it unchanged on a machine that is not busy. */
export const patience = (ms: number): number => {
  const [lately = 0] = loadavg();
  return Math.round(ms * Math.min(AT_MOST, Math.max(1, lately / availableParallelism())));
};

/** Thrown when the attempt never took place, so that its outcome proves nothing. */
export class Untried extends Error {}

/** What a busy machine does to times. A verdict may rest on a time only as far as the machine had some to give. */
import { availableParallelism, loadavg } from 'node:os';

/** Beyond this, what is waited for is taken not to come. */
const AT_MOST = 4;

/** As much longer as there are more programs that want to run than cores; a machine that has time: as it is. */
export const patience = (ms: number): number => {
  const [lately = 0] = loadavg();
  return Math.round(ms * Math.min(AT_MOST, Math.max(1, lately / availableParallelism())));
};

/** Thrown by an attempt: what it stands for never came about, so it says nothing. */
export class Untried extends Error {}

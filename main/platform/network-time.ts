/** Whether the system clock is synchronized over the network. */
import { statSync } from 'node:fs';

/**
 * systemd-timesyncd sets the modification time of this file at every synchronization, right after it set the clock, and
 * never removes it before the next boot. So the file alone says nothing about a clock that was changed since.
 */
const SYNCHRONIZED = '/run/systemd/timesync/synchronized';
/** It synchronizes at least every 2,048 seconds. One attempt may fail. */
const FRESH_MS = 75 * 60_000;
const MINUTE_MS = 60_000;

/**
 * True: the clock shows nearly the time of the last synchronization. Undefined: unknown, because the last one was long
 * ago or the clock jumped since, or because the system has another time service or none.
 */
export const isNetworkTime = (nowMs: number, file = SYNCHRONIZED): true | undefined => {
  const at = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  if (at === undefined) return undefined;
  const ageMs = nowMs - at;
  return ageMs >= -MINUTE_MS && ageMs <= FRESH_MS ? true : undefined;
};

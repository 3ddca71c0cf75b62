/**
 * The memory of this process, swept at once: what a person left in it is unreachable after their session, but V8 goes there only when
 * it needs room, hours later on a quiet day.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** `last-resort`: what is empty goes back to the system too; without it the heap stays as large as it ever was. */
const HOW = { type: 'major', execution: 'async', flavor: 'last-resort' } as const;
type Sweep = (how: typeof HOW) => Promise<void>;

let sweep: Sweep | undefined;

/** Resolves when it is done; what else is to be done goes before it. */
export const sweepHeap = async (): Promise<void> => {
  if (sweep === undefined) {
    setFlagsFromString('--expose-gc');
    // The flag is read when a context is made.
    sweep = (runInNewContext('globalThis.gc') as Sweep | undefined) ?? (async () => undefined);
    setFlagsFromString('--no-expose-gc');
  }
  await sweep(HOW);
};

/**
 * Collects this process's garbage at once: a person's data is unreachable after their session, but V8 only collects
 * when it needs room, hours later on a quiet day.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** `last-resort` also returns empty pages to the system; without it the heap keeps its largest size for ever. */
const HOW = { type: 'major', execution: 'async', flavor: 'last-resort' } as const;
type Sweep = (how: typeof HOW) => Promise<void>;

let sweep: Sweep | undefined;

/** Resolves when the collection is done; other work runs before it. */
export const sweepHeap = async (): Promise<void> => {
  if (sweep === undefined) {
    setFlagsFromString('--expose-gc');
    // V8 reads the flag when a context is created.
    sweep = (runInNewContext('globalThis.gc') as Sweep | undefined) ?? (async () => undefined);
    setFlagsFromString('--no-expose-gc');
  }
  await sweep(HOW);
};

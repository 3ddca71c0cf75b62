/** `process.exit` drops what a pipe has not taken yet: a long answer to `… | less` would end in its middle. */
import type { Writable } from 'node:stream';

/** Resolves when all that was written has been taken, or nobody takes it any more. */
export const drained = (...streams: readonly Writable[]): Promise<unknown> =>
  Promise.all(
    streams.map(
      (stream) =>
        new Promise<void>((resolve) => {
          if (stream.destroyed) return resolve();
          stream.once('error', () => resolve());
          stream.write('', () => resolve());
        }),
    ),
  );

/** `process.exit` drops what a pipe has not accepted yet: a long output to `… | less` would be cut short. */
import type { Writable } from 'node:stream';

/** Resolves when everything written was accepted, or when the reader is gone. */
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

/** Buffers the events that an adapter pushes, and yields them to a `for await` loop. */
import type { ScanEvent } from './scanner.ts';

export interface ScanQueue {
  push(event: ScanEvent): void;
  /**
   * Resolves once no page is queued. This is back-pressure: a page is 26 MB, and a feeder may be faster than this PC.
   */
  room(): Promise<void>;
  /** No more events will be pushed. */
  end(): void;
  drain(): AsyncGenerator<ScanEvent>;
}

export const createScanQueue = (): ScanQueue => {
  const waiting: ScanEvent[] = [];
  let ended = false;
  let left = false;
  let wake: () => void = () => undefined;
  const hoping = new Set<() => void>();
  const isRoomy = (): boolean => left || !waiting.some((event) => event.kind === 'page');
  const tellRoom = (): void => {
    if (!isRoomy()) return;
    for (const tell of hoping) tell();
    hoping.clear();
  };
  return {
    push(event) {
      const before = waiting.at(-1);
      // A slow consumer only needs the latest progress.
      if (event.kind === 'progress' && before?.kind === 'progress') waiting.pop();
      waiting.push(event);
      wake();
    },
    room: () => (isRoomy() ? Promise.resolve() : new Promise((resolve) => void hoping.add(resolve))),
    end() {
      ended = true;
      wake();
    },
    async *drain() {
      try {
        for (;;) {
          const next = waiting.shift();
          tellRoom();
          if (next) yield next;
          else if (ended) return;
          else await new Promise<void>((resolve) => (wake = resolve));
        }
      } finally {
        // The consumer has left its loop: release every `room()` that is pending.
        left = true;
        tellRoom();
      }
    },
  };
};

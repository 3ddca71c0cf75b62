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
  let consumerLeft = false;
  let wake: () => void = () => undefined;
  const roomWaiters = new Set<() => void>();
  const hasRoom = (): boolean => consumerLeft || !waiting.some((event) => event.kind === 'page');
  const releaseWaiters = (): void => {
    if (!hasRoom()) return;
    for (const tell of roomWaiters) tell();
    roomWaiters.clear();
  };
  return {
    push(event) {
      const before = waiting.at(-1);
      // A slow consumer only needs the latest progress.
      if (event.kind === 'progress' && before?.kind === 'progress') waiting.pop();
      waiting.push(event);
      wake();
    },
    room: () => (hasRoom() ? Promise.resolve() : new Promise((resolve) => void roomWaiters.add(resolve))),
    end() {
      ended = true;
      wake();
    },
    async *drain() {
      try {
        for (;;) {
          const next = waiting.shift();
          releaseWaiters();
          if (next) yield next;
          else if (ended) return;
          else await new Promise<void>((resolve) => (wake = resolve));
        }
      } finally {
        // The consumer has left its loop: release every `room()` that is pending.
        consumerLeft = true;
        releaseWaiters();
      }
    },
  };
};

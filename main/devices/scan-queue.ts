/** Turns "things happen" into "a loop reads them": what an adapter pushes, a `for await` takes. */
import type { ScanEvent } from './scanner.ts';

export interface ScanQueue {
  push(event: ScanEvent): void;
  /** Resolves once no page waits: a page is 26 MB, and a feeder may be faster than this PC. */
  room(): Promise<void>;
  /** No more will come. */
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
      // A slow reader has no use for old progress.
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
        // Whoever read has left: nobody may wait for room for ever.
        left = true;
        tellRoom();
      }
    },
  };
};

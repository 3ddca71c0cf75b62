/** Turns "things happen" into "a loop reads them": what an adapter pushes, a `for await` takes. */
import type { ScanEvent } from './scanner.ts';

export interface ScanQueue {
  push(event: ScanEvent): void;
  /** No more will come. */
  end(): void;
  drain(): AsyncGenerator<ScanEvent>;
}

export const createScanQueue = (): ScanQueue => {
  const waiting: ScanEvent[] = [];
  let ended = false;
  let wake: () => void = () => undefined;
  return {
    push(event) {
      const before = waiting.at(-1);
      // A slow reader has no use for old progress.
      if (event.kind === 'progress' && before?.kind === 'progress') waiting.pop();
      waiting.push(event);
      wake();
    },
    end() {
      ended = true;
      wake();
    },
    async *drain() {
      for (;;) {
        const next = waiting.shift();
        if (next) yield next;
        else if (ended) return;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
};

/** The fake of the Reader port (OCR), with a controller held only by tests. */
import type { Reader, ReadPage } from '../../main/devices/text-reader.ts';

export interface MemoryReaderController {
  /** The words of a page; undefined when it could not be read. */
  page: (png: Uint8Array) => ReadPage | undefined;
  /** Each page waits for this promise. */
  gate: Promise<void>;
}

export const createMemoryReader = (): { reader: Reader; controller: MemoryReaderController } => {
  const controller: MemoryReaderController = { page: () => undefined, gate: Promise.resolve() };
  let held = 0;
  let session = new AbortController();
  const reader: Reader = {
    async read(png, _dpi, signal) {
      const over = AbortSignal.any([session.signal, ...(signal ? [signal] : [])]);
      if (over.aborted) return undefined;
      held += 1;
      const givenUp = new Promise<void>((resolve) => over.addEventListener('abort', () => resolve(), { once: true }));
      await Promise.race([controller.gate, givenUp]);
      held -= 1;
      return over.aborted ? undefined : controller.page(png);
    },
    get held() {
      return held;
    },
    warmUp: () => undefined,
    async clear() {
      session.abort();
      session = new AbortController();
    },
  };
  return { reader, controller };
};

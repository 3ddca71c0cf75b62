/**
 * OCR with tesseract.js: WebAssembly in worker threads, French data from its npm package, no download. A page goes to
 * the first free thread. A thread that dies or times out is replaced; its page is given up, not retried.
 */
import type { Page, Worker } from 'tesseract.js';
import type { Worker as Thread } from 'node:worker_threads';
import type { Logger } from '../../log/logger.ts';
import { TimeoutError, withTimeout, type Clock } from '../../platform/clock.ts';
import type { TextLine } from '../../pdf/text-line.ts';
import type { Reader, ReadPage } from '../text-reader.ts';

export interface TesseractReaderDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Folder of `fra.traineddata.gz`. */
  readonly languageFolder: string;
  /** Number of pages read in parallel; each thread takes about 120 MB. */
  readonly threads: number;
  readonly pageTimeoutMs?: number;
}

const PAGE_TIMEOUT_MS = 45_000;
const START_TIMEOUT_MS = 20_000;
const END_TIMEOUT_MS = 3_000;

interface WorkerSlot {
  worker: Promise<Worker> | undefined;
  busy: boolean;
}

/** The threads of one session, and the pages that wait for one of them. The next session never waits for these. */
interface Pool {
  readonly slots: readonly WorkerSlot[];
  waiting: ((seat: WorkerSlot) => void)[];
  readonly over: AbortController;
}

const onAbort = (signal: AbortSignal, act: () => void): void => signal.addEventListener('abort', act, { once: true });

/** The library's worker wraps the real thread. */
const threadOf = (worker: Worker): Thread => (worker as unknown as { worker: Thread }).worker;

/** Lines of the page in reading order; specks read as punctuation are left out. */
const linesOf = (page: Page, dpi: number): readonly TextLine[] => {
  const points = 72 / dpi;
  const lines: TextLine[] = [];
  for (const block of page.blocks ?? [])
    for (const paragraph of block.paragraphs)
      for (const line of paragraph.lines) {
        // Keep a low-confidence word in a good line: an apostrophe is enough to lower the confidence.
        const goodLine = line.confidence >= 45;
        const words = line.words
          .filter(
            (word) =>
              word.text.trim() !== '' && (word.confidence >= 30 || (goodLine && /[\p{L}\p{N}]/u.test(word.text))),
          )
          .map((word) => ({
            text: word.text,
            x: word.bbox.x0 * points,
            y: word.bbox.y0 * points,
            width: (word.bbox.x1 - word.bbox.x0) * points,
            height: (word.bbox.y1 - word.bbox.y0) * points,
          }));
        if (words.length > 0) lines.push({ words });
      }
  return lines;
};

/** Noise and rotated text give words of one or two letters, or words of low confidence. */
const SURE_CONFIDENCE = 75;
const SURE_LETTERS = /[\p{L}\p{N}]{3,}/u;

const sureCharactersOf = (page: Page): number => {
  let sure = 0;
  for (const block of page.blocks ?? [])
    for (const paragraph of block.paragraphs)
      for (const line of paragraph.lines)
        for (const { text, confidence } of line.words)
          if (confidence >= SURE_CONFIDENCE && SURE_LETTERS.test(text))
            sure += text.replace(/[^\p{L}\p{N}]/gu, '').length;
  return sure;
};

export const createTesseractReader = (deps: TesseractReaderDeps): Reader => {
  const openPool = (): Pool => ({
    slots: Array.from({ length: Math.max(1, deps.threads) }, () => ({ worker: undefined, busy: false })),
    waiting: [],
    over: new AbortController(),
  });
  let pool = openPool();
  let held = 0;

  // Loaded at the first scan, so that the accueil does not wait for it.
  const start = (seat: WorkerSlot): Promise<Worker> =>
    (seat.worker ??= import('tesseract.js').then(({ createWorker, OEM }) =>
      createWorker('fra', OEM.LSTM_ONLY, {
        langPath: deps.languageFolder,
        cacheMethod: 'none',
        gzip: true,
        errorHandler: () => undefined, // each job reports its own failure
      }),
    ));

  /**
   * Terminates the thread directly: terminating through the library would make it throw, where we can't catch it, on a
   * job that it is about to send. A thread that is still loading holds no page, so it is not awaited.
   */
  const terminate = async (seat: WorkerSlot): Promise<void> => {
    const { worker } = seat;
    seat.worker = undefined;
    const ended = worker?.then((one) => threadOf(one).terminate()).catch(() => undefined); // it never started
    // A thread that does not end in time ends with the process.
    if (ended) await withTimeout(deps.clock, END_TIMEOUT_MS, 'ending a reading thread', ended).catch(() => undefined);
  };

  /** undefined when the page is given up before its turn. */
  const acquire = (from: Pool, over: AbortSignal): Promise<WorkerSlot | undefined> => {
    const free = from.slots.find((seat) => !seat.busy);
    if (free) {
      free.busy = true;
      return Promise.resolve(free);
    }
    return new Promise((resolve) => {
      from.waiting.push(resolve);
      onAbort(over, () => {
        from.waiting = from.waiting.filter((one) => one !== resolve);
        resolve(undefined);
      });
    });
  };
  const release = (to: Pool, seat: WorkerSlot): void => {
    const next = to.waiting.shift();
    if (next) next(seat);
    else seat.busy = false;
  };

  /** The library never settles a job whose thread has exited, so watch for the exit too. */
  const watchExit = (worker: Worker): { readonly exited: Promise<never>; forget(): void } => {
    const thread = threadOf(worker);
    let onExit: () => void = () => undefined;
    const death = new Promise<never>((_, reject) => {
      onExit = () => reject(new Error('the reading thread ended'));
      thread.once('exit', onExit);
    });
    return { exited: death, forget: () => thread.off('exit', onExit) };
  };

  return {
    async read(png, dpi, signal): Promise<ReadPage | undefined> {
      const mine = pool;
      const over = AbortSignal.any([mine.over.signal, ...(signal ? [signal] : [])]);
      if (over.aborted) return undefined;
      held += 1;
      const seat = await acquire(mine, over);
      try {
        if (!seat || over.aborted) return undefined;
        const givenUp = new Promise<undefined>((resolve) => onAbort(over, () => resolve(undefined)));
        const loaded = Promise.race([start(seat), givenUp]);
        const worker = await withTimeout(deps.clock, START_TIMEOUT_MS, 'starting the reader', loaded);
        if (!worker || over.aborted) return undefined;
        const watch = watchExit(worker);
        const work = (async () => {
          // The library's default treats a page as one block of text, and mixes a stamp into the lines beside it.
          const { PSM } = await import('tesseract.js');
          await worker.setParameters({ tessedit_pageseg_mode: PSM.AUTO, user_defined_dpi: String(dpi) });
          return worker.recognize(
            Buffer.from(png.buffer, png.byteOffset, png.byteLength),
            {},
            { blocks: true, text: false },
          );
        })();
        work.catch(() => undefined); // reported through the race
        try {
          const { data } = await withTimeout(
            deps.clock,
            deps.pageTimeoutMs ?? PAGE_TIMEOUT_MS,
            'reading a page',
            Promise.race([work, watch.exited]),
          );
          return { lines: linesOf(data, dpi), confidence: data.confidence, sureCharacters: sureCharactersOf(data) };
        } finally {
          watch.forget();
        }
      } catch (error) {
        if (mine.over.signal.aborted) return undefined; // `clear` killed the thread
        deps.logger.log('scan.read-failed', { code: error instanceof TimeoutError ? 'slow' : 'failed' });
        if (seat) await terminate(seat);
        return undefined;
      } finally {
        held -= 1;
        if (seat) release(mine, seat);
      }
    },
    get held() {
      return held;
    },
    warmUp() {
      for (const seat of pool.slots) start(seat).catch(() => (seat.worker = undefined));
    },
    async clear() {
      const last = pool;
      pool = openPool();
      last.over.abort();
      await Promise.all(last.slots.map(terminate));
    },
  };
};

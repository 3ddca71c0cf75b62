/** The PDF thread as the feature sees it: asked, timed, and replaced when a document has killed it or keeps it busy. */
import { fail, ok, type Result } from '../../../contract/result.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { StartThread, Thread } from '../../../platform/worker.ts';
import type { AnswerOf, ArgsOf, PdfOperation, PdfProblem, PdfReply } from './protocol.ts';

/** `slow`: it took too long, or took the thread down with it. */
export type WorkshopProblem = PdfProblem | 'slow';

export interface PdfWorkshop {
  ask<O extends PdfOperation>(operation: O, args: ArgsOf<O>): Promise<Result<AnswerOf<O>, WorkshopProblem>>;
  /** Ends the thread, and with it every page it holds in memory. The next `ask` starts another. */
  clear(): Promise<void>;
  stop(): Promise<void>;
}

const MAX_HEAP_MB = 1024;
const TIMEOUT_MS: Readonly<Record<PdfOperation, number>> = {
  prepare: 60_000,
  sheet: 20_000,
  select: 30_000,
  open: 20_000,
  close: 5000,
  png: 20_000,
  blank: 20_000,
  rgb: 30_000,
  jpeg: 30_000,
};

interface Waiting {
  settle(result: Result<unknown, WorkshopProblem>): void;
}

export const createPdfWorkshop = (deps: { startThread: StartThread; clock: Clock }): PdfWorkshop => {
  let thread: Thread | undefined;
  let nextId = 1;
  const waiting = new Map<number, Waiting>();

  const abandon = (): void => {
    thread = undefined;
    const all = [...waiting.values()];
    waiting.clear();
    for (const one of all) one.settle(fail('slow'));
  };
  const ensure = (): Thread => {
    if (thread !== undefined) return thread;
    const started: Thread = deps.startThread({
      maxHeapMb: MAX_HEAP_MB,
      onMessage: (message) => {
        const reply = message as PdfReply;
        const one = waiting.get(reply.id);
        waiting.delete(reply.id);
        one?.settle(reply.ok ? ok(reply.value) : fail(reply.problem));
      },
      onExit: () => {
        if (thread === started) abandon();
      },
    });
    thread = started;
    return started;
  };
  const clear = async (): Promise<void> => {
    const ending = thread;
    abandon();
    await ending?.stop();
  };

  return {
    ask: (operation, args) =>
      new Promise((resolve) => {
        const asked = ensure();
        const id = nextId;
        nextId += 1;
        const cancel = deps.clock.after(TIMEOUT_MS[operation], () => {
          if (waiting.has(id)) void clear();
        });
        waiting.set(id, {
          settle: (result) => {
            cancel();
            resolve(result as Result<AnswerOf<typeof operation>, WorkshopProblem>);
          },
        });
        asked.post({ id, operation, args });
      }),
    clear,
    stop: clear,
  };
};

/**
 * Client of the PDF thread: requests have a timeout, and a thread that a document has killed or blocked is replaced.
 */
import { fail, type Result } from '../../../contract/result.ts';
import { createAskThread, type AnswerOf, type ArgsOf, type ThreadProblem } from '../../../platform/ask-thread.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { StartThread } from '../../../platform/worker.ts';
import type { PdfOperation, PdfOperations, PdfProblem } from './protocol.ts';

/** `slow`: the request took too long or killed the thread. */
export type PdfThreadProblem = PdfProblem | 'slow';

export interface PdfThread {
  ask<O extends PdfOperation>(
    operation: O,
    args: ArgsOf<PdfOperations, O>,
  ): Promise<Result<AnswerOf<PdfOperations, O>, PdfThreadProblem>>;
  /** Ends the thread and frees every page that it holds. The next `ask` starts another. */
  clear(): Promise<void>;
  stop(): Promise<void>;
}

const MAX_HEAP_MB = 512;
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

const problemOf = (problem: ThreadProblem): PdfThreadProblem => {
  if (problem === 'died') return 'slow';
  return problem === 'failed' ? 'damaged' : (problem as PdfThreadProblem);
};

export const createPdfThread = (deps: { startThread: StartThread; clock: Clock }): PdfThread => {
  const thread = createAskThread<PdfOperations>({
    ...deps,
    timeoutMs: (operation) => TIMEOUT_MS[operation],
    maxHeapMb: MAX_HEAP_MB,
  });
  return {
    async ask(operation, args) {
      const answer = await thread.ask(operation, args);
      return answer.ok ? answer : fail(problemOf(answer.error));
    },
    clear: thread.clear,
    stop: thread.clear,
  };
};

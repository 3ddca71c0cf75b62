/**
 * Client of the PDF decoder: requests have a timeout, and a decoder that a document has killed or blocked is replaced.
 */
import { fail, type Result } from '../../../contract/result.ts';
import {
  createDecoderClient,
  type AnswerOf,
  type ArgsOf,
  type DecoderProblem,
} from '../../../platform/decoders/client.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { StartDecoder } from '../../../platform/decoders/decoder.ts';
import type { PdfOperation, PdfOperations, PdfProblem } from './protocol.ts';

/** `slow`: the request took too long or killed the decoder. */
export type PdfDecoderProblem = PdfProblem | 'slow';

export interface PdfDecoder {
  ask<O extends PdfOperation>(
    operation: O,
    args: ArgsOf<PdfOperations, O>,
  ): Promise<Result<AnswerOf<PdfOperations, O>, PdfDecoderProblem>>;
  warmUp(): void;
  /** Ends the decoder and frees every page that it holds. The next `ask` starts another. */
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

const problemOf = (problem: DecoderProblem): PdfDecoderProblem => {
  if (problem === 'died') return 'slow';
  return problem === 'failed' ? 'damaged' : (problem as PdfDecoderProblem);
};

export const createPdfDecoder = (deps: { startDecoder: StartDecoder; clock: Clock }): PdfDecoder => {
  const decoder = createDecoderClient<PdfOperations>({
    ...deps,
    timeoutMs: (operation) => TIMEOUT_MS[operation],
    maxHeapMb: MAX_HEAP_MB,
  });
  return {
    async ask(operation, args) {
      const answer = await decoder.ask(operation, args);
      return answer.ok ? answer : fail(problemOf(answer.error));
    },
    warmUp: decoder.warmUp,
    clear: decoder.clear,
    stop: decoder.clear,
  };
};

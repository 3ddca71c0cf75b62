import { ThreadRefusal } from '../../../platform/serve-thread.ts';
import type { PdfProblem } from './protocol.ts';

/** Crosses the depths of the PDF thread only; at its edge it becomes an answer. */
export class PdfProblemError extends ThreadRefusal {
  override name = 'PdfProblemError';

  constructor(problem: PdfProblem, cause?: unknown) {
    super(problem, { cause });
  }
}

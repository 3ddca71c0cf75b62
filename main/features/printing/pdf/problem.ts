import { ThreadRefusal } from '../../../platform/serve-thread.ts';
import type { PdfProblem } from './protocol.ts';

/** Thrown inside the PDF thread only; `serveThread` turns it into a `problem` reply. */
export class PdfProblemError extends ThreadRefusal {
  override name = 'PdfProblemError';

  constructor(problem: PdfProblem, cause?: unknown) {
    super(problem, { cause });
  }
}

import type { PdfProblem } from './protocol.ts';

/** Crosses the depths of the PDF thread only; at its edge it becomes an answer. */
export class PdfProblemError extends Error {
  override name = 'PdfProblemError';
  readonly problem: PdfProblem;

  constructor(problem: PdfProblem, cause?: unknown) {
    super(problem, { cause });
    this.problem = problem;
  }
}

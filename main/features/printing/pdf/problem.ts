import { DecoderRefusal } from '../../../platform/decoders/serve.ts';
import type { PdfProblem } from './protocol.ts';

/** Thrown inside the PDF decoder only; `serveDecoder` turns it into a `problem` reply. */
export class PdfProblemError extends DecoderRefusal {
  override name = 'PdfProblemError';

  constructor(problem: PdfProblem, cause?: unknown) {
    super(problem, { cause });
  }
}

/** Decoders for tests: the same processes in the same sandbox as in the product. */
import { systemClock } from '../../main/platform/clock.ts';
import { decoderProcesses } from '../../main/platform/decoders/process.ts';
import { run } from '../../main/platform/run.ts';
import type { StartDecoder } from '../../main/platform/decoders/decoder.ts';

const decoderOf = decoderProcesses({ clock: systemClock, run });
const at = (script: string): StartDecoder => decoderOf(new URL(`../../main/features/${script}`, import.meta.url));

export const startPdfDecoder = at('printing/pdf/pdf-decoder.ts');
export const startDocumentDecoder = at('documents/work/document-decoder.ts');
export const startPageDecoder = at('scanning/pages/page-decoder.ts');

/** Decoders for tests: the same processes in the same sandbox as in the product. */
import { systemClock } from '../../main/platform/clock.ts';
import { decoderProcesses } from '../../main/platform/decoder-process.ts';
import { run } from '../../main/platform/run.ts';
import type { StartThread } from '../../main/platform/worker.ts';

const decoderOf = decoderProcesses({ clock: systemClock, run });
const at = (script: string): StartThread => decoderOf(new URL(`../../main/features/${script}`, import.meta.url));

export const pdfDecoder = at('printing/pdf/pdf-thread.ts');
export const documentDecoder = at('documents/work/document-thread.ts');
export const pageDecoder = at('scanning/pages/page-thread.ts');

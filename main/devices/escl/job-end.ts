/**
 * Interprets "no such page" (404, 410). By the protocol the job is over, but devices also answer it for a page that is
 * not ready, and then report a loaded feeder as empty. So we trust the job's own count first, the feeder's sensor
 * second, and a bare 404 only after a delay. A page that the device counted but did not deliver is never taken for the
 * end, and neither is a 404 of a device whose status can't be read: nothing then shows that the last page has come.
 */
import type { EsclQuirks } from './quirks.ts';
import { faultOfStatus, jobOf, type EsclStatus } from './status.ts';
import { scannerFault, type ScannerFault } from '../scanner.ts';

export type JobEnd =
  | { readonly kind: 'over' }
  /** Ask again: until the page's timeout, for the settling time, or until the status can be read. */
  | { readonly kind: 'wait'; readonly patience: 'page' | 'settle' | 'status' }
  | { readonly kind: 'fault'; readonly fault: ScannerFault };

const OVER = ['Completed', 'Canceled', 'Cancelled', 'Aborted'];
const MOVING = ['ScannerAdfProcessing', 'ScannerAdfLoaded'];

export interface JobQuery {
  readonly status: EsclStatus | undefined;
  readonly job: string;
  /** Number of pages received. */
  readonly pages: number;
  readonly fromFeeder: boolean;
  readonly quirks: EsclQuirks;
}

const missing = (detail: string): JobEnd => ({ kind: 'fault', fault: scannerFault('no-answer', detail) });

/** Decides while there is time left to wait. */
export const checkJobEnd = ({ status, job, pages, fromFeeder, quirks }: JobQuery): JobEnd => {
  if (!status) return { kind: 'wait', patience: 'status' };
  const said = faultOfStatus(status, false);
  if (said && said !== 'feeder-empty') return { kind: 'fault', fault: scannerFault(said) };
  const info = jobOf(status, job);
  if (!info) return { kind: 'wait', patience: 'settle' };
  const isShort = info.completed !== undefined && info.completed > pages;
  if (OVER.includes(info.state)) {
    if (info.state !== 'Completed') return missing(`job ${info.state}`);
    const stillMoves = fromFeeder && status.adf === 'ScannerAdfProcessing' && !quirks.processingIsEmpty;
    return pages > 0 && info.completed !== undefined && !isShort && !stillMoves
      ? { kind: 'over' }
      : { kind: 'wait', patience: 'settle' };
  }
  const isComing = isShort || (info.toTransfer ?? 0) > 0;
  const feederMoves =
    fromFeeder && MOVING.includes(status.adf) && !(status.adf === 'ScannerAdfProcessing' && quirks.processingIsEmpty);
  const firstIsComing = pages === 0 && status.state === 'Processing';
  return { kind: 'wait', patience: isComing || feederMoves || firstIsComing ? 'page' : 'settle' };
};

/** The verdict when the time is up and the scanner still answers the same. */
export const finalJobEnd = ({ status, job, pages, fromFeeder, quirks }: JobQuery): JobEnd => {
  if (!status) return missing('no status');
  const info = jobOf(status, job);
  if (info?.completed !== undefined && info.completed > pages) return missing(`${pages} of ${info.completed} pages`);
  if (info && !OVER.includes(info.state) && (info.toTransfer ?? 0) > 0) return missing('a page is still to come');
  if (fromFeeder && MOVING.includes(status.adf)) {
    const isEmpty = status.adf === 'ScannerAdfProcessing' && quirks.processingIsEmpty;
    const countIsComplete =
      info?.state === 'Completed' && info.completed === pages && status.adf === 'ScannerAdfLoaded';
    // Sheets remain, or went through without an image. The sensor is trusted, except when the job's own count is
    // complete.
    if (!isEmpty && !countIsComplete) return missing(`feeder says ${status.adf}`);
  }
  if (pages > 0) return { kind: 'over' };
  if (!fromFeeder) return missing('no page from the glass');
  return { kind: 'fault', fault: scannerFault('feeder-empty') };
};

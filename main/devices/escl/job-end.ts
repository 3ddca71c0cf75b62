/**
 * What "there is no such page" (404, 410) means. By the protocol the job is over; machines also say it of a page that is not
 * ready, and then call a loaded feeder empty. So the job's own count is believed first, the feeder's sensor second, and a bare 404
 * only after a while. A page that the machine counted and didn't give is never taken for the end.
 */
import type { EsclQuirks } from './quirks.ts';
import { faultOfStatus, jobOf, type EsclStatus } from './status.ts';
import { scannerFault, type ScannerFault } from '../scanner.ts';

export type JobEnd =
  | { readonly kind: 'over' }
  /** Ask again: until the page's own patience ends, or for the settling time alone. */
  | { readonly kind: 'wait'; readonly patience: 'page' | 'settle' }
  | { readonly kind: 'fault'; readonly fault: ScannerFault };

const OVER = ['Completed', 'Canceled', 'Cancelled', 'Aborted'];
const MOVING = ['ScannerAdfProcessing', 'ScannerAdfLoaded'];

export interface Question {
  readonly status: EsclStatus | undefined;
  readonly job: string;
  /** Pages that came. */
  readonly pages: number;
  readonly fromFeeder: boolean;
  readonly quirks: EsclQuirks;
}

const missing = (detail: string): JobEnd => ({ kind: 'fault', fault: scannerFault('no-answer', detail) });

/** Before the patience ended. */
export const whetherOver = ({ status, job, pages, fromFeeder, quirks }: Question): JobEnd => {
  const said = status && faultOfStatus(status, false);
  if (said && said !== 'feeder-empty') return { kind: 'fault', fault: scannerFault(said) };
  const info = jobOf(status, job);
  if (!info) return { kind: 'wait', patience: 'settle' };
  const isShort = info.completed !== undefined && info.completed > pages;
  if (OVER.includes(info.state)) {
    if (info.state !== 'Completed') return missing(`job ${info.state}`);
    const stillMoves = fromFeeder && status?.adf === 'ScannerAdfProcessing' && !quirks.processingIsEmpty;
    return pages > 0 && info.completed !== undefined && !isShort && !stillMoves
      ? { kind: 'over' }
      : { kind: 'wait', patience: 'settle' };
  }
  const isComing = isShort || (info.toTransfer ?? 0) > 0;
  const feederMoves =
    fromFeeder &&
    MOVING.includes(status?.adf ?? '') &&
    !(status?.adf === 'ScannerAdfProcessing' && quirks.processingIsEmpty);
  const firstIsComing = pages === 0 && status?.state === 'Processing';
  return { kind: 'wait', patience: isComing || feederMoves || firstIsComing ? 'page' : 'settle' };
};

/** The patience ended and the answer is still the same. */
export const verdict = ({ status, job, pages, fromFeeder, quirks }: Question): JobEnd => {
  const info = jobOf(status, job);
  if (info?.completed !== undefined && info.completed > pages) return missing(`${pages} of ${info.completed} pages`);
  if (info && !OVER.includes(info.state) && (info.toTransfer ?? 0) > 0) return missing('a page is still to come');
  if (fromFeeder && MOVING.includes(status?.adf ?? '')) {
    const isEmpty = status?.adf === 'ScannerAdfProcessing' && quirks.processingIsEmpty;
    const isTold = info?.state === 'Completed' && info.completed === pages && status?.adf === 'ScannerAdfLoaded';
    // Sheets are left, or went through without a picture. A machine that counted its job done is believed about its sensor.
    if (!isEmpty && !isTold) return missing(`feeder says ${status?.adf}`);
  }
  if (pages > 0) return { kind: 'over' };
  if (!fromFeeder) return missing('no page from the glass');
  return { kind: 'fault', fault: scannerFault('feeder-empty') };
};

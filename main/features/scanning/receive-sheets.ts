/** One run of the scanner: its pages are put into the paper, which then shows them or what went wrong. */
import type { ScanFault } from '../../contract/scanning.ts';
import type { ScanSource } from '../../devices/scanner.ts';
import { errorFields } from '../../log/error-fields.ts';
import type { Logger } from '../../log/logger.ts';
import { A4_MM } from '../../pdf/a4.ts';
import type { PageProcessor } from './page-processor.ts';
import { nextSide, restoreBlanks, type Paper } from './paper.ts';
import { sourceFor, type FoundScanner, type ScannerFinder } from './scanner-finder.ts';

export type OriginalPlace = 'glass' | 'feeder';

export interface SheetsDeps {
  readonly logger: Logger;
  readonly pages: PageProcessor;
  readonly finder: Pick<ScannerFinder, 'failed' | 'reach'>;
  readonly onChange: () => void;
  /** Called before the first page: when a scan fails or is stopped, its original is still there. */
  readonly onOriginal: (where: OriginalPlace) => void;
}

export const MAX_PAGES = 50;
const SCAN_DPI = 300;
/** Raw pages in memory, 26 MB each. A feeder faster than this PC waits. */
const MAX_IN_HAND = 3;

/** Never ends between the two sides of a sheet: nobody would notice that the last back is missing. */
const roomFor = ({ pages }: Paper, source: ScanSource): number => {
  const room = MAX_PAGES - pages.length;
  return source === 'feeder-duplex' ? room + (room % 2) : room;
};

const receive = async (
  { logger, pages, finder, onChange, onOriginal }: SheetsDeps,
  current: Paper,
  known: FoundScanner,
  signal: AbortSignal,
): Promise<void> => {
  const found = await finder.reach(known, signal);
  const isOver = (): boolean => current.over.signal.aborted;
  const source = sourceFor(current, found.facts);
  const fromGlass = source === 'flatbed';
  onOriginal(fromGlass ? 'glass' : 'feeder');
  const settings = {
    source,
    colour: 'colour',
    dpi: SCAN_DPI,
    ...A4_MM,
    maxPages: fromGlass ? 1 : roomFor(current, source),
  } as const;
  let fault: ScanFault | undefined;
  const work = new Set<Promise<void>>();
  try {
    for await (const event of found.scanner.scan(settings, signal)) {
      if (isOver()) break;
      if (event.kind === 'progress') {
        current.progress = event.fraction;
        onChange();
      } else if (event.kind === 'page') {
        const receiving = pages.receive(current, event.page, fromGlass);
        work.add(receiving);
        void receiving.finally(() => work.delete(receiving)).catch(() => undefined); // the awaits below get the error
        if (work.size >= MAX_IN_HAND) await Promise.race(work);
      } else if (event.kind === 'failed') {
        fault = event.fault.code;
        finder.failed(event.fault.code);
        logger.log('scan.failed', { code: event.fault.code });
      } else if (!fromGlass && !event.cancelled && event.pages >= settings.maxPages) {
        // Sheets may be left. The feeder's sensor is not asked: some say empty while they pull the next sheet.
        await Promise.all(work);
        fault = current.fault ?? 'too-many'; // a page that arrived damaged is said first
      }
    }
    await Promise.all(work);
  } finally {
    // Wait until every page is on the screen before the stage changes, also when the scanner's adapter throws.
    await Promise.allSettled(work);
  }
  if (isOver()) return;
  // Nobody scans only blank pages: these may be written in pencil, so the person looks at them.
  if (current.pages.length === 0) restoreBlanks(current);
  current.progress = null;
  if (fault) current.fault = fault;
  // When the scan of a back was stopped, that back is still to come.
  const awaitsSheet = current.looking === null && (current.pages.length === 0 || nextSide(current) === 'back');
  current.stage = current.fault ? 'failed' : awaitsSheet ? 'placing' : 'looking';
};

/** Changes nothing once the paper is over. Never rejects. */
export const receiveSheets = async (...asked: Parameters<typeof receive>): Promise<void> => {
  const [deps, current] = asked;
  try {
    await receive(...asked);
  } catch (error) {
    deps.logger.log('kiosk.bug', { feature: 'scanning', ...errorFields(error) });
    // Otherwise the screen would show « Numérisation » for ever.
    if (!current.over.signal.aborted) Object.assign(current, { stage: 'failed', progress: null, fault: 'garbled' });
  }
};

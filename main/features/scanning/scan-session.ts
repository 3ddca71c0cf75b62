/**
 * Everything that scanning holds for one session: the paper being scanned, and where its original may still be.
 * Work that is still running on a paper checks `Paper.over` before it changes anything.
 */
import type { InputOf, OutputOf, StateOf } from '../../contract/define.ts';
import { failure, ok, type Failure, type Result } from '../../contract/result.ts';
import type { ScanFault, ScanningContract } from '../../contract/scanning.ts';
import type { Bytes, LeavingItem } from '../feature.ts';
import type { ScanSource } from '../../devices/scanner.ts';
import { A4_MM } from '../../pdf/a4.ts';
import { finishPaper } from './finish-paper.ts';
import { sourceFor, type FoundScanner, type ScannerFinder } from './scanner-finder.ts';
import type { PageProcessor } from './page-processor.ts';
import { restoreBlanks, movePage, newPaper, nextSide, removePage, type HeldPage, type Paper } from './paper.ts';
import type { ScanningDeps } from './scanning.ts';

/** Dependencies that outlive the session. */
export interface ScanSessionDeps extends Omit<ScanningDeps, 'publish' | 'findScanner' | 'corner'> {
  readonly finder: ScannerFinder;
  readonly pages: PageProcessor;
  readonly onChange: () => void;
}

type Messages = ScanningContract['messages'];
type Answer<N extends keyof Messages> = Result<OutputOf<Messages[N]>, Failure<Messages[N]['errors'][number]>>;

export interface ScanSession {
  readonly work: StateOf<ScanningContract>['work'];
  beginPaper(input: InputOf<Messages['begin']>): Promise<Answer<'begin'>>;
  scan(): Answer<'scan'>;
  /** Stops the scanner and keeps the pages. */
  stopScan(): Promise<void>;
  accept(): Answer<'accept'>;
  again(): Answer<'again'>;
  turn(input: InputOf<Messages['turn']>): Promise<Answer<'turn'>>;
  showWhole(input: InputOf<Messages['showWhole']>): Promise<Answer<'showWhole'>>;
  move(input: InputOf<Messages['move']>): Answer<'move'>;
  remove(input: InputOf<Messages['remove']>): Answer<'remove'>;
  restoreBlanks(): void;
  finish(): Promise<Answer<'finish'>>;
  /** Discards the paper and stops the scanner. */
  dropPaper(): Promise<void>;
  picture(path: string): Bytes | undefined;
  leavingItems(): readonly LeavingItem[];
  leftovers(): readonly string[];
}

const SCAN_DPI = 300;
const MAX_PAGES = 50;
/** Raw pages in memory, 26 MB each. A feeder faster than this PC waits. */
const MAX_IN_HAND = 3;

/** Never ends between the two sides of a sheet: nobody would notice that the last back is missing. */
const roomFor = ({ pages }: Paper, source: ScanSource): number => {
  const room = MAX_PAGES - pages.length;
  return source === 'feeder-duplex' ? room + (room % 2) : room;
};

const pageState = (page: HeldPage): NonNullable<StateOf<ScanningContract>['work']>['pages'][number] => ({
  id: page.id,
  version: page.version,
  state: page.result ? 'ready' : 'arriving',
  width: page.view.width,
  height: page.view.height,
  flaws: page.flaws,
  turned: page.turned,
  straightened: Math.abs(page.result?.straightenedDeg ?? 0) > 0.4,
  unsure: page.unsure,
  cut: page.glass === undefined ? 'none' : page.whole ? 'whole' : 'cropped',
});

export const beginScanSession = (deps: ScanSessionDeps): ScanSession => {
  const { pageThread, reader, clock, logger, finder, pages, onChange } = deps;
  let paper: Paper | undefined;
  let running: { readonly abort: AbortController; readonly done: Promise<void> } | undefined;
  let onGlass = false;
  let inFeeder = false;

  const scanInto = async (current: Paper, found: FoundScanner, signal: AbortSignal): Promise<void> => {
    const release = deps.idleLocks.acquire('scan');
    const isOver = (): boolean => current.over.signal.aborted;
    try {
      const source = await sourceFor(current.mode, found);
      const fromGlass = source === 'flatbed';
      // Set it before the first page: when a scan fails or is stopped, its original is still there.
      if (fromGlass) onGlass = true;
      else inFeeder = true;
      const settings = {
        source,
        colour: 'colour',
        dpi: SCAN_DPI,
        ...A4_MM,
        maxPages: fromGlass ? 1 : roomFor(current, source),
      } as const;
      let fault: ScanFault | undefined;
      const work = new Set<Promise<void>>();
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
          logger.log('scan.failed', { code: event.fault.code });
        } else if (!fromGlass && !event.cancelled && event.pages >= settings.maxPages) {
          // Sheets may be left. The feeder's sensor is not asked: some say empty while they pull the next sheet.
          await Promise.all(work);
          fault = current.fault ?? 'too-many'; // a page that arrived damaged is said first
        }
      }
      // Wait until every page is on the screen before the stage changes.
      await Promise.all(work);
      if (isOver()) return;
      // Nobody scans only blank pages: these may be written in pencil, so the person looks at them.
      if (current.pages.length === 0) restoreBlanks(current);
      current.progress = null;
      if (fault) current.fault = fault;
      current.stage = current.fault ? 'failed' : current.pages.length > 0 ? 'looking' : 'placing';
    } finally {
      release();
      // Clear it before publishing: on the new stage, the screen may start the next scan at once.
      running = undefined;
      if (!isOver()) onChange();
    }
  };

  const stopScan = async (): Promise<void> => {
    running?.abort.abort();
    await running?.done.catch(() => undefined); // already reported; here we only wait for the end
  };

  const dropPaper = async (): Promise<void> => {
    const before = paper;
    // The last scan failed and was not repeated.
    if (before?.stage === 'failed') deps.counts.add('trouble.met', 'scan');
    paper = undefined;
    before?.over.abort();
    await stopScan();
    if (before) onChange();
  };

  return {
    get work() {
      return paper
        ? {
            mode: paper.mode,
            stage: paper.stage,
            progress: paper.progress,
            blanks: paper.blanks.length,
            looking: paper.looking,
            fault: paper.fault,
            next: nextSide(paper),
            pages: paper.pages.map(pageState),
          }
        : null;
    },
    async beginPaper({ mode }) {
      await dropPaper();
      if (!finder.found) return failure('scanning.no-scanner');
      reader.warmUp();
      paper = newPaper(mode);
      onChange();
      return ok(null);
    },
    scan() {
      const current = paper;
      if (!current || running || current.stage === 'finishing') return failure('scanning.not-now');
      if (!finder.found) return failure('scanning.no-scanner');
      if (current.pages.length >= MAX_PAGES) {
        Object.assign(current, { stage: 'failed', fault: 'too-many' });
        onChange();
        return ok(null);
      }
      Object.assign(current, { stage: 'scanning', progress: null, fault: null, looking: null });
      onChange();
      const abort = new AbortController();
      running = { abort, done: Promise.resolve() };
      const done = scanInto(current, finder.found, abort.signal);
      if (running) running = { abort, done };
      done.catch(() => undefined); // `stopScan` awaits it
      return ok(null);
    },
    stopScan,
    accept() {
      if (!paper || paper.stage === 'scanning' || paper.stage === 'finishing') return failure('scanning.not-now');
      const accepted = paper.pages.find(({ id }) => id === paper?.looking);
      if (accepted) accepted.glass = undefined;
      paper.looking = null;
      paper.fault = null;
      // The back of a card follows its front, unless the person only asks to see the pages that came.
      paper.stage = accepted && nextSide(paper) === 'back' ? 'placing' : 'looking';
      onChange();
      return ok(null);
    },
    again() {
      if (!paper || paper.stage === 'scanning' || paper.stage === 'finishing') return failure('scanning.not-now');
      if (paper.looking !== null) removePage(paper, paper.looking);
      paper.fault = null;
      paper.stage = 'placing';
      onChange();
      return ok(null);
    },
    async turn({ page: id }) {
      const page = paper?.pages.find((one) => one.id === id);
      if (!paper || !page) return failure('scanning.no-page');
      await pages.turnByHand(paper, page);
      return ok(null);
    },
    async showWhole({ page: id, whole }) {
      const page = paper?.pages.find((one) => one.id === id);
      if (!paper || !page?.glass) return failure('scanning.no-page');
      if (!page.result || paper.stage === 'finishing') return failure('scanning.not-now');
      await pages.showWhole(paper, page, whole);
      return ok(null);
    },
    move({ page, to }) {
      if (!paper || !movePage(paper, page, to)) return failure('scanning.no-page');
      onChange();
      return ok(null);
    },
    remove({ page }) {
      if (!paper || !removePage(paper, page)) return failure('scanning.no-page');
      if (paper.pages.length === 0 && paper.stage === 'looking') paper.stage = 'placing';
      onChange();
      return ok(null);
    },
    restoreBlanks() {
      if (paper) restoreBlanks(paper);
      onChange();
    },
    async finish() {
      const current = paper;
      if (!current || running || current.stage === 'finishing') return failure('scanning.not-now');
      if (current.pages.length === 0) return failure('scanning.no-page');
      current.stage = 'finishing';
      current.looking = null;
      onChange();
      const finished = await finishPaper({ pageThread, reader, clock, tray: deps.tray }, current);
      if (current.over.signal.aborted) return failure('scanning.failed');
      if (!finished.ok) {
        Object.assign(current, { stage: 'failed', fault: finished.error === 'failed' ? 'garbled' : finished.error });
        onChange();
        return failure(`scanning.${finished.error}`);
      }
      deps.counts.add('pages.scanned', undefined, current.pages.length);
      await dropPaper();
      return ok({ document: finished.value.id, name: finished.value.name });
    },
    dropPaper,
    picture(path) {
      const id = /^([0-9a-f-]{36})\.jpg(?:\?\d+)?$/.exec(path)?.[1];
      const page = paper?.pages.find((one) => one.id === id);
      return page && { type: 'image/jpeg', body: page.view.jpeg };
    },
    leavingItems: () => [
      ...(paper && paper.pages.length > 0 ? [{ kind: 'scanned-pages' as const, count: paper.pages.length }] : []),
      ...(onGlass ? [{ kind: 'original-on-glass' as const }] : []),
      ...(inFeeder ? [{ kind: 'originals-in-feeder' as const }] : []),
    ],
    leftovers: () => [
      ...(paper ? ['une numérisation en cours'] : []),
      ...(running ? ['le scanner travaille encore'] : []),
    ],
  };
};

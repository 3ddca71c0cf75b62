/**
 * Everything that scanning holds for one session: the paper being scanned, and where its original may still be.
 * Work that is still running on a paper checks `Paper.over` before it changes anything.
 */
import type { InputOf, OutputOf, StateOf } from '../../contract/define.ts';
import { failure, ok, type Failure, type Result } from '../../contract/result.ts';
import type { ScanningContract } from '../../contract/scanning.ts';
import type { Bytes, LeavingItem } from '../feature.ts';
import { finishPaper } from './finish-paper.ts';
import { MAX_PAGES, receiveSheets, type OriginalPlace } from './receive-sheets.ts';
import { placeOf, type FoundScanner, type ScannerFinder } from './scanner-finder.ts';
import type { PageProcessor } from './page-processor.ts';
import {
  awaitSheet,
  isBusy,
  movePage,
  newPaper,
  nextSide,
  removePage,
  restoreBlanks,
  type HeldPage,
  type Paper,
} from './paper.ts';
import type { ScanningDeps } from './scanning.ts';

/** Dependencies that outlive the session. */
export interface ScanSessionDeps extends Omit<ScanningDeps, 'publish' | 'findScanner' | 'firstScreen' | 'corner'> {
  readonly finder: ScannerFinder;
  readonly pages: PageProcessor;
  readonly onChange: () => void;
}

type Messages = ScanningContract['messages'];
type Work = NonNullable<StateOf<ScanningContract>['work']>;
type Answer<N extends keyof Messages> = Result<OutputOf<Messages[N]>, Failure<Messages[N]['errors'][number]>>;

export interface ScanSession {
  readonly work: Work | null;
  beginPaper(input: InputOf<Messages['begin']>): Promise<Answer<'begin'>>;
  scan(): Answer<'scan'>;
  /** Stops the scanner and keeps the pages. */
  stopScan(): Promise<void>;
  accept(): Answer<'accept'>;
  again(): Answer<'again'>;
  useGlass(): Answer<'useGlass'>;
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

const pageState = (page: HeldPage): Work['pages'][number] => ({
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

const workState = (paper: Paper, found: FoundScanner | undefined): Work => ({
  mode: paper.mode,
  place: found ? placeOf(paper, found.facts) : 'glass',
  stage: paper.stage,
  progress: paper.progress,
  blanks: paper.blanks.length,
  read: paper.read,
  looking: paper.looking,
  fault: paper.fault,
  next: nextSide(paper),
  pages: paper.pages.map(pageState),
});

/** Says so, and returns true, when the document has room for no other page. */
const refuseMore = (paper: Paper): boolean => {
  if (paper.pages.length < MAX_PAGES) return false;
  Object.assign(paper, { stage: 'failed', fault: 'too-many' });
  return true;
};

export const beginScanSession = (deps: ScanSessionDeps): ScanSession => {
  const { finder, pages, onChange } = deps;
  let paper: Paper | undefined;
  let running: { readonly abort: AbortController; readonly done: Promise<void> } | undefined;
  /** Where originals of this session may still be. */
  const originals = new Set<OriginalPlace>();

  const scanInto = async (current: Paper, found: FoundScanner, signal: AbortSignal): Promise<void> => {
    const release = deps.idleLocks.acquire('scan');
    try {
      await receiveSheets({ ...deps, onOriginal: (where) => void originals.add(where) }, current, found, signal);
    } finally {
      release();
      // Clear it before publishing: on the new stage, the screen may start the next scan at once.
      running = undefined;
      if (!current.over.signal.aborted) onChange();
    }
  };

  const stopScan = async (): Promise<void> => {
    running?.abort.abort();
    await running?.done;
  };

  const dropPaper = async (): Promise<void> => {
    const before = paper;
    // The last scan failed and was not repeated.
    if (before?.stage === 'failed') deps.counts.add('trouble.met', 'scan');
    if (before && before.pages.length > 0) deps.counts.add('document.held');
    paper = undefined;
    before?.over.abort();
    await stopScan();
    if (before) onChange();
  };

  return {
    get work() {
      return paper ? workState(paper, finder.found) : null;
    },
    async beginPaper({ mode }) {
      // Before any wait: nothing is loaded once the session has ended.
      if (finder.found) pages.warmUp();
      await dropPaper();
      if (!finder.found) return failure('scanning.no-scanner');
      paper = newPaper(mode);
      onChange();
      return ok(null);
    },
    scan() {
      const current = paper;
      if (!current || running || current.stage === 'finishing') return failure('scanning.not-now');
      if (!finder.found) return failure('scanning.no-scanner');
      const refused = refuseMore(current);
      if (!refused) Object.assign(current, { stage: 'scanning', progress: null, fault: null, looking: null });
      onChange();
      if (refused) return ok(null);
      deps.tray.expectPaper();
      const abort = new AbortController();
      running = { abort, done: Promise.resolve() };
      const done = scanInto(current, finder.found, abort.signal);
      if (running) running = { abort, done };
      return ok(null);
    },
    stopScan,
    accept() {
      if (!paper || isBusy(paper)) return failure('scanning.not-now');
      const accepted = paper.pages.find(({ id }) => id === paper?.looking);
      if (accepted) Object.assign(accepted, { accepted: true, glass: undefined });
      paper.looking = null;
      paper.fault = null;
      // The back follows the front, unless the person only asks to see the pages that came.
      paper.backNext = paper.mode === 'both-sides' && accepted !== undefined && !paper.backNext;
      paper.stage = accepted && nextSide(paper) === 'back' ? 'placing' : 'looking';
      onChange();
      return ok(null);
    },
    again() {
      if (!paper || isBusy(paper)) return failure('scanning.not-now');
      if (paper.looking !== null) removePage(paper, paper.looking);
      if (!refuseMore(paper)) awaitSheet(paper);
      onChange();
      return ok(null);
    },
    useGlass() {
      if (!paper || isBusy(paper)) return failure('scanning.not-now');
      paper.onGlass = true;
      awaitSheet(paper);
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
      if (paper.pages.length === 0) {
        paper.backNext = false;
        if (paper.stage === 'looking') paper.stage = 'placing';
      }
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
      Object.assign(current, { stage: 'finishing', looking: null, read: 0 });
      for (const page of current.pages) page.accepted = true;
      onChange();
      const release = deps.idleLocks.acquire('scan');
      const finished = await finishPaper(deps, current).finally(release);
      if (current.over.signal.aborted) return failure('scanning.failed');
      if (!finished.ok) {
        Object.assign(current, { stage: 'failed', fault: finished.error === 'failed' ? 'not-made' : finished.error });
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
      ...(originals.has('glass') ? [{ kind: 'original-on-glass' as const }] : []),
      ...(originals.has('feeder') ? [{ kind: 'originals-in-feeder' as const }] : []),
    ],
    leftovers: () => [
      ...(paper ? ['une numérisation en cours'] : []),
      ...(running ? ['le scanner travaille encore'] : []),
    ],
  };
};

/** Scanning: from "Une seule feuille" to a named document in the tray. */
import type { StateOf } from '../../contract/define.ts';
import { failure, ok } from '../../contract/result.ts';
import type { ScanFault, ScanningContract } from '../../contract/scanning.ts';
import type { Scanner } from '../../devices/scanner.ts';
import type { Logger } from '../../log/logger.ts';
import type { AskThread } from '../../platform/ask-thread.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Bytes, Counts, Feature, Holds, LeavingItem, Publish, WipeStep } from '../feature.ts';
import { finishPaper, type PaperTray } from './finish-paper.ts';
import { createMachineDesk, sourceFor, type Machine } from './machine.ts';
import { createPageDesk } from './page-desk.ts';
import type { PageOperations } from './pages/operations.ts';
import { bringBack, movePage, newPaper, removePage, type Paper } from './paper.ts';
import type { Reader } from './reading/reader.ts';

export interface ScanningDeps {
  /**
   * Looks for the machine of this kiosk; undefined when none answers. Called at start and on "chercher encore".
   * Itself undefined: the place has no scanner, on purpose.
   */
  readonly findScanner: ((signal: AbortSignal) => Promise<Scanner | undefined>) | undefined;
  /** `createAskThread<PageOperations>` on `pages/page-thread.ts`. */
  readonly workshop: AskThread<PageOperations>;
  readonly reader: Reader;
  readonly tray: PaperTray;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly publish: Publish<ScanningContract>;
  readonly counts: Counts;
  readonly holds: Holds;
  readonly corner: 'back-left' | 'back-right' | 'front-left' | 'front-right';
}

export interface Scanning extends Feature<ScanningContract> {
  readonly wipe: WipeStep;
  leavingItems(): readonly LeavingItem[];
}

type State = StateOf<ScanningContract>;

const A4_MM = { widthMm: 210, heightMm: 297 };
const SCAN_DPI = 300;
const MAX_PAGES = 50;
/** Raw pages of 26 MB; a feeder faster than this PC waits for it. */
const MAX_IN_HAND = 3;

export const createScanning = (deps: ScanningDeps): Scanning => {
  const { workshop, reader, clock, logger } = deps;
  let paper: Paper | undefined;
  let running: { readonly abort: AbortController; readonly done: Promise<void> } | undefined;
  let onGlass = false;

  const state = (): State => ({
    scanner:
      deps.findScanner === undefined
        ? { kind: 'off' }
        : desk.looking
          ? { kind: 'looking' }
          : desk.machine
            ? {
                kind: 'ready',
                glass: desk.machine.facts.sources.includes('flatbed'),
                feeder: desk.machine.facts.sources.includes('feeder'),
                bothSides: desk.machine.facts.sources.includes('feeder-duplex'),
                corner: deps.corner,
              }
            : { kind: 'none' },
    work: paper
      ? {
          mode: paper.mode,
          stage: paper.stage,
          progress: paper.progress,
          blanks: paper.blanks.length,
          looking: paper.looking,
          fault: paper.fault,
          next: paper.next,
          pages: paper.pages.map((page) => ({
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
          })),
        }
      : null,
  });
  const publish = (): void => deps.publish(state());

  // Made before anything can change; what changes is told once they are there.
  const desk = createMachineDesk({
    findScanner: deps.findScanner ?? (async () => undefined),
    clock,
    logger,
    onChange: publish,
  });
  const pages = createPageDesk({
    workshop,
    reader,
    clock,
    logger,
    isCurrent: (one) => paper === one,
    onChange: publish,
  });

  const scanInto = async (mine: Paper, machine: Machine, signal: AbortSignal): Promise<void> => {
    const release = deps.holds.hold('scan');
    try {
      const source = await sourceFor(mine.mode, machine);
      const fromGlass = source === 'flatbed';
      logger.log('scan.started', { mode: mine.mode, source });
      const settings = {
        source,
        colour: 'colour',
        dpi: SCAN_DPI,
        ...A4_MM,
        maxPages: fromGlass ? 1 : MAX_PAGES - mine.pages.length,
      } as const;
      let fault: ScanFault | undefined;
      const work = new Set<Promise<void>>();
      for await (const event of machine.scanner.scan(settings, signal)) {
        if (paper !== mine) break;
        if (event.kind === 'progress') {
          mine.progress = event.fraction;
          publish();
        } else if (event.kind === 'page') {
          if (fromGlass) onGlass = true;
          const receiving = pages.receive(mine, event.page, fromGlass);
          work.add(receiving);
          void receiving.finally(() => work.delete(receiving)).catch(() => undefined); // told through the waits
          if (work.size >= MAX_IN_HAND) await Promise.race(work);
        } else if (event.kind === 'failed') {
          fault = event.fault.code;
          logger.log('scan.failed', { code: event.fault.code, reason: event.fault.detail });
        }
      }
      // The glass gives one page: it is on the screen before the stage changes.
      await Promise.all(work);
      if (paper !== mine) return;
      mine.progress = null;
      if (fault) mine.fault = fault;
      const something = mine.pages.length + mine.blanks.length > 0;
      mine.stage = mine.fault ? 'failed' : something ? 'looking' : 'placing';
    } finally {
      release();
      // Before it is told: whoever hears of the new stage may go on at once.
      running = undefined;
      if (paper === mine) publish();
    }
  };

  const stopScan = async (): Promise<void> => {
    running?.abort.abort();
    await running?.done.catch(() => undefined);
  };

  const dropPaper = async (): Promise<void> => {
    const before = paper;
    paper = undefined;
    await stopScan();
    if (before) publish();
  };

  const bytes = async (path: string): Promise<Bytes | undefined> => {
    const id = /^([0-9a-f-]{36})\.jpg(?:\?\d+)?$/.exec(path)?.[1];
    const page = paper?.pages.find((one) => one.id === id);
    return page && { type: 'image/jpeg', body: page.view.jpeg };
  };

  const wipe: WipeStep = {
    name: 'scans',
    async wipe() {
      await dropPaper();
      onGlass = false;
      // Both hold pictures of this person's papers: they go with them.
      await Promise.all([workshop.clear(), reader.clear()]);
    },
    leftovers: async () => [
      ...(paper ? ['une numérisation en cours'] : []),
      ...(running ? ['le scanner travaille encore'] : []),
    ],
  };

  if (deps.findScanner) void desk.look();
  return {
    initial: state(),
    bytes,
    wipe,
    leavingItems: () => (onGlass ? [{ kind: 'original-on-glass' }] : []),
    handlers: {
      async look() {
        if (deps.findScanner) void desk.look();
        publish();
        return ok(null);
      },
      async begin({ mode }) {
        await dropPaper();
        if (!desk.machine) return failure('scanning.no-scanner');
        reader.warmUp();
        paper = newPaper(mode);
        publish();
        return ok(null);
      },
      async scan() {
        const mine = paper;
        if (!mine || running || mine.stage === 'finishing') return failure('scanning.not-now');
        if (!desk.machine) return failure('scanning.no-scanner');
        if (mine.pages.length >= MAX_PAGES) {
          Object.assign(mine, { stage: 'failed', fault: 'too-many' });
          publish();
          return ok(null);
        }
        Object.assign(mine, { stage: 'scanning', progress: null, fault: null, looking: null });
        publish();
        const abort = new AbortController();
        running = { abort, done: Promise.resolve() };
        const done = scanInto(mine, desk.machine, abort.signal);
        if (running) running = { abort, done };
        done.catch(() => undefined);
        return ok(null);
      },
      async stop() {
        await stopScan();
        return ok(null);
      },
      async accept() {
        if (!paper || paper.stage === 'scanning' || paper.stage === 'finishing') return failure('scanning.not-now');
        const accepted = paper.pages.find(({ id }) => id === paper?.looking);
        if (accepted) accepted.glass = undefined;
        paper.looking = null;
        paper.fault = null;
        if (paper.mode === 'card') paper.next = paper.pages.length === 1 ? 'back' : null;
        paper.stage = paper.mode === 'card' && paper.pages.length === 1 ? 'placing' : 'looking';
        publish();
        return ok(null);
      },
      async again() {
        if (!paper || paper.stage === 'scanning' || paper.stage === 'finishing') return failure('scanning.not-now');
        if (paper.looking !== null) removePage(paper, paper.looking);
        paper.fault = null;
        paper.stage = 'placing';
        publish();
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
      async move({ page, to }) {
        if (!paper || !movePage(paper, page, to)) return failure('scanning.no-page');
        publish();
        return ok(null);
      },
      async remove({ page }) {
        if (!paper || !removePage(paper, page)) return failure('scanning.no-page');
        if (paper.pages.length === 0 && paper.stage === 'looking') paper.stage = 'placing';
        publish();
        return ok(null);
      },
      async restoreBlanks() {
        if (paper) bringBack(paper);
        publish();
        return ok(null);
      },
      async finish() {
        const mine = paper;
        if (!mine || running || mine.stage === 'finishing') return failure('scanning.not-now');
        if (!mine.pages.some((page) => page.result)) return failure('scanning.no-page');
        mine.stage = 'finishing';
        mine.looking = null;
        publish();
        const finished = await finishPaper({ workshop, reader, clock, tray: deps.tray }, mine);
        if (paper !== mine) return failure('scanning.failed');
        if (!finished.ok) {
          Object.assign(mine, { stage: 'failed', fault: finished.error === 'failed' ? 'garbled' : finished.error });
          publish();
          return failure(`scanning.${finished.error}`);
        }
        deps.counts.add('pages.scanned', undefined, mine.pages.length);
        paper = undefined;
        publish();
        return ok({ document: finished.value.id, name: finished.value.name });
      },
      async abandon() {
        await dropPaper();
        return ok(null);
      },
    },
    async stop() {
      desk.stop();
      await dropPaper();
      await Promise.all([workshop.clear(), reader.clear()]);
    },
  };
};

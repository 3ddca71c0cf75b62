/** Scanning: from "Une seule feuille" to a named document in the tray. */
import type { StateOf } from '../../contract/define.ts';
import { ok } from '../../contract/result.ts';
import type { ScanningContract } from '../../contract/scanning.ts';
import type { Scanner } from '../../devices/scanner.ts';
import type { Logger } from '../../log/logger.ts';
import type { DecoderClient } from '../../platform/decoders/client.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Counts, Feature, IdleLocks, LeavingItem, Publish, WipeStep } from '../feature.ts';
import type { ScanningCounter } from './counters.ts';
import type { PaperTray } from './finish-paper.ts';
import { createScannerFinder } from './scanner-finder.ts';
import { createPageProcessor } from './page-processor.ts';
import type { PageOperations } from './pages/operations.ts';
import type { Reader } from '../../devices/text-reader.ts';
import { beginScanSession, type ScanSession } from './scan-session.ts';

export interface ScanningDeps {
  /**
   * Looks for this kiosk's scanner; resolves to undefined when none answers. Called at start and on "chercher encore".
   * Undefined when the site is configured without a scanner.
   */
  readonly findScanner: ((signal: AbortSignal) => Promise<Scanner | undefined>) | undefined;
  readonly firstScreen: Promise<void>;
  /** `createDecoderClient<PageOperations>` on `pages/page-decoder.ts`. */
  readonly pageDecoder: DecoderClient<PageOperations>;
  readonly reader: Reader;
  /** The folder in the session's where drivers put temporary files of pages. Empty unless a scan is under way. */
  readonly passing: { list(): Promise<readonly string[]>; remove(): Promise<void> };
  readonly tray: PaperTray;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly publish: Publish<ScanningContract>;
  readonly counts: Counts<ScanningCounter>;
  readonly idleLocks: IdleLocks;
  readonly corner: 'back-left' | 'back-right' | 'front-left' | 'front-right';
}

export interface Scanning extends Feature<ScanningContract, ScanSession> {
  /** A session begins. */
  begin(): void;
  readonly wipe: WipeStep;
  leavingItems(): readonly LeavingItem[];
}

type State = StateOf<ScanningContract>;

export const createScanning = (deps: ScanningDeps): Scanning => {
  const { pageDecoder, reader, passing, clock, logger } = deps;
  let session: ScanSession | undefined;
  /** The last session, until its wipe is done: the scanner may still be busy with it. */
  let ending: ScanSession | undefined;

  const scannerState = (): State['scanner'] => {
    if (deps.findScanner === undefined) return { kind: 'off' };
    if (finder.looking) return { kind: 'looking' };
    if (!finder.found) return { kind: 'none' };
    const { sources } = finder.found.facts;
    return {
      kind: 'ready',
      glass: sources.includes('flatbed'),
      bothSides: sources.includes('feeder-duplex'),
      corner: deps.corner,
    };
  };
  const state = (): State => ({ scanner: scannerState(), work: session?.work ?? null });
  const publish = (): void => deps.publish(state());

  const finder = createScannerFinder({
    findScanner: deps.findScanner ?? (async () => undefined),
    firstScreen: deps.firstScreen,
    clock,
    logger,
    onChange: publish,
  });
  const pages = createPageProcessor({ pageDecoder, reader, logger, onChange: publish });

  /** At the same time: the decoder and the reader hold pictures of these papers, and the scan waits for its pages. */
  const dropAll = (of: ScanSession | undefined): Promise<unknown> =>
    Promise.all([of?.dropPaper(), pageDecoder.clear(), reader.clear()]);

  const wipe: WipeStep = {
    name: 'scans',
    async wipe() {
      ending = session ?? ending;
      session = undefined;
      await dropAll(ending);
      ending = undefined;
      await passing.remove();
    },
    async leftovers() {
      const files = (await passing.list()).length;
      return [
        ...((session ?? ending)?.leftovers() ?? []),
        ...(reader.held > 0 ? [`${reader.held} page(s) en cours de lecture`] : []),
        ...(files > 0 ? [`${files} fichier(s) du scanner`] : []),
      ];
    },
  };

  if (deps.findScanner) void finder.look();
  return {
    initial: state(),
    own: () => session,
    begin() {
      session = beginScanSession({ ...deps, finder, pages, onChange: publish });
    },
    bytes: async (path) => session?.picture(path),
    wipe,
    leavingItems: () => session?.leavingItems() ?? [],
    handlers: {
      async look() {
        if (deps.findScanner) void finder.look();
        publish();
        return ok(null);
      },
      begin: (input, mine) => mine.beginPaper(input),
      scan: async (_, mine) => mine.scan(),
      async stop(_, mine) {
        await mine.stopScan();
        return ok(null);
      },
      accept: async (_, mine) => mine.accept(),
      again: async (_, mine) => mine.again(),
      useGlass: async (_, mine) => mine.useGlass(),
      turn: (input, mine) => mine.turn(input),
      showWhole: (input, mine) => mine.showWhole(input),
      move: async (input, mine) => mine.move(input),
      remove: async (input, mine) => mine.remove(input),
      async restoreBlanks(_, mine) {
        mine.restoreBlanks();
        return ok(null);
      },
      finish: (_, mine) => mine.finish(),
      async abandon(_, mine) {
        await mine.dropPaper();
        return ok(null);
      },
    },
    async stop() {
      finder.stop();
      await dropAll(session ?? ending);
    },
  };
};

/** The scanning feature with its real page decoder and a scanner controlled by the test. */
import { scanningContract, type ScanningContract } from '../../../main/contract/scanning.ts';
import type { Handlers, StateOf } from '../../../main/contract/define.ts';
import type { Scanner } from '../../../main/devices/scanner.ts';
import type { PaperTray, FinishedPage } from '../../../main/features/scanning/finish-paper.ts';
import type { PageOperations } from '../../../main/features/scanning/pages/operations.ts';
import { createTesseractReader } from '../../../main/devices/tesseract/tesseract-reader.ts';
import type { Reader } from '../../../main/devices/text-reader.ts';
import { createScanning, type Scanning, type ScanningDeps } from '../../../main/features/scanning/scanning.ts';
import { silentLogger, type Logger } from '../../../main/log/logger.ts';
import { createDecoderClient, type DecoderClient } from '../../../main/platform/decoders/client.ts';
import { systemClock, type Clock } from '../../../main/platform/clock.ts';
import { createMemoryReader } from '../../fakes/memory-reader.ts';
import { asDispatched } from '../as-dispatched.ts';
import { startPageDecoder } from '../decoders.ts';

export const languageFolder = new URL('../../../node_modules/@tesseract.js-data/fra/4.0.0_best_int', import.meta.url)
  .pathname;

export const realReader = (threads = 1): Reader =>
  createTesseractReader({ clock: systemClock, logger: silentLogger, languageFolder, threads });

export const realPageDecoder = (): DecoderClient<PageOperations> =>
  createDecoderClient<PageOperations>({
    startDecoder: startPageDecoder,
    clock: systemClock,
    timeoutMs: () => 60_000,
    maxHeapMb: 512,
  });

export interface FinishedPaper {
  readonly kind: string;
  readonly name: string;
  readonly pages: readonly FinishedPage[];
}

export interface ScanningFixture {
  readonly scanning: Omit<Scanning, 'handlers'> & { readonly handlers: Handlers<ScanningContract> };
  readonly state: () => StateOf<ScanningContract>;
  /** Resolves with the first state for which `test` is true. */
  until(what: string, test: (state: StateOf<ScanningContract>) => boolean): Promise<StateOf<ScanningContract>>;
  readonly papers: FinishedPaper[];
  readonly held: string[];
  stop(): Promise<void>;
}

export const scanningFixture = async (over: {
  scanner: Scanner | undefined;
  reader?: Reader;
  pageDecoder?: DecoderClient<PageOperations>;
  tray?: PaperTray;
  passing?: ScanningDeps['passing'];
  logger?: Logger;
  clock?: Clock;
}): Promise<ScanningFixture> => {
  let state: StateOf<ScanningContract> | undefined;
  const papers: FinishedPaper[] = [];
  const held: string[] = [];
  const waiting = new Set<() => void>();
  const made = createScanning({
    findScanner: async () => over.scanner,
    firstScreen: Promise.resolve(),
    pageDecoder: over.pageDecoder ?? realPageDecoder(),
    reader: over.reader ?? createMemoryReader().reader,
    tray: over.tray ?? {
      expectPaper: () => undefined,
      async addPaper(paper) {
        papers.push(paper);
        return { ok: true, value: { id: `paper-${papers.length}`, name: paper.name } };
      },
    },
    passing: over.passing ?? { list: async () => [], remove: async () => undefined },
    clock: over.clock ?? systemClock,
    logger: over.logger ?? silentLogger,
    publish(next) {
      state = next;
      for (const wake of [...waiting]) wake();
    },
    counts: { add: () => undefined },
    idleLocks: {
      acquire(what) {
        held.push(`+${what}`);
        return () => void held.push(`-${what}`);
      },
    },
    corner: 'back-left',
  });
  const scanning = { ...made, handlers: asDispatched(scanningContract, made) };
  scanning.begin();
  const now = (): StateOf<ScanningContract> => state ?? scanning.initial;
  const until: ScanningFixture['until'] = (what, test) =>
    new Promise((resolve, reject) => {
      const late = setTimeout(
        () => reject(new Error(`never: ${what}; last state ${JSON.stringify(now()).slice(0, 600)}`)),
        40_000,
      );
      const check = (): void => {
        if (!test(now())) return;
        clearTimeout(late);
        waiting.delete(check);
        resolve(now());
      };
      waiting.add(check);
      check();
    });
  await until('the scanner was looked for', ({ scanner }) => scanner.kind !== 'looking');
  return { scanning, state: now, until, papers, held, stop: () => scanning.stop() };
};

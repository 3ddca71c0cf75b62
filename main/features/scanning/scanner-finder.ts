/** Finds this kiosk's scanner, reads its capabilities, and chooses the glass or the feeder. */
import type { ScanMode } from '../../contract/scanning.ts';
import type { Scanner, ScannerDescription, ScanSource } from '../../devices/scanner.ts';
import type { Logger } from '../../log/logger.ts';
import { withTimeout, type Clock } from '../../platform/clock.ts';

export interface FoundScanner {
  readonly scanner: Scanner;
  readonly facts: ScannerDescription;
}

export interface ScannerFinder {
  readonly found: FoundScanner | undefined;
  readonly looking: boolean;
  look(): Promise<void>;
  stop(): void;
}

const FIND_TIMEOUT_MS = 40_000;

export const createScannerFinder = (deps: {
  readonly findScanner: (signal: AbortSignal) => Promise<Scanner | undefined>;
  /** The search waits for it: its adapters and programs would slow the first screen down. */
  readonly firstScreen: Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onChange: () => void;
}): ScannerFinder => {
  const stopped = new AbortController();
  let found: FoundScanner | undefined;
  let looking: Promise<void> | undefined;
  let logged = '';
  /** Logs changes only: people press « chercher encore », and a line for each search would record when. */
  const log = (event: 'scanner.found' | 'scanner.none', code?: string): void => {
    if (logged !== (logged = `${event} ${code ?? ''}`)) deps.logger.log(event, { code });
  };
  const find = async (): Promise<void> => {
    try {
      await deps.firstScreen; // before the limit: on an old PC it takes as long as the search
      const scanner = await withTimeout(
        deps.clock,
        FIND_TIMEOUT_MS,
        'looking for a scanner',
        deps.findScanner(stopped.signal),
      );
      const facts = await scanner?.describe(stopped.signal);
      found = scanner && facts?.ok ? { scanner, facts: facts.value } : undefined;
      log(found ? 'scanner.found' : 'scanner.none', facts && !facts.ok ? facts.error.code : undefined);
    } catch {
      found = undefined;
      log('scanner.none', 'no-answer');
    } finally {
      looking = undefined;
      if (!stopped.signal.aborted) deps.onChange();
    }
  };
  return {
    get found() {
      return found;
    },
    get looking() {
      return looking !== undefined;
    },
    look: () => (looking ??= find()),
    stop: () => stopped.abort(),
  };
};

/** The feeder for several sheets, unless it reports that it is empty; otherwise the glass. */
export const sourceFor = async (
  mode: ScanMode,
  { facts, scanner }: FoundScanner,
  signal: AbortSignal,
): Promise<ScanSource> => {
  const has = (source: ScanSource): boolean => facts.sources.includes(source);
  if (mode === 'several' || mode === 'both-sides') {
    const status = has('flatbed') ? await scanner.status(signal) : undefined;
    const empty = status?.kind === 'ready' && status.feeder === 'empty';
    if (!empty && mode === 'both-sides' && has('feeder-duplex')) return 'feeder-duplex';
    if (!empty && has('feeder')) return 'feeder';
  }
  return has('flatbed') ? 'flatbed' : has('feeder') ? 'feeder' : 'feeder-duplex';
};

/** Finds this kiosk's scanner, reads its capabilities, and chooses the glass or the feeder. */
import type { Scanner, ScannerDescription, ScannerFaultCode, ScanSource } from '../../devices/scanner.ts';
import type { Logger } from '../../log/logger.ts';
import { unlessAborted, withTimeout, type Clock } from '../../platform/clock.ts';
import type { Paper } from './paper.ts';

export interface FoundScanner {
  readonly scanner: Scanner;
  readonly facts: ScannerDescription;
}

export interface ScannerFinder {
  readonly found: FoundScanner | undefined;
  readonly looking: boolean;
  look(): Promise<void>;
  /** A scan failed: the scanner may be gone from where it was found. */
  failed(code: ScannerFaultCode): void;
  /** The scanner to scan with: `known`, or the one that a search finds when `known` is gone. */
  reach(known: FoundScanner, signal: AbortSignal): Promise<FoundScanner>;
  stop(): void;
}

const FIND_TIMEOUT_MS = 40_000;
/**
 * How a scanner fails where it is no longer: switched off and on, it has another number on its cable, and on the
 * network perhaps another address.
 */
const GONE: ReadonlySet<ScannerFaultCode> = new Set(['not-found', 'unplugged', 'no-answer']);

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
  let mayBeGone = false;
  let searching: Promise<void> | undefined;
  let logged = '';
  /** Logs changes only: people press « chercher encore », and a line for each search would record when. */
  const log = (event: 'scanner.found' | 'scanner.none', code?: string): void => {
    if (logged !== (logged = `${event} ${code ?? ''}`)) deps.logger.log(event, { code });
  };
  const search = async (): Promise<{ readonly one: FoundScanner | undefined; readonly code?: string | undefined }> => {
    await deps.firstScreen; // before the limit: on an old PC it takes as long as the search
    const scanner = await withTimeout(
      deps.clock,
      FIND_TIMEOUT_MS,
      'looking for a scanner',
      deps.findScanner(stopped.signal),
    );
    const facts = await scanner?.describe(stopped.signal);
    if (scanner && facts?.ok) return { one: { scanner, facts: facts.value } };
    return { one: undefined, code: facts && !facts.ok ? facts.error.code : undefined };
  };
  const find = async (): Promise<void> => {
    try {
      const { one, code } = await search();
      found = one;
      mayBeGone = false;
      log(found ? 'scanner.found' : 'scanner.none', code);
    } catch {
      found = undefined;
      log('scanner.none', 'no-answer');
    } finally {
      looking = undefined;
      if (!stopped.signal.aborted) deps.onChange();
    }
  };
  /** When it finds none, the last one stays: its screens lead to the pages that came before. */
  const findAgain = async ({ scanner }: FoundScanner): Promise<void> => {
    try {
      const status = await scanner.status(stopped.signal);
      const isThere = status.kind !== 'fault' || !GONE.has(status.fault.code);
      const one = isThere ? found : (await search()).one;
      mayBeGone = one === undefined;
      found = one ?? found;
    } catch {
      // too slow: the next scan searches again
    } finally {
      searching = undefined;
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
    failed: (code) => void (mayBeGone ||= GONE.has(code)),
    async reach(known, signal) {
      if (!mayBeGone || signal.aborted) return known;
      await unlessAborted((searching ??= findAgain(known)), signal);
      return found ?? known;
    },
    stop: () => stopped.abort(),
  };
};

type Sources = Pick<ScannerDescription, 'sources'>;

/** Where the sheets go. A feeder that reads one side would lose every back: on the glass, the person sees each side. */
export const placeOf = (
  { mode, onGlass }: Pick<Paper, 'mode' | 'onGlass'>,
  { sources }: Sources,
): 'glass' | 'feeder' => {
  if (!sources.includes('flatbed')) return 'feeder';
  const feeds =
    (mode === 'several' && sources.includes('feeder')) || (mode === 'both-sides' && sources.includes('feeder-duplex'));
  return feeds && !onGlass ? 'feeder' : 'glass';
};

export const sourceFor = (paper: Pick<Paper, 'mode' | 'onGlass'>, { sources }: Sources): ScanSource => {
  if (placeOf(paper, { sources }) === 'glass') return 'flatbed';
  const isDuplex = paper.mode === 'both-sides' || !sources.includes('feeder');
  return isDuplex && sources.includes('feeder-duplex') ? 'feeder-duplex' : 'feeder';
};

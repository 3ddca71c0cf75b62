/** The fake of the Scanner port, with a controller held only by tests. */
import { fail, ok } from '../../../main/contract/result.ts';
import {
  scannerFault,
  type ScanEvent,
  type ScannedPage,
  type Scanner,
  type ScannerDescription,
  type ScannerFaultCode,
  type ScanSettings,
} from '../../../main/devices/scanner.ts';

export interface MemoryScannerController {
  /** False: there is no such machine. */
  present: boolean;
  /** Sheets in the feeder. A scan from the glass gives the first one. */
  sheets: ScannedPage[];
  /** Fails with `code` after `afterPages` pages. */
  fault: { code: ScannerFaultCode; afterPages: number } | undefined;
  /** Each page waits for this promise. */
  gate: Promise<void>;
  readonly scans: { source: string; maxPages: number }[];
}

export const createMemoryScanner = (
  over: Partial<ScannerDescription> = {},
): { scanner: Scanner; controller: MemoryScannerController } => {
  const controller: MemoryScannerController = {
    present: true,
    sheets: [],
    fault: undefined,
    gate: Promise.resolve(),
    scans: [],
  };
  const facts: ScannerDescription = {
    name: 'Memory',
    sources: ['flatbed', 'feeder', 'feeder-duplex'],
    dpi: { min: 75, max: 600 },
    colours: ['colour'],
    widthMm: 216,
    heightMm: 297,
    ...over,
  };
  async function* scan({ source, maxPages }: ScanSettings, signal: AbortSignal): AsyncIterable<ScanEvent> {
    if (signal.aborted) return yield { kind: 'ended', pages: 0, cancelled: true };
    if (!controller.present) return yield { kind: 'failed', fault: scannerFault('not-found') };
    controller.scans.push({ source, maxPages });
    if (source !== 'flatbed' && controller.sheets.length === 0)
      return yield { kind: 'failed', fault: scannerFault('feeder-empty') };
    const stop = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    const count = source === 'flatbed' ? 1 : Math.min(maxPages, controller.sheets.length);
    for (let i = 0; i <= count; i += 1) {
      if (signal.aborted) return yield { kind: 'ended', pages: i, cancelled: true };
      if (controller.fault?.afterPages === i)
        return yield { kind: 'failed', fault: scannerFault(controller.fault.code) };
      if (i === count) break;
      yield { kind: 'progress', page: i + 1, fraction: 0.5 };
      await Promise.race([controller.gate, stop]);
      if (signal.aborted) return yield { kind: 'ended', pages: i, cancelled: true };
      const sheet = controller.sheets[i];
      if (!sheet) throw new Error('the test has put nothing on the glass');
      yield { kind: 'page', page: { ...sheet, number: i + 1 } };
    }
    yield { kind: 'ended', pages: count, cancelled: false };
  }
  return {
    controller,
    scanner: {
      describe: async () => (controller.present ? ok(facts) : fail(scannerFault('not-found'))),
      status: async () =>
        controller.present ? { kind: 'ready' } : { kind: 'fault', fault: scannerFault('not-found') },
      scan,
    },
  };
};

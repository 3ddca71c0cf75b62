/** The fake of the Scanner port, with a controller held only by tests. */
import { ok } from '../../../main/contract/result.ts';
import {
  scannerFault,
  type ScannedPage,
  type Scanner,
  type ScannerDescription,
  type ScannerFaultCode,
} from '../../../main/devices/scanner.ts';

export interface MemoryScannerController {
  /** Sheets in the feeder. A scan from the glass gives the first one. */
  sheets: ScannedPage[];
  /** Fails with `code` after `afterPages` pages. */
  fault: { code: ScannerFaultCode; afterPages: number } | undefined;
  feeder: 'loaded' | 'empty' | 'unknown';
  /** Each page waits for this promise. */
  gate: Promise<void>;
  readonly scans: { source: string; maxPages: number }[];
}

export const createMemoryScanner = (
  over: Partial<ScannerDescription> = {},
): { scanner: Scanner; controller: MemoryScannerController } => {
  const controller: MemoryScannerController = {
    sheets: [],
    fault: undefined,
    feeder: 'loaded',
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
  return {
    controller,
    scanner: {
      describe: async () => ok(facts),
      status: async () => ({ kind: 'ready', feeder: controller.feeder }),
      async *scan({ source, maxPages }, signal) {
        controller.scans.push({ source, maxPages });
        const stop = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
        const count = source === 'flatbed' ? 1 : Math.min(maxPages, controller.sheets.length);
        for (let i = 0; i <= count; i += 1) {
          if (controller.fault?.afterPages === i)
            return yield { kind: 'failed', fault: scannerFault(controller.fault.code) };
          if (i === count) break;
          yield { kind: 'progress', page: i + 1, fraction: 0.5 };
          await Promise.race([controller.gate, stop]);
          if (signal.aborted) return yield { kind: 'ended', pages: i, cancelled: true };
          yield { kind: 'page', page: { ...controller.sheets[i]!, number: i + 1 } };
        }
        yield { kind: 'ended', pages: count, cancelled: false };
      },
    },
  };
};

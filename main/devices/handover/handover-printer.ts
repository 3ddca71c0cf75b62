/**
 * A printer that only the shell can reach (USB on Windows, through Electron's print call). It accepts pages and reports
 * nothing more, so every job ends as "sent". Electron reports success even when the tray is empty; we don't pass that
 * on.
 */
import { fail, ok } from '../../contract/result.ts';
import { withTimeout, type Clock } from '../../platform/clock.ts';
import { a4Dots, JPEG_DPI } from '../a4-dots.ts';
import { printerFault, type JobEnd, type PageRaster, type Printer } from '../printer.ts';
import type { SystemPrinter } from './system-printer.ts';

export interface HandOverDeps {
  readonly system: SystemPrinter;
  /** The system's name of the printer; null: its first printer. */
  readonly name: string | null;
  readonly raster: Pick<PageRaster, 'jpeg'>;
  readonly clock: Clock;
}

/** Every page is rendered first: about a second each on a small PC. */
const HAND_OVER_MS = 3 * 60_000;

export const createHandOverPrinter = ({ system, name, raster, clock }: HandOverDeps): Printer => {
  let count = 0;
  return {
    async describe() {
      if (!(await system.exists(name))) return fail(printerFault('printer.none'));
      return ok({ model: '', colour: true, twoSided: true, maxCopies: 99, countsPages: false });
    },
    status: async () => ok({ state: 'ready', acceptsJobs: true, reasons: [], queuedJobs: 0 }),
    async submit(order, signal) {
      const pages = {
        count: order.pages,
        page: (number: number) => raster.jpeg(order.pdf, number, a4Dots(JPEG_DPI)),
        copies: order.copies,
        twoSided: order.twoSided,
        colour: order.colour,
      };
      let taken: boolean;
      try {
        taken = await withTimeout(clock, HAND_OVER_MS, 'hand over', system.print(name, pages, signal));
      } catch (cause) {
        return fail(printerFault('printer.unsure', cause));
      }
      if (!taken) return fail(printerFault(signal?.aborted === true ? 'printer.cancelled' : 'printer.not-accepting'));
      count += 1;
      return ok({ id: String(count), sides: order.pages * order.copies });
    },
    async *watch() {
      const end: JobEnd = { kind: 'sent' };
      yield { stage: 'stopped', sidesOut: 0, reasons: [], end };
    },
    // Pages handed over can't be cancelled.
    cancel: async () => ok(null),
    unfinished: async () => ok([]),
    forget: async () => undefined,
  };
};

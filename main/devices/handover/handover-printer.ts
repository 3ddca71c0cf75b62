/**
 * A printer that only the shell can reach (Windows over USB, through Electron's print call). It takes pages and says nothing more: every
 * job ends as "sent". Electron answers "success" with no paper in the tray; we don't repeat that.
 */
import { fail, ok } from '../../contract/result.ts';
import { withTimeout, type Clock } from '../../platform/clock.ts';
import { a4Dots, JPEG_DPI } from '../a4-dots.ts';
import { printerFault, type JobEnd, type PageRaster, type Printer } from '../printer.ts';
import type { SystemPrinter } from './system-printer.ts';

export interface HandOverDeps {
  readonly system: SystemPrinter;
  /** The system's own name of it; null: the first that it has. */
  readonly name: string | null;
  readonly raster: Pick<PageRaster, 'jpeg'>;
  readonly clock: Clock;
}

/** Every page is drawn first: a second each on a small PC. */
const HAND_OVER_MS = 3 * 60_000;

export const createHandOverPrinter = ({ system, name, raster, clock }: HandOverDeps): Printer => {
  let count = 0;
  return {
    async describe() {
      if (!(await system.present(name))) return fail(printerFault('printer.none'));
      return ok({ model: '', colour: true, twoSided: true, maxCopies: 99, tellsTruth: false });
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
        taken = await withTimeout(clock, HAND_OVER_MS, 'hand over', system.give(name, pages, signal));
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
    // Nobody can call back what was handed over.
    cancel: async () => ok(null),
    unfinished: async () => ok([]),
    forget: async () => undefined,
  };
};

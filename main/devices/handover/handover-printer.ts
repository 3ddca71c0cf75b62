/**
 * A printer that only the shell can reach (Windows over USB, through Electron's print call). It takes pages and says nothing more: every
 * job ends as "sent". Electron answers "success" with no paper in the tray; we don't repeat that.
 */
import { fail, ok } from '../../contract/result.ts';
import { withTimeout, type Clock } from '../../platform/clock.ts';
import { printerFault, type JobEnd, type Printer, type PrintOrder } from '../printer.ts';

/** Gives the document to the system's default printer; false when the system has none or refuses it. */
export type HandOver = (order: PrintOrder) => Promise<boolean>;

const HAND_OVER_MS = 60_000;

export const createHandOverPrinter = (deps: { readonly handOver: HandOver; readonly clock: Clock }): Printer => {
  let count = 0;
  return {
    describe: async () => ok({ model: '', colour: true, twoSided: true, maxCopies: 99, tellsTruth: false }),
    status: async () => ok({ state: 'ready', acceptsJobs: true, reasons: [], queuedJobs: 0 }),
    async submit(order) {
      let taken: boolean;
      try {
        taken = await withTimeout(deps.clock, HAND_OVER_MS, 'hand over', deps.handOver(order));
      } catch (cause) {
        return fail(printerFault('printer.unsure', cause));
      }
      if (!taken) return fail(printerFault('printer.not-accepting'));
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

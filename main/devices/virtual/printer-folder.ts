/**
 * A simulated printer for demonstrations: writes each job to a folder as a PDF, and reports its progress page by page.
 */
import { fail, ok } from '../../contract/result.ts';
import { pause, type Clock } from '../../platform/clock.ts';
import type { Files } from '../../platform/files.ts';
import { printerFault, type Printer, type PrintOrder } from '../printer.ts';

export interface FolderPrinterDeps {
  readonly clock: Clock;
  readonly files: Files;
  readonly folder: string;
  /** False: `forget` deletes the printed files. */
  readonly keeps: boolean;
  readonly pageMs?: number;
}

interface Job {
  readonly order: PrintOrder;
  readonly startedAtMs: number;
  cancelledAtMs: number | undefined;
}

const PAGE_MS = 700;

export const createFolderPrinter = (deps: FolderPrinterDeps): Printer => {
  const { clock, files, folder } = deps;
  const pageMs = deps.pageMs ?? PAGE_MS;
  const jobs = new Map<string, Job>();
  let count = 0;
  const sidesOf = (job: Job): number => job.order.pages * job.order.copies;
  const outOf = (job: Job): number =>
    Math.min(sidesOf(job), Math.floor(((job.cancelledAtMs ?? clock.monotonicMs()) - job.startedAtMs) / pageMs));
  const isOver = (job: Job): boolean => job.cancelledAtMs !== undefined || outOf(job) === sidesOf(job);
  return {
    describe: async () => ok({ model: 'Dossier', colour: true, twoSided: true, maxCopies: 99, countsPages: true }),
    status: async () => {
      const busy = [...jobs.values()].filter((job) => !isOver(job)).length;
      return ok({ state: busy > 0 ? 'busy' : 'ready', acceptsJobs: true, reasons: [], queuedJobs: busy });
    },
    async submit(order, signal) {
      const made = await files.mkdir(folder);
      const listed = made.ok ? await files.list(folder) : made;
      if (!listed.ok) return fail(printerFault('printer.unreachable', listed.error.code));
      if (signal?.aborted) return fail(printerFault('printer.cancelled'));
      count =
        Math.max(count, ...listed.value.map(({ name }) => Number(/^impression-(\d+)\.pdf$/.exec(name)?.[1] ?? 0))) + 1;
      const written = await files.writeAtomic(`${folder}/impression-${String(count).padStart(4, '0')}.pdf`, order.pdf);
      if (!written.ok) return fail(printerFault('printer.not-accepting', written.error.code));
      const id = String(count);
      jobs.set(id, { order, startedAtMs: clock.monotonicMs(), cancelledAtMs: undefined });
      return ok({ id, sides: order.pages * order.copies });
    },
    async *watch({ id, sides }, signal) {
      const job = jobs.get(id);
      if (job === undefined) {
        yield { stage: 'stopped', sidesOut: 0, reasons: [], end: { kind: 'unconfirmed' } };
        return;
      }
      while (!signal.aborted) {
        const sidesOut = outOf(job);
        if (isOver(job)) {
          jobs.delete(id);
          yield { stage: 'stopped', sidesOut, reasons: [], end: { kind: sidesOut < sides ? 'cancelled' : 'done' } };
          return;
        }
        yield { stage: 'printing', sidesOut, reasons: [] };
        await pause(clock, pageMs / 4, signal);
      }
    },
    async cancel({ id }) {
      const job = jobs.get(id);
      if (job !== undefined && !isOver(job)) job.cancelledAtMs = clock.monotonicMs();
      return ok(null);
    },
    unfinished: async () =>
      ok([...jobs].filter(([, job]) => !isOver(job)).map(([id, job]) => ({ id, sides: sidesOf(job) }))),
    async forget() {
      if (!deps.keeps) await files.remove(folder);
    },
  };
};

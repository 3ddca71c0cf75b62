/**
 * The fake of the Printer port. The test says what the printer does next (`addProgress`): nothing is printed by itself,
 * and a cancelled job ends when the test says so.
 */
import { fail, ok, type Result } from '../../main/contract/result.ts';
import {
  printerFault,
  type JobProgress,
  type Printer,
  type PrinterDescription,
  type PrinterFault,
  type PrinterStatus,
  type PrintJob,
  type PrintOrder,
} from '../../main/devices/printer.ts';

export class MemoryPrinter implements Printer {
  description: Result<PrinterDescription, PrinterFault> = ok({
    model: 'Essai',
    colour: true,
    twoSided: true,
    maxCopies: 99,
    countsPages: true,
  });
  now: Result<PrinterStatus, PrinterFault> = ok({ state: 'ready', acceptsJobs: true, reasons: [], queuedJobs: 0 });
  /** Faults that `submit` returns, in order. Once the list is empty, jobs are accepted. */
  readonly refusals: PrinterFault[] = [];
  readonly orders: PrintOrder[] = [];
  readonly cancelled: string[] = [];
  /** Accepted jobs that have not ended. A test may add those of an earlier run. */
  unfinishedJobs: PrintJob[] = [];
  readonly #heard = new Map<string, JobProgress[]>();
  #changed = Promise.withResolvers<void>();

  describe = async () => this.description;
  status = async (): Promise<Result<PrinterStatus, PrinterFault>> =>
    this.now.ok
      ? ok({ ...this.now.value, queuedJobs: this.now.value.queuedJobs + this.unfinishedJobs.length })
      : this.now;

  async submit(order: PrintOrder, signal?: AbortSignal): Promise<Result<PrintJob, PrinterFault>> {
    if (signal?.aborted) return fail(printerFault('printer.cancelled'));
    const refusal = this.refusals.shift();
    if (refusal !== undefined) return fail(refusal);
    this.orders.push(order);
    const job = { id: String(this.orders.length), sides: order.pages * order.copies };
    this.#heard.set(job.id, []);
    this.unfinishedJobs = [...this.unfinishedJobs, job];
    return ok(job);
  }

  /** The printer reports this of a job; of the last one when none is named. */
  addProgress(progress: JobProgress, id = String(this.orders.length)): void {
    const heard = this.#heard.get(id);
    if (!heard || heard.at(-1)?.end) throw new Error(`job ${id} is not under way`);
    heard.push(progress);
    if (progress.end) this.unfinishedJobs = this.unfinishedJobs.filter((job) => job.id !== id);
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }

  /** Begins with the latest progress, as a real printer is asked for its state. */
  async *watch({ id }: PrintJob, signal: AbortSignal): AsyncIterable<JobProgress> {
    const heard = this.#heard.get(id);
    if (!heard) return yield { stage: 'stopped', sidesOut: 0, reasons: [], end: { kind: 'unconfirmed' } };
    const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    for (let at = Math.max(0, heard.length - 1); !signal.aborted;) {
      const next = heard[at];
      if (next === undefined) {
        await Promise.race([this.#changed.promise, aborted]);
        continue;
      }
      at += 1;
      yield next;
      if (next.end !== undefined) return;
    }
  }

  async cancel(job: PrintJob): Promise<Result<null, PrinterFault>> {
    this.cancelled.push(job.id);
    return ok(null);
  }

  unfinished = async (): Promise<Result<readonly PrintJob[], PrinterFault>> => ok(this.unfinishedJobs);
  forget = async () => undefined;
}

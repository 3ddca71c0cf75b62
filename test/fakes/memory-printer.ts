/** The fake of the Printer port, controlled by the test. */
import { fail, ok, type Result } from '../../main/contract/result.ts';
import type {
  JobProgress,
  Printer,
  PrinterDescription,
  PrinterFault,
  PrinterStatus,
  PrintJob,
  PrintOrder,
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
  unfinishedJobs: PrintJob[] = [];
  #heard: JobProgress[] = [];
  #wake: () => void = () => undefined;

  describe = async () => this.description;
  status = async () => this.now;

  async submit(order: PrintOrder): Promise<Result<PrintJob, PrinterFault>> {
    const refusal = this.refusals.shift();
    if (refusal !== undefined) return fail(refusal);
    this.orders.push(order);
    return ok({ id: String(this.orders.length), sides: order.pages * order.copies });
  }

  /** Adds the next progress that `watch` yields. */
  addProgress(progress: JobProgress): void {
    this.#heard.push(progress);
    this.#wake();
  }

  async *watch(_job: PrintJob, signal: AbortSignal): AsyncIterable<JobProgress> {
    while (!signal.aborted) {
      const next = this.#heard.shift();
      if (next === undefined) {
        await new Promise<void>((resolve) => (this.#wake = resolve));
        continue;
      }
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

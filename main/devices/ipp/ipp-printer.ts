/** The Printer port over IPP: a network printer, or a CUPS queue, asked and never believed on its word alone. */
import { fail, ok, type Result } from '../../contract/result.ts';
import { sleep, type Clock } from '../../platform/clock.ts';
import {
  printerFault,
  type JobEnd,
  type JobProgress,
  type PageRaster,
  type Printer,
  type PrinterDescription,
  type PrinterFault,
  type PrinterStatus,
  type PrintJob,
  type PrintOrder,
} from '../printer.ts';
import {
  CAPABILITY_ATTRIBUTES,
  capabilitiesOf,
  hasColour,
  hasTwoSides,
  jobAttributesFor,
  type Capabilities,
} from './capabilities.ts';
import type { IppClient } from './client.ts';
import type { IppAttributes, IppGroup } from './codec.ts';
import { askJob, cancelJob, createJob, JOB_NAME, ourJobs, printJob, sendDocument, USER } from './delivery.ts';
import { documentsFor, type OutgoingDocument } from './documents.ts';
import { endOf, reasonsFor, stageOf, STATUS_ATTRIBUTES, statusOf } from './job-state.ts';
import { isSuccess, STATUS, statusFault } from './status.ts';

export interface IppPrinterDeps {
  readonly client: IppClient;
  readonly clock: Clock;
  readonly raster: PageRaster;
}

const POLL_MS = 500;
/** How long `submit` waits for the whole document to be taken before it lets `watch` tell the rest. */
const SUBMIT_PATIENCE_MS = 3000;
/** A job that the printer neither prints nor refuses while it takes no byte of it. */
const STUCK_DELIVERY_MS = 90_000;
/** A printer that stopped answering while it prints may come back: a cable, a nap. */
const LOST_AFTER_MS = 10 * 60_000;

/** A job under way: its names in the printer, and the delivery of what has not left yet. */
interface Delivery {
  readonly ids: number[];
  readonly twoSided: boolean;
  readonly abort: AbortController;
  finished: boolean;
  fault: PrinterFault | undefined;
}

export class IppPrinter implements Printer {
  readonly #deps: IppPrinterDeps;
  readonly #deliveries = new Map<string, Delivery>();

  constructor(deps: IppPrinterDeps) {
    this.#deps = deps;
  }

  async describe(signal?: AbortSignal): Promise<Result<PrinterDescription, PrinterFault>> {
    const capabilities = await this.#capabilities(signal);
    if (!capabilities.ok) return capabilities;
    return ok({
      model: capabilities.value.model,
      colour: hasColour(capabilities.value),
      twoSided: hasTwoSides(capabilities.value),
      maxCopies: capabilities.value.maxCopies,
      tellsTruth: true,
    });
  }

  async status(signal?: AbortSignal): Promise<Result<PrinterStatus, PrinterFault>> {
    const group = await this.#printerAttributes(STATUS_ATTRIBUTES, signal);
    return group.ok ? ok(statusOf(group.value)) : group;
  }

  async submit(order: PrintOrder, signal?: AbortSignal): Promise<Result<PrintJob, PrinterFault>> {
    const capabilities = await this.#capabilities(signal);
    if (!capabilities.ok) return capabilities;
    const documents = await documentsFor(order, capabilities.value, this.#deps.raster);
    if (!documents.ok) return documents;
    const first = documents.value[0];
    if (first === undefined) return fail(printerFault('printer.format-refused', 'no-page'));
    const attributes = await this.#validated(order, capabilities.value, first.mime, signal);
    if (!attributes.ok) return attributes;

    const delivery: Delivery = {
      ids: [],
      twoSided: order.twoSided && hasTwoSides(capabilities.value),
      abort: new AbortController(),
      finished: false,
      fault: undefined,
    };
    const started = await this.#start(delivery, capabilities.value, documents.value, attributes.value, signal);
    if (!started.ok) return started;
    const job: PrintJob = { id: String(started.value.id), sides: order.pages * order.copies };
    this.#deliveries.set(job.id, delivery);
    await Promise.race([started.value.rest, sleep(this.#deps.clock, SUBMIT_PATIENCE_MS)]);
    if (signal?.aborted === true) {
      // Taken back while it was being given: the machine must hear it, and `watch` tells what became of it.
      await this.cancel(job);
      return ok(job);
    }
    if (delivery.finished && delivery.fault !== undefined) {
      this.#deliveries.delete(job.id);
      return fail(delivery.fault);
    }
    return ok(job);
  }

  /** Creates the first job and starts sending; `rest` ends when everything was taken or something failed. */
  async #start(
    delivery: Delivery,
    capabilities: Capabilities,
    documents: readonly OutgoingDocument[],
    attributes: IppAttributes,
    signal: AbortSignal | undefined,
  ): Promise<Result<{ id: number; rest: Promise<void> }, PrinterFault>> {
    const { operations, manyDocuments } = capabilities;
    const creates = operations.has('Create-Job') && operations.has('Send-Document');
    const deliverSignal =
      signal === undefined ? delivery.abort.signal : AbortSignal.any([delivery.abort.signal, signal]);
    const batches = creates && manyDocuments ? [documents] : documents.map((document) => [document]);

    const openBatch = async (
      batch: readonly OutgoingDocument[],
    ): Promise<Result<() => Promise<PrinterFault | undefined>, PrinterFault>> => {
      if (!creates) {
        const [document] = batch;
        const printed =
          document === undefined ? ok(0) : await printJob(this.#deps, document, attributes, deliverSignal);
        if (!printed.ok) return printed;
        delivery.ids.push(printed.value);
        return ok(async () => undefined);
      }
      const created = await createJob(this.#deps, attributes, signal);
      if (!created.ok) return created;
      delivery.ids.push(created.value);
      return ok(async () => {
        for (const [index, document] of batch.entries()) {
          const last = index === batch.length - 1;
          const sent = await sendDocument(this.#deps, created.value, document, last, deliverSignal);
          if (!sent.ok) return sent.error;
        }
        return undefined;
      });
    };

    const [firstBatch = [], ...others] = batches;
    const first = await openBatch(firstBatch);
    if (!first.ok) return first;
    const deliverAll = async (): Promise<PrinterFault | undefined> => {
      const fault = await first.value();
      if (fault !== undefined) return fault;
      for (const batch of others) {
        const next = await this.#whenFree(() => openBatch(batch), deliverSignal);
        const nextFault = next.ok ? await next.value() : next.error;
        if (nextFault !== undefined) return nextFault;
      }
      return undefined;
    };
    const rest = deliverAll().then(
      (fault) => {
        delivery.fault = fault;
        delivery.finished = true;
      },
      (cause: unknown) => {
        // A page that can't be drawn: the job must not stay half given.
        delivery.fault = printerFault('printer.format-refused', cause);
        delivery.finished = true;
      },
    );
    return ok({ id: delivery.ids[0] ?? 0, rest });
  }

  /** A printer that takes one job at a time refuses the next until the last page of this one is out. */
  async #whenFree<T>(
    open: () => Promise<Result<T, PrinterFault>>,
    signal: AbortSignal,
  ): Promise<Result<T, PrinterFault>> {
    const { clock } = this.#deps;
    const until = clock.monotonicMs() + LOST_AFTER_MS;
    for (;;) {
      const opened = await open();
      if (opened.ok || opened.error.code !== 'printer.busy' || clock.monotonicMs() > until || signal.aborted)
        return opened;
      await sleep(clock, POLL_MS, signal).catch(() => undefined);
    }
  }

  async *watch(job: PrintJob, signal: AbortSignal): AsyncIterable<JobProgress> {
    const { clock } = this.#deps;
    const delivery = this.#deliveries.get(job.id) ?? adopted(job);
    const outByJob = new Map<number, number>();
    const endByJob = new Map<number, JobEnd>();
    const startedAt = clock.monotonicMs();
    let lastHeardAt = startedAt;
    let everMoved = false;
    const sidesOut = (): number =>
      Math.min(
        job.sides,
        [...outByJob.values()].reduce((sum, sides) => sum + sides, 0),
      );

    while (!signal.aborted) {
      const printer = await this.status(signal);
      const readings = await this.#readAll(delivery, outByJob, endByJob, job, signal);
      if (signal.aborted) return;
      const now = clock.monotonicMs();
      if (printer.ok || readings.some((reading) => reading.ok)) lastHeardAt = now;
      const live = readings.flatMap((reading) => (reading.ok ? [reading.value] : []));
      everMoved ||= sidesOut() > 0 || live.some(({ state }) => state.startsWith('processing'));

      const end = this.#verdict(delivery, endByJob, job, sidesOut());
      if (end !== undefined) {
        this.#deliveries.delete(job.id);
        yield { stage: 'stopped', sidesOut: end.sidesOut, reasons: [], end: end.end };
        return;
      }
      if (now - lastHeardAt > LOST_AFTER_MS) {
        yield {
          stage: 'stopped',
          sidesOut: sidesOut(),
          reasons: ['offline'],
          end: { kind: 'failed', fault: printerFault('printer.unsure') },
        };
        return;
      }
      if (
        !delivery.finished &&
        !everMoved &&
        now - startedAt > STUCK_DELIVERY_MS &&
        printer.ok &&
        printer.value.state === 'ready'
      ) {
        delivery.abort.abort();
        await this.cancel(job);
        yield {
          stage: 'stopped',
          sidesOut: sidesOut(),
          reasons: [],
          end: { kind: 'failed', fault: printerFault('printer.slow') },
        };
        return;
      }
      const reading = live[0];
      if (!printer.ok || reading === undefined) {
        const away = now - lastHeardAt > 2 * POLL_MS;
        if (away) yield { stage: 'stopped', sidesOut: sidesOut(), reasons: ['offline'] };
      } else {
        yield {
          stage: stageOf(reading, printer.value),
          sidesOut: sidesOut(),
          reasons: reasonsFor(reading, printer.value),
        };
      }
      await sleep(clock, POLL_MS, signal).catch(() => undefined);
    }
  }

  async #readAll(
    delivery: Delivery,
    outByJob: Map<number, number>,
    endByJob: Map<number, JobEnd>,
    job: PrintJob,
    signal: AbortSignal,
  ): Promise<
    readonly Result<
      { state: string; reasons: readonly string[]; counted: number | undefined; documents: number | undefined },
      PrinterFault
    >[]
  > {
    const readings = [];
    for (const id of delivery.ids) {
      if (endByJob.has(id)) continue;
      const reading = await askJob(this.#deps, id, delivery.twoSided, signal);
      if (reading.ok && reading.value === 'gone') {
        // Printers forget ended jobs after a while, some at once. What was counted stays; the rest, eyes must tell.
        const whole = (outByJob.get(id) ?? 0) >= job.sides / delivery.ids.length;
        endByJob.set(id, whole ? { kind: 'done' } : { kind: 'unconfirmed' });
        continue;
      }
      if (reading.ok && reading.value !== 'gone') {
        outByJob.set(id, Math.max(outByJob.get(id) ?? 0, reading.value.counted ?? 0));
        const end = endOf(reading.value);
        if (end !== undefined) {
          endByJob.set(id, end);
          // Completed, and the printer has no counter of any kind: its word is all there is.
          if (end.kind === 'done' && reading.value.counted === undefined) outByJob.set(id, job.sides);
        }
        readings.push(ok(reading.value));
      } else if (!reading.ok) {
        readings.push(reading);
      }
    }
    return readings;
  }

  #verdict(
    delivery: Delivery,
    ends: ReadonlyMap<number, JobEnd>,
    job: PrintJob,
    sidesOut: number,
  ): { end: JobEnd; sidesOut: number } | undefined {
    const allEnded = delivery.ids.every((id) => ends.has(id));
    if (!allEnded) return undefined;
    const worst = [...ends.values()].sort((a, b) => RANK[b.kind] - RANK[a.kind])[0] ?? { kind: 'unconfirmed' };
    if (!delivery.finished) {
      // The job is over although bytes are left: the printer has dropped it.
      if (worst.kind === 'done') return undefined;
      delivery.abort.abort();
    }
    if (delivery.fault !== undefined && worst.kind !== 'cancelled')
      return { end: { kind: 'failed', fault: delivery.fault }, sidesOut };
    // Counted in sheets although printed on two sides: half the sides, and not one sheet less.
    const sheets = Math.ceil(job.sides / 2);
    if (worst.kind === 'done' && delivery.twoSided && sidesOut === sheets) return { end: worst, sidesOut: job.sides };
    return { end: worst, sidesOut };
  }

  async cancel(job: PrintJob): Promise<Result<null, PrinterFault>> {
    const delivery = this.#deliveries.get(job.id) ?? adopted(job);
    delivery.abort.abort();
    let worst: Result<null, PrinterFault> = ok(null);
    for (const id of delivery.ids) {
      const cancelled = await cancelJob(this.#deps, id);
      if (!cancelled.ok) worst = cancelled;
    }
    return worst;
  }

  async unfinished(): Promise<Result<readonly PrintJob[], PrinterFault>> {
    const ids = await ourJobs(this.#deps, 'not-completed');
    return ids.ok ? ok(ids.value.map((id) => ({ id: String(id), sides: 1 }))) : ids;
  }

  async forget(): Promise<void> {
    const capabilities = await this.#capabilities();
    if (!capabilities.ok) return;
    const { operations } = capabilities.value;
    const attributes = { 'requesting-user-name': USER };
    if (operations.has('Cancel-My-Jobs')) await this.#deps.client.call({ operation: 'Cancel-My-Jobs', attributes });
    // CUPS purges only the asker's jobs then; a printer that would purge everybody's asks for an administrator and refuses us.
    if (operations.has('Purge-Jobs')) {
      await this.#deps.client.call({ operation: 'Purge-Jobs', attributes: { ...attributes, 'my-jobs': true } });
    }
  }

  async #capabilities(signal?: AbortSignal): Promise<Result<Capabilities, PrinterFault>> {
    const group = await this.#printerAttributes(CAPABILITY_ATTRIBUTES, signal);
    return group.ok ? ok(capabilitiesOf(group.value)) : group;
  }

  async #printerAttributes(names: readonly string[], signal?: AbortSignal): Promise<Result<IppGroup, PrinterFault>> {
    const reply = await this.#deps.client.call({
      operation: 'Get-Printer-Attributes',
      attributes: { 'requesting-user-name': USER, 'requested-attributes': names },
      ...(signal === undefined ? {} : { signal }),
    });
    if (!reply.ok) return reply;
    if (!isSuccess(reply.value)) return fail(statusFault(reply.value.status));
    const group = reply.value.printers[0];
    return group === undefined ? fail(printerFault('printer.garbage', 'no-printer-group')) : ok(group);
  }

  /** What the printer would take of the order: asked with Validate-Job, so that nothing is sent to be refused half way. */
  async #validated(
    order: PrintOrder,
    capabilities: Capabilities,
    mime: string,
    signal: AbortSignal | undefined,
  ): Promise<Result<IppAttributes, PrinterFault>> {
    let attributes = jobAttributesFor(order, capabilities);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const reply = await this.#deps.client.call({
        operation: 'Validate-Job',
        attributes: {
          'requesting-user-name': USER,
          'job-name': JOB_NAME,
          'ipp-attribute-fidelity': false,
          'document-format': mime,
        },
        jobAttributes: attributes,
        ...(signal === undefined ? {} : { signal }),
      });
      if (!reply.ok) return reply;
      const { status, unsupported } = reply.value;
      if (status === STATUS.operationNotSupported) return ok(attributes);
      const refused = Object.keys(attributes).filter((name) => name in unsupported);
      if (isSuccess(reply.value) && refused.length === 0) return ok(attributes);
      // One copy instead of three is not what was asked; one side instead of two still is the document.
      if (refused.includes('copies')) return fail(printerFault('printer.option-refused', 'copies'));
      if (!isSuccess(reply.value) && (status !== STATUS.attributesNotSupported || refused.length === 0)) {
        return fail(statusFault(status));
      }
      attributes = Object.fromEntries(Object.entries(attributes).filter(([name]) => !refused.includes(name)));
    }
    return ok(attributes);
  }
}

/** The sentence that matters most wins when several jobs carry one document. */
const RANK: Readonly<Record<JobEnd['kind'], number>> = { done: 0, sent: 1, unconfirmed: 2, cancelled: 3, failed: 4 };

/** A job of ours found in the queue, sent by an earlier run. */
const adopted = (job: PrintJob): Delivery => ({
  ids: job.id.split(',').map(Number),
  twoSided: false,
  abort: new AbortController(),
  finished: true,
  fault: undefined,
});

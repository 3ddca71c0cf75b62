/** Gives the documents of one order to the printer, in as many jobs as it wants, and keeps what is known of them. */
import { ok, type Result } from '../../contract/result.ts';
import { pause } from '../../platform/clock.ts';
import { printerFault, type PrinterFault, type PrintJob } from '../printer.ts';
import type { Capabilities } from './capabilities.ts';
import type { IppAttributes } from './message.ts';
import { createJob, JOB_NAME, printJob, sendDocument, type DeliveryDeps } from './delivery.ts';
import type { OutgoingDocument } from './documents.ts';
import type { Witness } from './witness.ts';

const RETRY_MS = 500;
/** The longest that a part of a document waits for the part before it. */
const FREE_WITHIN_MS = 10 * 60_000;

/** A job under way: its names in the printer, and the delivery of what has not left yet. */
export interface Delivery {
  readonly ids: number[];
  readonly twoSided: boolean;
  /** What the job is called in the printer, and in every machine behind it. */
  readonly name: string;
  /** Whose count of pages is believed: the printer's own, that of the machine behind a queue, or nobody's. */
  readonly counter: 'own' | 'nobody' | Witness;
  /** In how many jobs the document goes. */
  parts: number;
  readonly abort: AbortController;
  finished: boolean;
  fault: PrinterFault | undefined;
  /** The person asked to stop: an end that would be a failure is what was wanted. */
  stopped: boolean;
}

export const newDelivery = (
  twoSided: boolean,
  counter: Delivery['counter'] = 'own',
  name: string = JOB_NAME,
): Delivery => ({
  ids: [],
  twoSided,
  name,
  counter,
  parts: 1,
  abort: new AbortController(),
  finished: false,
  fault: undefined,
  stopped: false,
});

/** A job of ours found in the queue, sent by an earlier run. */
export const adopted = (job: PrintJob): Delivery => ({
  ids: [Number(job.id)],
  twoSided: false,
  name: JOB_NAME,
  counter: 'own',
  parts: 1,
  abort: new AbortController(),
  finished: true,
  fault: undefined,
  stopped: false,
});

/** Creates the first job and starts sending; `rest` ends when everything was taken or something failed. */
export const startDelivery = async (
  deps: DeliveryDeps,
  delivery: Delivery,
  capabilities: Capabilities,
  documents: readonly OutgoingDocument[],
  attributes: IppAttributes,
  signal: AbortSignal | undefined,
): Promise<Result<{ id: number; rest: Promise<void> }, PrinterFault>> => {
  const { operations, manyDocuments } = capabilities;
  const creates = operations.has('Create-Job') && operations.has('Send-Document');
  const deliverSignal = signal === undefined ? delivery.abort.signal : AbortSignal.any([delivery.abort.signal, signal]);
  const batches = creates && manyDocuments ? [documents] : documents.map((document) => [document]);
  delivery.parts = Math.max(1, batches.length);

  const openBatch = async (
    batch: readonly OutgoingDocument[],
  ): Promise<Result<() => Promise<PrinterFault | undefined>, PrinterFault>> => {
    if (!creates) {
      const [document] = batch;
      const printed = document === undefined ? ok(0) : await printJob(deps, document, attributes, deliverSignal);
      if (!printed.ok) return printed;
      delivery.ids.push(printed.value);
      return ok(async () => undefined);
    }
    const created = await createJob(deps, delivery.name, attributes, signal);
    if (!created.ok) return created;
    delivery.ids.push(created.value);
    return ok(async () => {
      for (const [index, document] of batch.entries()) {
        const last = index === batch.length - 1;
        const sent = await sendDocument(deps, created.value, document, last, deliverSignal);
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
      const next = await whenFree(deps, () => openBatch(batch), deliverSignal);
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
};

/** A printer that takes one job at a time refuses the next until the last page of this one is out. */
const whenFree = async <T>(
  { clock }: DeliveryDeps,
  open: () => Promise<Result<T, PrinterFault>>,
  signal: AbortSignal,
): Promise<Result<T, PrinterFault>> => {
  const until = clock.monotonicMs() + FREE_WITHIN_MS;
  for (;;) {
    const opened = await open();
    if (opened.ok || opened.error.code !== 'printer.busy' || clock.monotonicMs() > until || signal.aborted)
      return opened;
    await pause(clock, RETRY_MS, signal);
  }
};

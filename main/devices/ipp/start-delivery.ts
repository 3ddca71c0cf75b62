/** Sends the documents of one order to the printer, in as many jobs as it needs, and tracks them. */
import { fail, ok, type Result } from '../../contract/result.ts';
import { pause } from '../../platform/clock.ts';
import { printerFault, type PrinterFault, type PrintJob } from '../printer.ts';
import type { Capabilities } from './capabilities.ts';
import type { IppAttributes } from './message.ts';
import {
  cancelJob,
  createJob,
  printJob,
  sendDocument,
  withdrawJob,
  type DeliveryDeps,
  type DeliveryFault,
} from './delivery.ts';
import type { OutgoingDocument } from './documents.ts';
import type { DeviceMonitor } from './device-monitor.ts';

const RETRY_MS = 500;
/** Longest wait of a part of a document for the part before it. */
const FREE_WITHIN_MS = 10 * 60_000;

/** An order in progress: its job ids in the printer, and the delivery of what was not sent yet. */
export interface Delivery {
  readonly ids: number[];
  /** The jobs whose documents have arrived to the last byte. */
  readonly whole: Set<number>;
  readonly twoSided: boolean;
  /** Those that the printer makes by itself. */
  readonly copies: number;
  /** It is a PDF, for a printer that reads another format too. */
  readonly canAvoidPdf: boolean;
  /** Sent by an earlier run, which may have cancelled it. */
  readonly resumed: boolean;
  /** The job's name in the printer, and in every device behind it. */
  readonly name: string;
  /** Whose page count is used: the printer's own, that of the printer behind a queue, or none. */
  readonly counter: 'own' | 'nobody' | DeviceMonitor;
  /** Number of jobs that the document is split into. */
  parts: number;
  readonly abort: AbortController;
  finished: boolean;
  /** Set before `finished` when a page can't be drawn: what was sent is then withdrawn. */
  fault: DeliveryFault | undefined;
  /** The person asked to stop, so a failed end counts as cancelled. */
  stopped: boolean;
}

export const newDelivery = (twoSided: boolean, name: string, counter: Delivery['counter'] = 'own'): Delivery => ({
  ids: [],
  whole: new Set(),
  twoSided,
  copies: 1,
  canAvoidPdf: false,
  resumed: false,
  name,
  counter,
  parts: 1,
  abort: new AbortController(),
  finished: false,
  fault: undefined,
  stopped: false,
});

/** Our own job found in the queue, sent by an earlier run. */
export const resumedDelivery = (job: PrintJob): Delivery => ({
  ...newDelivery(false, ''),
  ids: [Number(job.id)],
  whole: new Set([Number(job.id)]),
  resumed: true,
  finished: true,
});

/** Records why a page can't be drawn. The HTTP client that reads the body only reports that the connection was cut. */
const recording = (delivery: Delivery, document: OutgoingDocument): OutgoingDocument => {
  const { body } = document;
  if (body instanceof Uint8Array) return document;
  return {
    ...document,
    body: async function* () {
      try {
        yield* body();
      } catch (cause) {
        delivery.fault = printerFault('printer.format-refused', cause);
        throw cause;
      }
    },
  };
};

/** Creates the first job and starts to send; `rest` resolves when everything was accepted or something failed. */
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
  const recorded = documents.map((document) => recording(delivery, document));
  const batches = creates && manyDocuments ? [recorded] : recorded.map((document) => [document]);
  delivery.parts = Math.max(1, batches.length);

  const sending = { ...deps, undrawn: () => delivery.fault };
  /** « Arrêter » cancels the jobs that it knows of, so one that was being created meanwhile is cancelled here. */
  const admit = async (id: number): Promise<boolean> => {
    delivery.ids.push(id);
    if (!deliverSignal.aborted) return true;
    await cancelJob(deps, id);
    return false;
  };
  const openBatch = async (
    batch: readonly OutgoingDocument[],
  ): Promise<Result<() => Promise<DeliveryFault | undefined>, PrinterFault>> => {
    if (!creates) {
      const [document] = batch;
      const printed =
        document === undefined ? ok(0) : await printJob(sending, document, delivery.name, attributes, deliverSignal);
      if (!printed.ok) return printed;
      if (!(await admit(printed.value))) return ok(async () => printerFault('printer.cancelled'));
      const undrawn = delivery.fault;
      if (undrawn !== undefined) return ok(() => withdrawJob(deps, printed.value, undrawn, deliverSignal));
      delivery.whole.add(printed.value);
      return ok(async () => undefined);
    }
    const created = await createJob(deps, delivery.name, attributes, signal);
    if (!created.ok) return created;
    if (!(await admit(created.value))) return ok(async () => printerFault('printer.cancelled'));
    return ok(async () => {
      for (const [index, document] of batch.entries()) {
        const last = index === batch.length - 1;
        const sent = await sendDocument(sending, created.value, document, last, deliverSignal);
        // The pages before it are in the printer.
        if (!sent.ok) return index === 0 ? sent.error : { ...sent.error, began: true };
      }
      delivery.whole.add(created.value);
      return undefined;
    });
  };

  const [firstBatch = [], ...others] = batches;
  const first = await openBatch(firstBatch);
  if (!first.ok) return first;
  const deliverAll = async (): Promise<DeliveryFault | undefined> => {
    const fault = await first.value();
    if (fault !== undefined) return fault;
    for (const batch of others) {
      const next = await whenFree(deps, () => openBatch(batch), deliverSignal);
      const nextFault = next.ok ? await next.value() : next.error;
      // The parts before it are in the printer.
      if (nextFault !== undefined) return { ...nextFault, began: true };
    }
    return undefined;
  };
  const rest = deliverAll().then(
    (fault) => {
      delivery.fault = fault;
      delivery.finished = true;
    },
    (cause: unknown) => {
      delivery.fault = printerFault('printer.format-refused', cause);
      delivery.finished = true;
    },
  );
  return ok({ id: delivery.ids[0] ?? 0, rest });
};

/** A printer with room for one job refuses the next one until the last page is out. */
const whenFree = async <T>(
  { clock }: DeliveryDeps,
  open: () => Promise<Result<T, PrinterFault>>,
  signal: AbortSignal,
): Promise<Result<T, PrinterFault>> => {
  const until = clock.monotonicMs() + FREE_WITHIN_MS;
  for (;;) {
    if (signal.aborted) return fail(printerFault('printer.cancelled'));
    const opened = await open();
    if (opened.ok || opened.error.code !== 'printer.busy' || clock.monotonicMs() > until) return opened;
    await pause(clock, RETRY_MS, signal);
  }
};

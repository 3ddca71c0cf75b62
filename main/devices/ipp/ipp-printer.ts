/**
 * The Printer port over IPP, for a network printer or a CUPS queue. A queue's word is always checked against the
 * printer behind it.
 */
import { randomInt } from 'node:crypto';
import { fail, ok, type Result } from '../../contract/result.ts';
import { sleep, type Clock } from '../../platform/clock.ts';
import type { BrowseServices } from '../../platform/network/dns-sd.ts';
import { DOCUMENT, isAnothers, isOurs } from '../job-owner.ts';
import {
  printerFault,
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
  cannotPrintFault,
  type Capabilities,
} from './capabilities.ts';
import type { IppClient } from './client.ts';
import { coloursOfDriver, type DriverColours } from './driver-colours.ts';
import type { IppGroup } from './message.ts';
import { cancelJob, listJobs } from './delivery.ts';
import { deviceOfQueue } from './device-of-queue.ts';
import { documentsFor } from './documents.ts';
import { followJob } from './follow-job.ts';
import { STATUS_ATTRIBUTES, statusOf } from './job-state.ts';
import { resumedDelivery, newDelivery, startDelivery, type Delivery } from './start-delivery.ts';
import { isSuccess, statusFault } from './status.ts';
import { validateJob } from './validate-job.ts';
import { openDeviceMonitor } from './device-monitor.ts';

export interface IppPrinterDeps {
  readonly client: IppClient;
  readonly clock: Clock;
  readonly raster: PageRaster;
  /** Finds the printer behind a queue whose device URI is a service name. */
  readonly browse: BrowseServices;
  /** By printer: found again, perhaps at another address, it still has what was sent before. */
  readonly remembered: RememberedPrinters;
}

interface RememberedPrinter {
  readonly deliveries: Map<string, Delivery>;
  /** It declares PDF, and could not read ours. */
  refusesPdf: boolean;
}
export type RememberedPrinters = Map<string, RememberedPrinter>;

/** How long `submit` waits for the whole document to be accepted; after that `watch` reports the rest. */
const SUBMIT_PATIENCE_MS = 3000;

const KNOWN_FOR_MS = 5 * 60_000;

export class IppPrinter implements Printer {
  readonly #deps: IppPrinterDeps;
  readonly #remembered: RememberedPrinter;
  readonly #deliveries: Map<string, Delivery>;
  /** Dropped as soon as the printer was unreachable: it may have been replaced. */
  #known: { readonly capabilities: Capabilities; readonly atMs: number } | undefined;

  #lastDriver: DriverColours | undefined;

  #behind: { readonly uri: string | undefined; readonly client: IppClient } | undefined;

  constructor(deps: IppPrinterDeps) {
    this.#deps = deps;
    const key = deps.client.printerKey;
    this.#remembered = deps.remembered.get(key) ?? { deliveries: new Map<string, Delivery>(), refusesPdf: false };
    deps.remembered.set(key, this.#remembered);
    this.#deliveries = this.#remembered.deliveries;
  }

  async describe(signal?: AbortSignal): Promise<Result<PrinterDescription, PrinterFault>> {
    const capabilities = await this.#capabilities(signal);
    if (!capabilities.ok) return capabilities;
    const unfit = cannotPrintFault(capabilities.value);
    if (unfit !== undefined) return fail(unfit);
    return ok({
      model: capabilities.value.model,
      colour: hasColour(capabilities.value),
      twoSided: hasTwoSides(capabilities.value),
      maxCopies: capabilities.value.maxCopies,
      countsPages: !capabilities.value.isQueue || (await this.#device(capabilities.value)) !== undefined,
    });
  }

  async status(signal?: AbortSignal): Promise<Result<PrinterStatus, PrinterFault>> {
    const group = await this.#printerAttributes(STATUS_ATTRIBUTES, signal);
    if (!group.ok) this.#known = undefined;
    return group.ok ? ok(statusOf(group.value)) : group;
  }

  async submit(order: PrintOrder, signal?: AbortSignal): Promise<Result<PrintJob, PrinterFault>> {
    const { clock } = this.#deps;
    // Capabilities from minutes ago still apply; Validate-Job catches what changed.
    const fresh = this.#known !== undefined && clock.monotonicMs() - this.#known.atMs < KNOWN_FOR_MS;
    const capabilities = fresh && this.#known ? ok(this.#known.capabilities) : await this.#capabilities(signal);
    if (!capabilities.ok) return capabilities;
    const sent = await this.#send(order, capabilities.value, signal);
    return sent.ok ? sent : fail(this.#nextTimeWithoutPdf(sent.error, capabilities.value));
  }

  async #send(
    order: PrintOrder,
    capabilities: Capabilities,
    signal: AbortSignal | undefined,
  ): Promise<Result<PrintJob, PrinterFault>> {
    const documents = await documentsFor(order, capabilities, this.#deps.raster);
    if (!documents.ok) return documents;
    const first = documents.value[0];
    if (first === undefined) return fail(printerFault('printer.format-refused', 'no-page'));
    const attributes = await validateJob(this.#deps.client, order, capabilities, first.mime, signal);
    if (!attributes.ok) return attributes;

    const delivery = await this.#newDelivery(order, capabilities);
    const started = await startDelivery(this.#deps, delivery, capabilities, documents.value, attributes.value, signal);
    if (!started.ok) return started;
    const job: PrintJob = { id: String(started.value.id), sides: order.pages * order.copies };
    this.#deliveries.set(job.id, delivery);
    await Promise.race([started.value.rest, sleep(this.#deps.clock, SUBMIT_PATIENCE_MS)]);
    if (signal?.aborted === true) {
      // Aborted during delivery: cancel the job in the printer; `watch` reports the outcome.
      await this.cancel(job);
      return ok(job);
    }
    // When pages may have come out, `watch` reports them with the fault.
    if (delivery.finished && delivery.fault !== undefined && delivery.fault.began !== true) {
      this.#deliveries.delete(job.id);
      return fail(delivery.fault);
    }
    return ok(job);
  }

  async *watch(job: PrintJob, signal: AbortSignal): AsyncIterable<JobProgress> {
    const delivery = this.#deliveries.get(job.id) ?? resumedDelivery(job);
    const deps = { ...this.#deps, printer: this, onEnd: () => this.#deliveries.delete(job.id) };
    for await (const progress of followJob(deps, job, delivery, signal)) {
      const { end, sidesOut } = progress;
      if (end?.kind !== 'failed' || sidesOut > 0) yield progress;
      else yield { ...progress, end: { ...end, fault: this.#nextTimeWithoutPdf(end.fault, delivery) } };
    }
  }

  /** Nothing came out of a PDF that was refused. Trying again can work where there is another format. */
  #nextTimeWithoutPdf(fault: PrinterFault, { canAvoidPdf }: Pick<Capabilities, 'canAvoidPdf'>): PrinterFault {
    if (fault.code !== 'printer.format-refused' || !canAvoidPdf) return fault;
    this.#remembered.refusesPdf = true;
    this.#known = undefined;
    return printerFault('printer.pdf-refused', fault.cause);
  }

  async cancel(job: PrintJob): Promise<Result<null, PrinterFault>> {
    const delivery = this.#deliveries.get(job.id) ?? resumedDelivery(job);
    delivery.stopped = true;
    delivery.abort.abort();
    let worst: Result<null, PrinterFault> = ok(null);
    for (const id of delivery.ids) {
      const cancelled = await cancelJob(this.#deps, id);
      if (!cancelled.ok) worst = cancelled;
    }
    return worst;
  }

  async unfinished(): Promise<Result<readonly PrintJob[], PrinterFault>> {
    const listed = await listJobs(this.#deps, 'not-completed');
    if (!listed.ok) return listed;
    const { owner } = this.#deps.client;
    for (const [key, { finished, ids }] of this.#deliveries) {
      // A printer may give the id of an ended job to the next one, after it was switched off.
      if (finished && !listed.value.some(({ id }) => ids.includes(id))) this.#deliveries.delete(key);
    }
    const sent = new Set([...this.#deliveries.values()].flatMap(({ ids }) => ids));
    // Our own ids count where a printer hides or changes users and names. Without them, a job that nobody signed is
    // left.
    const ours = listed.value.filter((job) => isOurs(owner, job) || (sent.has(job.id) && !isAnothers(owner, job)));
    return ok(ours.map(({ id }) => ({ id: String(id), sides: 1 })));
  }

  async forget(): Promise<void> {
    const capabilities = await this.#capabilities();
    if (!capabilities.ok) return;
    const { isQueue, operations } = capabilities.value;
    // Only CUPS knows `my-jobs` here. In RFC 8011, Purge-Jobs removes everybody's jobs.
    if (isQueue && operations.has('Purge-Jobs'))
      await this.#deps.client.call({ operation: 'Purge-Jobs', attributes: { 'my-jobs': true } });
  }

  async #newDelivery(order: PrintOrder, capabilities: Capabilities): Promise<Delivery> {
    const what = { copies: order.copies, canAvoidPdf: capabilities.canAvoidPdf };
    const twoSided = order.twoSided && hasTwoSides(capabilities);
    if (!capabilities.isQueue) return { ...newDelivery(twoSided, this.#deps.client.owner.jobName), ...what };
    // Neutral, but unique, so that the job can be found in the printer behind the queue, where other kiosks may print
    // too.
    const name = `${DOCUMENT} ${randomInt(10_000, 100_000)}`;
    const device = await this.#device(capabilities);
    const monitor = device === undefined ? undefined : await openDeviceMonitor({ ...this.#deps, client: device }, name);
    return { ...newDelivery(twoSided, name, monitor ?? 'nobody'), ...what };
  }

  /** Searched once for each `device-uri`: finding a network service takes seconds. */
  async #device({ deviceUri }: Capabilities): Promise<IppClient | undefined> {
    if (this.#behind?.uri !== deviceUri) this.#behind = undefined;
    if (this.#behind !== undefined) return this.#behind.client;
    const client = await deviceOfQueue(this.#deps, deviceUri);
    if (client !== undefined) this.#behind = { uri: deviceUri, client };
    return client;
  }

  async #capabilities(signal?: AbortSignal): Promise<Result<Capabilities, PrinterFault>> {
    const group = await this.#printerAttributes(CAPABILITY_ATTRIBUTES, signal);
    this.#known = undefined;
    if (!group.ok) return group;
    const declared = capabilitiesOf(group.value, this.#remembered.refusesPdf);
    const driver = declared.isQueue && declared.inColour ? await this.#driver(signal) : undefined;
    const capabilities = { ...declared, driver };
    this.#known = { capabilities, atMs: this.#deps.clock.monotonicMs() };
    return ok(capabilities);
  }

  /** What was read last, when CUPS does not give its file now. */
  async #driver(signal: AbortSignal | undefined): Promise<DriverColours | undefined> {
    const file = await this.#deps.client.driverFile(signal);
    if (file !== undefined) this.#lastDriver = file === '' ? undefined : coloursOfDriver(file);
    return this.#lastDriver;
  }

  async #printerAttributes(names: readonly string[], signal?: AbortSignal): Promise<Result<IppGroup, PrinterFault>> {
    const reply = await this.#deps.client.call({
      operation: 'Get-Printer-Attributes',
      attributes: { 'requested-attributes': names },
      ...(signal === undefined ? {} : { signal }),
    });
    if (!reply.ok) return reply;
    if (!isSuccess(reply.value)) return fail(statusFault(reply.value.status));
    const group = reply.value.printers[0];
    return group === undefined ? fail(printerFault('printer.garbage', 'no-printer-group')) : ok(group);
  }
}

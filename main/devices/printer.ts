/**
 * The Printer port. Adapters say how (`IppPrinter`…); the suite in `test/contract/printer/` holds each to it.
 * A page "came out" only when the printer said so: an adapter that can't know answers `sent` or `unconfirmed`, never `done`.
 */
import type { PrinterReason } from '../contract/printing.ts';
import type { Result } from '../contract/result.ts';

export interface Printer {
  /** What the machine can do. Asks it: never a guess kept from yesterday. */
  describe(signal?: AbortSignal): Promise<Result<PrinterDescription, PrinterFault>>;
  /** What the machine says of itself now. */
  status(signal?: AbortSignal): Promise<Result<PrinterStatus, PrinterFault>>;
  /** Gives a document. Resolves once the printer has accepted the job; the rest is heard through `watch`. */
  submit(order: PrintOrder, signal?: AbortSignal): Promise<Result<PrintJob, PrinterFault>>;
  /** What becomes of a job, until it ends. The last element is the only one with an `end`. */
  watch(job: PrintJob, signal: AbortSignal): AsyncIterable<JobProgress>;
  /** Stops a job, whatever its state. Fine when it has ended already. */
  cancel(job: PrintJob): Promise<Result<null, PrinterFault>>;
  /** Jobs of ours that have not ended, whoever of ours sent them. */
  unfinished(): Promise<Result<readonly PrintJob[], PrinterFault>>;
  /** Asks the machine to forget what it keeps of ended jobs of ours, where it allows that. */
  forget(): Promise<void>;
}

export interface PrinterDescription {
  /** Make and model, for the agent. */
  readonly model: string;
  readonly colour: boolean;
  readonly twoSided: boolean;
  readonly maxCopies: number;
  /** False: ends are `sent` or `unconfirmed`, the machine does not tell of the paper. */
  readonly tellsTruth: boolean;
}

export interface PrinterStatus {
  readonly state: 'ready' | 'busy' | 'stopped';
  readonly acceptsJobs: boolean;
  readonly reasons: readonly PrinterReason[];
  /** Jobs waiting or printing, whoever sent them. */
  readonly queuedJobs: number;
}

export interface PrintOrder {
  /** A4 pages, already cut to what the person chose. */
  readonly pdf: Uint8Array;
  readonly pages: number;
  readonly copies: number;
  readonly twoSided: boolean;
  readonly colour: boolean;
}

export interface PrintJob {
  /** The printer's own name of the job. Opaque to the features. */
  readonly id: string;
  /** Sides of paper expected, copies included. */
  readonly sides: number;
}

export interface JobProgress {
  readonly stage: 'waiting' | 'printing' | 'stopped';
  /** Sides of paper that the printer says came out. */
  readonly sidesOut: number;
  readonly reasons: readonly PrinterReason[];
  readonly end?: JobEnd;
}

export type JobEnd =
  /** The printer says that everything came out. */
  | { readonly kind: 'done' }
  /** Handed over to something that doesn't tell what became of it. */
  | { readonly kind: 'sent' }
  /** Only eyes can tell: the printer says "finished" but counted nothing, forgot the job, or (`fault`) answers no more. */
  | { readonly kind: 'unconfirmed'; readonly fault?: PrinterFault }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly fault: PrinterFault };

/** `retry`: would pressing again help now, only after somebody did something, or never with this document? */
export interface PrinterFault {
  readonly code: PrinterFaultCode;
  readonly retry: 'now' | 'after-help' | 'never';
  readonly cause?: unknown;
}

export const printerFaultRetry = {
  'printer.none': 'after-help',
  'printer.unreachable': 'after-help',
  'printer.slow': 'now',
  'printer.cut': 'now',
  'printer.garbage': 'after-help',
  'printer.server-error': 'now',
  'printer.login-wanted': 'after-help',
  'printer.certificate-changed': 'after-help',
  'printer.not-accepting': 'after-help',
  'printer.busy': 'now',
  'printer.cannot': 'after-help',
  'printer.no-page-paper': 'after-help',
  'printer.quota': 'after-help',
  'printer.stuck': 'after-help',
  'printer.format-refused': 'never',
  'printer.option-refused': 'never',
  'printer.too-large': 'never',
  /** The job may be in the printer or not: pressing again could print twice. */
  'printer.unsure': 'after-help',
  'printer.aborted': 'now',
  'printer.cancelled': 'now',
} as const satisfies Record<string, PrinterFault['retry']>;
export type PrinterFaultCode = keyof typeof printerFaultRetry;

export const printerFault = (code: PrinterFaultCode, cause?: unknown): PrinterFault => ({
  code,
  retry: printerFaultRetry[code],
  ...(cause === undefined ? {} : { cause }),
});

/** What an adapter needs to turn a PDF into dots; built by the printing feature's PDF thread. */
export interface PageRaster {
  /** Page numbers start at 1. Three bytes a dot (RGB), rows from the top, portrait. */
  rgb(pdf: Uint8Array, page: number, size: { readonly width: number; readonly height: number }): Promise<Uint8Array>;
  jpeg(pdf: Uint8Array, page: number, size: { readonly width: number; readonly height: number }): Promise<Uint8Array>;
}

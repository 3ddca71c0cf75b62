/**
 * The Printer port. Adapter names say how they print (`IppPrinter`…); the suite in `test/contract/printer/` checks each
 * of them. A page counts as printed only when the printer reports it: an adapter that can't know ends with `sent` or
 * `unconfirmed`, never `done`.
 */
import type { PrinterReason } from '../contract/printing.ts';
import type { Result } from '../contract/result.ts';

export interface Printer {
  /** The device's capabilities, queried at each call, never cached. */
  describe(signal?: AbortSignal): Promise<Result<PrinterDescription, PrinterFault>>;
  /** The device's current state, as it reports it. */
  status(signal?: AbortSignal): Promise<Result<PrinterStatus, PrinterFault>>;
  /** Sends a document. Resolves once the printer has accepted the job; `watch` reports the rest. */
  submit(order: PrintOrder, signal?: AbortSignal): Promise<Result<PrintJob, PrinterFault>>;
  /** Progress of a job until it ends. The last element is the only one with an `end`. */
  watch(job: PrintJob, signal: AbortSignal): AsyncIterable<JobProgress>;
  /** Cancels a job, whatever its state. No error when it has ended already. */
  cancel(job: PrintJob): Promise<Result<null, PrinterFault>>;
  /** Our jobs that have not ended, including those of an earlier run. */
  unfinished(): Promise<Result<readonly PrintJob[], PrinterFault>>;
  /** Asks the device to delete what it keeps of our ended jobs, where it supports that. */
  forget(): Promise<void>;
}

export interface PrinterDescription {
  /** Make and model, for the agent. */
  readonly model: string;
  /** It prints in colour, or in black and white, as the order says. */
  readonly colour: boolean;
  readonly twoSided: boolean;
  readonly maxCopies: number;
  /** False when the device cannot report printed pages: jobs end as `sent` or `unconfirmed`. */
  readonly countsPages: boolean;
}

export interface PrinterStatus {
  /** `stopped`: the device says so itself. A reason is no proof: it may be that of a second tray. */
  readonly state: 'ready' | 'busy' | 'stopped';
  readonly acceptsJobs: boolean;
  readonly reasons: readonly PrinterReason[];
  /** Jobs waiting or printing, from any sender. */
  readonly queuedJobs: number;
}

export interface PrintOrder {
  /** A4 pages, only those that the person chose. */
  readonly pdf: Uint8Array;
  readonly pages: number;
  readonly copies: number;
  readonly twoSided: boolean;
  readonly colour: boolean;
}

export interface PrintJob {
  /** The printer's own id of the job. Opaque to the features. */
  readonly id: string;
  /** Sides of paper expected, copies included. */
  readonly sides: number;
}

export interface JobProgress {
  readonly stage: 'waiting' | 'printing' | 'stopped';
  /** Printed sides, as reported by the printer. */
  readonly sidesOut: number;
  readonly reasons: readonly PrinterReason[];
  readonly end?: JobEnd;
}

export type JobEnd =
  /** The printer reports that every page was printed. */
  | { readonly kind: 'done' }
  /** Handed over to a system that does not report the outcome. */
  | { readonly kind: 'sent' }
  /**
   * Only a person can check: the printer reports "finished" but counted nothing, forgot the job, or (`fault`) stopped
   * answering.
   */
  | { readonly kind: 'unconfirmed'; readonly fault?: PrinterFault }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly fault: PrinterFault };

/** `retry`: whether printing again can work now, only after someone fixes something, or never with this document. */
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
  'printer.pdf-refused': 'now',
  'printer.option-refused': 'never',
  'printer.too-large': 'never',
  /** The job may have reached the printer: trying again could print it twice. */
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

/** Renders PDF pages to pixels for adapters; implemented by the printing feature's PDF decoder. */
export interface PageRaster {
  /** Page numbers start at 1. Three bytes a dot (RGB), rows from the top, portrait. */
  rgb(pdf: Uint8Array, page: number, size: { readonly width: number; readonly height: number }): Promise<Uint8Array>;
  jpeg(pdf: Uint8Array, page: number, size: { readonly width: number; readonly height: number }): Promise<Uint8Array>;
}

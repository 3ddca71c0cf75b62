/**
 * The Scanner port, the features' only view of a scanner. Adapters: `sane/`, `escl/`, `wia/`, `virtual/`; one suite
 * (`test/contract/scanner/`) checks them all.
 */
import type { Result } from '../contract/result.ts';
import type { ScannerFaultCode } from '../contract/scanning.ts';

export type ScanSource = 'flatbed' | 'feeder' | 'feeder-duplex';

export interface ScannerDescription {
  /** Make and model, for the agent. */
  readonly name: string;
  readonly sources: readonly ScanSource[];
  /** Smallest and largest resolution, and the exact list where the device has a fixed set. */
  readonly dpi: { readonly min: number; readonly max: number; readonly only?: readonly number[] };
  readonly colours: readonly ('colour' | 'grey')[];
  /** Largest area of the glass (or of the feeder without one), in millimetres. */
  readonly widthMm: number;
  readonly heightMm: number;
}

export type ScannerStatus =
  { readonly kind: 'ready' } | { readonly kind: 'busy' } | { readonly kind: 'fault'; readonly fault: ScannerFault };

export interface ScanSettings {
  readonly source: ScanSource;
  readonly colour: 'colour' | 'grey';
  readonly dpi: number;
  /** Measured from the corner of the glass, or where the feeder holds a sheet; clamped to the device's limits. */
  readonly widthMm: number;
  readonly heightMm: number;
  /** Stop after this many pages; the glass always gives one. */
  readonly maxPages: number;
}

/** One side of one sheet, as the device sent it. `raw` is 8 bits a sample, rows without padding. */
export type ScannedImage =
  | {
      readonly format: 'raw';
      readonly width: number;
      readonly height: number;
      readonly channels: 1 | 3;
      readonly bytes: Uint8Array;
    }
  | { readonly format: 'jpeg' | 'png'; readonly bytes: Uint8Array };

export interface ScannedPage {
  /** Starts at 1. In duplex, odd pages are fronts. */
  readonly number: number;
  readonly dpi: number;
  readonly image: ScannedImage;
}

export type { ScannerFaultCode };

export interface ScannerFault {
  readonly code: ScannerFaultCode;
  readonly retry: 'now' | 'after-help' | 'never';
  /** Text of the device or its driver, for debugging. Never logged, because a driver's text may contain anything. */
  readonly detail?: string;
}

const RETRY: Readonly<Record<ScannerFaultCode, ScannerFault['retry']>> = {
  'not-found': 'after-help',
  busy: 'now',
  jam: 'now',
  'cover-open': 'now',
  'feeder-empty': 'now',
  unplugged: 'after-help',
  'no-answer': 'now',
  garbled: 'now',
  denied: 'never',
  'too-large': 'now',
  unsupported: 'never',
  'program-missing': 'never',
};

export const scannerFault = (code: ScannerFaultCode, detail?: string): ScannerFault => ({
  code,
  retry: RETRY[code],
  ...(detail === undefined ? {} : { detail }),
});

export type ScanEvent =
  /** Progress of the current page; `fraction` is null when the device does not report it. */
  | { readonly kind: 'progress'; readonly page: number; readonly fraction: number | null }
  | { readonly kind: 'page'; readonly page: ScannedPage }
  /** The last event is always `failed` or `ended`. Pages already delivered stay valid. */
  | { readonly kind: 'failed'; readonly fault: ScannerFault }
  | { readonly kind: 'ended'; readonly pages: number; readonly cancelled: boolean };

export interface Scanner {
  describe(signal?: AbortSignal): Promise<Result<ScannerDescription, ScannerFault>>;
  status(signal?: AbortSignal): Promise<ScannerStatus>;
  /**
   * Yields pages as they arrive. Never throws for a device failure: the last event is `failed` or `ended`. Aborting the
   * signal stops the device and ends with `cancelled: true`; leaving the loop early does the same.
   */
  scan(settings: ScanSettings, signal: AbortSignal): AsyncIterable<ScanEvent>;
}

/** A scanner found on a cable or on the network. */
export interface FoundScanner {
  readonly kind: 'sane' | 'escl' | 'wia';
  /** SANE device name, eSCL base URL or WIA id. */
  readonly address: string;
  readonly name: string;
  /** Its announced identity, for devices whose address may belong to another device later. */
  readonly identity?: string;
}

/** The nearest supported resolution, not below the wanted one if possible. */
export const nearestDpi = (wanted: number, dpi: ScannerDescription['dpi']): number => {
  if (!dpi.only) return Math.min(Math.max(wanted, dpi.min), dpi.max);
  const sorted = [...dpi.only].sort((a, b) => a - b);
  return sorted.find((one) => one >= wanted) ?? sorted.at(-1) ?? wanted;
};

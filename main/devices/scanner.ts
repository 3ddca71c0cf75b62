/**
 * The Scanner port: all that the features know of a scanner. Adapters: `sane/`, `escl/`, `wia/`, `virtual/`; one suite
 * (`test/contract/scanner/`) holds them to it.
 */
import type { Result } from '../contract/result.ts';
import type { ScannerFaultCode } from '../contract/scanning.ts';

export type ScanSource = 'flatbed' | 'feeder' | 'feeder-duplex';

export interface ScannerDescription {
  /** What the maker calls it, for the agent. */
  readonly name: string;
  readonly sources: readonly ScanSource[];
  /** Smallest and largest resolution, and the exact list where the machine has only some. */
  readonly dpi: { readonly min: number; readonly max: number; readonly only?: readonly number[] };
  readonly colours: readonly ('colour' | 'grey')[];
  /** Largest area of the glass (or of the feeder when there is no glass), in millimetres. */
  readonly widthMm: number;
  readonly heightMm: number;
}

export type ScannerStatus =
  | { readonly kind: 'ready'; readonly feeder: 'loaded' | 'empty' | 'unknown' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'fault'; readonly fault: ScannerFault };

export interface ScanSettings {
  readonly source: ScanSource;
  readonly colour: 'colour' | 'grey';
  readonly dpi: number;
  /** From the corner; the adapter keeps inside the machine's own limits. */
  readonly widthMm: number;
  readonly heightMm: number;
  /** Stop after so many pages; the glass always gives one. */
  readonly maxPages: number;
}

/** One side of one sheet, as the machine gave it. `raw` is 8 bits a sample, rows without padding. */
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
  /** From 1. In duplex the odd ones are fronts. */
  readonly number: number;
  readonly dpi: number;
  readonly image: ScannedImage;
}

export type { ScannerFaultCode };

export interface ScannerFault {
  readonly code: ScannerFaultCode;
  readonly retry: 'now' | 'after-help' | 'never';
  /** Of the machine or its driver, for who looks with a debugger: never logged, a driver's words may name anything. */
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
  /** How far the page under way is; `fraction` null when the machine does not tell. */
  | { readonly kind: 'progress'; readonly page: number; readonly fraction: number | null }
  | { readonly kind: 'page'; readonly page: ScannedPage }
  /** Always last, unless `ended` is. Pages given before stay good. */
  | { readonly kind: 'failed'; readonly fault: ScannerFault }
  | { readonly kind: 'ended'; readonly pages: number; readonly cancelled: boolean };

export interface Scanner {
  describe(signal?: AbortSignal): Promise<Result<ScannerDescription, ScannerFault>>;
  status(signal?: AbortSignal): Promise<ScannerStatus>;
  /**
   * Pages as they come. Never throws for what a machine may do: the last event is `failed` or `ended`.
   * Aborting the signal stops the machine and ends with `cancelled: true`; leaving the loop early does the same.
   */
  scan(settings: ScanSettings, signal: AbortSignal): AsyncIterable<ScanEvent>;
}

/** A machine seen on a cable or on the network. */
export interface FoundScanner {
  readonly kind: 'sane' | 'escl' | 'wia';
  /** SANE device name, eSCL base URL or WIA id. */
  readonly address: string;
  readonly name: string;
  /** What it announces itself by, when its address may be another machine's tomorrow. */
  readonly identity?: string;
}

/** The nearest resolution the machine has, not under what was asked where it can. */
export const nearestDpi = (wanted: number, dpi: ScannerDescription['dpi']): number => {
  if (!dpi.only) return Math.min(Math.max(wanted, dpi.min), dpi.max);
  const sorted = [...dpi.only].sort((a, b) => a - b);
  return sorted.find((one) => one >= wanted) ?? sorted.at(-1) ?? wanted;
};

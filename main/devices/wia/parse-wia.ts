/** Strict parser of what `scan.ps1` prints: one JSON object a line, nothing else. Pure, so tested without Windows. */
import { z } from 'zod';
import { scannerFault, type ScannerFault } from '../scanner.ts';

export const wiaLine = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('device'),
    id: z.string().min(1),
    name: z.string(),
    glass: z.boolean(),
    feeder: z.boolean(),
    duplex: z.boolean(),
    dpi: z.array(z.int().positive()),
    /** Thousandths of an inch; 0 when the driver does not report it. */
    widthMil: z.int().nonnegative(),
    heightMil: z.int().nonnegative(),
  }),
  /** A complete JPEG, base64. */
  z.strictObject({
    kind: z.literal('page'),
    number: z.int().positive(),
    dpi: z.int().positive(),
    data: z.base64().min(4),
  }),
  z.strictObject({ kind: z.literal('fault'), hresult: z.string().regex(/^0x[0-9A-F]{8}$/) }),
  /** A local policy (AppLocker, application control) restricts PowerShell's language, so it can't use COM objects. */
  z.strictObject({ kind: z.literal('limited'), mode: z.string().regex(/^[A-Za-z]{1,40}$/) }),
  z.strictObject({ kind: z.literal('end'), pages: z.int().nonnegative() }),
]);
export type WiaLine = z.output<typeof wiaLine>;
export type WiaDevice = Extract<WiaLine, { kind: 'device' }>;

/** `undefined`: not a line of our script (a PowerShell message, for example). */
export const parseWiaLine = (line: string): WiaLine | undefined => {
  try {
    const read = wiaLine.safeParse(JSON.parse(line.replace(/^\ufeff/, '')));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
};

/**
 * Splits chunks of any size into lines. Returns false when a line exceeds `maxBytes`, which our script never prints;
 * the caller then stops reading.
 */
export const createLineReader = (onLine: (line: string) => void, maxBytes: number) => {
  let kept: Buffer[] = [];
  let keptBytes = 0;
  return (chunk: Buffer): boolean => {
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      kept.push(chunk.subarray(from, at));
      onLine(Buffer.concat(kept).toString('utf8').replace(/\r$/, ''));
      kept = [];
      keptBytes = 0;
      from = at + 1;
    }
    const rest = chunk.subarray(from);
    if (keptBytes + rest.length > maxBytes) return false;
    if (rest.length > 0) kept.push(rest);
    keptBytes += rest.length;
    return true;
  };
};

/** WIA_ERROR_* codes of Windows, then COM's own codes. */
const HRESULTS: Readonly<Record<string, ScannerFault['code']>> = {
  '0x80210002': 'jam',
  '0x80210003': 'feeder-empty',
  '0x80210004': 'jam', // a problem with a document in the feeder
  '0x80210005': 'not-found', // offline
  '0x80210006': 'busy',
  '0x80210007': 'busy', // warming up
  '0x80210008': 'not-found', // needs a person: check that it is on and plugged in
  '0x80210009': 'unplugged', // the device was deleted meanwhile
  '0x8021000A': 'unplugged',
  '0x8021000B': 'unsupported',
  '0x8021000C': 'unsupported', // a setting that the device does not have
  '0x8021000D': 'busy', // locked by another program
  '0x80210015': 'not-found',
  '0x80210016': 'cover-open',
  '0x80210019': 'busy', // reserved over the network
  '0x80210020': 'jam', // two sheets at once
  '0x80040154': 'program-missing', // the imaging component is not installed
  '0x80070422': 'program-missing', // the imaging service is disabled
  '0x80070005': 'denied',
  '0x80070057': 'unsupported', // a value that the driver does not accept
  '0x8007000E': 'too-large', // out of memory
  '0x800706BA': 'unplugged', // the imaging service stopped
  '0x800706BE': 'unplugged',
};

export const faultOfHresult = (hresult: string): ScannerFault =>
  scannerFault(HRESULTS[hresult] ?? 'garbled', hresult.toLowerCase());

/** What `scan.ps1` prints, read strictly: one JSON object a line, nothing else. Pure: tested without Windows. */
import { z } from 'zod';
import { scannerFault, type ScannerFault } from '../scanner.ts';

export const wiaLine = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('device'),
    id: z.string().min(1),
    name: z.string(),
    feeder: z.boolean(),
    duplex: z.boolean(),
  }),
  /** A whole BMP, PNG or JPEG, base64. */
  z.strictObject({
    kind: z.literal('page'),
    number: z.int().positive(),
    dpi: z.int().positive(),
    data: z.base64().min(4),
  }),
  z.strictObject({ kind: z.literal('fault'), hresult: z.string().regex(/^0x[0-9A-F]{8}$/) }),
  z.strictObject({ kind: z.literal('end'), pages: z.int().nonnegative() }),
]);
export type WiaLine = z.output<typeof wiaLine>;

/** `undefined`: the line is not one of ours (a PowerShell message, say). */
export const parseWiaLine = (line: string): WiaLine | undefined => {
  try {
    const read = wiaLine.safeParse(JSON.parse(line.replace(/^\ufeff/, '')));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
};

/** WIA_ERROR_* of wiadef.h. */
const HRESULTS: Readonly<Record<string, ScannerFault['code']>> = {
  '0x80210002': 'jam',
  '0x80210003': 'feeder-empty',
  '0x80210004': 'unsupported',
  '0x80210005': 'not-found',
  '0x80210006': 'busy',
  '0x8021000A': 'unplugged',
  '0x80210015': 'not-found',
  '0x80210016': 'cover-open',
  '0x8021000D': 'denied',
  '0x80070005': 'denied',
  '0x8007000E': 'too-large',
};

export const faultOfHresult = (hresult: string): ScannerFault =>
  scannerFault(HRESULTS[hresult] ?? 'garbled', hresult.toLowerCase());

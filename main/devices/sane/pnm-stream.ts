/** Reads one image from a stream: the header, then exactly the number of bytes that it announces. */
import { fail, ok, type Result } from '../../contract/result.ts';
import { scannerFault, type ScannedImage, type ScannerFault } from '../scanner.ts';
import { parsePnmHeader, pnmToImage, type PnmHeader } from './pnm.ts';

export interface PnmStreamOptions {
  readonly maxBytes: number;
  readonly onFraction: (fraction: number) => void;
}

/** `undefined` when the stream ended before its first byte: there is no page. */
export const readPnm = async (
  source: AsyncIterable<Uint8Array>,
  options: PnmStreamOptions,
): Promise<Result<ScannedImage, ScannerFault> | undefined> => {
  let head = new Uint8Array(0);
  let header: PnmHeader | undefined;
  let data: Uint8Array | undefined;
  let filled = 0;
  for await (const chunk of source) {
    let body = chunk;
    if (!header) {
      const joined = new Uint8Array(head.length + chunk.length);
      joined.set(head);
      joined.set(chunk, head.length);
      head = joined;
      const parsed = parsePnmHeader(head);
      if (parsed === null) return fail(scannerFault('garbled', 'not a picture'));
      if (parsed === undefined) continue;
      if (parsed.dataBytes > options.maxBytes)
        return fail(scannerFault('too-large', `${parsed.width}x${parsed.height}`));
      header = parsed;
      data = new Uint8Array(parsed.dataBytes);
      body = head.subarray(parsed.dataOffset);
    }
    if (!data || body.length === 0) continue;
    // Some drivers send a few bytes more than announced; the image is complete anyway.
    const take = body.subarray(0, data.length - filled);
    data.set(take, filled);
    filled += take.length;
    options.onFraction(filled / data.length);
  }
  if (!header || !data) return head.length === 0 ? undefined : fail(scannerFault('garbled', 'header cut'));
  if (filled < data.length)
    return fail(scannerFault('unplugged', `page cut at ${Math.floor((100 * filled) / data.length)} %`));
  return ok(pnmToImage(header, data));
};

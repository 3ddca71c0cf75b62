/** The documents in a bundle (`.zip`) that a site gives: what can be shown comes out of it, and nothing else is unpacked. */
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { sniff } from '../sniff.ts';
import { zipEntries, zipPacked } from './zip-directory.ts';

export interface Paper {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const MOST_PAPERS = 20;
const MAX_PAPER_BYTES = 40_000_000;
const MAX_BYTES = 80_000_000;
/** What systems pack along. */
const NOBODYS = /(^|\/)(__MACOSX\/|\.|~\$|thumbs\.db$|desktop\.ini$)/i;

const unpack = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(inflateRaw);

/** Empty: nothing in it that could be shown, or it can't be read (a password, a bundle that is cut). */
const papersInZip = async (bytes: Uint8Array): Promise<readonly Paper[]> => {
  const papers: Paper[] = [];
  // Also what comes to nothing: a bundle may be made to keep a machine busy.
  let unpackedBytes = 0;
  for (const entry of zipEntries(bytes) ?? []) {
    const maxOutputLength = Math.min(MAX_PAPER_BYTES, MAX_BYTES - unpackedBytes);
    if (papers.length >= MOST_PAPERS || maxOutputLength <= 0) break;
    const packed = zipPacked(bytes, entry);
    if (!packed || NOBODYS.test(entry.name)) continue;
    // Copied: a part of the bundle would take all of it along to the document thread.
    // An entry that does not unpack is left out.
    const plain = entry.deflated ? await unpack(packed, { maxOutputLength }).catch(() => undefined) : packed.slice();
    unpackedBytes += plain?.length ?? maxOutputLength;
    const name = entry.name.split(/[/\\]/).at(-1) ?? '';
    if (plain && plain.length <= maxOutputLength && !('refuse' in sniff(plain, name)))
      papers.push({ name, bytes: plain });
  }
  return papers;
};

/** A bundle that a site gives is the documents in it; anything else, and a bundle that holds none, is itself. */
export const filesOf = async (file: Paper): Promise<readonly Paper[]> => {
  const kind = sniff(file.bytes, file.name);
  const papers = 'refuse' in kind && kind.refuse === 'archive' ? await papersInZip(file.bytes) : [];
  return papers.length > 0 ? papers : [file];
};

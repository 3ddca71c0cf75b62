/** Extracts the documents of a `.zip` that a site sent. Files that we cannot show are left out. */
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { sniff } from '../sniff.ts';
import { zipEntries, zipPacked } from './zip-directory.ts';

export interface Paper {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const MAX_PAPERS = 20;
const MAX_PAPER_BYTES = 40_000_000;
const MAX_BYTES = 80_000_000;
/** Files that operating systems add. */
const SYSTEM_FILES = /(^|\/)(__MACOSX\/|\.|~\$|thumbs\.db$|desktop\.ini$)/i;

const unpack = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(inflateRaw);

/** Nothing when it contains nothing that we can show, or cannot be read (a password, a truncated file). */
async function* papersInZip(bytes: Uint8Array): AsyncGenerator<Paper> {
  let papers = 0;
  // Entries that fail count too: an archive may be made to keep the machine busy.
  let unpackedBytes = 0;
  for (const entry of zipEntries(bytes) ?? []) {
    const maxOutputLength = Math.min(MAX_PAPER_BYTES, MAX_BYTES - unpackedBytes);
    if (papers >= MAX_PAPERS || maxOutputLength <= 0) break;
    const packed = zipPacked(bytes, entry);
    if (!packed || SYSTEM_FILES.test(entry.name)) continue;
    // `slice` copies: a view would transfer the whole archive to the document thread. Skip an entry that does not
    // unpack.
    const plain = entry.deflated ? await unpack(packed, { maxOutputLength }).catch(() => undefined) : packed.slice();
    unpackedBytes += plain?.length ?? maxOutputLength;
    const name = entry.name.split(/[/\\]/).at(-1) ?? '';
    if (!plain || plain.length > maxOutputLength || 'refuse' in sniff(plain, name)) continue;
    papers += 1;
    yield { name, bytes: plain };
  }
}

/**
 * The documents in an archive; for any other file, or an archive without documents, the file itself. Each is unpacked
 * when it is asked for, so that only one is in memory.
 */
export async function* filesOf(file: Paper): AsyncGenerator<Paper> {
  const kind = sniff(file.bytes, file.name);
  let isEmpty = true;
  if ('refuse' in kind && kind.refuse === 'archive') {
    for await (const paper of papersInZip(file.bytes)) {
      isEmpty = false;
      yield paper;
    }
  }
  if (isEmpty) yield file;
}

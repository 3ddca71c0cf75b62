/** Extracts the documents of a `.zip` that a site sent, and tells which of its files are left out, and why. */
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import type { ArrivalRefusal } from '../../../contract/documents.ts';
import { sniff } from '../sniff.ts';
import { zipDirectory, zipPacked, type ZipEntry } from './zip-directory.ts';

export interface Paper {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Files that are not taken, with their reason. */
export interface LeftOut {
  readonly refuse: ArrivalRefusal;
  readonly names: readonly string[];
}

const MAX_PAPERS = 20;
const MAX_PAPER_BYTES = 40_000_000;
const MAX_BYTES = 80_000_000;
/** Folders, and files that operating systems add. They are skipped and not reported as left out. */
const NO_FILES = /\/$|(^|\/)(__MACOSX\/|\.|~\$|thumbs\.db$|desktop\.ini$)/i;
/** Files that are no documents: an archive that has nothing else is refused as an archive. */
const NO_PAPERS: ReadonlySet<ArrivalRefusal> = new Set(['program', 'unknown']);

const inflate = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(inflateRaw);

/** Undefined when it is damaged, or larger than the directory claims. */
const unpack = async (bytes: Uint8Array, entry: ZipEntry): Promise<Uint8Array | undefined> => {
  const packed = zipPacked(bytes, entry);
  if (!packed) return undefined;
  // `slice` copies: a view would send the whole archive to the document decoder.
  if (entry.packing === 'stored') return packed.length > entry.plainBytes ? undefined : packed.slice();
  const maxOutputLength = Math.max(1, entry.plainBytes);
  return inflate(packed, { maxOutputLength }).catch(() => undefined); // said to the person as damaged
};

/**
 * The documents in an archive, then what is left out of it; for any other file, or an archive without documents, the
 * file itself. Each is unpacked when it is asked for, so that only one is in memory. `isStopped`: unpack no more.
 */
export async function* filesOf(file: Paper, isStopped = (): boolean => false): AsyncGenerator<Paper | LeftOut> {
  const kind = sniff(file.bytes, file.name);
  const directory = 'refuse' in kind && kind.refuse === 'archive' ? zipDirectory(file.bytes) : undefined;
  // A directory whose entries cannot be found is one that we do not know (ZIP64).
  if (!directory || (directory.entries.length === 0 && directory.count > 0)) {
    yield file;
    return;
  }
  const leftOut = new Map<ArrivalRefusal, string[]>();
  const leave = (reason: ArrivalRefusal, name: string): void => {
    const names = leftOut.get(reason) ?? [];
    names.push(name);
    leftOut.set(reason, names);
  };
  let papers = 0;
  // Entries that fail count too: an archive may be made to keep the machine busy.
  let unpackedBytes = 0;
  for (const entry of directory.entries) {
    if (NO_FILES.test(entry.name)) continue;
    const name = entry.name.split('/').at(-1) ?? '';
    const isTooLarge = entry.plainBytes > Math.min(MAX_PAPER_BYTES, MAX_BYTES - unpackedBytes);
    if (isStopped()) leave('too-many-heavy', name);
    else if (entry.packing === 'locked' || entry.packing === 'unknown-packing') leave(entry.packing, name);
    else if (papers >= MAX_PAPERS || isTooLarge) leave('archive-limit', name);
    else {
      unpackedBytes += entry.plainBytes;
      const bytes = await unpack(file.bytes, entry);
      const shown = bytes && sniff(bytes, name);
      if (!bytes) leave('damaged', name);
      else if (shown && 'refuse' in shown) leave(shown.refuse, name);
      else {
        papers += 1;
        yield { name, bytes };
      }
    }
  }
  const isWhole = directory.entries.length >= directory.count;
  if (!isWhole) leave(leftOut.has('archive-limit') ? 'archive-limit' : 'damaged', file.name);
  else if (papers === 0 && leftOut.size === 0) leave('empty', file.name);
  if (papers === 0 && isWhole && [...leftOut.keys()].every((reason) => NO_PAPERS.has(reason))) yield file;
  else for (const [refuse, names] of leftOut) yield { refuse, names };
}

/** Reads one file of a folder that others can write to: a signed and sealed week, or why it is refused. */
import { fail, type Result } from '../../contract/result.ts';
import type { Entry, Files } from '../../platform/files.ts';
import { claimOf, readBundle, type BundleFault, type ReadBundle } from './bundle.ts';
import { keysFor, type Trust } from './register.ts';
import { isSealed, openSeal } from './seal.ts';

export type FolderFault =
  | BundleFault
  | 'twice'
  | 'twice-different'
  | 'not-a-bundle'
  | 'unreadable'
  | 'not-a-file'
  | 'too-large'
  /** Sealed, but not with the Département's current key. */
  | 'not-sealed'
  /** In a store: a Parquet file that is damaged or was not written by this program. */
  | 'not-a-batch';

/** True for files that were not counted because they cannot be trusted. The other faults are only reported. */
export const isRefusal = (fault: FolderFault): boolean => fault !== 'twice' && fault !== 'not-a-bundle';

export const READ_AT_ONCE = 64;
/** The week of a busy kiosk takes about 20 kB. */
const MAX_BYTES = 1_000_000;

/** File names are untrusted: control characters in them could rewrite lines of a terminal. */
export const safeName = (name: string): string => name.replaceAll(/\p{C}/gu, '?').slice(0, 120);

export type OpenBundle = () => Result<ReadBundle, FolderFault>;

/**
 * Reads a file and returns how to open it. Many files are read at once, for slow shares, but they are opened one by one:
 * the counts of 64 open weeks would all outlive the young generation, and cost more time than the signatures.
 */
export const bundleReader = (files: Files, folder: string, trust: Trust): ((entry: Entry) => Promise<OpenBundle>) => {
  const keys = keysFor(trust.kiosks);
  return async (entry) => {
    const claimed = claimOf(entry.name);
    if (!claimed) return () => fail('not-a-bundle');
    if (entry.kind !== 'file') return () => fail('not-a-file');
    const read = await files.readUpTo(`${folder}/${entry.name}`, MAX_BYTES);
    if (!read.ok) {
      const { kind } = read.error;
      return () => fail(kind === 'too-large' || kind === 'not-a-file' ? kind : 'unreadable');
    }
    return () => {
      const bytes = isSealed(read.value) ? openSeal(read.value, trust.pair) : Buffer.from(read.value);
      return bytes ? readBundle(bytes, claimed, keys) : fail('not-sealed');
    };
  };
};

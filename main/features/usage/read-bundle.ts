/** Reads one file of a folder that others can write to: a signed and sealed week, or why it is refused. */
import { fail, type Result } from '../../contract/result.ts';
import type { Entry, Files } from '../../platform/files.ts';
import { claimOf, readBundle, type BundleFault, type ReadBundle } from './bundle.ts';
import { everyKeyFor, keysFor, type CardKeys, type Trust } from './register.ts';
import { isSealed, openSeal } from './seal.ts';

export type FolderFault =
  | BundleFault
  | 'twice'
  | 'twice-different'
  | 'not-a-bundle'
  /** Named like a week of figures, but its name gives no kiosk and possible week. */
  | 'wrong-name'
  | 'unreadable'
  | 'not-a-file'
  | 'too-large'
  /** Sealed, but not with the Département's current key. */
  | 'not-sealed'
  /** In a store: a Parquet file that is damaged or was not written by this program. */
  | 'not-a-batch'
  | CardFault;

/** How a kiosk's card in a share differs from the register. */
export type CardFault = 'card-unreadable' | 'card-unknown-kiosk' | 'card-other-key';
export const isCardFault = (fault: FolderFault): fault is CardFault => fault.startsWith('card-');

/** True for files that were not counted because they cannot be trusted. The other faults are only reported. */
export const isRefusal = (fault: FolderFault): boolean =>
  fault !== 'twice' && fault !== 'not-a-bundle' && !isCardFault(fault);

export const READ_AT_ONCE = 64;
/** The week of a busy kiosk takes about 20 kB. */
const MAX_BYTES = 1_000_000;

/** File names are untrusted: control characters in them could rewrite lines of a terminal. */
export const safeName = (name: string): string => name.replaceAll(/\p{C}/gu, '?').slice(0, 120);

/**
 * The fault of a file whose name claims no week. Only what looks like no week at all may be ignored: otherwise a week
 * could be left out by its name alone, without an error.
 */
export const faultOfName = (name: string): 'wrong-name' | 'not-a-bundle' =>
  /\.chiffres$/i.test(name.replaceAll(/[\p{C}\s]/gu, '')) ? 'wrong-name' : 'not-a-bundle';

export type OpenBundle = () => Result<ReadBundle, FolderFault>;

/**
 * Reads a file and returns how to open it. Many files are read at once, for slow shares, but they are opened one by
 * one: the counts of 64 open weeks would all outlive the young generation, and cost more time than the signatures.
 */
export const bundleReader = (
  files: Files,
  folder: string,
  trust: Trust,
  cards: CardKeys = new Map(),
): ((entry: Entry) => Promise<OpenBundle>) => {
  const keys = keysFor(trust.kiosks);
  const everyKey = everyKeyFor(trust.kiosks, cards);
  return async (entry) => {
    const claimed = claimOf(entry.name);
    if (!claimed) return () => fail(faultOfName(entry.name));
    if (entry.kind !== 'file') return () => fail('not-a-file');
    const read = await files.readUpTo(`${folder}/${entry.name}`, MAX_BYTES);
    if (!read.ok) {
      const { kind } = read.error;
      return () => fail(kind === 'too-large' || kind === 'not-a-file' ? kind : 'unreadable');
    }
    return () => {
      const bytes = isSealed(read.value) ? openSeal(read.value, trust.pair) : Buffer.from(read.value);
      return bytes ? readBundle(bytes, claimed, keys, everyKey) : fail('not-sealed');
    };
  };
};

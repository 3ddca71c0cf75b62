/** One file of a folder that others may write to: a signed and sealed week, or what is wrong with it. */
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Entry, Files } from '../../platform/files.ts';
import { claimOf, readBundle, type Bundle, type BundleFault } from './bundle.ts';
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
  /** Not closed for the Département, or not with the key of today. */
  | 'not-sealed'
  /** Of a store: Parquet that this program did not write, or that is damaged. */
  | 'not-a-batch';

/** All that was not believed; the rest is only told. */
export const isRefusal = (fault: FolderFault): boolean => fault !== 'twice' && fault !== 'not-a-bundle';

export const READ_AT_ONCE = 64;
/** A week of a large kiosk is some 20 kB. */
const MOST_BYTES = 1_000_000;

/** A name is somebody else's words too: a line of a terminal can be written over. */
export const safeName = (name: string): string => name.replaceAll(/\p{C}/gu, '?').slice(0, 120);

/** A copy: a slice would keep the whole text of every file in memory. */
export const signatureIn = (text: string): string =>
  Buffer.from(text.slice(text.indexOf('\n') + 1), 'latin1').toString('latin1');

export interface ReadBundle {
  readonly text: string;
  readonly bundle: Bundle;
}

export const bundleReader = (
  files: Files,
  folder: string,
  trust: Trust,
): ((entry: Entry) => Promise<Result<ReadBundle, FolderFault>>) => {
  const keys = keysFor(trust.kiosks);
  return async (entry) => {
    const claimed = claimOf(entry.name);
    if (!claimed) return fail('not-a-bundle');
    if (entry.kind !== 'file') return fail('not-a-file');
    const read = await files.readUpTo(`${folder}/${entry.name}`, MOST_BYTES);
    if (!read.ok) {
      const { kind } = read.error;
      return fail(kind === 'too-large' || kind === 'not-a-file' ? kind : 'unreadable');
    }
    const sealed = isSealed(read.value);
    const text = sealed ? await openSeal(read.value, trust.pair) : Buffer.from(read.value).toString('utf8');
    if (text === undefined) return fail('not-sealed');
    const bundle = readBundle(text, claimed, keys);
    return bundle.ok ? ok({ text, bundle: bundle.value }) : bundle;
  };
};

/** The location of a store: a folder, or a bucket (`region-s3.ts`). */
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Entry, Files } from '../../platform/files.ts';

export type PlaceFault =
  | 'missing'
  | 'unwritable'
  | 'too-large'
  | 'no-credentials'
  | 'denied'
  | 'clock'
  | 'no-bucket'
  | 'away'
  | 'no-client'
  | 'bad-address';

/** Names are relative to the store: `magasin.json`, `mois=2026-11/….parquet`. */
export interface StorePlace {
  /** Lists the store's root (`''`) or one of its months. Empty if there is no such folder. */
  list(folder: string): Promise<Result<readonly Entry[], PlaceFault>>;
  /** Reads a plain file of at most `maxBytes`. */
  read(name: string, maxBytes: number): Promise<Result<Uint8Array, PlaceFault>>;
  /** Writes atomically. `isNew`: the name is unique, and an existing file must not be overwritten. */
  write(name: string, content: Uint8Array, isNew: boolean): Promise<Result<null, PlaceFault>>;
  /** Local paths of these files for DuckDB, in the same order. A bucket downloads them first. */
  localPaths(names: readonly string[]): Promise<Result<readonly string[], PlaceFault>>;
  /** The only folder that DuckDB may open. */
  readonly folder: string;
  close(): Promise<void>;
}

export const isRemote = (store: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(store);

export type Environment = Readonly<Record<string, string | undefined>>;

export const openPlace = async (
  files: Files,
  store: string,
  env: Environment,
): Promise<Result<StorePlace, PlaceFault>> => {
  if (!isRemote(store)) return ok(folderPlace(files, resolve(store)));
  if (!store.startsWith('s3://')) return fail('bad-address');
  const { openBucket } = await import('./region-s3.ts');
  return openBucket(files, store, env);
};

const folderPlace = (files: Files, folder: string): StorePlace => ({
  folder,
  async list(inside) {
    const listed = await files.list(inside === '' ? folder : `${folder}/${inside}`);
    if (listed.ok) return listed;
    return listed.error.kind === 'missing' || listed.error.kind === 'not-a-folder' ? ok([]) : fail('denied');
  },
  async read(name, maxBytes) {
    const read = await files.readUpTo(`${folder}/${name}`, maxBytes);
    return read.ok ? read : fail(read.error.kind === 'too-large' ? 'too-large' : 'missing');
  },
  async write(name, content) {
    const path = `${folder}/${name}`;
    const made = await files.mkdir(path.slice(0, path.lastIndexOf('/')), 0o750);
    const written = made.ok ? await files.writeAtomic(path, content, { mode: 0o640 }) : made;
    return written.ok ? ok(null) : fail('unwritable');
  },
  async localPaths(names) {
    return ok(names.map((name) => `${folder}/${name}`));
  },
  async close() {},
});

/** A unique name for a batch. */
export const newBatchName = (month: string, owner: string): string => `mois=${month}/${owner}-${randomUUID()}`;

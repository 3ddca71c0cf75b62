/**
 * Stores the documents of one session: encrypted files in a RAM folder, under a random key that exists only in this
 * process. Dropping the key erases the files; removing them afterwards only frees space.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { fail, ok, type Result } from '../../contract/result.ts';
import { isFull, systemCodeOf, type PieceReader, type PrivateFiles } from '../../platform/private-files.ts';
import type { WipeStep } from '../feature.ts';
import { fileKey, inPieces, openPiece, PIECE_BYTES, SALT_BYTES, sealedSize, sealPiece, TAG_BYTES } from './sealing.ts';

export type VaultFault =
  /** The session's limit is reached. */
  | { readonly kind: 'full' }
  /** The file system is full, although our limit is not reached. */
  | { readonly kind: 'memory-full' }
  | { readonly kind: 'unwritable'; readonly code: string }
  /** The session ended in the meantime. */
  | { readonly kind: 'wiped' }
  /** Reading the source failed (a key pulled out, an interrupted download). */
  | { readonly kind: 'source'; readonly cause: unknown };

export interface VaultDeps {
  readonly files: PrivateFiles;
  /** Used only by the vault, on a RAM file system where there is one. `wipe` removes everything in it. */
  readonly folder: string;
  readonly maxBytes: number;
}

export interface StoredFile {
  readonly id: string;
  readonly sizeBytes: number;
}

export interface Vault {
  readonly usedBytes: number;
  readonly maxBytes: number;
  add(source: AsyncIterable<Uint8Array> | Uint8Array): Promise<Result<StoredFile, VaultFault>>;
  /** The whole content; undefined when there is no such file or it cannot be decrypted. */
  read(id: string): Promise<Uint8Array | undefined>;
  /** Piece by piece; throws when the file is damaged. */
  stream(id: string): AsyncIterable<Uint8Array>;
  remove(id: string): Promise<void>;
  readonly wipeStep: WipeStep;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

class SourceFailed extends Error {}

async function* guarded(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (cause) {
    throw new SourceFailed('the source broke off', { cause });
  }
}

export const createVault = (deps: VaultDeps): Vault => {
  const { files, folder, maxBytes } = deps;
  let sessionKey: Uint8Array | undefined;
  let usedBytes = 0;
  /** Aborted by the wipe: work that started before must not write after it. */
  const over = new AbortController();
  const sizes = new Map<string, number>();
  const writing = new Set<Promise<unknown>>();
  const nameOf = (id: string): string => `${id}.sealed`;

  const keyFor = async (): Promise<Uint8Array | undefined> => {
    if (!sessionKey) {
      if (!over.signal.aborted) await files.makeFolder(folder);
      if (over.signal.aborted) return undefined;
      sessionKey ??= new Uint8Array(randomBytes(32));
    }
    return sessionKey;
  };

  const store = async (source: AsyncIterable<Uint8Array>): Promise<Result<StoredFile, VaultFault>> => {
    const id = randomUUID();
    let reserved = 0;
    let done = false;
    try {
      const master = await keyFor();
      if (!master) return fail({ kind: 'wiped' });
      const salt = new Uint8Array(randomBytes(SALT_BYTES));
      const key = fileKey(master, salt);
      const out = await files.create(folder, nameOf(id));
      let plainBytes = 0;
      try {
        await out.write([salt]);
        let number = 0;
        for await (const { plain, last } of inPieces(guarded(source))) {
          if (over.signal.aborted) return fail({ kind: 'wiped' });
          plainBytes += plain.length;
          const growth = sealedSize(plainBytes) - reserved;
          if (usedBytes + growth > maxBytes) return fail({ kind: 'full' });
          usedBytes += growth;
          reserved += growth;
          await out.write(sealPiece(key, number, last, plain));
          number += 1;
        }
      } finally {
        key.fill(0);
        await out.close();
      }
      if (over.signal.aborted) return fail({ kind: 'wiped' });
      sizes.set(id, reserved);
      done = true;
      return ok({ id, sizeBytes: plainBytes });
    } catch (error) {
      if (error instanceof SourceFailed) return fail({ kind: 'source', cause: error.cause });
      const code = systemCodeOf(error);
      if (code === undefined) throw error;
      return fail(isFull(code) ? { kind: 'memory-full' } : { kind: 'unwritable', code });
    } finally {
      if (!done) {
        if (!over.signal.aborted) usedBytes -= reserved;
        await files.remove(folder, nameOf(id)).catch(() => undefined); // `leftovers` reports what remains
      }
    }
  };

  async function* stream(id: string): AsyncGenerator<Uint8Array> {
    if (!sessionKey || !sizes.has(id)) throw new Error('no such file in the vault');
    const reader: PieceReader = await files.open(folder, nameOf(id));
    let key: Uint8Array | undefined;
    try {
      const salt = new Uint8Array(SALT_BYTES);
      if ((await reader.read(salt)) !== SALT_BYTES) throw new Error('a vault file is cut');
      if (!sessionKey) throw new Error('the vault was wiped');
      key = fileKey(sessionKey, salt);
      let left = reader.sizeBytes - SALT_BYTES;
      for (let number = 0; left > 0; number += 1) {
        const sealed = new Uint8Array(Math.min(left, PIECE_BYTES + TAG_BYTES));
        if ((await reader.read(sealed)) !== sealed.length) throw new Error('a vault file is cut');
        // An open file can be read after its removal.
        if (over.signal.aborted) throw new Error('the vault was wiped');
        left -= sealed.length;
        yield openPiece(key, number, left === 0, sealed);
      }
    } finally {
      key?.fill(0);
      await reader.close();
    }
  }

  const read = async (id: string): Promise<Uint8Array | undefined> => {
    if (!sizes.has(id)) return undefined;
    try {
      const pieces: Uint8Array[] = [];
      for await (const piece of stream(id)) pieces.push(piece);
      return new Uint8Array(Buffer.concat(pieces));
    } catch {
      return undefined; // damaged, or wiped in the meantime: callers treat both alike
    }
  };

  return {
    get usedBytes() {
      return usedBytes;
    },
    maxBytes,
    async add(source) {
      const work = store(source instanceof Uint8Array ? once(source) : source);
      writing.add(work);
      try {
        return await work;
      } finally {
        writing.delete(work);
      }
    },
    read,
    stream,
    async remove(id) {
      const size = sizes.get(id);
      if (size === undefined) return;
      sizes.delete(id);
      usedBytes -= size;
      await files.remove(folder, nameOf(id)).catch(() => undefined); // encrypted, and `leftovers` reports it at the end
    },
    wipeStep: {
      name: 'vault',
      async wipe() {
        // Erase the key first: after that, nothing can be read, whatever happens to the files.
        sessionKey?.fill(0);
        sessionKey = undefined;
        over.abort();
        sizes.clear();
        usedBytes = 0;
        await Promise.allSettled([...writing]);
        await files.remove(folder).catch(() => undefined); // `leftovers` reports what remains
      },
      async leftovers() {
        const names = await files.list(folder).catch(() => ['?']);
        const left: string[] = [];
        if (sessionKey) left.push('la clé du coffre est encore en mémoire');
        if (names.length > 0) left.push(`${names.length} fichier(s) dans le coffre`);
        return left;
      },
    },
  };
};

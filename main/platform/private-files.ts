/**
 * Files that only this account may read, written and read in chunks: the vault is built on them. Every file has mode
 * 0600 in a folder of mode 0700, and symlinks are never followed. A file lent to a browser of another account stays
 * ours: the browser's group may read it but not change the folder, so it cannot swap a file.
 */
import { constants } from 'node:fs';
import { chmod, lchown, lstat, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

export interface PieceWriter {
  /** Writes these chunks in order. Rejects with the system's error (`ENOSPC`, `EACCES`…). */
  write(pieces: readonly Uint8Array[]): Promise<void>;
  close(): Promise<void>;
}

export interface PieceReader {
  readonly sizeBytes: number;
  /** Fills `into` until it is full or the file ends; returns the number of bytes read. */
  read(into: Uint8Array): Promise<number>;
  close(): Promise<void>;
}

export interface PrivateFiles {
  /** `readers` may open files in it by name, not list it. */
  makeFolder(folder: string, readers?: FileReaders): Promise<void>;
  create(folder: string, name: string, readers?: FileReaders): Promise<PieceWriter>;
  open(folder: string, name: string): Promise<PieceReader>;
  /** Names directly inside; empty when the folder does not exist. */
  list(folder: string): Promise<readonly string[]>;
  /** Removes a file or a whole folder; no error when it is already gone. */
  remove(folder: string, name?: string): Promise<void>;
}

/** The system's error code; undefined when the error is ours. */
export const systemCodeOf = (error: unknown): string | undefined => {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return typeof code === 'string' && code.startsWith('E') && !code.startsWith('ERR_') ? code : undefined;
};

export const isFull = (code: string): boolean => code === 'ENOSPC' || code === 'EDQUOT';

/** The group of the guest browsers' accounts, when those are not ours. It may read, but change nothing. */
export interface FileReaders {
  readonly gid: number;
}

const OURS = process.getuid?.() ?? -1;

const writer = (handle: Awaited<ReturnType<typeof open>>): PieceWriter => ({
  async write(pieces) {
    let wanted = 0;
    for (const piece of pieces) wanted += piece.length;
    const { bytesWritten } = await handle.writev([...pieces]);
    if (bytesWritten !== wanted) throw Object.assign(new Error('short write'), { code: 'ENOSPC' });
  },
  close: () => handle.close(),
});

export const systemPrivateFiles: PrivateFiles = {
  async makeFolder(folder, readers) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const facts = await lstat(folder);
    if (!facts.isDirectory()) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' });
    if (readers) await lchown(folder, OURS, readers.gid);
    await chmod(folder, readers ? 0o710 : 0o700);
  },
  async create(folder, name, readers) {
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);
    const handle = await open(join(folder, name), flags, 0o600);
    if (readers) {
      await handle.chown(OURS, readers.gid);
      await handle.chmod(0o640);
    }
    return writer(handle);
  },
  async open(folder, name) {
    const handle = await open(join(folder, name), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    const { size } = await handle.stat();
    return {
      sizeBytes: size,
      async read(into) {
        let filled = 0;
        while (filled < into.length) {
          const { bytesRead } = await handle.read(into, filled, into.length - filled);
          if (bytesRead === 0) break;
          filled += bytesRead;
        }
        return filled;
      },
      close: () => handle.close(),
    };
  },
  async list(folder) {
    try {
      return await readdir(folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  },
  remove: (folder, name) =>
    rm(name === undefined ? folder : join(folder, name), { recursive: true, force: true, maxRetries: 2 }),
};

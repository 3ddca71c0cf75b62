/**
 * The file system as a parameter. Ordinary failures are answers; the rest is thrown.
 * Paths are absolute or relative to the working folder; nothing here knows what a path means.
 */
import { constants, type Dirent, type Stats } from 'node:fs';
import {
  access,
  appendFile,
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  open,
  opendir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  type FileHandle,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fail, ok, type Result } from '../contract/result.ts';

export type FileFailureKind = 'missing' | 'denied' | 'not-a-file' | 'not-a-folder' | 'too-large' | 'full' | 'other';

export interface FileFailure {
  readonly kind: FileFailureKind;
  readonly path: string;
  /** The system's own code (`ENOENT`, `EIO`…), for the log. */
  readonly code: string;
}

export interface FileFacts {
  readonly kind: 'file' | 'folder' | 'other';
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
}

export interface Entry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'other';
}

export interface WriteOptions {
  /** Permission bits of a new file; 0o600 by default. */
  readonly mode?: number;
  /** The caller flushes the whole file system at the end, so the folder need not be flushed after each file. */
  readonly flushedLater?: boolean;
  /** Stops the write. The failure's code is then `ABORT_ERR`, and the file is as it was. */
  readonly signal?: AbortSignal;
}

export interface Files {
  readText(path: string): Promise<Result<string, FileFailure>>;
  readBytes(path: string): Promise<Result<Uint8Array, FileFailure>>;
  /**
   * For folders that other accounts may write to: reads a plain file of at most this size, or fails. Symlinks are not
   * followed. Aborting the signal stops it; the failure's code is then `ABORT_ERR`.
   */
  readUpTo(path: string, maxBytes: number, signal?: AbortSignal): Promise<Result<Uint8Array, FileFailure>>;
  /** Reads a part of a large file; returns fewer bytes than requested at its end. */
  readPart(path: string, offset: number, length: number): Promise<Result<Uint8Array, FileFailure>>;
  /** The entries of a folder, sorted by name, not recursive. */
  list(folder: string): Promise<Result<readonly Entry[], FileFailure>>;
  /** For folders that may be endless: reads at most this many entries, sorted by name. `more`: there are others. */
  listUpTo(
    folder: string,
    max: number,
  ): Promise<Result<{ readonly entries: readonly Entry[]; readonly more: boolean }, FileFailure>>;
  exists(path: string): Promise<boolean>;
  stat(path: string): Promise<Result<FileFacts, FileFailure>>;
  /** Like `stat`, but a symlink is not followed: its kind is `other`. */
  lstat(path: string): Promise<Result<FileFacts, FileFailure>>;
  /**
   * Writes to a temporary file, flushes it and renames it: after a power cut the file holds the old or the new content,
   * never a mix.
   */
  writeAtomic(path: string, content: string | Uint8Array, options?: WriteOptions): Promise<Result<null, FileFailure>>;
  append(path: string, content: string | Uint8Array): Promise<Result<null, FileFailure>>;
  /** Creates the folder and its parents; no error when it exists. */
  mkdir(folder: string, mode?: number): Promise<Result<null, FileFailure>>;
  /** Creates a folder with a unique name: `<parent>/<prefix>XXXXXX`. */
  mkdtemp(parent: string, prefix: string): Promise<Result<string, FileFailure>>;
  rename(from: string, to: string): Promise<Result<null, FileFailure>>;
  chmod(path: string, mode: number): Promise<Result<null, FileFailure>>;
  /** Removes a file or a whole folder; no error when it is already gone. */
  remove(path: string): Promise<Result<null, FileFailure>>;
}

const KINDS: Readonly<Record<string, FileFailureKind>> = {
  ENOENT: 'missing',
  EACCES: 'denied',
  EPERM: 'denied',
  EROFS: 'denied',
  EISDIR: 'not-a-file',
  ELOOP: 'not-a-file',
  EFBIG: 'too-large',
  ENOTDIR: 'not-a-folder',
  ENOSPC: 'full',
  EDQUOT: 'full',
};

const tried = async <T>(path: string, work: () => Promise<T>): Promise<Result<T, FileFailure>> => {
  try {
    return ok(await work());
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    // An error without a system code is our own bug (a wrong argument): throw it.
    if (typeof code !== 'string' || code.startsWith('ERR_')) throw error;
    return fail({ kind: KINDS[code] ?? 'other', path, code });
  }
};

const done =
  (work: () => Promise<unknown>): (() => Promise<null>) =>
  async () => {
    await work();
    return null;
  };

const kindOf = (entry: { isFile(): boolean; isDirectory(): boolean }): Entry['kind'] =>
  entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : 'other';

const sorted = (entries: readonly Dirent[]): readonly Entry[] =>
  entries.map((entry): Entry => ({ name: entry.name, kind: kindOf(entry) })).sort((a, b) => (a.name < b.name ? -1 : 1));

const listPart = async (folder: string, max: number): Promise<{ entries: readonly Entry[]; more: boolean }> => {
  const read: Dirent[] = [];
  // Leaving the loop closes the folder.
  for await (const entry of await opendir(folder)) {
    if (read.length === max) return { entries: sorted(read), more: true };
    read.push(entry);
  }
  return { entries: sorted(read), more: false };
};

const factsOf = (facts: Stats): FileFacts => ({
  kind: kindOf(facts),
  sizeBytes: facts.size,
  modifiedAtMs: facts.mtimeMs,
});

/** A slow key takes a few seconds to write this much, and to read it when it fails. */
const PIECE_BYTES = 2_000_000;

/** Flushes each piece: a single flush at the end would take nearly all the time, and could not be stopped. */
const writeInPieces = async (handle: FileHandle, content: string | Uint8Array, signal: AbortSignal): Promise<void> => {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  for (let from = 0; ; from += PIECE_BYTES) {
    if (signal.aborted) throw systemError('ABORT_ERR');
    if (from >= bytes.length) return;
    await handle.writeFile(bytes.subarray(from, from + PIECE_BYTES));
    await handle.datasync();
  }
};

let asideCount = 0;

const writeAside = async (
  path: string,
  content: string | Uint8Array,
  { mode = 0o600, flushedLater = false, signal }: WriteOptions,
): Promise<void> => {
  asideCount += 1;
  const aside = join(dirname(path), `.${basename(path)}.${process.pid}-${asideCount}.aside`);
  try {
    const handle = await open(aside, 'wx', mode);
    try {
      if (signal) await writeInPieces(handle, content, signal);
      else await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
  if (flushedLater) return;
  // The rename is stored in the folder, so flush that too, where the system lets a folder be opened (not on Windows).
  const folder = await open(dirname(path), 'r').catch(() => undefined); // this system cannot open a folder
  await folder?.sync().catch(() => undefined); // the file itself is flushed already
  await folder?.close();
};

const readBounded = async (path: string, maxBytes: number, signal?: AbortSignal): Promise<Uint8Array> => {
  // Without O_NONBLOCK, opening a pipe that has no writer would hang.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    const facts = await handle.stat();
    if (!facts.isFile()) throw systemError('EISDIR');
    if (facts.size > maxBytes) throw systemError('EFBIG');
    const bytes = new Uint8Array(facts.size);
    // One read may end early on a disk that fails; the next one tells the failure.
    let size = 0;
    for (;;) {
      if (signal?.aborted) throw systemError('ABORT_ERR');
      const { bytesRead } = await handle.read(bytes, size, Math.min(PIECE_BYTES, facts.size - size), size);
      size += bytesRead;
      if (bytesRead === 0 || size === facts.size) return bytes.subarray(0, size);
    }
  } finally {
    await handle.close();
  }
};
const readPart = async (path: string, offset: number, length: number): Promise<Uint8Array> => {
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const facts = await handle.stat();
    if (!facts.isFile()) throw systemError('EISDIR');
    const bytes = new Uint8Array(Math.max(0, Math.min(length, facts.size - offset)));
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, offset);
    return bytes.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
};
const systemError = (code: string): Error => Object.assign(new Error(code), { code });

export const systemFiles: Files = {
  readText: (path) => tried(path, () => readFile(path, 'utf8')),
  readBytes: (path) => tried(path, async () => new Uint8Array(await readFile(path))),
  readUpTo: (path, maxBytes, signal) => tried(path, () => readBounded(path, maxBytes, signal)),
  readPart: (path, offset, length) => tried(path, () => readPart(path, offset, length)),
  list: (folder) => tried(folder, async () => sorted(await readdir(folder, { withFileTypes: true }))),
  listUpTo: (folder, max) => tried(folder, () => listPart(folder, max)),
  exists: (path) =>
    access(path).then(
      () => true,
      () => false,
    ),
  stat: (path) => tried(path, async () => factsOf(await stat(path))),
  lstat: (path) => tried(path, async () => factsOf(await lstat(path))),
  writeAtomic: (path, content, options = {}) =>
    tried(
      path,
      done(() => writeAside(path, content, options)),
    ),
  append: (path, content) =>
    tried(
      path,
      done(() => appendFile(path, content)),
    ),
  mkdir: (folder, mode = 0o755) =>
    tried(
      folder,
      done(() => mkdir(folder, { recursive: true, mode })),
    ),
  mkdtemp: (parent, prefix) => tried(parent, () => mkdtemp(join(parent, prefix))),
  rename: (from, to) =>
    tried(
      from,
      done(() => rename(from, to)),
    ),
  chmod: (path, mode) =>
    tried(
      path,
      done(() => chmod(path, mode)),
    ),
  remove: (path) =>
    tried(
      path,
      done(() => rm(path, { recursive: true, force: true })),
    ),
};

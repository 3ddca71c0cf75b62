/**
 * A folder on an in-memory file system, for everything a session creates. Its content is lost at power-off. The
 * fallback is the temporary folder on disk, which the caller must report.
 */
import {
  chmodSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const TMPFS_MAGIC = 0x01021994;
const RAMFS_MAGIC = 0x858458f6;

const inMemory = (folder: string): boolean => {
  try {
    const { type } = statfsSync(folder);
    return type === TMPFS_MAGIC || type === RAMFS_MAGIC;
  } catch {
    return false;
  }
};

const writable = (folder: string): boolean => {
  try {
    rmSync(mkdtempSync(join(folder, '.pn-')), { recursive: true });
    return true;
  } catch {
    return false;
  }
};

/** Bytes left on the file system of `folder`. */
export const freeBytes = (folder: string): number => {
  try {
    const { bavail, blocks, bsize } = statfsSync(folder);
    return blocks === 0 ? Number.POSITIVE_INFINITY : bavail * bsize; // a tmpfs without a limit reports no blocks
  } catch {
    return 0;
  }
};

/** `used`, or why the folder is on a disk: no writable in-memory file system, or none with enough room. */
export type MemoryUse = 'used' | 'missing' | 'full';

export interface MemoryFolder {
  readonly path: string;
  readonly memory: MemoryUse;
}

/** Below this, not even a browser's profile fits. */
const ROOM_BYTES = 16 * 1024 * 1024;

/** Used when no memory is writable; on the disk of most machines. */
export const fallbackFolder = (): string => tmpdir();

/** The first candidate that is in memory, writable and has room, else the temporary folder. */
export const chooseMemoryFolder = (candidates: readonly (string | undefined)[]): MemoryFolder => {
  const memories = candidates.filter((one): one is string => one !== undefined && one !== '' && inMemory(one));
  const roomy = memories.filter((one) => freeBytes(one) >= ROOM_BYTES);
  const path = roomy.find(writable);
  if (path !== undefined) return { path, memory: 'used' };
  return { path: fallbackFolder(), memory: memories.length > roomy.length ? 'full' : 'missing' };
};

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** The direct subfolders to hand over to another account. */
export interface Handover {
  readonly owner: Owner;
  readonly subfolders: readonly string[];
}

/** The owner may traverse the folder, and open its own subfolders by name. */
const PASS_THROUGH = 0o711;

/**
 * Creates a folder with these files; a key that ends in `/` is an empty folder. All or nothing. Subfolders are filled
 * first and handed over last: until then no other account can enter, so none can plant a symlink. The folder itself
 * stays ours, so that its subfolders can be neither renamed nor replaced.
 */
export const makeSeededFolder = (
  parent: string,
  prefix: string,
  content: Readonly<Record<string, string | Buffer>>,
  handover?: Handover,
): string => {
  const path = mkdtempSync(join(parent, prefix));
  try {
    seedFolder(path, content);
    for (const part of handover?.subfolders ?? []) changeOwner(join(path, part), handover?.owner);
    if (handover) chmodSync(path, PASS_THROUGH);
    return path;
  } catch (error) {
    // no browser will own half a profile, so nothing else would remove it
    rmSync(path, { recursive: true, force: true });
    throw error;
  }
};

const seedFolder = (folder: string, content: Readonly<Record<string, string | Buffer>>): void => {
  for (const [relative, text] of Object.entries(content)) {
    const file = join(folder, relative);
    mkdirSync(relative.endsWith('/') ? file : dirname(file), { recursive: true, mode: 0o700 });
    if (!relative.endsWith('/')) writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
  }
};

/** Changes the owner of the content first, then of the folder. A symlink itself changes owner, never its target. */
const changeOwner = (path: string, owner: Owner | undefined): void => {
  if (owner === undefined) return;
  if (lstatSync(path).isDirectory()) for (const name of readdirSync(path)) changeOwner(join(path, name), owner);
  lchownSync(path, owner.uid, owner.gid);
};

/**
 * Moves a file out of a folder that another account writes to, into one that it cannot reach. Accepts only a plain file
 * of that account: a symlink, or a hard link to another account's file, is removed unread. Returns whether the file was
 * moved.
 */
export const takeFileFrom = (from: string, to: string, owner: Owner | undefined): boolean => {
  try {
    renameSync(from, to); // rename does not follow symlinks
    const facts = lstatSync(to);
    if (facts.isFile() && facts.nlink === 1 && (owner === undefined || facts.uid === owner.uid)) return true;
    rmSync(to, { recursive: true, force: true });
    return false;
  } catch {
    return false;
  }
};

/** Owner of a folder; undefined when it is gone. */
export const ownerOf = (path: string): Owner | undefined => {
  try {
    const { uid, gid } = lstatSync(path);
    return { uid, gid };
  } catch {
    return undefined;
  }
};

/**
 * Synchronous removal for a process that the system is about to kill. Never throws: the next start purges what is left.
 */
export const removeNow = (path: string): void => {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    /* one of its files is still open */
  }
};

/** Removes the folder if it is empty. Returns whether it no longer exists. */
export const removeEmpty = (folder: string): boolean => {
  try {
    rmdirSync(folder);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
};

/** Names in `parent` that begin with `prefix`; none when `parent` is missing. */
export const listByPrefix = (parent: string, prefix: string): readonly string[] => {
  try {
    return readdirSync(parent).filter((name) => name.startsWith(prefix));
  } catch {
    return [];
  }
};

export const existsSyncAt = (path: string): boolean => {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
};

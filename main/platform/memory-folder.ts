/**
 * A folder on a file system in memory, for everything a session makes. What lies there is gone with the power;
 * the temporary folder of the disk is the fallback, and the caller says so aloud.
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
    return blocks === 0 ? Number.POSITIVE_INFINITY : bavail * bsize; // one without a limit counts no blocks
  } catch {
    return 0;
  }
};

/** `used`, or why the folder lies on a disk: no file system in memory that can be written to, or none with room. */
export type MemoryUse = 'used' | 'missing' | 'full';

export interface MemoryFolder {
  readonly path: string;
  readonly memory: MemoryUse;
}

/** With less, not even a browser's profile fits. */
const ROOM_BYTES = 16 * 1024 * 1024;

/** On the disk of most machines: where to go when there is no memory to write to. */
export const fallbackFolder = (): string => tmpdir();

/** The first of the candidates that is in memory, writable and has room, else the temporary folder. */
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

/** Which folders directly inside are somebody else's. */
export interface Given {
  readonly owner: Owner;
  readonly parts: readonly string[];
}

/** The owner may pass through, and reach what is theirs by its name. */
const PASS_THROUGH = 0o711;

/**
 * A fresh folder with these files in it; a key that ends in `/` is an empty folder. All of it, or nothing. What is given away is
 * filled first and changes hands last: until then nobody but us can even enter, so no link can be laid in our way. The folder
 * itself stays ours, so that its parts can be neither renamed nor replaced.
 */
export const makeSeededFolder = (
  parent: string,
  prefix: string,
  content: Readonly<Record<string, string>>,
  given?: Given,
): string => {
  const path = mkdtempSync(join(parent, prefix));
  try {
    seedFolder(path, content);
    for (const part of given?.parts ?? []) giveAway(join(path, part), given?.owner);
    if (given) chmodSync(path, PASS_THROUGH);
    return path;
  } catch (error) {
    rmSync(path, { recursive: true, force: true }); // half a profile belongs to no browser: nobody else would remove it
    throw error;
  }
};

const seedFolder = (folder: string, content: Readonly<Record<string, string>>): void => {
  for (const [relative, text] of Object.entries(content)) {
    const file = join(folder, relative);
    mkdirSync(relative.endsWith('/') ? file : dirname(file), { recursive: true, mode: 0o700 });
    if (!relative.endsWith('/')) writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
  }
};

/** What lies inside first, the folder itself last; a link would be given away itself, never what it leads to. */
const giveAway = (path: string, owner: Owner | undefined): void => {
  if (owner === undefined) return;
  if (lstatSync(path).isDirectory()) for (const name of readdirSync(path)) giveAway(join(path, name), owner);
  lchownSync(path, owner.uid, owner.gid);
};

/**
 * Takes a file out of a folder that another account writes to, into one that it does not reach. Only a file of that account's own:
 * a link, or a second name of somebody else's file, is left where it is not read. Answers whether it was taken.
 */
export const takeFileFrom = (from: string, to: string, owner: Owner | undefined): boolean => {
  try {
    renameSync(from, to); // moves the name itself: no link is followed
    const facts = lstatSync(to);
    if (facts.isFile() && facts.nlink === 1 && (owner === undefined || facts.uid === owner.uid)) return true;
    rmSync(to, { recursive: true, force: true });
    return false;
  } catch {
    return false;
  }
};

/** Whose a folder is; undefined when it is gone. */
export const ownerOf = (path: string): Owner | undefined => {
  try {
    const { uid, gid } = lstatSync(path);
    return { uid, gid };
  } catch {
    return undefined;
  }
};

/** Where nobody has the time to wait. Never throws: what will not go is purged by the next start. */
export const removeNow = (path: string): void => {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    /* one of its files is still open */
  }
};

/** Whether it is gone now; one that still holds something stays. */
export const removeEmpty = (folder: string): boolean => {
  try {
    rmdirSync(folder);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
};

/** Names in `parent` that begin with `prefix`; a missing parent holds nothing. */
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

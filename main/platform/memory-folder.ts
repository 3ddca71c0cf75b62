/**
 * A folder on a file system in memory, for everything a session makes. What lies there is gone with the power;
 * the temporary folder of the disk is the fallback, and the caller says so aloud.
 */
import { chownSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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

/** A fresh folder that only `owner` (or we) may read, with these files in it. Keys are relative paths. All of it, or nothing. */
export const makeSeededFolder = (
  parent: string,
  prefix: string,
  content: Readonly<Record<string, string>>,
  owner?: Owner,
): string => {
  const path = mkdtempSync(join(parent, prefix));
  try {
    if (owner) chownSync(path, owner.uid, owner.gid);
    seedFolder(path, content, owner);
    return path;
  } catch (error) {
    rmSync(path, { recursive: true, force: true }); // half a profile belongs to no browser: nobody else would remove it
    throw error;
  }
};

const seedFolder = (folder: string, content: Readonly<Record<string, string>>, owner?: Owner): void => {
  for (const [relative, text] of Object.entries(content)) {
    const parts = relative.split('/');
    let at = folder;
    for (const part of parts.slice(0, -1)) {
      at = join(at, part);
      mkdirSync(at, { recursive: true });
      if (owner) chownSync(at, owner.uid, owner.gid);
    }
    const file = join(at, parts.at(-1) ?? '');
    writeFileSync(file, text, { mode: 0o600 });
    if (owner) chownSync(file, owner.uid, owner.gid);
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

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

export interface MemoryFolder {
  readonly path: string;
  /** False: it lies on a disk. */
  readonly inMemory: boolean;
}

/** On the disk of most machines: where to go when there is no memory to write to. */
export const fallbackFolder = (): string => tmpdir();

/** The first of the candidates that is in memory and writable, else the temporary folder. */
export const chooseMemoryFolder = (candidates: readonly (string | undefined)[]): MemoryFolder => {
  const found = candidates.find((one) => one !== undefined && one !== '' && inMemory(one) && writable(one));
  return found === undefined ? { path: fallbackFolder(), inMemory: false } : { path: found, inMemory: true };
};

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** A fresh folder that only `owner` (or we) may read. */
export const makePrivateFolder = (parent: string, prefix: string, owner?: Owner): string => {
  const path = mkdtempSync(join(parent, prefix));
  if (owner) chownSync(path, owner.uid, owner.gid);
  return path;
};

/** Writes files below `folder`, making what is missing, all of `owner`. Keys are relative paths. */
export const seedFolder = (folder: string, content: Readonly<Record<string, string>>, owner?: Owner): void => {
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

/** Bytes left on the file system of `folder`. */
export const freeBytes = (folder: string): number => {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return 0;
  }
};

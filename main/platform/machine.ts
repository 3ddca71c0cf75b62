/** Resources of this machine. */
import { lstatSync, opendirSync, type Dir } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Memory of the machine, or the limit of its container when that is lower. */
export const machineMemoryBytes = (): number => {
  const held = process.constrainedMemory();
  return held > 0 ? Math.min(totalmem(), held) : totalmem();
};

const BLOCK_BYTES = 512;
/** The system's limit (`PATH_MAX`), without the byte that ends it. */
const LONGEST_PATH_BYTES = 4_095;
const LET_OTHERS_RUN_EVERY = 500;

export interface FolderUse {
  /** Disk usage; holes in sparse files do not count. */
  readonly bytes: number;
  /** Files and folders; more than `mostFiles` when the walk stopped there, or at a path that is too long. */
  readonly files: number;
}

/**
 * What a folder in memory holds, leaving out what is removed during the walk. The calls are synchronous: on a file
 * system in memory, an asynchronous one costs four times as much as the look itself.
 */
export const folderUse = async (folder: string, mostFiles: number): Promise<FolderUse> => {
  let bytes = 0;
  let files = 0;
  const waiting = [folder];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const open = openFolder(at);
    if (!open) continue;
    try {
      for (let entry = open.readSync(); entry; entry = open.readSync()) {
        if (++files > mostFiles) return { bytes, files };
        const path = join(at, entry.name);
        // Nothing can be opened below such a path, so nobody knows how much is there.
        if (Buffer.byteLength(path) > LONGEST_PATH_BYTES) return { bytes, files: mostFiles + 1 };
        if (entry.isDirectory()) waiting.push(path);
        else bytes += bytesOf(path);
        if (files % LET_OTHERS_RUN_EVERY === 0) await nextTurn();
      }
    } finally {
      open.closeSync();
    }
  }
  return { bytes, files };
};

/** None for a file that was removed, or that this account may not look at. */
const bytesOf = (path: string): number => {
  try {
    return lstatSync(path).blocks * BLOCK_BYTES;
  } catch {
    return 0;
  }
};

/** Undefined: it was removed, or it is another account's. */
const openFolder = (path: string): Dir | undefined => {
  try {
    return opendirSync(path);
  } catch {
    return undefined;
  }
};

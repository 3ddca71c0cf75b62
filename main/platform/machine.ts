/** Resources of this machine. */
import { lstat, readdir } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';

/** Memory of the machine, or the limit of its container when that is lower. */
export const machineMemoryBytes = (): number => {
  const held = process.constrainedMemory();
  return held > 0 ? Math.min(totalmem(), held) : totalmem();
};

const BLOCK_BYTES = 512;

/** Disk usage of a folder; holes in sparse files do not count, nor do files removed during the walk. */
export const folderBytes = async (folder: string): Promise<number> => {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return folderBytes(path);
      return ((await lstat(path).catch(() => undefined))?.blocks ?? 0) * BLOCK_BYTES; // it was removed while we counted
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
};

/** What this machine has to give. */
import { lstat, readdir } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';

/** Memory of the machine, or of the container we run in when that gives less. */
export const machineMemoryBytes = (): number => {
  const held = process.constrainedMemory();
  return held > 0 ? Math.min(totalmem(), held) : totalmem();
};

const BLOCK_BYTES = 512;

/** What a folder takes up, holes in files not counted. What goes while it is walked counts for nothing. */
export const folderBytes = async (folder: string): Promise<number> => {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return folderBytes(path);
      return ((await lstat(path).catch(() => undefined))?.blocks ?? 0) * BLOCK_BYTES; // removed while we count
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
};

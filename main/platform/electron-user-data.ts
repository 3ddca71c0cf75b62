/**
 * Where Chromium keeps its own data (its lock, its state, caches of the graphics process): a private folder in memory.
 * The path is always the same, so that a second instance of this account finds the lock of the first.
 */
import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chooseMemoryFolder } from './memory-folder.ts';

const NAME = 'pn-electron';

/**
 * Creates the folder, or checks that an existing one is ours: in a world-writable folder another user may have created
 * it first.
 */
const isOurs = (path: string, uid: number): boolean => {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch {
    /** it exists already, or cannot be created: the check below tells */
  }
  try {
    const found = lstatSync(path);
    if (!found.isDirectory() || found.uid !== uid) return false;
    chmodSync(path, 0o700);
    return true;
  } catch {
    return false;
  }
};

/**
 * Undefined where no memory file system is writable, as on Windows: Electron then uses its default place, in the
 * account's profile.
 */
export const openUserData = (
  candidates: readonly (string | undefined)[] = [process.env['XDG_RUNTIME_DIR'], '/dev/shm'],
  uid = process.getuid?.(),
): string | undefined => {
  if (uid === undefined) return undefined;
  const { path: parent, memory } = chooseMemoryFolder(candidates);
  const path = join(parent, `${NAME}-${uid}`);
  return memory === 'used' && isOurs(path, uid) ? path : undefined;
};

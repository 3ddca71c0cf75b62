/**
 * Where Chromium keeps what is its own (its lock, its state, caches of the graphics process): a folder in memory, ours alone, always
 * the same one, so that a second program of this account finds the lock of the first.
 */
import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chooseMemoryFolder } from './memory-folder.ts';

const NAME = 'pn-electron';

/** Made, or found as we made it: in a folder where everybody may write, somebody else may have been there first. */
const isOurs = (path: string, uid: number): boolean => {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch {
    /* it is there, or will not be */
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

/** Undefined where there is no memory to write to, as on Windows: Electron's own place, in the account's profile. */
export const openUserData = (
  candidates: readonly (string | undefined)[] = [process.env['XDG_RUNTIME_DIR'], '/dev/shm'],
  uid = process.getuid?.(),
): string | undefined => {
  if (uid === undefined) return undefined;
  const { path: parent, memory } = chooseMemoryFolder(candidates);
  const path = join(parent, `${NAME}-${uid}`);
  return memory === 'used' && isOurs(path, uid) ? path : undefined;
};

/**
 * Works in the file system that is mounted at a path, and never in what lies there once it is unmounted: a plain folder
 * of the machine's own disk. Linux only.
 */
import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok, type Result } from '../contract/result.ts';

/** The open top folder of a mounted file system, which stays busy until `close`. */
export interface HeldMount {
  /** Leads into that file system or nowhere. Other programs of this account may use it too. */
  readonly path: string;
  close(): Promise<void>;
}

/** Fails when nothing is mounted at this path. */
export const holdMount = async (at: string): Promise<Result<HeldMount, 'not-mounted'>> => {
  try {
    const folder = await open(at, constants.O_RDONLY | constants.O_DIRECTORY);
    const [{ dev }, around] = await Promise.all([folder.stat(), stat(join(at, '..'))]);
    if (dev !== around.dev) return ok({ path: `/proc/${process.pid}/fd/${folder.fd}`, close: () => folder.close() });
    await folder.close();
  } catch {
    // the mount point is gone, or its device answers no more
  }
  return fail('not-mounted');
};

/**
 * Works in the file system that is mounted at a path, and never in what lies there once it is unmounted: a plain folder
 * of the machine's own disk. Linux only.
 */
import { constants } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok, type Result } from '../contract/result.ts';

/** The open top folder of a mounted file system, which stays busy until `close`. */
export interface HeldMount {
  /** Leads into that file system or nowhere. Other programs of this account may use it too. */
  readonly path: string;
  close(): Promise<void>;
}

const isMounted = async (folder: FileHandle, at: string): Promise<boolean> => {
  const [{ dev }, around] = await Promise.all([folder.stat(), stat(join(at, '..'))]);
  return dev !== around.dev;
};

/** Fails when nothing is mounted at this path. */
export const holdMount = async (at: string): Promise<Result<HeldMount, 'not-mounted'>> => {
  const folder = await open(at, constants.O_RDONLY | constants.O_DIRECTORY).catch(() => undefined); // it is gone
  if (!folder) return fail('not-mounted');
  const close = (): Promise<void> => folder.close();
  const mounted = await isMounted(folder, at).catch(() => false); // its device answers no more
  if (mounted) return ok({ path: `/proc/${process.pid}/fd/${folder.fd}`, close });
  await close();
  return fail('not-mounted');
};

/**
 * The two folders of a running kiosk: one for the little that outlives it (figures, tries at the agent door), one in memory for
 * everything that a session makes. The number of the process stands in the name of the second: one whose process is gone is an orphan.
 */
import { chmodSync, mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { chooseMemoryFolder, listByPrefix, makePrivateFolder } from './memory-folder.ts';
import { isAlive } from './processes.ts';

export interface KioskFolders {
  /** On disk, readable by the kiosk's account alone. */
  readonly state: string;
  /** In memory where there is such a file system. Others may pass through it, nobody may list it. */
  readonly session: string;
  /** False: it lies on a disk. */
  readonly sessionInMemory: boolean;
  /** An earlier run left one behind, now removed: that run was interrupted. */
  readonly interrupted: boolean;
}

export interface FolderPlaces {
  readonly state: string;
  /** Where the session's folder is made, in the order of preference. */
  readonly memory: readonly (string | undefined)[];
}

const PREFIX = 'pn-session-';
const PASS_THROUGH = 0o711; // the guest's account reaches the files lent to it, by their names

/** systemd gives an installed kiosk `$STATE_DIRECTORY`; anyone else has the place that XDG names. */
export const systemPlaces = (demo: boolean): FolderPlaces => {
  const { STATE_DIRECTORY, XDG_STATE_HOME } = process.env;
  const state =
    STATE_DIRECTORY?.split(':')[0] ?? join(XDG_STATE_HOME ?? join(homedir(), '.local', 'state'), 'point-numerique');
  return { state: demo ? join(state, 'demo') : state, memory: ['/dev/shm', process.env['XDG_RUNTIME_DIR']] };
};

export const openKioskFolders = async (places: FolderPlaces): Promise<KioskFolders> => {
  mkdirSync(places.state, { recursive: true, mode: 0o700 });
  const { path: parent, inMemory } = chooseMemoryFolder(places.memory);
  const makerOf = (name: string): number => Number(name.slice(PREFIX.length).split('-')[0]);
  const orphans = listByPrefix(parent, PREFIX).filter((name) => !isAlive(makerOf(name)));
  for (const name of orphans) await rm(join(parent, name), { recursive: true, force: true });
  const session = makePrivateFolder(parent, `${PREFIX}${process.pid}-`);
  chmodSync(session, PASS_THROUGH);
  return { state: places.state, session, sessionInMemory: inMemory, interrupted: orphans.length > 0 };
};

export const closeKioskFolders = async ({ session }: KioskFolders): Promise<void> => {
  await rm(session, { recursive: true, force: true, maxRetries: 2 });
};

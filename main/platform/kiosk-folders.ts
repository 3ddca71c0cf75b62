/**
 * The two folders of a running kiosk: one for the little that outlives it (figures, tries at the agent door), one in memory for
 * everything that a session makes. The process that made it stands in the name of the second: one whose process is gone is an orphan.
 */
import { readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ok, type Result } from '../contract/result.ts';
import { systemFiles, type FileFailure } from './files.ts';
import { isMine, runLives, runMark } from './run-mark.ts';
import { chooseMemoryFolder, fallbackFolder, listByPrefix, removeNow, type MemoryUse } from './memory-folder.ts';

export interface KioskFolders {
  /** On disk, readable by the kiosk's account alone. */
  readonly state: string;
  /** In memory where there is such a file system. Others may pass through it, nobody may list it. */
  readonly session: string;
  /** Not `used`: it lies on a disk. */
  readonly memory: MemoryUse;
}

export interface FolderPlaces {
  readonly state: string;
  /** Where the session's folder is made, in the order of preference. */
  readonly memory: readonly (string | undefined)[];
}

/** On the disk, while a kiosk runs: who. */
const RUNNING = 'running';
const PREFIX = 'pn-session-';
const PASS_THROUGH = 0o711; // the guest's account reaches the files lent to it, by their names

/** On Windows, where a program for all users keeps what is not the program: `C:\\ProgramData\\point-numerique`. */
export const windowsFolder = (
  platform: NodeJS.Platform = process.platform,
  programData = process.env['ProgramData'],
): string | undefined =>
  platform === 'win32' && programData !== undefined ? join(programData, 'point-numerique') : undefined;

/** systemd gives an installed kiosk `$STATE_DIRECTORY`; Windows has ProgramData; anyone else has the place that XDG names. */
export const systemPlaces = (demo: boolean, windows = windowsFolder()): FolderPlaces => {
  const { STATE_DIRECTORY, XDG_STATE_HOME } = process.env;
  const state =
    STATE_DIRECTORY?.split(':')[0] ??
    (windows && join(windows, 'state')) ??
    join(XDG_STATE_HOME ?? join(homedir(), '.local', 'state'), 'point-numerique');
  return { state: demo ? join(state, 'demo') : state, memory: ['/dev/shm', process.env['XDG_RUNTIME_DIR']] };
};

export interface Purged {
  /** There was something, so an earlier run did not end in order. */
  readonly interrupted: boolean;
  /** Folders that would not go. */
  readonly left: number;
}

/** Removes what an earlier run left, wherever it may have been made: memory that is there today may have been missing then. */
export const purgeKioskFolders = async (places: FolderPlaces): Promise<Purged> => {
  // Memory is gone after a power cut: only what lies on the disk tells that there was a run.
  const mark = await readFile(join(places.state, RUNNING), 'utf8').catch(() => undefined); // no mark: no run
  let interrupted = mark !== undefined && !runLives(mark);
  let left = 0;
  for (const parent of new Set([...places.memory, fallbackFolder()])) {
    if (parent === undefined) continue;
    for (const name of listByPrefix(parent, PREFIX).filter((one) => !runLives(one.slice(PREFIX.length)))) {
      interrupted = true;
      const removed = await systemFiles.remove(join(parent, name));
      if (!removed.ok) left += 1;
    }
  }
  return { interrupted, left };
};

/**
 * Fails when nothing of a session could be kept anywhere. A state folder that can't be made is not a reason: the kiosk serves
 * people without it, and what should be written there says so itself.
 */
export const openKioskFolders = async (places: FolderPlaces): Promise<Result<KioskFolders, FileFailure>> => {
  await systemFiles.mkdir(places.state, 0o700);
  const { path: parent, memory } = chooseMemoryFolder(places.memory);
  const made = await systemFiles.mkdtemp(parent, `${PREFIX}${runMark()}`);
  if (!made.ok) return made;
  await systemFiles.chmod(made.value, PASS_THROUGH);
  return ok({ state: places.state, session: made.value, memory });
};

/** From here on, a run that does not end in order was interrupted. Reaches the disk before it resolves. */
export const markRunning = ({ state }: KioskFolders): Promise<Result<null, FileFailure>> =>
  systemFiles.writeAtomic(join(state, RUNNING), runMark());

export const closeKioskFolders = async ({ session, state }: KioskFolders): Promise<void> => {
  const mark = await readFile(join(state, RUNNING), 'utf8').catch(() => '');
  if (isMine(mark)) await rm(join(state, RUNNING), { force: true });
  await systemFiles.remove(session); // what will not go, the next start purges
};

/** The same where the system goes down and ends us in a moment: a run that it ended was not interrupted. */
export const dropKioskFolders = ({ session, state }: KioskFolders): void => {
  removeNow(session);
  try {
    if (isMine(readFileSync(join(state, RUNNING), 'utf8'))) removeNow(join(state, RUNNING));
  } catch {
    /* it was not marked yet */
  }
};

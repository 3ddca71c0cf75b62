/**
 * The two folders of a running kiosk: one on disk for the little that outlives it (figures, attempts at the agent
 * door), one in memory for everything that a session creates. The name of the second contains the process that made it,
 * so that a folder whose process is gone can be recognized as an orphan.
 */
import { readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ok, type Result } from '../contract/result.ts';
import { systemFiles, type FileFailure, type Files } from './files.ts';
import { isOurRun, isRunAlive, runMark } from './run-mark.ts';
import { chooseMemoryFolder, fallbackFolder, listByPrefix, removeNow, type MemoryUse } from './memory-folder.ts';

export interface KioskFolders {
  /** On disk, readable by the kiosk's account alone. */
  readonly state: string;
  /** In memory where there is such a file system. Other accounts may traverse it but not list it. */
  readonly session: string;
  /** Anything but `used` means that the session folder is on a disk. */
  readonly memory: MemoryUse;
}

export interface FolderPlaces {
  readonly state: string;
  /** Candidate parents of the session folder, in order of preference. */
  readonly memory: readonly (string | undefined)[];
}

/** File on disk that exists while a kiosk runs and identifies it. */
const RUNNING = 'running';
const PREFIX = 'pn-session-';
const PASS_THROUGH = 0o711; // the guest's account opens the files lent to it by path

/** On Windows, where a program installed for all users keeps its data: `C:\\ProgramData\\point-numerique`. */
export const windowsFolder = (
  platform: NodeJS.Platform = process.platform,
  programData = process.env['ProgramData'],
): string | undefined =>
  platform === 'win32' && programData !== undefined ? join(programData, 'point-numerique') : undefined;

/** Where the kiosk of an account keeps its state, unless its environment says otherwise. */
export const stateIn = (home: string): string => join(home, '.local', 'state', 'point-numerique');

/** systemd gives an installed kiosk `$STATE_DIRECTORY`; Windows has ProgramData; otherwise the XDG state folder. */
export const systemPlaces = (demo: boolean, windows = windowsFolder()): FolderPlaces => {
  const { STATE_DIRECTORY, XDG_STATE_HOME } = process.env;
  const state =
    STATE_DIRECTORY?.split(':')[0] ??
    (windows && join(windows, 'state')) ??
    (XDG_STATE_HOME === undefined ? stateIn(homedir()) : join(XDG_STATE_HOME, 'point-numerique'));
  return { state: demo ? join(state, 'demo') : state, memory: ['/dev/shm', process.env['XDG_RUNTIME_DIR']] };
};

export interface Purged {
  /** Something was left over, so an earlier run did not end cleanly. */
  readonly interrupted: boolean;
  /** Number of folders that could not be removed. */
  readonly left: number;
}

/**
 * Removes what an earlier run left, in every candidate place: the memory folder that exists today may have been missing
 * then.
 */
export const purgeKioskFolders = async (places: FolderPlaces): Promise<Purged> => {
  // A power cut empties memory, so only the mark on disk shows that a run was interrupted.
  // no mark: no run was interrupted
  const mark = await readFile(join(places.state, RUNNING), 'utf8').catch(() => undefined);
  let interrupted = mark !== undefined && !isRunAlive(mark);
  let left = 0;
  for (const parent of new Set([...places.memory, fallbackFolder()])) {
    if (parent === undefined) continue;
    for (const name of listByPrefix(parent, PREFIX).filter((one) => !isRunAlive(one.slice(PREFIX.length)))) {
      interrupted = true;
      const removed = await systemFiles.remove(join(parent, name));
      if (!removed.ok) left += 1;
    }
  }
  return { interrupted, left };
};

/**
 * Fails when there is no place at all for session files. A missing state folder is not fatal: the kiosk can serve
 * people without it, and each writer reports its own failure.
 */
export const openKioskFolders = async (places: FolderPlaces): Promise<Result<KioskFolders, FileFailure>> => {
  await systemFiles.mkdir(places.state, 0o700);
  const { path: parent, memory } = chooseMemoryFolder(places.memory);
  const made = await systemFiles.mkdtemp(parent, `${PREFIX}${runMark()}`);
  if (!made.ok) return made;
  await systemFiles.chmod(made.value, PASS_THROUGH);
  return ok({ state: places.state, session: made.value, memory });
};

/** From here on, a run that does not end cleanly counts as interrupted. Resolves once the mark is on disk. */
export const markRunning = ({ state }: KioskFolders): Promise<Result<null, FileFailure>> =>
  systemFiles.writeAtomic(join(state, RUNNING), runMark());

export const closeKioskFolders = async ({ session, state }: KioskFolders): Promise<void> => {
  const mark = await readFile(join(state, RUNNING), 'utf8').catch(() => '');
  if (isOurRun(mark)) await rm(join(state, RUNNING), { force: true });
  await systemFiles.remove(session); // the next start purges what could not be removed
};

/** The same, synchronously, when the system shuts down: such a run does not count as interrupted. */
export const dropKioskFolders = ({ session, state }: KioskFolders): void => {
  removeNow(session);
  try {
    if (isOurRun(readFileSync(join(state, RUNNING), 'utf8'))) removeNow(join(state, RUNNING));
  } catch {
    /* it was not marked yet */
  }
};

export const isKioskRunning = async (files: Files, state: string): Promise<boolean> => {
  const mark = await files.readText(join(state, RUNNING));
  return mark.ok && isRunAlive(mark.value);
};

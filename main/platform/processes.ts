/**
 * Processes of this machine: whether one is alive, which ones mention a folder of ours, killing a group, and whether a
 * program was replaced on disk.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import type { Clock } from './clock.ts';

export const currentUserId = (): number | undefined => process.getuid?.();

const fileContains = (file: string, text: string): boolean => {
  try {
    return readFileSync(file, 'utf8').includes(text);
  } catch {
    return false; // it exited while we looked, or belongs to another account
  }
};

/** False for a zombie: its pid still exists, but its command line and environment are empty. */
export const mentions = (pid: number | string, text: string): boolean =>
  fileContains(`/proc/${pid}/cmdline`, text) || fileContains(`/proc/${pid}/environ`, text);

/**
 * Pids of the processes whose command line or environment contains `text` (a profile folder); empty where there is no
 * /proc. A browser's renderers do not have the profile on their command line, but inherit it as HOME.
 */
export const processesMentioning = (text: string): readonly number[] => {
  const found: number[] = [];
  let names: string[];
  try {
    names = readdirSync('/proc');
  } catch {
    return found;
  }
  for (const name of names) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue;
    if (mentions(name, text)) found.push(Number(name));
  }
  return found;
};

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Signals a process group that we created (the child was spawned detached). No error when it is already gone. */
export const killGroup = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(-pid, signal);
  } catch {
    /* gone */
  }
};

export const killProcess = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal);
  } catch {
    /* gone */
  }
};

/** An update replaces a program and its files one after the other: one started in between finds a mix, and fails. */
const UPDATE_TAKES_MS = 10 * 60_000;

/** Returns whether the program is no longer the one that was there, and its update is over. */
export const watchProgram = (path: string, clock: Pick<Clock, 'now'>): (() => boolean) => {
  const look = () => statSync(path, { throwIfNoEntry: false });
  const before = look();
  return () => {
    const there = look();
    if (before === undefined || there === undefined || there.ino === before.ino) return false;
    return clock.now() - there.ctimeMs > UPDATE_TAKES_MS;
  };
};

/** Processes of this machine: who lives, who mentions a folder of ours, and ending a whole group. */
import { readdirSync, readFileSync } from 'node:fs';

export const currentUserId = (): number | undefined => process.getuid?.();

const holds = (file: string, text: string): boolean => {
  try {
    return readFileSync(file, 'latin1').includes(text);
  } catch {
    return false; // it ended while we looked, or it is somebody else's
  }
};

/** One that has ended mentions nothing, even before its parent has taken note: until then its number still lives. */
export const mentions = (pid: number | string, text: string): boolean =>
  holds(`/proc/${pid}/cmdline`, text) || holds(`/proc/${pid}/environ`, text);

/**
 * Numbers of the processes whose command line or surroundings hold `text` (a profile folder); empty where there is no
 * /proc. A browser's renderers do not name the profile on their command line, but they inherit it as their home.
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

/** Ends a process group that we made (the child was spawned detached). No error when it is already gone. */
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

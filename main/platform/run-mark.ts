/**
 * Identifies the process that made a temporary folder, in the folder's name: its pid and its start time. The pid alone
 * is not enough: after a power cut another process may have it, and the leftovers of the interrupted run would look
 * like files in use.
 */
import { readFileSync } from 'node:fs';
import { isAlive } from './processes.ts';

/** In ticks since the machine started; empty where there is no /proc. */
const startTimeOf = (pid: number): string => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is a name that may contain anything: count fields from its closing parenthesis.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
};

/** Goes between a folder's prefix and its random suffix. */
export const runMark = (): string => `${process.pid}-${startTimeOf(process.pid)}-`;

/**
 * `mark` is a folder's name after its prefix. Without a start time (Windows) the pid means nothing after a reboot;
 * there Electron's lock allows only one kiosk, so any mark but ours is dead.
 */
export const isRunAlive = (mark: string): boolean => {
  const [, pid, startTime] = /^(\d+)-(?:(\d+)-)?/.exec(mark) ?? [];
  if (pid === undefined) return false;
  if (startTime === undefined) return Number(pid) === process.pid;
  return isAlive(Number(pid)) && startTimeOf(Number(pid)) === startTime;
};

export const isOurRun = (mark: string): boolean => mark.startsWith(runMark());

/**
 * Who made a throw-away folder, written into its name: the process number and the moment that process began. The number
 * alone would not do: after a power cut it belongs to somebody else, and what an interrupted run left would pass for theirs.
 */
import { readFileSync } from 'node:fs';
import { isAlive } from './processes.ts';

/** In ticks since the machine started; empty where there is no /proc. */
const bornAt = (pid: number): string => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is a name that may hold anything: counted from its closing bracket.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
};

/** Goes between a folder's prefix and its random end. */
export const runMark = (): string => `${process.pid}-${bornAt(process.pid)}-`;

/**
 * `mark` is a folder's name after its prefix. Without a birth (Windows) the number is anybody's after a restart: there Electron's lock
 * lets one kiosk run, so nobody lives but us.
 */
export const runLives = (mark: string): boolean => {
  const [, pid, birth] = /^(\d+)-(?:(\d+)-)?/.exec(mark) ?? [];
  if (pid === undefined) return false;
  if (birth === undefined) return Number(pid) === process.pid;
  return isAlive(Number(pid)) && bornAt(Number(pid)) === birth;
};

export const isMine = (mark: string): boolean => mark.startsWith(runMark());

/** What a running kiosk takes of the machine, as the kernel counts it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Taken {
  /** Proportional: what two processes share counts once. */
  readonly memoryMb: number;
  readonly openFiles: number;
  readonly processes: number;
  readonly profileFolders: number;
}

const tolerant = <T>(read: () => T, otherwise: T): T => {
  try {
    return read();
  } catch {
    return otherwise; // it ended while we looked
  }
};

export const measure = (pids: readonly number[], folders: readonly string[]): Taken => ({
  memoryMb:
    pids.reduce(
      (sum, pid) =>
        sum +
        tolerant(() => Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0), 0),
      0,
    ) / 1_024,
  openFiles: pids.reduce((sum, pid) => sum + tolerant(() => readdirSync(`/proc/${pid}/fd`).length, 0), 0),
  processes: pids.length,
  profileFolders: folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((path) => /\/pn-(profile|session)-/.test(path)).length,
});

/** File times rounded down to the quarter-hour, so that they do not tell when something happened. */
import { statSync, utimesSync } from 'node:fs';

const QUARTER_MS = 15 * 60_000;

/** Rounds what these files show as the time of their last change and of their last use. Missing files are left out. */
export const coarsenTimes = (paths: readonly string[]): void => {
  for (const path of paths) {
    const changedAtMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
    if (changedAtMs === undefined) continue;
    const seconds = (changedAtMs - (changedAtMs % QUARTER_MS)) / 1_000;
    try {
      utimesSync(path, seconds, seconds);
    } catch {
      // On a file system that can only be read nothing was written either.
    }
  }
};

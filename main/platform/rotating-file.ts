/**
 * A log that outlives the console: appends lines to a file and rotates it when it is full. Never throws: a kiosk whose
 * disk is full keeps running.
 */
import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface RotatingFileOptions {
  readonly folder: string;
  /** `kiosk`: `kiosk.log`, and `kiosk.1.log` before it. */
  readonly name: string;
  readonly maxBytes?: number;
  /** Number of older files kept beside the current one. */
  readonly keep?: number;
}

export interface RotatingFile {
  write(line: string): void;
}

const MAX_BYTES = 5 * 1024 * 1024;
const KEEP = 4;

const sizeOf = (path: string): number => {
  try {
    return statSync(path).size;
  } catch {
    return 0; // not there yet
  }
};

export const createRotatingFile = ({
  folder,
  name,
  maxBytes = MAX_BYTES,
  keep = KEEP,
}: RotatingFileOptions): RotatingFile => {
  const at = (number: number): string => join(folder, number === 0 ? `${name}.log` : `${name}.${number}.log`);
  const quietly = (work: () => void): void => {
    try {
      work();
    } catch {
      /** this is the log itself: there is nowhere else to report it */
    }
  };
  const rotate = (): void => {
    quietly(() => rmSync(at(keep), { force: true }));
    for (let number = keep - 1; number >= 0; number -= 1) quietly(() => renameSync(at(number), at(number + 1)));
  };
  // The first line may come before the state folder is there, which is the kiosk's account's alone.
  quietly(() => mkdirSync(folder, { recursive: true, mode: 0o700 }));
  let bytes = sizeOf(at(0));
  return {
    write(line) {
      const size = Buffer.byteLength(line);
      if (bytes > 0 && bytes + size > maxBytes) {
        rotate();
        bytes = 0;
      }
      // Synchronous, so that the last lines of a dying process are not lost.
      quietly(() => appendFileSync(at(0), line, { mode: 0o640 }));
      bytes += size;
    },
  };
};

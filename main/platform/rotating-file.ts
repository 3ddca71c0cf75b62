/**
 * A log for a program without a console: lines at the end of a file, which makes room for the next one when it is full. Never
 * throws: a kiosk whose disk is full goes on.
 */
import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface RotatingFileOptions {
  readonly folder: string;
  /** `kiosk`: `kiosk.log`, and `kiosk.1.log` before it. */
  readonly name: string;
  readonly maxBytes?: number;
  /** Older files beside the one that is written. */
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
      /* nobody could be told: this is where it would be said */
    }
  };
  const rotate = (): void => {
    quietly(() => rmSync(at(keep), { force: true }));
    for (let number = keep - 1; number >= 0; number -= 1) quietly(() => renameSync(at(number), at(number + 1)));
  };
  quietly(() => mkdirSync(folder, { recursive: true }));
  let bytes = sizeOf(at(0));
  return {
    write(line) {
      const size = Buffer.byteLength(line);
      if (bytes > 0 && bytes + size > maxBytes) {
        rotate();
        bytes = 0;
      }
      // At once: what a process says as it dies is what is looked for.
      quietly(() => appendFileSync(at(0), line, { mode: 0o640 }));
      bytes += size;
    },
  };
};

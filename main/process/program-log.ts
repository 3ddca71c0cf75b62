/**
 * Where a program writes its log: its console, and for an installed program files. On Windows it has no console, and on
 * Linux it is the one behind the kiosk, which nobody sees and nothing keeps.
 */
import { basename, join } from 'node:path';
import type { Sink } from '../log/logger.ts';
import { createRotatingFile } from '../platform/rotating-file.ts';
import { appRoot } from '../platform/app-root.ts';
import { systemPlaces, windowsFolder } from '../platform/kiosk-folders.ts';

interface LogPlaces {
  readonly windows: string | undefined;
  readonly state: string;
  readonly root: string;
}

const systemLogPlaces = (): LogPlaces => ({
  windows: windowsFolder(),
  state: systemPlaces(false).state,
  root: appRoot(),
});

/** The watcher and the kiosk write at the same time, so each has its own files. */
export const programLog = (
  name: 'watcher' | 'kiosk',
  console: Sink,
  { windows, state, root }: LogPlaces = systemLogPlaces(),
): Sink => {
  if (basename(root) !== 'app.asar') return console;
  const file = createRotatingFile({ folder: join(windows ?? state, 'logs'), name });
  if (windows !== undefined) return file;
  return {
    write(line) {
      file.write(line);
      console.write(line);
    },
  };
};

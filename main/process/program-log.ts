/** Where a program writes its log: its console, or files for an installed program on Windows, which has no console. */
import { basename, join } from 'node:path';
import type { Sink } from '../log/logger.ts';
import { createRotatingFile } from '../platform/rotating-file.ts';
import { appRoot } from '../platform/app-root.ts';
import { windowsFolder } from '../platform/kiosk-folders.ts';

/** The watcher and the kiosk write at the same time, so each has its own files. */
export const programLog = (
  name: 'watcher' | 'kiosk',
  console: Sink,
  windows = windowsFolder(),
  root = appRoot(),
): Sink => {
  const installed = basename(root) === 'app.asar';
  return installed && windows !== undefined ? createRotatingFile({ folder: join(windows, 'logs'), name }) : console;
};

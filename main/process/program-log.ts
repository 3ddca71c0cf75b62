/** Where a program says what it does: on its console, or in files where an installed program has none, as on Windows. */
import { basename, join } from 'node:path';
import type { Sink } from '../log/logger.ts';
import { createRotatingFile } from '../platform/rotating-file.ts';
import { appRoot } from '../platform/app-root.ts';
import { windowsFolder } from '../platform/kiosk-folders.ts';

/** The watcher and the kiosk write at the same time: each has its own. */
export const programLog = (
  name: 'watcher' | 'kiosk',
  console: Sink,
  windows = windowsFolder(),
  root = appRoot(),
): Sink => {
  const installed = basename(root) === 'app.asar';
  return installed && windows !== undefined ? createRotatingFile({ folder: join(windows, 'logs'), name }) : console;
};

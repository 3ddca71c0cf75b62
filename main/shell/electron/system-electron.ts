/** The Electron shell on this machine: its memory file system, its bundled preloads, its file system. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Logger } from '../../log/logger.ts';
import type { Clock } from '../../platform/clock.ts';
import { systemFiles } from '../../platform/files.ts';
import { chooseMemoryFolder } from '../../platform/memory-folder.ts';
import type { Shell } from '../port.ts';
import type { ElectronApi } from './electron-api.ts';
import { createElectronShell } from './electron-shell.ts';

export interface ElectronOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Where downloads pass through; a file system in memory is looked for when absent. */
  readonly folder?: string;
}

export type MakeElectronShell = (options: ElectronOptions) => Shell;

export const systemElectronShell =
  (electron: ElectronApi): MakeElectronShell =>
  (options) => {
    const memory = chooseMemoryFolder([process.env['XDG_RUNTIME_DIR'], '/dev/shm']);
    if (memory.memory !== 'used' && options.folder === undefined)
      options.logger.log('shell.no-ram-folder', { reason: memory.memory });
    return createElectronShell({
      electron,
      clock: options.clock,
      logger: options.logger,
      files: systemFiles,
      randomId: randomUUID,
      folder: options.folder ?? memory.path,
      preloads: {
        kiosk: join(import.meta.dirname, 'preload.cjs'),
        guest: join(import.meta.dirname, 'guest-preload.cjs'),
      },
      language: 'fr',
      platform: process.platform,
    });
  };

/** The Electron shell on this machine: its memory file system, its bundled preloads, its file system. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Logger } from '../../log/logger.ts';
import type { Clock } from '../../platform/clock.ts';
import { systemFiles } from '../../platform/files.ts';
import { chooseMemoryFolder, removeNow } from '../../platform/memory-folder.ts';
import { isOnNetwork } from '../../platform/network.ts';
import { currentUserId } from '../../platform/processes.ts';
import { createHostResolver, demoEndpoint, mappedEndpoint, unlessMapped } from '../../platform/resolve-host.ts';
import { socketOwner } from '../../platform/socket-owner.ts';
import { askKeys } from '../../platform/tls-keys.ts';
import type { XDisplay } from '../../platform/x-connection.ts';
import { openXIdle } from '../../platform/x-idle.ts';
import { takeKeys } from '../../platform/x-keys.ts';
import { openXWindows } from '../../platform/x-windows.ts';
import { rememberKeys, type AskKeys } from '../guest/certificate-pins.ts';
import { PASSING_TYPES } from '../guest/window-watch.ts';
import { closedEgress } from '../guest/guest-egress.ts';
import type { Shell } from '../port.ts';
import type { ElectronApi } from './electron-api.ts';
import { createElectronShell } from './electron-shell.ts';
import type { XServer } from './x-locks.ts';

export interface ElectronOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Where downloads pass through; a file system in memory is looked for when absent. */
  readonly folder?: string;
  /** Where the demonstration's names lead. */
  readonly hostRules?: string;
  /** What a name stands for; the system's own answer when absent. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
}

export type MakeElectronShell = (options: ElectronOptions) => Shell;

/** Asked each time, as the other shell does. */
const display = (): XDisplay => ({ name: process.env['DISPLAY'] ?? '', authority: process.env['XAUTHORITY'] });

const xServer = (): XServer => ({
  windows: async () => openXWindows(display(), PASSING_TYPES),
  takeKeys: (keys) => takeKeys(display(), keys),
  openIdle: () => openXIdle(display),
});

/** Linux says whose socket it is. Elsewhere a tunnel leads whoever asks no further than it leads a guest: to public addresses. */
const mayUseWayOut = (fromPort: number, proxyPort: number): boolean =>
  process.platform !== 'linux' || socketOwner(fromPort, proxyPort) === currentUserId();

/**
 * The demonstration's certificate is trusted by a switch, and Chromium asks no session about a key that one trusts: there, as beside a
 * Chromium, the keys are asked for by us.
 */
const keysOfDemo = ({ clock, hostRules }: ElectronOptions): { readonly keysOf?: AskKeys } =>
  hostRules === undefined ? {} : { keysOf: rememberKeys(clock, (host) => askKeys(host, demoEndpoint(hostRules))) };

export const systemElectronShell =
  (electron: ElectronApi): MakeElectronShell =>
  (options) => {
    const memory = chooseMemoryFolder([process.env['XDG_RUNTIME_DIR'], '/dev/shm']);
    if (memory.memory !== 'used' && options.folder === undefined)
      options.logger.log('shell.no-ram-folder', { reason: memory.memory });
    const resolve = options.resolve ?? unlessMapped(options.hostRules, createHostResolver(options.clock));
    return createElectronShell({
      electron,
      resolve,
      openWayOut: () =>
        closedEgress({
          logger: options.logger,
          resolve,
          mapped: (host) => mappedEndpoint(options.hostRules, host),
          ...keysOfDemo(options),
          isOnNetwork,
          mayUse: mayUseWayOut,
        }),
      clock: options.clock,
      logger: options.logger,
      files: systemFiles,
      removeNow,
      randomId: randomUUID,
      folder: options.folder ?? memory.path,
      preloads: {
        kiosk: join(import.meta.dirname, 'preload.cjs'),
        guest: join(import.meta.dirname, 'guest-preload.cjs'),
      },
      language: 'fr',
      platform: process.platform,
      pid: process.pid,
      ...(process.platform === 'linux' ? { x: xServer() } : {}),
    });
  };

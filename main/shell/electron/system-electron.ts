/** Creates the Electron shell with this machine's files, memory folder, X server and bundled preloads. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Logger } from '../../log/logger.ts';
import type { Clock } from '../../platform/clock.ts';
import { systemFiles } from '../../platform/files.ts';
import { chooseMemoryFolder, removeNow } from '../../platform/memory-folder.ts';
import { isOnNetwork } from '../../platform/network/networks.ts';
import { currentUserId } from '../../platform/processes.ts';
import { hostResolvers, mappedEndpoint, unlessMapped, type HostResolver } from '../../platform/network/resolve-host.ts';
import { socketOwners, type SocketOwner } from '../../platform/network/socket-owner.ts';
import { askKeys, askValidFrom, endOf } from '../../platform/network/tls-keys.ts';
import type { XDisplay } from '../../platform/x11/connection.ts';
import { openXIdle } from '../../platform/x11/idle.ts';
import { takeKeys } from '../../platform/x11/keys.ts';
import { resetLockKeys } from '../../platform/x11/lock-keys.ts';
import { openXWindows } from '../../platform/x11/windows.ts';
import { rememberKeys, type AskKeys } from '../guest/certificate-pins.ts';
import { PASSING_TYPES } from '../guest/window-watch.ts';
import { closedEgress } from '../guest/guest-egress.ts';
import { watchSilence } from '../guest/silence.ts';
import type { Shell } from '../port.ts';
import type { ElectronApi } from './electron-api.ts';
import { createElectronShell } from './electron-shell.ts';
import type { XServer } from './x-locks.ts';

export interface ElectronOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Downloads are written here first. When absent, a folder in memory is chosen if there is one. */
  readonly folder?: string;
  /** Maps the demonstration's host names to local endpoints. */
  readonly hostRules?: string;
  /** Makes the resolver of a guest; on the system's lookup when absent. */
  readonly openResolver?: () => HostResolver;
}

export type MakeElectronShell = (options: ElectronOptions) => Shell;

/** Read at each use, as in the other shell. */
const display = (): XDisplay => ({ name: process.env['DISPLAY'] ?? '', authority: process.env['XAUTHORITY'] });

const xServer = (): XServer => ({
  windows: async () => openXWindows(display(), PASSING_TYPES),
  takeKeys: (keys) => takeKeys(display(), keys),
  openIdle: () => openXIdle(display),
  resetLockKeys: () => resetLockKeys(display()),
});

/**
 * Linux tells which user owns a socket. Elsewhere any program may use the proxy, but it only reaches what a guest may:
 * public addresses.
 */
const mayUseEgress =
  (owner: SocketOwner) =>
  async (fromPort: number, proxyPort: number): Promise<boolean> =>
    process.platform !== 'linux' || (await owner(fromPort, proxyPort)) === currentUserId();

/**
 * A switch makes Chromium trust the demonstration's certificate, and Chromium then skips our certificate callback. So,
 * as in the Chromium shell, we connect to the host ourselves to read its keys.
 */
const keysOfDemo = ({ clock, hostRules }: ElectronOptions): { readonly keysOf?: AskKeys } =>
  hostRules === undefined
    ? {}
    : {
        keysOf: rememberKeys(clock, (host, port, proxy) => askKeys(host, endOf(hostRules, host, port, proxy))),
      };

export const systemElectronShell =
  (electron: ElectronApi): MakeElectronShell =>
  (options) => {
    const memory = chooseMemoryFolder([process.env['XDG_RUNTIME_DIR'], '/dev/shm']);
    if (memory.memory !== 'used' && options.folder === undefined)
      options.logger.log('shell.no-ram-folder', { reason: memory.memory });
    const mayUse = mayUseEgress(socketOwners());
    const openResolver = options.openResolver ?? unlessMapped(options.hostRules, hostResolvers(options.clock));
    const silence = watchSilence(options.clock);
    return createElectronShell({
      electron,
      openEgress: () =>
        closedEgress({
          clock: options.clock,
          logger: options.logger,
          openResolver,
          mapped: (host) => mappedEndpoint(options.hostRules, host),
          ...keysOfDemo(options),
          validFrom: askValidFrom,
          isOnNetwork,
          silence,
          mayUse,
        }),
      silence: silence.silence,
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
      platform: process.platform,
      pid: process.pid,
      ...(process.platform === 'linux' ? { x: xServer() } : {}),
    });
  };

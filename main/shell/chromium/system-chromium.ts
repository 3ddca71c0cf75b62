/** The Chromium shell on this machine: its program, its memory file system, its unprivileged user. */
import { randomBytes } from 'node:crypto';
import type { Logger } from '../../log/logger.ts';
import { createBrowserAccounts, mayHaveAccounts, shareAccount, type BrowserAccounts } from '../../platform/accounts.ts';
import { sleep, type Clock } from '../../platform/clock.ts';
import { systemFiles } from '../../platform/files.ts';
import { machineMemoryBytes } from '../../platform/machine.ts';
import { chooseMemoryFolder, existsSyncAt, fallbackFolder, freeBytes } from '../../platform/memory-folder.ts';
import { isOnNetwork } from '../../platform/network/networks.ts';
import { currentUserId, watchProgram } from '../../platform/processes.ts';
import { hostResolvers, mappedEndpoint, unlessMapped, type HostResolver } from '../../platform/network/resolve-host.ts';
import { spawnProcess } from '../../platform/run.ts';
import type { SocketOwner } from '../../platform/network/socket-owner.ts';
import { StartRefused } from '../../platform/supervised-process.ts';
import { findGroup, findUser, type SystemUser } from '../../platform/users.ts';
import type { XDisplay } from '../../platform/x11/connection.ts';
import type { XFrames, XFramesOptions } from '../../platform/x11/frames.ts';
import type { XKeysOptions } from '../../platform/x11/keys.ts';
import { hasWindowManager, openXWindows, type XWindows } from '../../platform/x11/windows.ts';
import type { Shell } from '../port.ts';
import type { BrowserDeps } from './browser-process.ts';
import { rememberKeys } from '../guest/certificate-pins.ts';
import { createChromiumShell } from './chromium-shell.ts';
import { PASSING_TYPES } from '../guest/window-watch.ts';
import { limitsFor, type GuestLimits } from '../guest/guest-limits.ts';

/** The binary itself where possible: Debian's `/usr/bin/chromium` is a script that adds switches and an API key. */
const PROGRAMS = [
  '/usr/lib/chromium/chromium',
  '/usr/lib/chromium-browser/chromium-browser',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
];
export const BROWSER_USER = 'point-numerique';
/** Below this, Chromium is told to put its shared memory elsewhere. */
const ROOMY_SHARED_MEMORY_BYTES = 512 * 1024 * 1024;

export interface ChromiumOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly hostRules?: string;
  readonly trustedSpki?: string;
  readonly extraSwitches?: BrowserDeps['extraSwitches'];
  /** Chromium's binary; the distribution's when absent. */
  readonly program?: string;
  /** Parent folder of profiles; a memory file system is chosen when absent. */
  readonly folder?: string;
  /** Resource limits of a site; derived from the machine's memory when absent. */
  readonly guestLimits?: GuestLimits;
  /** The windows of the display; `$DISPLAY` when absent. */
  readonly xWindows?: () => Promise<XWindows>;
  /** The frames of guests' windows; on `$DISPLAY` when absent. */
  readonly xFrames?: () => Promise<XFrames>;
  /** Whether each browser gets its own account; by default, if the uid range allows it. */
  readonly ownAccounts?: boolean;
  /** Grabs the keys; at `$DISPLAY` when absent. */
  readonly takeKeys?: (options: XKeysOptions) => Promise<() => void>;
  /** Starts programs; the system's spawn when absent. */
  readonly spawn?: BrowserDeps['spawn'];
  /** Makes the resolver of a guest; on the system's lookup when absent. */
  readonly openResolver?: () => HostResolver;
}

export const findChromium = (): string | undefined => PROGRAMS.find(existsSyncAt);

/** Read at each call: the display is set before the shell is created, and the audit must use the same one. */
const display = (): XDisplay => ({ name: process.env['DISPLAY'] ?? '', authority: process.env['XAUTHORITY'] });

/** The user whose group the browsers' accounts share; undefined when they run as ourselves. */
export const browserUser = (): SystemUser | undefined => {
  if (currentUserId() !== 0) return undefined;
  const user = findUser(BROWSER_USER);
  if (!user) throw new StartRefused(`Lancée par root, mais le compte ${BROWSER_USER} n’existe pas. npm start le crée.`);
  return user;
};

/** One account for each browser if the uid range allows it; otherwise the named user for all. */
const accountsFor = (
  { clock, logger, ownAccounts = mayHaveAccounts() }: ChromiumOptions,
  user: SystemUser,
): BrowserAccounts => {
  if (ownAccounts) return createBrowserAccounts({ gid: user.gid, wait: (ms) => sleep(clock, ms) });
  logger.log('shell.shared-account');
  return shareAccount(user);
};

/** Exported for the escape suite, which hides some of what they tell. */
export const displayWindows = (): Promise<XWindows> => openXWindows(display(), PASSING_TYPES);

/** Only the escape suite creates frames without redirection. */
export const displayFrames = async (
  how: Pick<XFramesOptions, 'clock' | 'redirects' | 'keepsMenuButton'>,
): Promise<XFrames> => {
  const [{ openXFrames }, { FRAME_CLASS }] = await Promise.all([
    import('../../platform/x11/frames.ts'),
    import('./guest-frame.ts'),
  ]);
  return openXFrames(display(), { windowClass: FRAME_CLASS, name: 'point-numerique', ...how });
};

const lazySocketOwner = (): SocketOwner => {
  let owner: Promise<SocketOwner> | undefined;
  return async (from, to) =>
    (await (owner ??= import('../../platform/network/socket-owner.ts').then(({ socketOwners }) => socketOwners())))(
      from,
      to,
    );
};

export const createSystemChromiumShell = (options: ChromiumOptions): Shell => {
  const program = options.program ?? findChromium();
  if (program === undefined)
    throw new StartRefused('Chromium n’est pas installé. Pour l’installer : apt install chromium');
  const user = browserUser();
  const accounts = user && accountsFor(options, user);
  // $XDG_RUNTIME_DIR belongs to the user who started us: the unprivileged user can't use it.
  const candidates = user ? ['/dev/shm'] : [process.env['XDG_RUNTIME_DIR'], '/dev/shm'];
  const memory = chooseMemoryFolder(candidates);
  if (memory.memory !== 'used' && options.folder === undefined)
    options.logger.log('shell.no-ram-folder', { reason: memory.memory });
  return createChromiumShell({
    clock: options.clock,
    logger: options.logger,
    files: systemFiles,
    spawn: options.spawn ?? spawnProcess,
    xWindows: options.xWindows ?? displayWindows,
    xFrames: options.xFrames ?? (() => displayFrames({ clock: options.clock, redirects: true, keepsMenuButton: true })),
    openIdle: async () => (await import('../../platform/x11/idle.ts')).openXIdle(display),
    hasWindowManager: () => hasWindowManager(display()),
    resetLockKeys: async () => (await import('../../platform/x11/lock-keys.ts')).resetLockKeys(display()),
    takeKeys:
      options.takeKeys ?? (async (keys) => (await import('../../platform/x11/keys.ts')).takeKeys(display(), keys)),
    guestLimits: options.guestLimits ?? limitsFor(machineMemoryBytes()),
    program,
    isReplaced: watchProgram(program, options.clock),
    folder: options.folder ?? memory.path,
    earlierFolders:
      options.folder === undefined ? [...candidates.filter((one) => one !== undefined), fallbackFolder()] : [],
    accounts,
    soundGroup: user && findGroup('audio'),
    smallSharedMemory: freeBytes('/dev/shm') < ROOMY_SHARED_MEMORY_BYTES,
    extraSwitches: options.extraSwitches ?? (() => []),
    keysOf: rememberKeys(options.clock, async (host, port, proxy) => {
      const { askKeys, endOf } = await import('../../platform/network/tls-keys.ts');
      return askKeys(host, endOf(options.hostRules, host, port, proxy));
    }),
    validFrom: async (host, end) => (await import('../../platform/network/tls-keys.ts')).askValidFrom(host, end),
    openResolver: options.openResolver ?? unlessMapped(options.hostRules, hostResolvers(options.clock)),
    clipboard: {
      clear: async () => (await import('../../platform/x11/selections.ts')).dropSelections(display()),
      leftovers: async () => (await import('../../platform/x11/selections.ts')).heldSelections(display()),
    },
    randomName: () => randomBytes(6).toString('hex'),
    mapped: (host) => mappedEndpoint(options.hostRules, host),
    isOnNetwork,
    socketOwner: lazySocketOwner(),
    browsersUid: user?.uid ?? currentUserId(),
    trustedSpki: options.trustedSpki,
  });
};

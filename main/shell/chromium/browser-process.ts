/** One Chromium process: starts it on a fresh profile with its pipe, and reliably ends it with all its descendants. */
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { sleep, type Clock } from '../../platform/clock.ts';
import type { Files } from '../../platform/files.ts';
import { folderUse } from '../../platform/machine.ts';
import { killAll, treeUse } from '../../platform/process-tree.ts';
import { killGroup, processesMentioning } from '../../platform/processes.ts';
import { StartRefused } from '../../platform/supervised-process.ts';
import { readAuthority } from '../../platform/x11/connection.ts';
import type { Account, BrowserAccounts } from '../../platform/accounts.ts';
import type { CdpSession } from '../guest/cdp-session.ts';
import { MOST_PROFILE_FILES, type GuestUse } from '../guest/guest-limits.ts';
import { connectPipe } from './pipe-connection.ts';
import { authorityOf, dataOf, makeProfile, removeProfile, takeDownload } from './profile.ts';
import { browserSwitches, LANGUAGE, type BrowserSwitches } from './switches.ts';

export interface BrowserDeps {
  readonly clock: Clock;
  readonly files: Files;
  readonly spawn: (program: string, args: readonly string[], options: SpawnOptions) => ChildProcess;
  /** The browser's binary, not a wrapper script that adds switches. */
  readonly program: string;
  /** Parent folder of the profiles, in memory. */
  readonly folder: string;
  /** Set when the kiosk runs as root; each browser then gets its own account. */
  readonly accounts: BrowserAccounts | undefined;
  /** The group that owns the sound devices, given to our own screens: « Écouter », the chimes. */
  readonly soundGroup: number | undefined;
  readonly smallSharedMemory: boolean;
  /** Profiles of browsers that should be running: added on creation, removed when their end starts. */
  readonly inUse: Set<string>;
  readonly extraSwitches: (role: BrowserSwitches['role']) => readonly string[];
}

export interface BrowserProcess {
  readonly root: CdpSession;
  readonly profile: string;
  readonly pid: number;
  /** The uid that it runs as, if not ours. */
  readonly uid: number | undefined;
  /** Resolves when the process has exited, for any reason. */
  readonly exited: Promise<void>;
  /**
   * Moves a download out of the browser's reach and returns its path; undefined when it is not a plain file of the
   * browser.
   */
  takeDownload(name: string): string | undefined;
  /** Resource use of the process and its descendants. */
  use(): Promise<GuestUse>;
  /** Kills the whole tree at once: if only the main process died, its renderers would take a while to exit. */
  kill(): void;
  /** Kills the process group and removes the profile. False when something could not be removed. */
  end(): Promise<boolean>;
}

/**
 * In the morning an old PC reads all of Chromium from a cold disk, for our own screens. Less than the minute after
 * which the watcher forgets a death: it must count the starts that hang. A guest's browser finds the disk warm.
 */
const START_TIMEOUT_MS = { 'kiosk-view': 45_000, guest: 20_000 } as const;
const EXIT_TIMEOUT_MS = 3_000;
const LOOK_AGAIN_MS = 20;
const DOES_NOT_START =
  'Chromium ne démarre pas. La borne réessaie. Vérifiez qu’un compte ordinaire de ce PC peut l’ouvrir.';

/** Keeps the browser from starting programs: an unknown scheme would run `xdg-settings`, then offer `xdg-open`. */
const NO_PROGRAMS = '/nonexistent';
/**
 * Thread limit of the browsers' user for a guest, against a thread explosion between two polls of the guest's limits.
 * Our own screens have no such limit, and keep running.
 */
const MOST_THREADS = 4_096;

/** No core dump: it would hold what the person typed. */
const withLimits = (role: BrowserSwitches['role']): readonly string[] => [
  '/usr/bin/prlimit',
  '--core=0',
  ...(role === 'guest' ? [`--nproc=${MOST_THREADS}`] : []),
];

/** Only the environment variables that a browser needs, so that neither it nor a page learns more. */
const browserEnv = (profile: string): NodeJS.ProcessEnv => {
  const data = dataOf(profile);
  const env: NodeJS.ProcessEnv = {
    HOME: data,
    XDG_CONFIG_HOME: data,
    XDG_CACHE_HOME: data,
    TMPDIR: data,
    PATH: NO_PROGRAMS,
    XAUTHORITY: authorityOf(profile),
    LANGUAGE, // Chromium on Linux takes the language of its own texts in pages from here, not from `--lang`
  };
  for (const name of ['DISPLAY', 'LANG', 'TZ', 'PULSE_SERVER', 'DBUS_SESSION_BUS_ADDRESS']) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  return env;
};

export const startBrowser = async (
  deps: BrowserDeps,
  options: Pick<BrowserSwitches, 'role' | 'window' | 'proxyPort' | 'trustedSpki'>,
): Promise<BrowserProcess> => {
  const account: Account | undefined = deps.accounts?.take();
  const profile = makeProfile(deps.folder, account, readAuthority(process.env['XAUTHORITY']));
  deps.inUse.add(profile);
  const switches = browserSwitches({
    ...options,
    profileDir: dataOf(profile),
    smallSharedMemory: deps.smallSharedMemory,
    extra: deps.extraSwitches(options.role),
  });
  const groups =
    options.role === 'kiosk-view' && deps.soundGroup !== undefined ? `--groups=${deps.soundGroup}` : '--clear-groups';
  const asUser =
    account === undefined
      ? []
      : ['/usr/bin/setpriv', `--reuid=${account.uid}`, `--regid=${account.gid}`, groups, '--no-new-privs'];
  // Each program execs the next one, so the pid is the browser's.
  const [program = '', ...args] = [...asUser, ...withLimits(options.role), deps.program, ...switches];
  const child = deps.spawn(program, args, {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    detached: true, // its own process group, so that all of it can be killed at once
    env: browserEnv(profile),
  });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const connection = connectPipe({
    clock: deps.clock,
    toBrowser: child.stdio[3] as Writable,
    fromBrowser: child.stdio[4] as Readable,
    startTimeoutMs: START_TIMEOUT_MS[options.role],
  });
  void exited.then(() => connection.closed());

  const end = async (): Promise<boolean> => {
    deps.inUse.delete(profile);
    connection.closed();
    if (child.pid !== undefined) killGroup(child.pid, 'SIGKILL');
    await Promise.race([exited, sleep(deps.clock, EXIT_TIMEOUT_MS)]);
    // Helpers of the browser may have left its group, and killed processes take a while to exit on a busy machine.
    const untilMs = deps.clock.monotonicMs() + EXIT_TIMEOUT_MS;
    for (let left = processesMentioning(profile); left.length > 0; left = processesMentioning(profile)) {
      killAll(left);
      if (deps.clock.monotonicMs() > untilMs) break; // the audit names them
      await sleep(deps.clock, LOOK_AGAIN_MS);
    }
    // While a process of that account is alive, it could plant a symlink in the folder that we remove. So the folder
    // stays, and the audit reports it.
    if (account && !(await deps.accounts?.end(account.uid))) return false;
    return removeProfile({ files: deps.files, wait: (ms) => sleep(deps.clock, ms) }, profile);
  };

  try {
    await connection.root.send('Browser.getVersion');
  } catch (error) {
    await end();
    throw new StartRefused(DOES_NOT_START, { mayPass: true, cause: error });
  }
  const pid = child.pid ?? -1;
  return {
    root: connection.root,
    profile,
    pid,
    uid: account?.uid,
    exited,
    takeDownload: (name) => takeDownload(profile, name, account),
    async use() {
      const { pids, threads, memoryBytes } = treeUse(pid);
      const { bytes, files } = await folderUse(profile, MOST_PROFILE_FILES);
      return { processes: pids.length, threads, memoryBytes, profileBytes: bytes, profileFiles: files };
    },
    kill: () => killAll(treeUse(pid).pids),
    end,
  };
};

/** One Chromium process: started on a fresh profile with its pipe, ended for certain with everything below it. */
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { sleep, type Clock } from '../../platform/clock.ts';
import type { Files } from '../../platform/files.ts';
import { folderBytes } from '../../platform/machine.ts';
import { killAll, treeUse } from '../../platform/process-tree.ts';
import { killGroup, processesMentioning } from '../../platform/processes.ts';
import type { Account, BrowserAccounts } from '../../platform/accounts.ts';
import type { CdpSession } from '../guest/cdp-session.ts';
import type { GuestUse } from '../guest/guest-limits.ts';
import { connectPipe } from './pipe-connection.ts';
import { dataOf, makeProfile, removeProfile, takeDownload } from './profile.ts';
import { browserSwitches, type BrowserSwitches } from './switches.ts';

export interface BrowserDeps {
  readonly clock: Clock;
  readonly files: Files;
  readonly spawn: (program: string, args: readonly string[], options: SpawnOptions) => ChildProcess;
  /** The browser itself, not a wrapper that adds switches of its own. */
  readonly program: string;
  /** Where profiles are made: a file system in memory. */
  readonly folder: string;
  /** Set when the kiosk runs as root: each browser then has an account of its own. */
  readonly accounts: BrowserAccounts | undefined;
  readonly smallSharedMemory: boolean;
  /** Profiles of browsers that are meant to live: added here when made, taken out when their end begins. */
  readonly inUse: Set<string>;
  readonly extraSwitches: (role: BrowserSwitches['role']) => readonly string[];
}

export interface BrowserProcess {
  readonly root: CdpSession;
  readonly profile: string;
  readonly pid: number;
  /** The account that it runs as, when it is not ours. */
  readonly uid: number | undefined;
  /** Settles when the process is gone, asked or not. */
  readonly exited: Promise<void>;
  /** Takes a download out of the browser's reach. Answers where it lies; undefined when it is no file of the browser's own. */
  takeDownload(name: string): string | undefined;
  /** What it and all below it hold of the machine. */
  use(): Promise<GuestUse>;
  /** All of it at once: a browser that only loses its head leaves renderers that take their time. */
  kill(): void;
  /** Ends the process group and removes the profile. Answers false when something would not go. */
  end(): Promise<boolean>;
}

const DIES_WITHIN_MS = 3_000;
const LOOK_AGAIN_MS = 20;

/** A browser starts no program by name: an unknown scheme would run `xdg-settings`, then offer `xdg-open`. */
const NO_PROGRAMS = '/nonexistent';
/**
 * Threads of the browsers' user, beyond which a guest gets none: an explosion between two looks of the guest's watch.
 * Our own screens have no such limit, and go on.
 */
const MOST_THREADS = 4_096;

/** No core dump: it would hold what the person typed. */
const limited = (role: BrowserSwitches['role']): readonly string[] => [
  '/usr/bin/prlimit',
  '--core=0',
  ...(role === 'guest' ? [`--nproc=${MOST_THREADS}`] : []),
];

/** What a browser needs of our environment, and nothing that could tell it or a page more. */
const browserEnv = (data: string, language: string): NodeJS.ProcessEnv => {
  const env: NodeJS.ProcessEnv = {
    HOME: data,
    XDG_CONFIG_HOME: data,
    XDG_CACHE_HOME: data,
    TMPDIR: data,
    PATH: NO_PROGRAMS,
    LANGUAGE: language, // here, and not in `--lang`, Chromium on Linux looks for the words that it puts into pages
  };
  for (const name of ['DISPLAY', 'XAUTHORITY', 'LANG', 'TZ', 'PULSE_SERVER', 'DBUS_SESSION_BUS_ADDRESS']) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  return env;
};

export const startBrowser = async (
  deps: BrowserDeps,
  options: Pick<BrowserSwitches, 'role' | 'window' | 'language' | 'proxyPort' | 'trustedSpki'>,
): Promise<BrowserProcess> => {
  const account: Account | undefined = deps.accounts?.take();
  const profile = makeProfile(deps.folder, account);
  deps.inUse.add(profile);
  const switches = browserSwitches({
    ...options,
    profileDir: dataOf(profile),
    smallSharedMemory: deps.smallSharedMemory,
    extra: deps.extraSwitches(options.role),
  });
  const asUser =
    account === undefined
      ? []
      : ['/usr/bin/setpriv', `--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups', '--no-new-privs'];
  // Each of them becomes the next: the number of the process stays that of the browser.
  const [program = '', ...args] = [...asUser, ...limited(options.role), deps.program, ...switches];
  const child = deps.spawn(program, args, {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    detached: true, // a group of its own, so that all of it can be ended at once
    env: browserEnv(dataOf(profile), options.language),
  });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const connection = connectPipe({
    clock: deps.clock,
    toBrowser: child.stdio[3] as Writable,
    fromBrowser: child.stdio[4] as Readable,
  });
  void exited.then(() => connection.closed());

  const end = async (): Promise<boolean> => {
    deps.inUse.delete(profile);
    connection.closed();
    if (child.pid !== undefined) killGroup(child.pid, 'SIGKILL');
    await Promise.race([exited, sleep(deps.clock, DIES_WITHIN_MS)]);
    // Helpers of the browser may have left its group; and what is killed takes its time to go on a busy machine.
    const untilMs = deps.clock.monotonicMs() + DIES_WITHIN_MS;
    for (let left = processesMentioning(profile); left.length > 0; left = processesMentioning(profile)) {
      killAll(left);
      if (deps.clock.monotonicMs() > untilMs) break; // the audit names them
      await sleep(deps.clock, LOOK_AGAIN_MS);
    }
    // While one of that account lives, it could lay a link where we remove: the folder stays, and the audit names it.
    if (account && !(await deps.accounts?.end(account.uid))) return false;
    return removeProfile({ files: deps.files, wait: (ms) => sleep(deps.clock, ms) }, profile);
  };

  try {
    await connection.root.send('Browser.getVersion');
  } catch (error) {
    await end();
    throw new Error(`the browser did not start: ${program}`, { cause: error });
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
      return { processes: pids.length, threads, memoryBytes, profileBytes: await folderBytes(profile) };
    },
    kill: () => killAll(treeUse(pid).pids),
    end,
  };
};

/**
 * When the kiosk runs as root, each browser gets a numeric user id of its own that no other process uses and that has
 * no name. This gives a reliable answer to "which processes did this browser start?": a process can leave its process
 * group, its session and its environment, but it cannot change its uid without a privilege that it does not have.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { isAlive } from './processes.ts';
import { run } from './run.ts';

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export interface BrowserAccounts {
  /** The group shared by all these accounts and by no other user. */
  readonly gid: number;
  /** Returns an account that no process uses. */
  take(): Account;
  /** Kills every process of that account, even detached ones. Returns false when some survive. */
  end(uid: number): Promise<boolean>;
  /** Pids of processes whose account was released, or whose kiosk no longer runs. */
  strays(): readonly number[];
  /** Kills those processes. */
  endStrays(): Promise<void>;
}

/** systemd's table of user ids (UIDS-GIDS) leaves this range unallocated, up to the largest signed 32-bit number. */
const FIRST = 0x7000_0000;
/** Accounts per kiosk, used in rotation. With the largest pid of Linux (2^22) this fills the range exactly. */
const SLOTS = 64;
const COUNT = 2 ** 22 * SLOTS;
const TRIES = 20;
const END_WITHIN_MS = 5_000;

/**
 * `/proc/N/status` shows four ids (real, effective, saved, filesystem). A process that switched one of them still
 * belongs to its account.
 */
const userNumbers = (status: string): readonly number[] =>
  /^Uid:\t(.+)$/m.exec(status)?.[1]?.split('\t').map(Number) ?? [];
/** A zombie only waits for its parent to reap it; it no longer runs any code. */
const hasEnded = (status: string): boolean => /^State:\t[ZX]/m.test(status);

/** Every process that has a matching uid. */
export const processesOf = (
  fits: (uid: number) => boolean,
): readonly { readonly pid: number; readonly uid: number }[] => {
  let names: readonly string[];
  try {
    names = readdirSync('/proc');
  } catch {
    return []; // no /proc here
  }
  return names.flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8');
      const uid = hasEnded(status) ? undefined : userNumbers(status).find(fits);
      return uid === undefined ? [] : [{ pid: Number(name), uid }];
    } catch {
      return []; // it exited while we looked
    }
  });
};

/** A container may map only a part of the uid range. */
const isMapped = (map: string): boolean =>
  map.split('\n').some((line) => {
    const [inside = Number.NaN, , count = 0] = line.trim().split(/\s+/).map(Number);
    return inside <= FIRST && inside + count >= FIRST + COUNT;
  });

export const mayHaveAccounts = (): boolean => {
  try {
    return isMapped(readFileSync('/proc/self/uid_map', 'utf8'));
  } catch {
    return false;
  }
};

export const isBrowserAccount = (uid: number): boolean => uid >= FIRST && uid < FIRST + COUNT;
const kioskPidOf = (uid: number): number => Math.floor((uid - FIRST) / SLOTS);

const as = ({ uid, gid }: Account, script: string, ...args: readonly string[]): ReturnType<typeof run> =>
  run(
    '/usr/bin/setpriv',
    [
      ...[`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--no-new-privs'],
      ...['/bin/sh', '-c', script, 'sh', ...args],
    ],
    { timeoutMs: END_WITHIN_MS },
  );

/**
 * Empties folders that belong to an account, running as that account. If one of its processes plants a symlink to
 * misdirect the removal, only the account's own files are at risk. Root, which removes by path, would follow the link.
 */
export const emptyAs = async (account: Account, folders: readonly string[]): Promise<void> => {
  // The owner may restore permissions it removed. The folders themselves lie in a root-owned folder, and stay.
  await as(account, 'chmod -R u+rwX -- "$@"; rm -rf -- "$@"', ...folders);
};

/**
 * `kill -9 -1`, run as the account, signals all its processes in one system call. A process that forks all the time
 * cannot escape between a listing and a kill.
 */
const endAtOnce = async (account: Account): Promise<void> => {
  await as(account, 'kill -9 -1');
};

export const createBrowserAccounts = (deps: {
  readonly gid: number;
  readonly wait: (ms: number) => Promise<void>;
  /** Pid of the process that hands out the accounts. */
  readonly kiosk?: number;
}): BrowserAccounts => {
  const { gid, kiosk = process.pid } = deps;
  const inUse = new Set<number>();
  let next = 0;

  const end = async (uid: number): Promise<boolean> => {
    inUse.delete(uid); // from now on, any process still using it is a stray
    // Listing /proc is slow, and a process that forks all the time is missed by it. So kill before each listing.
    for (let i = 0; i < TRIES; i++) {
      await endAtOnce({ uid, gid });
      if (processesOf((one) => one === uid).length === 0) return true;
      await deps.wait(20 * (i + 1));
    }
    return false;
  };
  const isStray = (uid: number): boolean =>
    isBrowserAccount(uid) && (kioskPidOf(uid) === kiosk ? !inUse.has(uid) : !isAlive(kioskPidOf(uid)));

  return {
    gid,
    take() {
      for (let i = 0; i < SLOTS; i++) {
        const uid = FIRST + kiosk * SLOTS + next;
        next = (next + 1) % SLOTS;
        if (inUse.has(uid) || processesOf((one) => one === uid).length > 0) continue;
        inUse.add(uid);
        return { uid, gid };
      }
      throw new Error('every account of the browsers has a process that would not go');
    },
    end,
    strays: () => processesOf(isStray).map(({ pid }) => pid),
    async endStrays() {
      for (const uid of new Set(processesOf(isStray).map((one) => one.uid))) await end(uid);
    },
  };
};

/**
 * Used where the uid range is not available: all browsers share one account. Other kiosks may use it too, so nothing is
 * killed by uid.
 */
export const shareAccount = (account: Account): BrowserAccounts => ({
  gid: account.gid,
  take: () => account,
  end: async () => true,
  strays: () => [],
  endStrays: async () => undefined,
});

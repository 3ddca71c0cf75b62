/**
 * An account of its own for each browser, when the kiosk runs as root: a user number that nobody else has, without a name.
 * "All that this browser started" is then a question with a certain answer: a process can leave its group, its session and its
 * environment behind, but it can't change its user number without a right that it does not have.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { isAlive } from './processes.ts';
import { run } from './run.ts';

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export interface BrowserAccounts {
  /** The group that all of them are in, and nobody else. */
  readonly gid: number;
  /** One that no process has. */
  take(): Account;
  /** Ends every process of that account, whatever it made of itself. Answers false when some would not go. */
  end(uid: number): Promise<boolean>;
  /** Processes of accounts that were given back, or whose kiosk is gone. */
  strays(): readonly number[];
  /** Ends those. */
  endStrays(): Promise<void>;
}

/** From here to the end of signed numbers, systemd's table of user numbers (UIDS-GIDS) has nobody. */
const FIRST = 0x7000_0000;
/** Accounts of one kiosk, used in turn. With the largest process number of Linux (2^22) this fills the range exactly. */
const SLOTS = 64;
const COUNT = 2 ** 22 * SLOTS;
const TRIES = 20;
const END_WITHIN_MS = 5_000;

/** `/proc/N/status` shows four of them: a process that borrowed another one is still its own. */
const userNumbers = (status: string): readonly number[] =>
  /^Uid:\t(.+)$/m.exec(status)?.[1]?.split('\t').map(Number) ?? [];
/** One that has ended waits for its parent to take note: it runs nothing any more. */
const hasEnded = (status: string): boolean => /^State:\t[ZX]/m.test(status);

/** Every process that runs under a user number that fits. */
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
      const status = readFileSync(`/proc/${name}/status`, 'latin1');
      const uid = hasEnded(status) ? undefined : userNumbers(status).find(fits);
      return uid === undefined ? [] : [{ pid: Number(name), uid }];
    } catch {
      return []; // it ended while we looked
    }
  });
};

/** A container may have a part of the numbers only. */
const isMapped = (map: string): boolean =>
  map.split('\n').some((line) => {
    const [inside = Number.NaN, , count = 0] = line.trim().split(/\s+/).map(Number);
    return inside <= FIRST && inside + count >= FIRST + COUNT;
  });

export const mayHaveAccounts = (): boolean => {
  try {
    return isMapped(readFileSync('/proc/self/uid_map', 'latin1'));
  } catch {
    return false;
  }
};

export const isBrowserAccount = (uid: number): boolean => uid >= FIRST && uid < FIRST + COUNT;
const kioskOf = (uid: number): number => Math.floor((uid - FIRST) / SLOTS);

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
 * Empties folders that were given to an account, as that account: where one of its processes lays a link in the way of whoever
 * removes, nothing is lost but what is the account's own. Root, which removes by name, would follow it.
 */
export const emptyAs = async (account: Account, folders: readonly string[]): Promise<void> => {
  // What was made unreadable is still its owner's. The folders themselves lie in one of root's, and stay.
  await as(account, 'chmod -R u+rwX -- "$@"; rm -rf -- "$@"', ...folders);
};

/**
 * Whoever may signal a process of that number is told to signal all of them at once: the system does that in one breath, so
 * that one which starts another at every moment does not get away.
 */
const endAtOnce = async (account: Account): Promise<void> => {
  await as(account, 'kill -9 -1');
};

export const createBrowserAccounts = (deps: {
  readonly gid: number;
  readonly wait: (ms: number) => Promise<void>;
  /** The process that gives them out. */
  readonly kiosk?: number;
}): BrowserAccounts => {
  const { gid, kiosk = process.pid } = deps;
  const inUse = new Set<number>();
  let next = 0;

  const end = async (uid: number): Promise<boolean> => {
    inUse.delete(uid); // from here on whoever still has it is a stray
    // A look takes its time: one that starts another at every moment is missed by it. So they are ended before any look.
    for (let i = 0; i < TRIES; i++) {
      await endAtOnce({ uid, gid });
      if (processesOf((one) => one === uid).length === 0) return true;
      await deps.wait(20 * (i + 1));
    }
    return false;
  };
  const isStray = (uid: number): boolean =>
    isBrowserAccount(uid) && (kioskOf(uid) === kiosk ? !inUse.has(uid) : !isAlive(kioskOf(uid)));

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

/** Where user numbers are few, the browsers share one account, and other kiosks may have it too: nobody is ended by it. */
export const shareAccount = (account: Account): BrowserAccounts => ({
  gid: account.gid,
  take: () => account,
  end: async () => true,
  strays: () => [],
  endStrays: async () => undefined,
});

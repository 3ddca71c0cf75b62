/** User ids without an account name, each with the end of every process that it started. Needs root. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import {
  createBrowserAccounts,
  isBrowserAccount,
  mayHaveAccounts,
  processesOf,
  type Account,
} from '../../../main/platform/accounts.ts';
import { until } from '../../harness/until.ts';

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const possible = process.getuid?.() === 0 && mayHaveAccounts();
if (!possible) console.warn('SKIPPED: accounts of the browsers: not started as root');

describe.skipIf(!possible)('the accounts of the browsers', () => {
  const accounts = createBrowserAccounts({ gid: 65_534, wait });
  let mine: Account | undefined;
  afterEach(async () => {
    if (mine) await accounts.end(mine.uid);
  });

  /** Starts the script in its own session, with an empty environment. */
  const start = ({ uid, gid }: Account, script: string): void =>
    spawn(
      '/usr/bin/setpriv',
      [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', 'setsid', 'env', '-i', '/bin/sh', '-c', script, script],
      {
        stdio: 'ignore',
        detached: true,
        cwd: '/',
      },
    ).unref();
  const living = (uid: number): number => processesOf((one) => one === uid).length;
  /** Reading `/proc` during an `exec` may show neither the old process nor the new one, so wait until it is `sleep`. */
  const isSettled = (uid: number): boolean => {
    const [one, ...others] = processesOf((its) => its === uid);
    return one !== undefined && others.length === 0 && readFileSync(`/proc/${one.pid}/comm`, 'latin1') === 'sleep\n';
  };

  it('are allocated one by one, and each is unique', () => {
    const [one, other] = [accounts.take(), accounts.take()];
    expect(one.uid).not.toBe(other.uid);
    expect([one, other].every(({ uid }) => isBrowserAccount(uid))).toBe(true);
  });

  it('end with all their processes, even those that ignore signals', async () => {
    mine = accounts.take();
    const { uid } = mine;
    start(mine, 'trap "" TERM HUP; sleep 600 & sleep 600 & wait');
    await until('what hides', () => living(uid) >= 3);
    expect(accounts.strays()).toEqual([]); // in use
    expect(await accounts.end(uid)).toBe(true);
    expect(living(uid)).toBe(0);
  });

  it('end with processes that keep restarting themselves', async () => {
    mine = accounts.take();
    const { uid } = mine;
    start(mine, 'for i in 1 2 3; do setsid sh -c "$0" "$0" & break; done; sleep 0.02');
    await until('what runs', () => living(uid) > 0);
    expect(await accounts.end(uid)).toBe(true);
    await wait(200);
    expect(living(uid)).toBe(0);
  });

  it('of a kiosk that is gone are strays until they are ended', async () => {
    const gone = 4_194_303; // larger than any process id here
    const theirs = createBrowserAccounts({ gid: 65_534, wait, kiosk: gone });
    mine = theirs.take();
    start(mine, 'exec sleep 600');
    const { uid } = mine;
    await until('the stray', () => isSettled(uid));
    expect(accounts.strays().length).toBeGreaterThan(0);
    await accounts.endStrays();
    expect(living(uid)).toBe(0);
    expect(accounts.strays()).toEqual([]);
  });

  it('leaves the processes of another running kiosk alone', async () => {
    const other = createBrowserAccounts({ gid: 65_534, wait, kiosk: process.ppid });
    mine = other.take();
    start(mine, 'exec sleep 600');
    const { uid } = mine;
    await until('theirs', () => isSettled(uid));
    await accounts.endStrays();
    expect(living(uid)).toBe(1);
    expect(await other.end(uid)).toBe(true);
  });
});

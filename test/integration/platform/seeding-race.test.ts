/**
 * Root creates, fills, hands over and deletes a browser's folder, while a process of the browser's account swaps in
 * links as fast as it can. Nothing that belongs to root may be changed through such a link. Needs root.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBrowserAccounts, mayHaveAccounts, type Account } from '../../../main/platform/accounts.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { takeFileFrom } from '../../../main/platform/memory-folder.ts';
import { until } from '../../harness/until.ts';
import { dataOf, makeProfile, removeProfile } from '../../../main/shell/chromium/profile.ts';

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const possible = process.getuid?.() === 0 && mayHaveAccounts();
if (!possible) console.warn('SKIPPED: the race for a seeded folder: not started as root');

/** Number of the system call `renameat2`, which can exchange two names. */
const RENAMEAT2 = { x64: 316, arm64: 276 } as const;

/** Replaces whatever it finds by a link to a file of root, then puts the original back. */
const RACER = `
  my ($dir, $target) = @ARGV; my $n = 0;
  while (1) {
    opendir(my $all, $dir) or next;
    for my $name (grep { /^pn-profile-/ } readdir $all) {
      for my $at ("$dir/$name/data", "$dir/$name/data/Default", "$dir/$name/downloads") {
        my $away = "$at-" . $n++;
        rename($at, $away) and symlink($target, $at);
        symlink($target, $at);
        if (-l $at) { unlink($at); rename($away, $at); }
      }
      for my $at ("$dir/$name/data/Default/Preferences", "$dir/$name/data/Local State") {
        rename($at, "$at-" . $n++); symlink("$target/canari", $at);
      }
    }
  }`;
/** While a folder is being deleted, keeps exchanging a full folder with a link to root’s folder. */
const EXCHANGER = `
  my ($data, $target) = @ARGV;
  mkdir("$data/b"); for my $n (0..40) { mkdir("$data/b/$n"); } symlink($target, "$data/c");
  open(my $ready, '>', "$data/ready"); close($ready);
  while (1) { syscall(${RENAMEAT2[process.arch as 'x64']}, -100, "$data/b", -100, "$data/c", 2); }`;
/** Keeps changing what one name is: a file, a symbolic link, a hard link, a folder. */
const SWAPPER = `
  my ($at, $secret) = @ARGV;
  while (1) {
    open(my $file, '>', "$at.new"); print $file 'mine'; close($file); rename("$at.new", $at);
    symlink($secret, "$at.link"); rename("$at.link", $at);
    link($secret, "$at.hard") and rename("$at.hard", $at);
    mkdir("$at.dir"); unlink($at); rename("$at.dir", $at); rmdir($at);
  }`;

describe.skipIf(!possible)('a folder made by root for a browser account', () => {
  const accounts = createBrowserAccounts({ gid: 65_534, wait });
  let owner: Account;
  let parent: string;
  let target: string;
  let racer: ChildProcess | undefined;
  beforeEach(() => {
    owner = accounts.take();
    parent = mkdtempSync(join(tmpdir(), 'pn-race-'));
    chmodSync(parent, 0o1777); // like /dev/shm
    target = join(parent, 'a-root');
    mkdirSync(join(target, 'deep'), { recursive: true });
    for (const name of ['canari', 'deep/canari']) writeFileSync(join(target, name), 'root’s', { mode: 0o600 });
  });
  afterEach(async () => {
    await accounts.end(owner.uid);
    rmSync(parent, { recursive: true, force: true });
  });

  const race = (script: string, ...args: readonly string[]): void => {
    const as = [`--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups'];
    racer = spawn('/usr/bin/setpriv', [...as, '/usr/bin/perl', '-e', script, ...args], { stdio: 'ignore', cwd: '/' });
  };
  const rootsOwn = (): void => {
    for (const name of ['', 'deep', 'canari', 'deep/canari']) expect(statSync(join(target, name)).uid, name).toBe(0);
    expect(readFileSync(join(target, 'canari'), 'utf8')).toBe('root’s');
    expect(readFileSync(join(target, 'deep/canari'), 'utf8')).toBe('root’s');
  };

  it('is filled, handed over and deleted without handing over, writing or deleting anything of root’s', async () => {
    race(RACER, parent, target);
    const bait = makeProfile(parent, owner);
    await until('the racer', () =>
      lstatSync(join(dataOf(bait), 'Local State'), { throwIfNoEntry: false })?.isSymbolicLink(),
    );
    await removeProfile({ files: systemFiles, wait: async () => undefined }, bait);
    let met = 0;
    for (let round = 0; round < 40; round++) {
      const profile = makeProfile(parent, owner);
      const seeded = join(dataOf(profile), 'Local State');
      // Give the racer a few milliseconds to strike.
      for (let i = 0; i < 20 && !lstatSync(seeded, { throwIfNoEntry: false })?.isSymbolicLink(); i++) await wait(1);
      if (lstatSync(seeded, { throwIfNoEntry: false })?.isSymbolicLink()) met += 1;
      await removeProfile({ files: systemFiles, wait: async () => undefined }, profile);
      rootsOwn();
    }
    expect(met).toBeGreaterThan(10); // otherwise the racer was not running
  });

  it('is deleted without following links', async () => {
    for (let round = 0; round < 12; round++) {
      const profile = makeProfile(parent, owner);
      race(EXCHANGER, dataOf(profile), target);
      for (let i = 0; i < 500 && !existsSync(join(dataOf(profile), 'ready')); i++) await wait(5);
      await removeProfile({ files: systemFiles, wait: async () => undefined }, profile);
      racer?.kill('SIGKILL');
      rootsOwn();
    }
  });

  it('gives up a download only when it is a file of the account, whatever it is swapped for', () => {
    const from = join(parent, 'drop');
    mkdirSync(from);
    chownSync(from, owner.uid, owner.gid);
    const secret = join(target, 'canari');
    race(SWAPPER, join(from, 'one'), secret);
    const to = join(parent, 'taken');
    const counts = { taken: 0, refused: 0 };
    const tried = (): boolean => counts.taken > 10 && counts.refused > 1_000;
    for (const endMs = performance.now() + 40_000; performance.now() < endMs && !tried();) {
      if (takeFileFrom(join(from, 'one'), to, owner)) {
        expect(lstatSync(to)).toMatchObject({ uid: owner.uid, nlink: 1 });
        expect(readFileSync(to, 'utf8')).not.toContain('root');
        rmSync(to);
        counts.taken += 1;
      } else {
        expect(existsSync(to)).toBe(false);
        counts.refused += 1;
      }
    }
    expect(tried(), JSON.stringify(counts)).toBe(true);
    rootsOwn();
  });
});

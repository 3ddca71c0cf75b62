/** The groups of each browser's account, in the arguments that its start gets. */
import { EventEmitter } from 'node:events';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { shareAccount } from '../../../main/platform/accounts.ts';
import { systemClock } from '../../../main/platform/clock.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { findGroup } from '../../../main/platform/users.ts';
import { startBrowser } from '../../../main/shell/chromium/browser-process.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'pn-groups-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const account = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
const groupsOf = async (role: 'kiosk-view' | 'guest', soundGroup: number | undefined): Promise<readonly string[]> => {
  let given: readonly string[] = [];
  const started = startBrowser(
    {
      clock: systemClock,
      files: systemFiles,
      spawn(_program, args) {
        given = args;
        const pipes = { stdio: [null, null, null, new PassThrough(), new PassThrough()] };
        const child = Object.assign(new EventEmitter(), pipes) as unknown as ChildProcess;
        setImmediate(() => child.emit('exit', 1));
        return child;
      },
      program: '/nonexistent/chromium',
      folder,
      accounts: shareAccount(account),
      soundGroup,
      smallSharedMemory: false,
      inUse: new Set(),
      extraSwitches: () => [],
    },
    { role, window: { x: 0, y: 0, width: 800, height: 600 } },
  );
  await expect(started).rejects.toThrow('ne démarre pas');
  return given.filter((one) => /^--(clear-)?groups/.test(one));
};

it('our screens may use the sound devices, and a site has no group but its own', async () => {
  expect(await groupsOf('kiosk-view', 29)).toEqual(['--groups=29']);
  expect(await groupsOf('guest', 29)).toEqual(['--clear-groups']);
});

it('a machine without that group gives none to our screens', async () => {
  expect(await groupsOf('kiosk-view', undefined)).toEqual(['--clear-groups']);
});

it('a group is found by its whole name', () => {
  const file = join(folder, 'group');
  writeFileSync(file, 'root:x:0:\naudiophiles:x:7:\naudio:x:29:someone\n');
  expect(findGroup('audio', file)).toBe(29);
  expect(findGroup('sound', file)).toBeUndefined();
});

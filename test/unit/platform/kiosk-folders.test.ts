import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  closeKioskFolders,
  markRunning,
  openKioskFolders,
  purgeKioskFolders,
} from '../../../main/platform/kiosk-folders.ts';
import { chooseMemoryFolder, fallbackFolder } from '../../../main/platform/memory-folder.ts';

/** No process ever has this number. */
const DEAD = 'pn-session-4194304-1-aaaaaa';
const hasMemory = process.platform === 'linux';

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'pn-folders-'));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

describe('the folder of a session', () => {
  it.skipIf(!hasMemory)('is in memory where there is such a file system', () => {
    expect(chooseMemoryFolder([undefined, '', '/proc/nothing', '/dev/shm'])).toEqual({
      path: '/dev/shm',
      inMemory: true,
    });
  });

  it('says aloud when it had to be on a disk', async () => {
    const folders = await openKioskFolders({ state: join(base, 'state'), memory: [join(base, 'missing')] });
    expect(folders.sessionInMemory).toBe(false);
    expect(folders.session.startsWith(fallbackFolder())).toBe(true);
    await closeKioskFolders(folders);
  });

  it('of an earlier run is purged wherever it had to be then, and that run was interrupted', async () => {
    const places = { state: join(base, 'state'), memory: [base, '/dev/shm'] };
    for (const parent of [base, fallbackFolder()]) {
      mkdirSync(join(parent, DEAD, 'vault'), { recursive: true });
      writeFileSync(join(parent, DEAD, 'vault', 'a.sealed'), 'x');
    }
    expect(await purgeKioskFolders(places)).toBe(true);
    expect(readdirSync(base)).toEqual([]);
    expect(readdirSync(fallbackFolder())).not.toContain(DEAD);
    expect(await purgeKioskFolders(places)).toBe(false);
  });

  it('is gone after a power cut, and the run is known to have been interrupted all the same', async () => {
    const places = { state: join(base, 'state'), memory: [] };
    const folders = await openKioskFolders(places);
    await markRunning(folders);
    expect(await purgeKioskFolders(places)).toBe(false); // it runs
    writeFileSync(join(places.state, 'running'), '4194304-1-');
    expect(await purgeKioskFolders(places)).toBe(true);
    await markRunning(folders);
    await closeKioskFolders(folders);
    expect(readdirSync(places.state)).toEqual([]);
    expect(await purgeKioskFolders(places)).toBe(false); // it ended in order
  });

  it('of a kiosk that runs is left alone', async () => {
    const places = { state: join(base, 'state'), memory: [] };
    const folders = await openKioskFolders(places);
    expect(await purgeKioskFolders(places)).toBe(false);
    expect(readdirSync(folders.session)).toEqual([]);
    await closeKioskFolders(folders);
  });
});

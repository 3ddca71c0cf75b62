import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  closeKioskFolders,
  dropKioskFolders,
  markRunning,
  openKioskFolders,
  purgeKioskFolders,
  type FolderPlaces,
  type KioskFolders,
} from '../../../main/platform/kiosk-folders.ts';
import { chooseMemoryFolder, fallbackFolder } from '../../../main/platform/memory-folder.ts';

/** The mark of a dead run: no process ever has this pid. */
const DEAD = 'pn-session-4194304-1-aaaaaa';
const hasMemory = process.platform === 'linux';

const openedAt = async (places: FolderPlaces): Promise<KioskFolders> => {
  const opened = await openKioskFolders(places);
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
};

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'pn-folders-'));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

describe('the folder of a session', () => {
  it.skipIf(!hasMemory)('is on a memory file system where there is one', () => {
    expect(chooseMemoryFolder([undefined, '', '/proc/nothing', '/dev/shm'])).toEqual({
      path: '/dev/shm',
      memory: 'used',
    });
  });

  it('reports that it is on a disk when there is no memory file system', async () => {
    const folders = await openedAt({ state: join(base, 'state'), memory: [join(base, 'missing')] });
    expect(folders.memory).toBe('missing');
    expect(folders.session.startsWith(fallbackFolder())).toBe(true);
    await closeKioskFolders(folders);
  });

  it('of an earlier run is purged in every place, and the run is reported as interrupted', async () => {
    const places = { state: join(base, 'state'), memory: [base, '/dev/shm'] };
    for (const parent of [base, fallbackFolder()]) {
      mkdirSync(join(parent, DEAD, 'vault'), { recursive: true });
      writeFileSync(join(parent, DEAD, 'vault', 'a.sealed'), 'x');
    }
    expect(await purgeKioskFolders(places)).toEqual({ interrupted: true, left: 0 });
    expect(readdirSync(base)).toEqual([]);
    expect(readdirSync(fallbackFolder())).not.toContain(DEAD);
    expect(await purgeKioskFolders(places)).toEqual({ interrupted: false, left: 0 });
  });

  it('is gone after a power cut, and the run is still reported as interrupted', async () => {
    const places = { state: join(base, 'state'), memory: [] };
    const folders = await openedAt(places);
    await markRunning(folders);
    expect(await purgeKioskFolders(places)).toEqual({ interrupted: false, left: 0 }); // still running
    writeFileSync(join(places.state, 'running'), '4194304-1-');
    expect(await purgeKioskFolders(places)).toEqual({ interrupted: true, left: 0 });
    await markRunning(folders);
    await closeKioskFolders(folders);
    expect(readdirSync(places.state)).toEqual([]);
    expect(await purgeKioskFolders(places)).toEqual({ interrupted: false, left: 0 }); // ended properly
  });

  it('is dropped at a shutdown of the system, and that run does not count as interrupted', async () => {
    const places = { state: join(base, 'state'), memory: [] };
    const folders = await openedAt(places);
    await markRunning(folders);
    writeFileSync(join(folders.session, 'a.sealed'), 'x');
    dropKioskFolders(folders);
    expect(readdirSync(fallbackFolder())).not.toContain(basename(folders.session));
    expect(readdirSync(places.state)).toEqual([]);
    expect(await purgeKioskFolders(places)).toEqual({ interrupted: false, left: 0 });
    dropKioskFolders(folders); // called twice
  });

  it('leaves the mark of another run', async () => {
    const folders = await openedAt({ state: join(base, 'state'), memory: [] });
    writeFileSync(join(folders.state, 'running'), '4194304-1-');
    dropKioskFolders(folders);
    expect(readdirSync(folders.state)).toEqual(['running']);
  });

  it('of a running kiosk is left alone', async () => {
    const places = { state: join(base, 'state'), memory: [] };
    const folders = await openedAt(places);
    expect(await purgeKioskFolders(places)).toEqual({ interrupted: false, left: 0 });
    expect(readdirSync(folders.session)).toEqual([]);
    await closeKioskFolders(folders);
  });

  it('that cannot be created anywhere is an error with the system’s error code', async () => {
    const temporary = process.env['TMPDIR'];
    const file = join(base, 'a-file');
    writeFileSync(file, '');
    process.env['TMPDIR'] = file;
    try {
      const opened = await openKioskFolders({ state: join(base, 'state'), memory: [file] });
      expect(opened).toMatchObject({ ok: false, error: { code: 'ENOTDIR' } });
    } finally {
      if (temporary === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = temporary;
    }
  });

  it('is created even if the state folder cannot be, and marking the run returns the error', async () => {
    writeFileSync(join(base, 'a-file'), '');
    const folders = await openedAt({ state: join(base, 'a-file', 'state'), memory: [] });
    expect(await markRunning(folders)).toMatchObject({ ok: false, error: { code: 'ENOTDIR' } });
    await closeKioskFolders(folders);
  });
});

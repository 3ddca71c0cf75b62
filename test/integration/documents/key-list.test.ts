/** The list of files on a key, read from a real folder in place of a mounted key. */
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fail, ok } from '../../../main/contract/result.ts';
import { judgeKeyFile } from '../../../main/features/documents/judge-key-file.ts';
import { createUdisksKeys } from '../../../main/devices/udisks/udisks-keys.ts';
import { systemClock } from '../../../main/platform/clock.ts';
import { systemFiles, type Files } from '../../../main/platform/files.ts';
import { follow } from '../../../main/platform/follow.ts';
import { run } from '../../../main/platform/run.ts';
import { holdFolder, keyDevice } from '../../harness/machines/key-device.ts';

const over = new AbortController().signal;
let at: string;
beforeEach(async () => void (at = await mkdtemp(join(tmpdir(), 'key-'))));
afterEach(() => rm(at, { recursive: true, force: true }));

const device = keyDevice();
const put = async (...names: string[]): Promise<void> => {
  for (const name of names) {
    await mkdir(dirname(join(at, name)), { recursive: true });
    await writeFile(join(at, name), 'x');
  }
};
const crowd = async (make: (n: number) => Promise<unknown>): Promise<void> => {
  for (let n = 0; n < 6_000; n += 100) await Promise.all(Array.from({ length: 100 }, (_, more) => make(n + more)));
};
const denied = (path: string) => fail({ kind: 'denied', path, code: 'EACCES' } as const);
const keysWith = (files: Files) =>
  createUdisksKeys({
    run,
    files,
    clock: systemClock,
    follow,
    judge: judgeKeyFile,
    listDevices: async () => [device],
    mounting: { mount: async () => ok(at), hold: holdFolder, unmount: async () => true },
  });
const opened = async (files: Files = systemFiles) => {
  const key = await keysWith(files).open(device.id, over);
  if (!key.ok) throw new Error(key.error);
  return key.value;
};

it('lists every file in every folder, with the reason when it cannot be opened', async () => {
  await put('CV.pdf', 'DCIM/100APPLE/IMG_1.HEIC', 'Caf/2025/avis.docx', 'Caf/budget.xlsx', 'setup.exe', 'sans-fin');
  await put('.cache/x.pdf', 'System Volume Information/IndexerVolumeGuid', 'Thumbs.db');
  await put('film.pdf');
  await truncate(join(at, 'film.pdf'), 90_000_000);
  await symlink('/etc/passwd', join(at, 'lien.pdf'));
  const { files, more } = await opened();
  expect(more).toBe(false);
  expect(files.map(({ folder, name, kind, refused }) => [folder, name, refused ?? kind])).toEqual([
    ['', 'CV.pdf', 'pdf'],
    ['', 'film.pdf', 'too-large'],
    ['', 'lien.pdf', 'unknown'],
    ['', 'sans-fin', 'other'],
    ['', 'setup.exe', 'program'],
    ['Caf', 'budget.xlsx', 'office'],
    ['Caf/2025', 'avis.docx', 'letter'],
    ['DCIM/100APPLE', 'IMG_1.HEIC', 'picture'],
  ]);
});

it('reports that there are more files than it lists', async () => {
  await put(...Array.from({ length: 501 }, (_, n) => `a/${n}.jpg`));
  const many = await opened();
  expect([many.files.length, many.more]).toEqual([500, true]);
  await rm(join(at, 'a'), { recursive: true });
  await put('1/2/3/4/5/6/7/8/seen.pdf', '1/2/3/4/5/6/7/8/9/unseen.pdf');
  const deep = await opened();
  expect([deep.files.map(({ name }) => name), deep.more]).toEqual([['seen.pdf'], true]);
});

/** A small PC's main process must survive these: the sizes here are above the bounds, and below what fills a disk. */
it.each([
  ['empty files in one folder', async () => void (await crowd((n) => writeFile(join(at, `.${n}`), '')))],
  ['empty folders', async () => void (await crowd((n) => mkdir(join(at, `${n}`))))],
])('stops in the middle of a key with endless %s', async (_what, fill) => {
  await fill();
  const read = { entries: 0, folders: 0 };
  const counting: Files = {
    ...systemFiles,
    async list(folder) {
      const listed = await systemFiles.list(folder);
      read.folders += 1;
      read.entries += listed.ok ? listed.value.length : 0;
      return listed;
    },
    async listUpTo(folder, max) {
      const listed = await systemFiles.listUpTo(folder, max);
      read.folders += 1;
      read.entries += listed.ok ? listed.value.entries.length : 0;
      return listed;
    },
  };
  const { files, more } = await opened(counting);
  expect([files.length, more]).toEqual([0, true]);
  expect(read.entries).toBeLessThanOrEqual(5_000);
  expect(read.folders).toBeLessThanOrEqual(500);
});

it('counts unreadable folders as files', async () => {
  for (let n = 0; n < 300; n += 1) await put(`a/${n}.jpg`);
  for (let n = 0; n < 300; n += 1) await mkdir(join(at, 'closed', `${n}`), { recursive: true });
  const refusing: Files = {
    ...systemFiles,
    // Tests run as root, whom no mode keeps out.
    list: async (folder) => (/closed.\d/.test(folder) ? denied(folder) : systemFiles.list(folder)),
    listUpTo: async (folder, max) => (/closed.\d/.test(folder) ? denied(folder) : systemFiles.listUpTo(folder, max)),
  };
  const { files, more } = await opened(refusing);
  expect([files.length, more]).toEqual([500, true]);
});

it('stops when the session ends', async () => {
  await put('a/1.jpg', 'b/2.jpg', 'c/3.jpg');
  const session = new AbortController();
  const looked: string[] = [];
  const slow: Files = {
    ...systemFiles,
    async lstat(path) {
      looked.push(path);
      session.abort();
      return systemFiles.lstat(path);
    },
  };
  expect((await keysWith(slow).open(device.id, session.signal)).ok).toBe(false);
  expect(looked).toHaveLength(1);
});

it('names a copy without reading a folder that may be endless', async () => {
  await put('CV.pdf', 'CV (2).pdf');
  const copy = [{ name: 'CV.pdf', bytes: new Uint8Array(1) }];
  const blind: Files = {
    ...systemFiles,
    list: () => Promise.reject(new Error('the whole folder was read')),
    listUpTo: () => Promise.reject(new Error('the folder was read')),
  };
  expect(await keysWith(blind).write(device.id, copy, () => undefined, over)).toEqual({ ok: true, value: null });
  expect((await readdir(at)).sort()).toEqual(['CV (2).pdf', 'CV (3).pdf', 'CV.pdf']);
  expect(await readFile(join(at, 'CV (2).pdf'), 'utf8')).toBe('x');
});

/** The list of files on a key, read from a real folder in place of a mounted key. */
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ok } from '../../../main/contract/result.ts';
import { judgeKeyFile } from '../../../main/features/documents/judge-key-file.ts';
import { createUdisksKeys } from '../../../main/devices/udisks/udisks-keys.ts';
import { systemClock } from '../../../main/platform/clock.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { follow } from '../../../main/platform/follow.ts';
import { run } from '../../../main/platform/run.ts';

const over = new AbortController().signal;
let at: string;
beforeEach(async () => void (at = await mkdtemp(join(tmpdir(), 'key-'))));
afterEach(() => rm(at, { recursive: true, force: true }));

const device = { path: '/dev/key', fileSystem: 'vfat', sizeBytes: 1, readOnly: false, mountedAt: undefined };
const put = async (...names: string[]): Promise<void> => {
  for (const name of names) {
    await mkdir(dirname(join(at, name)), { recursive: true });
    await writeFile(join(at, name), 'x');
  }
};
const opened = async () => {
  const keys = createUdisksKeys({
    run,
    files: systemFiles,
    clock: systemClock,
    follow,
    judge: judgeKeyFile,
    listDevices: async () => [device],
    mounting: { mount: async () => ok(at), unmount: async () => true },
  });
  const key = await keys.open(over);
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

/** Real key images: FAT32 and ext4, loop-mounted with the options of the product. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { judgeKeyFile } from '../../../main/features/documents/judge-key-file.ts';
import { createUdisksKeys } from '../../../main/devices/udisks/udisks-keys.ts';
import type { Mounting } from '../../../main/devices/udisks/udisks-mounting.ts';
import type { BlockDevice } from '../../../main/devices/udisks/block-devices.ts';
import { fail, ok } from '../../../main/contract/result.ts';
import { systemClock } from '../../../main/platform/clock.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { follow } from '../../../main/platform/follow.ts';
import { holdMount } from '../../../main/platform/held-mount.ts';
import { run } from '../../../main/platform/run.ts';
import { keyDevice } from '../../harness/machines/key-device.ts';

const over = new AbortController().signal;
const folder = await mkdtemp(join(tmpdir(), 'usb-'));
const sh = async (...command: string[]): Promise<boolean> =>
  (await run(command[0]!, command.slice(1), { timeoutMs: 20_000 })).ok;

/** `mount -o loop` in place of udisks, with the same options. */
const loopMounting = (image: string): Mounting & { at: string } => ({
  at: join(folder, 'at'),
  async mount(_device, writable) {
    await sh('mkdir', '-p', this.at);
    return (await sh('mount', '-o', `loop,nosuid,nodev,noexec,${writable ? 'rw' : 'ro'}`, image, this.at))
      ? ok(this.at)
      : fail('unreadable');
  },
  hold: holdMount,
  async unmount() {
    return sh('umount', this.at);
  },
});

const makeKey = async (make: string[], sizeMb: number): Promise<string> => {
  const image = join(folder, `key-${make[0]}-${sizeMb}.img`);
  await sh('truncate', '-s', `${sizeMb}M`, image);
  await sh(make[0]!, ...make.slice(1), image);
  return image;
};

const kinds = [
  { name: 'FAT32', make: ['mkfs.vfat', '-F', '32'], sizeMb: 40 },
  { name: 'ext4', make: ['mkfs.ext4', '-q', '-E', 'root_owner=0:0'], sizeMb: 16 },
];
const able: typeof kinds = [];
for (const kind of kinds) {
  const mounting = loopMounting(await makeKey(kind.make, kind.sizeMb));
  const mounted = await mounting.mount({} as BlockDevice, false);
  if (mounted.ok) {
    await mounting.unmount({} as BlockDevice);
    able.push(kind);
  } else console.warn(`SKIPPED: this system can't loop-mount ${kind.name}; that kind of key was not tested`);
}
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(able)('a $name key', ({ make, sizeMb }) => {
  const pluggedKey = async () => {
    const mounting = loopMounting(await makeKey(make, sizeMb));
    const device = keyDevice();
    const keys = createUdisksKeys({
      run,
      files: systemFiles,
      clock: systemClock,
      follow,
      judge: judgeKeyFile,
      listDevices: async () => [device],
      mounting,
    });
    return { keys, mounting };
  };

  it('is written, flushed, released, and read again', async () => {
    const { keys, mounting } = await pluggedKey();
    const content = new TextEncoder().encode('%PDF-1.7 canari');
    expect(
      (
        await keys.write(
          'key',
          [
            { name: 'Attestation Caf – octobre 2026.pdf', bytes: content },
            { name: 'setup.exe.pdf', bytes: content },
          ],
          () => undefined,
          over,
        )
      ).ok,
    ).toBe(true);
    await keys.release();
    expect(await keys.leftovers()).toEqual([]);
    const opened = await keys.open('key', over);
    if (!opened.ok) throw new Error(opened.error);
    expect(opened.value.files.map((file) => file.name).sort()).toEqual([
      'Attestation Caf – octobre 2026.pdf',
      'setup.exe.pdf',
    ]);
    const read = await keys.read('key', opened.value.files[0]!, 1000, over);
    expect(read.ok && Buffer.from(read.value).toString()).toContain('canari');
    expect(await keys.read('key', opened.value.files[0]!, 3, over)).toEqual({ ok: false, error: 'too-large' });
    // Read-only and noexec.
    const options = await run('findmnt', ['-no', 'OPTIONS', mounting.at], { timeoutMs: 5_000 });
    if (options.ok)
      for (const word of ['ro', 'nosuid', 'nodev', 'noexec'])
        expect(options.value.stdout.toString().trim().split(',')).toContain(word);
    await keys.release();
  });

  it('that is unmounted during a write leaves nothing on the machine’s own disk', async () => {
    const { keys, mounting } = await pluggedKey();
    const files = ['a', 'b', 'c'].map((name) => ({ name: `${name}.pdf`, bytes: new Uint8Array(1000) }));
    const written = await keys.write(
      'key',
      files,
      // As udisks does with a key that is pulled out.
      (count) => count === 1 && execFileSync('umount', ['--lazy', mounting.at]),
      over,
    );
    expect(await readdir(mounting.at)).toEqual([]);
    // This key still answers, so that all its files went to it.
    expect(written).toEqual({ ok: true, value: null });
    await keys.release();
    const again = await keys.write('key', [], () => undefined, over);
    expect(again.ok).toBe(true);
    expect((await readdir(mounting.at)).filter((name) => name.endsWith('.pdf'))).toEqual(['a.pdf', 'b.pdf', 'c.pdf']);
    await keys.release();
  });

  it('whose mount point is empty is written to no more', async () => {
    const { keys, mounting } = await pluggedKey();
    mounting.mount = async () => ok(folder);
    const written = await keys.write('key', [{ name: 'a.pdf', bytes: new Uint8Array(1) }], () => undefined, over);
    expect(written).toEqual({ ok: false, error: 'pulled-out' });
    expect(await readdir(folder)).not.toContain('a.pdf');
  });

  it('that is full is reported, and no partial file stays', async () => {
    const { keys } = await pluggedKey();
    const small = new Uint8Array(1000);
    const written = await keys.write(
      'key',
      [
        { name: 'a.pdf', bytes: small },
        { name: 'b.pdf', bytes: new Uint8Array(sizeMb * 1_200_000) },
      ],
      () => undefined,
      over,
    );
    expect(written).toEqual({ ok: false, error: 'full' });
    const opened = await keys.open('key', over);
    expect(opened.ok && opened.value.files).toEqual([]);
    await keys.release();
  });
});

describe.skipIf(!able.some(({ name }) => name === 'ext4'))('a key that lies about its links', () => {
  const secret = join(folder, 'secret.pdf');
  /** Changes the type of an entry (name length, type, name), and leaves the link as it is. */
  const lie = async (image: string, name: string, type: number): Promise<void> => {
    const bytes = await readFile(image);
    const entry = bytes.indexOf(Buffer.concat([Buffer.of(name.length, 7), Buffer.from(name)]));
    expect(entry).toBeGreaterThan(0);
    bytes[entry + 1] = type;
    await writeFile(image, bytes);
  };

  it('shows no file of the machine, as a file or in a folder', async () => {
    await writeFile(secret, '%PDF-1.7 of the machine');
    const image = await makeKey(['mkfs.ext4', '-q', '-O', '^metadata_csum'], 16);
    const mounting = loopMounting(image);
    await mounting.mount({} as BlockDevice, true);
    await symlink(secret, join(mounting.at, 'CV.pdf'));
    await symlink(folder, join(mounting.at, 'photos'));
    await mounting.unmount({} as BlockDevice);
    await lie(image, 'CV.pdf', 1);
    await lie(image, 'photos', 2);
    const device = keyDevice({ fileSystem: 'ext4' });
    const keys = createUdisksKeys({
      run,
      files: systemFiles,
      clock: systemClock,
      follow,
      judge: judgeKeyFile,
      listDevices: async () => [device],
      mounting,
    });
    const opened = await keys.open('key', over);
    if (!opened.ok) throw new Error(opened.error);
    const listed = await systemFiles.list(mounting.at);
    expect(listed.ok && listed.value.map(({ name, kind }) => [name, kind])).toEqual(
      expect.arrayContaining([
        ['CV.pdf', 'file'],
        ['photos', 'folder'],
      ]),
    );
    expect(opened.value.files.map(({ name, folder: where, refused }) => [name, where, refused])).toEqual([
      ['CV.pdf', '', 'unknown'],
      ['photos', '', 'unknown'],
    ]);
    const file = opened.value.files[0]!;
    for (const path of [file.path, join(mounting.at, 'photos/secret.pdf'), secret])
      expect((await keys.read('key', { ...file, path }, 1_000, over)).ok, path).toBe(false);
    await keys.release();
  });
});

it('a write-protected key and a removed key give different errors', async () => {
  const keys = (devices: readonly BlockDevice[]) =>
    createUdisksKeys({
      run,
      files: systemFiles,
      clock: systemClock,
      follow,
      judge: judgeKeyFile,
      listDevices: async () => devices,
    });
  const locked = keyDevice({ readOnly: true });
  expect(await keys([locked]).write('key', [], () => undefined, over)).toEqual({ ok: false, error: 'write-protected' });
  expect(await keys([]).write('key', [], () => undefined, over)).toEqual({ ok: false, error: 'pulled-out' });
  expect(await keys([]).open('key', over)).toEqual({ ok: false, error: 'pulled-out' });
});

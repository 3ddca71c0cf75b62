/** The udisks adapter with simulated mounts: its files are in a temporary folder. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fail, ok, type Result } from '../../../main/contract/result.ts';
import type { BlockDevice } from '../../../main/devices/udisks/block-devices.ts';
import { createUdisksKeys } from '../../../main/devices/udisks/udisks-keys.ts';
import { udisksMounting } from '../../../main/devices/udisks/udisks-mounting.ts';
import type { KeyFault } from '../../../main/devices/usb-keys.ts';
import { judgeKeyFile } from '../../../main/features/documents/judge-key-file.ts';
import { systemFiles, type FileFailure } from '../../../main/platform/files.ts';
import type { Run, RunFailure } from '../../../main/platform/run.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { holdFolder, keyDevice } from '../../harness/machines/key-device.ts';

let at: string;
beforeEach(() => void (at = mkdtempSync(join(tmpdir(), 'key-'))));
afterEach(() => rmSync(at, { recursive: true, force: true }));

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

/** A key whose mounts last as long as the test wants, and which may be busy. `mountedAt` is what the machine says. */
const createFixture = (mountedAt?: string, files = systemFiles, facts: Partial<BlockDevice> = {}) => {
  const port = { busy: false, plugged: true, mountedAt, calls: [] as string[] };
  let mounts: Promise<void> = Promise.resolve();
  const device = (): BlockDevice => keyDevice({ ...facts, mountedAt: port.mountedAt });
  const keys = createUdisksKeys({
    run: async (program) => {
      port.calls.push(program);
      return ok({ stdout: Buffer.alloc(0), stderr: '' });
    },
    files,
    clock: createManualClock(),
    follow: () => () => undefined,
    judge: judgeKeyFile,
    listDevices: async () => (port.plugged ? [device()] : []),
    mounting: {
      async mount(): Promise<Result<string, KeyFault>> {
        await mounts;
        port.calls.push('mounted');
        port.mountedAt = '/media/kiosk/KEY';
        return ok(at);
      },
      hold: async (top) => (port.plugged ? holdFolder(top) : fail('not-mounted')),
      async unmount() {
        port.calls.push(port.busy ? 'busy' : 'unmounted');
        if (port.busy || !port.plugged) return false;
        port.mountedAt = undefined;
        return true;
      },
    },
  });
  const holdMounts = (): (() => void) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    mounts = promise;
    return resolve;
  };
  return { keys, port, holdMounts };
};
const paper = (name: string) => ({ name, bytes: new Uint8Array(1_000) });
const on = () => new AbortController();

describe('what the audit reads', () => {
  it('a key that is busy when it is unmounted stays a leftover, until an unmount succeeds', async () => {
    const { keys, port } = createFixture();
    await keys.open('key', on().signal);
    port.busy = true;
    await keys.release();
    expect(await keys.leftovers()).toHaveLength(1);
    port.busy = false;
    await keys.release();
    expect(await keys.leftovers()).toEqual([]);
  });

  it('a key that an earlier run left mounted is a leftover too, and is unmounted without being opened', async () => {
    const { keys, port } = createFixture('/media/kiosk/KEY');
    expect(await keys.leftovers()).toHaveLength(1);
    await keys.release();
    expect(port.calls).toEqual(['unmounted']);
    expect(await keys.leftovers()).toEqual([]);
  });

  it('a key that is unmounted after all, although the answer said no, is no leftover at the next release', async () => {
    const { keys, port } = createFixture();
    await keys.open('key', on().signal);
    port.busy = true;
    await keys.release();
    port.mountedAt = undefined;
    await keys.release();
    expect(await keys.leftovers()).toEqual([]);
  });

  it('a machine that does not answer may still have a key mounted', async () => {
    const answers = (answer: RunFailure) =>
      createUdisksKeys({
        run: async () => fail(answer),
        files: systemFiles,
        clock: createManualClock(),
        follow: () => () => undefined,
        judge: judgeKeyFile,
      }).leftovers();
    const output = { stdout: Buffer.alloc(0), stderr: '' };
    expect(await answers({ kind: 'timeout', output })).toHaveLength(1);
    expect(await answers({ kind: 'missing', program: 'lsblk' })).toEqual([]);
  });

  it('what the machine mounted for itself is none of ours', async () => {
    const { keys, port } = createFixture('/');
    await keys.release();
    expect(port.calls).toEqual([]);
    expect(await keys.leftovers()).toEqual([]);
  });

  it('a key that was pulled out cannot be unmounted, and is no leftover', async () => {
    const { keys, port } = createFixture();
    await keys.open('key', on().signal);
    port.plugged = false;
    await keys.release();
    expect(await keys.leftovers()).toEqual([]);
  });
});

it('a key that is pulled out while it is listed is not said to be empty', async () => {
  const { keys, port, holdMounts } = createFixture();
  const mounts = holdMounts();
  const opening = keys.open('key', on().signal);
  await settled();
  port.plugged = false;
  mounts();
  expect(await opening).toEqual(fail('pulled-out'));
});

it('a key on which nothing can be read is said to be one, and is never mounted', async () => {
  const { keys, port } = createFixture(undefined, systemFiles, { readable: false });
  expect(await keys.open('key', on().signal)).toEqual(fail('unknown-format'));
  expect(await keys.write('key', [paper('a.pdf')], () => undefined, on().signal)).toEqual(fail('unknown-format'));
  expect(port.calls).toEqual([]);
  port.plugged = false;
  expect(await keys.open('key', on().signal)).toEqual(fail('pulled-out'));
});

describe('a file that cannot be read', () => {
  const reading = async (failure: Pick<FileFailure, 'kind' | 'code'>, { pulled = false } = {}) => {
    writeFileSync(join(at, 'plan.pdf'), 'x');
    const { keys, port } = createFixture(undefined, {
      ...systemFiles,
      async readUpTo(path) {
        port.plugged = !pulled;
        return fail({ ...failure, path });
      },
    });
    const opened = await keys.open('key', on().signal);
    const [file] = opened.ok ? opened.value.files : [];
    return keys.read('key', file!, 100, on().signal);
  };

  it.each([
    ['a bad block', { kind: 'other', code: 'EIO' }],
    ['a file of another account', { kind: 'denied', code: 'EACCES' }],
  ] as const)('on a key that is still in is the fault of this file (%s)', async (_why, failure) => {
    expect(await reading(failure)).toEqual(fail('damaged'));
  });

  it('on a key that is out is the removal of the key', async () => {
    expect(await reading({ kind: 'denied', code: 'EACCES' }, { pulled: true })).toEqual(fail('pulled-out'));
  });
});

describe('a session that ends', () => {
  it.each(['open', 'write'] as const)('during the mount of an %s: it is awaited, then undone', async (what) => {
    const { keys, port, holdMounts } = createFixture();
    const mounts = holdMounts();
    const over = on();
    const work =
      what === 'open'
        ? keys.open('key', over.signal)
        : keys.write('key', [paper('a.pdf')], () => undefined, over.signal);
    await settled();
    over.abort();
    const released = keys.release();
    await settled();
    expect(await keys.leftovers()).toHaveLength(1);
    mounts();
    await released;
    expect((await work).ok).toBe(false);
    expect(port.calls).toEqual(['mounted', 'unmounted']);
    expect(await keys.leftovers()).toEqual([]);
    expect(readdirSync(at)).toEqual([]);
  });

  it('during a copy: the copy stops, leaves nothing on the key, and only then is the key unmounted', async () => {
    const { keys, port } = createFixture();
    const over = on();
    let released: Promise<void> | undefined;
    const onDone = (): void => {
      over.abort();
      released ??= keys.release();
    };
    const written = await keys.write('key', [paper('a.pdf'), paper('b.pdf'), paper('c.pdf')], onDone, over.signal);
    expect(written.ok).toBe(false);
    expect(readdirSync(at)).toEqual([]);
    await released;
    expect(port.calls).toEqual(['mounted', 'unmounted']);
  });

  it('during the reading of a file: the reading stops, and the key is unmounted', async () => {
    const over = on();
    const { keys, port } = createFixture(undefined, {
      ...systemFiles,
      async readUpTo(...what) {
        const read = systemFiles.readUpTo(...what);
        over.abort();
        return read;
      },
    });
    writeFileSync(join(at, 'plan.pdf'), new Uint8Array(20_000_000));
    const opened = await keys.open('key', over.signal);
    const [file] = opened.ok ? opened.value.files : [];
    const read = await keys.read('key', file!, 80_000_000, over.signal);
    expect(read.ok ? 'all' : read.error).toBe('pulled-out');
    await keys.release();
    expect(port.calls).toEqual(['mounted', 'unmounted']);
  });

  it('before a copy or a look begins: nothing is mounted', async () => {
    const { keys, port } = createFixture();
    const over = on();
    over.abort();
    expect((await keys.write('key', [paper('a.pdf')], () => undefined, over.signal)).ok).toBe(false);
    expect((await keys.open('key', over.signal)).ok).toBe(false);
    expect(port.calls).toEqual([]);
  });
});

describe('two keys', () => {
  const usb = (path: string, uuid: string, serial = '0000') => ({
    path,
    tran: 'usb',
    hotplug: true,
    serial,
    children: [{ path: `${path}1`, fstype: 'vfat', size: 1_000, hotplug: true, uuid }],
  });
  /** Keys as `lsblk` lists them, and a folder for what is written to each. */
  const plugged = (...disks: ReturnType<typeof usb>[]) => {
    const machine = {
      disks,
      answers: true,
      clock: createManualClock(),
      seen: [] as (readonly string[])[],
      unmounted: [] as string[],
    };
    const keys = createUdisksKeys({
      run: async (program) => {
        const listed = machine.answers ? JSON.stringify({ blockdevices: machine.disks }) : '';
        return ok({ stdout: Buffer.from(program === 'lsblk' ? listed : ''), stderr: '' });
      },
      files: systemFiles,
      clock: machine.clock,
      follow: () => () => undefined,
      judge: judgeKeyFile,
      mounting: {
        async mount({ path }) {
          const folder = join(at, path.slice('/dev/'.length));
          mkdirSync(folder, { recursive: true });
          return ok(folder);
        },
        hold: holdFolder,
        async unmount({ path }) {
          machine.unmounted.push(path);
          return true;
        },
      },
    });
    keys.watch((plugged) => machine.seen.push(plugged));
    /** The ids of the keys that are in. */
    const look = async (): Promise<readonly string[]> => {
      await settled();
      await machine.clock.advance(1_500);
      await settled();
      return machine.seen.at(-1) ?? [];
    };
    return { keys, machine, look };
  };

  it('are told apart, also when they have the same serial number or the same UUID', async () => {
    const { look } = plugged(usb('/dev/sdb', 'A'), usb('/dev/sdc', 'A'), usb('/dev/sdd', 'B'));
    expect(new Set(await look()).size).toBe(3);
  });

  it('one after the other in the same port are two', async () => {
    const { machine, look } = plugged(usb('/dev/sdb', 'A'));
    const [first] = await look();
    machine.disks = [usb('/dev/sdb', 'B')];
    const [second] = await look();
    machine.disks = [usb('/dev/sdb', 'B', '1111')];
    const [third] = await look();
    expect(new Set([first, second, third]).size).toBe(3);
  });

  it('only the one that is asked for is mounted, listed, read and written', async () => {
    const { keys, look } = plugged(usb('/dev/sdb', 'A'), usb('/dev/sdc', 'B'));
    const [old = '', mine = ''] = await look();
    mkdirSync(join(at, 'sdc1'));
    writeFileSync(join(at, 'sdc1', 'CV.pdf'), 'x');
    const opened = await keys.open(mine, on().signal);
    const [file] = opened.ok ? opened.value.files : [];
    expect(file?.name).toBe('CV.pdf');
    expect((await keys.read(old, file!, 100, on().signal)).ok).toBe(false);
    expect((await keys.read(mine, file!, 100, on().signal)).ok).toBe(true);
    expect((await keys.write(mine, [paper('a.pdf')], () => undefined, on().signal)).ok).toBe(true);
    expect(readdirSync(at)).toEqual(['sdc1']);
    expect(readdirSync(join(at, 'sdc1'))).toEqual(['CV.pdf', 'a.pdf']);
  });

  it('the removal of one leaves the other open', async () => {
    const { keys, machine, look } = plugged(usb('/dev/sdb', 'A'), usb('/dev/sdc', 'B'));
    const [, mine = ''] = await look();
    await keys.open(mine, on().signal);
    machine.disks = machine.disks.slice(1);
    expect(await look()).toEqual([mine]);
    expect(machine.unmounted).toEqual([]);
    machine.disks = [];
    expect(await look()).toEqual([]);
    expect(machine.unmounted).toEqual(['/dev/sdc1']);
  });

  it('nothing is written to a key that took the place of the one that is asked for', async () => {
    const { keys, machine, look } = plugged(usb('/dev/sdb', 'A'));
    const [mine = ''] = await look();
    await keys.open(mine, on().signal);
    machine.disks = [usb('/dev/sdb', 'B')];
    expect(await keys.write(mine, [paper('a.pdf')], () => undefined, on().signal)).toEqual({
      ok: false,
      error: 'pulled-out',
    });
    expect(readdirSync(join(at, 'sdb1'))).toEqual([]);
  });

  it('an answer of the machine that cannot be read changes nothing', async () => {
    const { machine, look } = plugged(usb('/dev/sdb', 'A'));
    const before = await look();
    machine.answers = false;
    expect(await look()).toEqual(before);
    machine.answers = true;
    await look();
    expect(machine.seen).toEqual([before]);
  });
});

describe('a mount whose driver dropped an option', () => {
  const mounted = async (fileSystem: string, held: string) => {
    const asked: string[] = [];
    const run: Run = async (program, args) => {
      asked.push(program === 'udisksctl' ? (args[0] ?? '') : program);
      const said = program === 'findmnt' ? `${held}\n` : 'Mounted /dev/key at /media/KEY\n';
      return ok({ stdout: Buffer.from(said), stderr: '' });
    };
    const device = keyDevice({ fileSystem });
    return { answer: await udisksMounting(run).mount(device, false), asked };
  };

  it.each(['ext2', 'ext3', 'ext4'])('that keeps links out (%s): the key is refused and unmounted', async (kind) => {
    expect(await mounted(kind, 'ro,nosuid,nodev,noexec')).toEqual({
      answer: { ok: false, error: 'unreadable' },
      asked: ['mount', 'findmnt', 'unmount'],
    });
    expect((await mounted(kind, 'ro,nosuid,nodev,noexec,nosymfollow')).answer.ok).toBe(true);
  });

  it.each(['vfat', 'exfat', 'ntfs'])('that keeps links out (%s): the key is read', async (kind) => {
    expect((await mounted(kind, 'ro,nosuid,nodev,noexec')).answer.ok).toBe(true);
    expect((await mounted(kind, 'ro,nosuid,nodev')).answer).toEqual({ ok: false, error: 'unreadable' });
  });

  it('is not asked again without it where it is needed', async () => {
    const asked: string[] = [];
    const run: Run = async (_program, args) => {
      asked.push(args.at(-1) ?? '');
      return fail({ kind: 'exit', code: 1, output: { stdout: Buffer.alloc(0), stderr: 'wrong fs type, bad option' } });
    };
    const device = keyDevice({ fileSystem: 'ext4' });
    expect(await udisksMounting(run).mount(device, false)).toEqual({ ok: false, error: 'unreadable' });
    expect(asked).toEqual(['nosuid,nodev,noexec,ro,nosymfollow']);
  });
});

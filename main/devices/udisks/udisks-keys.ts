/**
 * USB keys on Linux: detected with `lsblk` and mounted by udisks, so the kiosk needs no privilege (the installer's
 * polkit rule allows its account to mount keys and nothing else). Mounted read-only until files are copied to the key,
 * always `nosuid,nodev,noexec`, and `nosymfollow` where the file system has links and its driver supports it.
 */
import { join } from 'node:path';
import { fail, ok, type Result } from '../../contract/result.ts';
import { withTimeout, type Clock } from '../../platform/clock.ts';
import type { Files } from '../../platform/files.ts';
import type { Follow } from '../../platform/follow.ts';
import { oneAtATime } from '../../platform/one-at-a-time.ts';
import type { Run } from '../../platform/run.ts';
import type { FileFault, JudgedKeyFile, KeyFault, OpenKey, UsbKeys } from '../usb-keys.ts';
import { udisksMounting, type Mounting } from './udisks-mounting.ts';
import { isMountedByUdisks, keysAmong, LSBLK_COLUMNS, usbDevicesOf, type BlockDevice } from './block-devices.ts';
import { filesOnKey, keyFault } from './files-on-key.ts';
import { nameOnKey } from './names-on-key.ts';
import { watchKeys } from './watch-keys.ts';

export interface UdisksKeysDeps {
  readonly run: Run;
  readonly files: Files;
  readonly clock: Clock;
  readonly follow: Follow;
  /** Decides whether a file can be imported, and its kind. */
  readonly judge: (name: string, sizeBytes: number) => JudgedKeyFile;
  /** Lists what is on the USB disks, undefined when not known; tests supply a loop device. */
  readonly listDevices?: () => Promise<readonly BlockDevice[] | undefined>;
  /** Mounts and unmounts; tests use `mount` directly. */
  readonly mounting?: Mounting;
}

const SYNC_TIMEOUT_MS = 120_000;
const REMOVE_TIMEOUT_MS = 5_000;

export const createUdisksKeys = (deps: UdisksKeysDeps): UsbKeys => {
  const { run, files, clock } = deps;
  const mounting = deps.mounting ?? udisksMounting(run);
  /** Undefined: not known, because a device may be stuck. */
  const look =
    deps.listDevices ??
    (async () => {
      const answer = await run('lsblk', ['--json', '--bytes', '--output', LSBLK_COLUMNS], { timeoutMs: 5_000 });
      if (!answer.ok) return answer.error.kind === 'missing' ? [] : undefined;
      return usbDevicesOf(answer.value.stdout.toString('utf8'));
    });
  const find = async (key: string): Promise<BlockDevice | undefined> =>
    keysAmong((await look()) ?? []).find(({ id }) => id === key);
  const onKey = filesOnKey(deps);
  let open: { readonly device: BlockDevice; readonly at: string; readonly writable: boolean } | undefined;

  /** Otherwise a key would be unmounted while it is written, or mounted after the session's last unmount. */
  const inTurn = oneAtATime();
  let underWay = 0;
  const work = async <T, E>(over: AbortSignal, task: () => Promise<Result<T, E>>): Promise<Result<T, E | KeyFault>> => {
    underWay += 1;
    try {
      return await inTurn(async () => (over.aborted ? fail<KeyFault>('pulled-out') : await task()));
    } finally {
      underWay -= 1;
    }
  };

  /** A busy key stays open: only the machine knows whether it is unmounted. */
  const close = async (): Promise<void> => {
    if (open && (await mounting.unmount(open.device))) open = undefined;
    const devices = await look();
    if (!devices) return;
    // It may be unmounted after all (udisks was slow to answer), or pulled out.
    if (!devices.some(({ id, mountedAt }) => id === open?.device.id && mountedAt !== undefined)) open = undefined;
    for (const device of devices)
      if (isMountedByUdisks(device) && device.id !== open?.device.id) await mounting.unmount(device);
  };
  const release = (): Promise<void> => inTurn(close);
  /** The removal of another key leaves the open one as it is. */
  const onGone = (keys: readonly string[]): Promise<void> =>
    inTurn(async () => {
      if (open && keys.includes(open.device.id)) await close();
    });

  const mountAs = async (device: BlockDevice, writable: boolean): Promise<Result<string, KeyFault>> => {
    if (!device.readable) return fail('unknown-format');
    if (open && open.writable === writable && open.device.id === device.id) return ok(open.at);
    await close();
    if (open) return fail('slow'); // busy
    const at = await mounting.mount(device, writable);
    if (at.ok) open = { device, at: at.value, writable };
    return at;
  };

  /**
   * After a key is unplugged, drivers return arbitrary errors. Check whether it is still there before reporting a
   * fault.
   */
  const confirmedFault = async <F extends KeyFault | FileFault>(
    device: BlockDevice,
    fault: F,
  ): Promise<F | 'pulled-out'> => {
    if (fault === 'no-helper' || fault === 'not-allowed') return fault;
    return ((await find(device.id))?.sizeBytes ?? 0) > 0 ? fault : 'pulled-out';
  };

  /** Asks name by name: the key's folder may be too large to be read. */
  const freeName = async (top: string, wanted: string, over: AbortSignal): Promise<string> => {
    const taken = new Set<string>();
    for (;;) {
      const name = nameOnKey(wanted, taken);
      if (over.aborted || !(await files.lstat(join(top, name))).ok) return name;
      taken.add(name.toLowerCase());
    }
  };

  /** All or none: with half of the documents on the key, the person would believe that all were copied. */
  const writeAll = async (
    device: BlockDevice,
    top: string,
    list: Parameters<UsbKeys['write']>[1],
    onDone: (count: number) => void,
    over: AbortSignal,
  ): Promise<Result<null, KeyFault>> => {
    const written: string[] = [];
    const removeWritten = async (): Promise<void> => {
      for (const path of written) await files.remove(path);
    };
    for (const { name, bytes } of list) {
      const path = join(top, await freeName(top, name, over));
      const done = await files.writeAtomic(path, bytes, { mode: 0o644, flushedLater: true, signal: over });
      if (!done.ok) {
        await removeWritten();
        return fail(over.aborted ? 'pulled-out' : await confirmedFault(device, keyFault(done.error)));
      }
      written.push(path);
      onDone(written.length);
    }
    const flushed = await run('sync', ['-f', top], { timeoutMs: SYNC_TIMEOUT_MS, signal: over });
    if (flushed.ok) return ok(null);
    // A key that hangs would hold up the end of the session.
    await withTimeout(clock, REMOVE_TIMEOUT_MS, 'removing from the key', removeWritten()).catch(() => undefined);
    return fail(flushed.error.kind === 'timeout' ? 'slow' : 'pulled-out');
  };

  return {
    watch: (onChange) =>
      watchKeys(
        {
          clock,
          follow: deps.follow,
          async look() {
            const devices = await look();
            return devices && keysAmong(devices).map(({ id }) => id);
          },
          onGone,
        },
        onChange,
      ),
    open: (key, over) =>
      work(over, async (): Promise<Result<OpenKey, KeyFault>> => {
        const device = await find(key);
        if (!device) return fail('pulled-out');
        const at = await mountAs(device, false);
        if (!at.ok) return fail(await confirmedFault(device, at.error));
        const walked = await onKey.list(at.value, over);
        if (!walked.ok) return fail(await confirmedFault(device, walked.error));
        // udisks unmounts a key that is pulled out: an empty folder of the machine may have been listed instead.
        const held = await mounting.hold(at.value);
        if (!held.ok) return fail('pulled-out');
        await held.value.close();
        return ok({ ...walked.value, canWrite: !device.readOnly });
      }),
    read: (key, file, maxBytes, over) =>
      work(over, async (): Promise<Result<Uint8Array, KeyFault | FileFault>> => {
        if (open?.device.id !== key) return fail('pulled-out');
        const { device, at } = open;
        const bytes = (await onKey.canReach(at, file.path))
          ? await files.readUpTo(file.path, maxBytes, over)
          : undefined;
        if (bytes?.ok) return bytes;
        if (over.aborted) return fail('pulled-out');
        // One bad block, or a file of another account: the other files of the key can be read.
        return fail(bytes?.error.kind === 'too-large' ? 'too-large' : await confirmedFault(device, 'damaged'));
      }),
    write: (key, list, onDone, over) =>
      work(over, async (): Promise<Result<null, KeyFault>> => {
        const device = await find(key);
        if (!device) return fail('pulled-out');
        if (device.readOnly) return fail('write-protected');
        const at = await mountAs(device, true);
        // The key was readable: after an unsafe removal from Windows, a key mounts read-only until Windows repairs it.
        if (!at.ok) return fail(await confirmedFault(device, at.error === 'unreadable' ? 'write-protected' : at.error));
        const held = await mounting.hold(at.value);
        if (!held.ok) return fail('pulled-out');
        try {
          return await writeAll(device, held.value.path, list, onDone, over);
        } finally {
          await held.value.close();
        }
      }),
    release,
    async leftovers() {
      const devices = await look();
      const clean = !open && underWay === 0 && devices && !devices.some(isMountedByUdisks);
      return clean ? [] : ['une clé USB est encore ouverte'];
    },
  };
};

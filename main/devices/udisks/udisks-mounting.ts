/** Mounts a key through udisks, which asks polkit whether this account may. */
import { fail, ok, type Result } from '../../contract/result.ts';
import { holdMount } from '../../platform/held-mount.ts';
import type { Run, RunFailure } from '../../platform/run.ts';
import type { KeyFault } from '../usb-keys.ts';
import type { BlockDevice } from './block-devices.ts';

export interface Mounting {
  mount(device: BlockDevice, writable: boolean): Promise<Result<string, KeyFault>>;
  /** udisks unmounts a key that is pulled out: write to what is held, not to the path of the mount. */
  hold(at: string): ReturnType<typeof holdMount>;
  unmount(device: BlockDevice): Promise<boolean>;
}

const MOUNT_TIMEOUT_MS = 20_000;
const OPTIONS = ['nosuid', 'nodev', 'noexec'] as const;
/** With this option, symlinks on a key (ext4, NTFS) do not resolve for any program. */
const NO_LINKS = 'nosymfollow';
/** FAT and exFAT have no links, and NTFS-3G drops the option: our own check of each path is then the only one. */
const MAY_DROP_NO_LINKS: ReadonlySet<string> = new Set(['vfat', 'exfat', 'ntfs']);

const stderrOf = (failure: RunFailure): string => (failure.kind === 'exit' ? failure.output.stderr : '');

const faultOfMount = (failure: RunFailure): KeyFault => {
  if (failure.kind === 'missing') return 'no-helper';
  if (failure.kind === 'timeout') return 'slow';
  // `NotAuthorized`, `NotAuthorizedCanObtain`, `NotAuthorizedDismissed`: polkit's error names, the same in every
  // language.
  if (stderrOf(failure).includes('UDisks2.Error.NotAuthorized')) return 'not-allowed';
  // Without D-Bus or the udisks daemon, no key can ever be opened on this PC.
  return stderrOf(failure).includes('connecting to the udisks daemon') ? 'no-helper' : 'unreadable';
};

export const udisksMounting = (run: Run): Mounting => {
  const unmount = async (device: BlockDevice): Promise<boolean> =>
    (await run('udisksctl', ['unmount', '--no-user-interaction', '-b', device.path], { timeoutMs: MOUNT_TIMEOUT_MS }))
      .ok;
  /**
   * Some drivers silently drop an option (exfat-fuse drops `noexec`), so check the mount's real options, and refuse the
   * key if one is missing.
   */
  const checkOptions = async (at: string, wanted: readonly string[]): Promise<Result<null, KeyFault>> => {
    const answer = await run('findmnt', ['--noheadings', '--output', 'OPTIONS', '--mountpoint', at], {
      timeoutMs: MOUNT_TIMEOUT_MS,
    });
    if (!answer.ok) return fail(answer.error.kind === 'missing' ? 'no-helper' : 'pulled-out');
    const held = answer.value.stdout.toString('utf8').trim().split(',');
    const dropped = wanted.filter((option) => !held.includes(option));
    if (dropped.length === 0) return ok(null);
    return fail(dropped.every((option) => option === 'rw') ? 'write-protected' : 'unreadable');
  };
  return {
    hold: holdMount,
    unmount,
    async mount(device, writable) {
      const options = [...OPTIONS, writable ? 'rw' : 'ro'];
      const mayDrop = MAY_DROP_NO_LINKS.has(device.fileSystem);
      let wanted: readonly string[] = [...options, NO_LINKS];
      const ask = () =>
        run('udisksctl', ['mount', '--no-user-interaction', '-b', device.path, '-o', wanted.join(',')], {
          timeoutMs: MOUNT_TIMEOUT_MS,
          env: { LC_ALL: 'C.UTF-8' }, // in plain C, an accent in the key’s name would become « ? »
        });
      let answer = await ask();
      // Left mounted by a killed run of ours, with unknown options: unmount it and try again.
      if (!answer.ok && stderrOf(answer.error).includes('UDisks2.Error.AlreadyMounted') && (await unmount(device)))
        answer = await ask();
      if (mayDrop && !answer.ok && faultOfMount(answer.error) === 'unreadable') {
        wanted = options;
        answer = await ask();
      }
      if (!answer.ok) return fail(faultOfMount(answer.error));
      const at = /^Mounted \S+ at (.+?)\.?$/m.exec(answer.value.stdout.toString('utf8'))?.[1];
      if (!at) return fail('unreadable');
      const held = await checkOptions(at, mayDrop ? options : wanted);
      if (held.ok) return ok(at);
      await unmount(device);
      return held;
    },
  };
};

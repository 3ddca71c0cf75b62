/**
 * A USB port whose keys are image files: real file systems, mounted with the options that the kiosk asks for. A virtual
 * machine lacks the bus and its daemon, so two scripts, first on the PATH, take the place of `lsblk` and `udisksctl`.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../until.ts';

export interface UsbPort {
  /** Plugs in a fresh key: FAT32, or ext4 when the kernel does not support FAT32. */
  plugIn(
    files?: Readonly<Record<string, Uint8Array>>,
    options?: { readonly readOnly?: boolean; readonly full?: boolean },
  ): void;
  /**
   * Simulates a key that was pulled out before the device list changed: it is still listed, but its mount point does
   * not exist.
   */
  pullOutUnnoticed(): void;
  pullOut(): void;
  /** Resolves when the kiosk has read the current device list. */
  rescanned(): Promise<void>;
  /** The names of the files on the key. */
  filesOn(): readonly string[];
  /** The content of one file on the key. */
  fileOn(name: string): Uint8Array;
  /** Mount options of the key while the kiosk has it mounted. */
  options(): readonly string[];
  stop(): void;
}

type FileSystem = 'vfat' | 'ext4';

const LSBLK = `#!/bin/sh
echo >> "$USB_PORT/looks"
cat "$USB_PORT/devices.json"
`;
/**
 * On a loop device of its own. A parallel test may have made a mount namespace while the key was mounted, where that
 * mount lives on: `mount -o loop` would take its device again, and a key that was mounted read-only stays so.
 */
const MOUNT = `set -e
loop=$(losetup --find --show "$USB_PORT/key.img")
mount -o "$1" "$loop" "$USB_PORT/at" || failed=$?
losetup --detach "$loop" # once the mount ends
exit "\${failed:-0}"
`;
const UDISKSCTL = `#!/bin/sh
at="$USB_PORT/at"
case "$1" in
  mount)
    if [ -e "$USB_PORT/loose" ]; then echo "Mounted /dev/sdz1 at $USB_PORT/nowhere"; exit 0; fi
    while [ "$1" != "-o" ]; do shift; done
    mkdir -p "$at" && sh "$USB_PORT/mount.sh" "$2" && echo "Mounted /dev/sdz1 at $at" ;;
  unmount) umount "$at" ;;
  monitor) exec tail -n 0 -f "$USB_PORT/events" ;;
esac
`;

/** Undefined when this system cannot mount images. */
export const startUsbPort = (): UsbPort | undefined => {
  // In memory, because filling a key would flush 40 MB to the disk.
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'pn-usb-'));
  const [image, at, bin, log] = ['key.img', 'at', 'bin', 'looks'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
    string,
  ];
  mkdirSync(bin);
  mkdirSync(at);
  writeFileSync(join(bin, 'lsblk'), LSBLK, { mode: 0o755 });
  writeFileSync(join(bin, 'udisksctl'), UDISKSCTL, { mode: 0o755 });
  writeFileSync(join(folder, 'mount.sh'), MOUNT);
  const list = (devices: readonly object[]): void =>
    writeFileSync(join(folder, 'devices.json'), JSON.stringify({ blockdevices: devices }));
  const tell = (): void => appendFileSync(join(folder, 'events'), 'something happened\n');
  list([]);
  tell();
  const run = (program: string, ...args: string[]): boolean =>
    spawnSync(program, args, { stdio: 'ignore' }).status === 0;
  const mount = (): boolean => run('env', `USB_PORT=${folder}`, 'sh', join(folder, 'mount.sh'), 'rw');
  const onKey = <T>(work: () => T): T => {
    if (!mount()) throw new Error('The key could not be mounted.');
    try {
      return work();
    } finally {
      execFileSync('umount', [at]);
    }
  };
  const format = (kind: FileSystem): boolean => {
    // Use a new file for each key. A parallel test may have created a mount namespace while the previous key was
    // mounted, which keeps that mount alive. Mounting the same file again would then show the previous key's content.
    rmSync(image, { force: true });
    writeFileSync(image, '');
    truncateSync(image, 40 * 1024 * 1024);
    return kind === 'vfat' ? run('mkfs.vfat', '-F', '32', image) : run('mkfs.ext4', '-q', '-m', '0', image);
  };
  const mounts = (kind: FileSystem): boolean => {
    const mounted = format(kind) && mount();
    if (mounted) run('umount', at);
    return mounted;
  };
  const before = { path: process.env['PATH'], port: process.env['USB_PORT'] };
  const stop = (): void => {
    run('umount', '-l', at);
    process.env['PATH'] = before.path;
    delete process.env['USB_PORT'];
    rmSync(folder, { recursive: true, force: true });
  };
  const kind = (['vfat', 'ext4'] as const).find(mounts);
  if (kind === undefined) {
    stop();
    return undefined;
  }
  process.env['PATH'] = `${bin}:${before.path ?? ''}`;
  process.env['USB_PORT'] = folder;
  return {
    plugIn(files = {}, { readOnly = false, full = false } = {}) {
      format(kind);
      onKey(() => {
        for (const [name, bytes] of Object.entries(files)) writeFileSync(join(at, name), bytes);
        // Fill with large blocks first, then the remaining space with small ones.
        for (const size of full ? ['1M', '512'] : [])
          run('dd', 'if=/dev/zero', `of=${join(at, `plein-${size}`)}`, `bs=${size}`, 'conv=fsync');
        // Unmounting does not write them while that mount lives on in a mount namespace (see `MOUNT`): the kiosk would
        // find an empty key.
        execFileSync('sync', ['-f', at]);
      });
      list([
        {
          path: '/dev/sdz',
          tran: 'usb',
          rm: true,
          hotplug: true,
          ro: readOnly,
          children: [{ path: '/dev/sdz1', fstype: kind, size: 40_000_000, rm: true, hotplug: true, ro: readOnly }],
        },
      ]);
      tell();
    },
    pullOutUnnoticed: () => writeFileSync(join(folder, 'loose'), ''),
    pullOut() {
      list([]);
      rmSync(join(folder, 'loose'), { force: true });
      run('umount', '-l', at);
      tell();
    },
    async rescanned() {
      const looks = (): number => (existsSync(log) ? statSync(log).size : 0);
      // The first read seen may have started before the change. The second one certainly starts after it.
      for (const which of ['first', 'second']) {
        const before = looks();
        tell();
        await until(`a ${which} look at the port`, () => looks() > before);
      }
    },
    filesOn: () =>
      onKey(() =>
        execFileSync('ls', [at], { encoding: 'utf8' })
          .trim()
          .split('\n')
          .filter((name) => name !== 'lost+found'),
      ),
    fileOn: (name) => onKey(() => readFileSync(join(at, name))),
    options: () => (spawnSync('findmnt', ['-no', 'OPTIONS', at], { encoding: 'utf8' }).stdout ?? '').trim().split(','),
    stop,
  };
};

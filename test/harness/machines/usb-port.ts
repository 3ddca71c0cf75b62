/**
 * A USB port whose keys are image files: real file systems, really mounted with the options that the kiosk asks for. What a virtual machine
 * lacks is the bus and its daemon: `lsblk` and `udisksctl` are played by two scripts put first on the PATH.
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
  /** Puts a fresh key in: FAT32, or ext4 where the kernel does not know it. */
  plugIn(
    files?: Readonly<Record<string, Uint8Array>>,
    options?: { readonly readOnly?: boolean; readonly full?: boolean },
  ): void;
  /** The key goes while nobody has looked yet: it is still listed, and what is mounted of it is not there. */
  loosen(): void;
  pullOut(): void;
  /** The kiosk has looked at the port again, and has seen what it is now. */
  looked(): Promise<void>;
  /** What the key holds. */
  filesOn(): readonly string[];
  /** One file of it. */
  fileOn(name: string): Uint8Array;
  /** Mount options of the key, while it is open. */
  options(): readonly string[];
  stop(): void;
}

type FileSystem = 'vfat' | 'ext4';

const LSBLK = `#!/bin/sh
echo >> "$USB_PORT/looks"
cat "$USB_PORT/devices.json"
`;
const UDISKSCTL = `#!/bin/sh
at="$USB_PORT/at"
case "$1" in
  mount)
    if [ -e "$USB_PORT/loose" ]; then echo "Mounted /dev/sdz1 at $USB_PORT/nowhere"; exit 0; fi
    while [ "$1" != "-o" ]; do shift; done
    mkdir -p "$at" && mount -o "loop,$2" "$USB_PORT/key.img" "$at" && echo "Mounted /dev/sdz1 at $at" ;;
  unmount) umount "$at" ;;
  monitor) exec tail -n 0 -f "$USB_PORT/events" ;;
esac
`;

/** undefined: this system can't mount images. */
export const startUsbPort = (): UsbPort | undefined => {
  // In memory: a key that is full is 40 MB to flush.
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
  const list = (devices: readonly object[]): void =>
    writeFileSync(join(folder, 'devices.json'), JSON.stringify({ blockdevices: devices }));
  const tell = (): void => appendFileSync(join(folder, 'events'), 'something happened\n');
  list([]);
  tell();
  const run = (program: string, ...args: string[]): boolean =>
    spawnSync(program, args, { stdio: 'ignore' }).status === 0;
  const onKey = <T>(work: () => T): T => {
    execFileSync('mount', ['-o', 'loop', image, at]);
    try {
      return work();
    } finally {
      execFileSync('umount', [at]);
    }
  };
  const format = (kind: FileSystem): boolean => {
    // A new file for each key: a test beside this one may have made mounts of its own while the key before was mounted, and keeps it
    // mounted there; the same file would then come back as that key, whatever is written into it.
    rmSync(image, { force: true });
    writeFileSync(image, '');
    truncateSync(image, 40 * 1024 * 1024);
    return kind === 'vfat' ? run('mkfs.vfat', '-F', '32', image) : run('mkfs.ext4', '-q', '-m', '0', image);
  };
  const mounts = (kind: FileSystem): boolean => {
    const mounted = format(kind) && run('mount', '-o', 'loop', image, at);
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
        // Large pieces, then the crumbs that they leave.
        for (const size of full ? ['1M', '512'] : [])
          run('dd', 'if=/dev/zero', `of=${join(at, `plein-${size}`)}`, `bs=${size}`, 'conv=fsync');
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
    loosen: () => writeFileSync(join(folder, 'loose'), ''),
    pullOut() {
      list([]);
      rmSync(join(folder, 'loose'), { force: true });
      run('umount', '-l', at);
      tell();
    },
    async looked() {
      const looks = (): number => (existsSync(log) ? statSync(log).size : 0);
      // One look may have begun before; the next begins when that one was heard.
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

/**
 * What the kiosk may write to, and nothing else: a disk whose raw bytes we hold (an ext4 image on a loop device) and
 * memory (a tmpfs). The kiosk runs in a mount namespace of its own where all the rest of the machine can only be read.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Volumes {
  readonly disk: string;
  readonly memory: string;
  /** Makes the kernel write to the disk now what it would write within half a minute. */
  writeOut(): void;
  /** The raw bytes of the disk, deleted blocks and all; what is still on its way is written first when asked. */
  rawDisk(sync: boolean): Buffer;
  /** Files of the memory, and what they are called. */
  inMemory(): readonly { readonly path: string; readonly bytes: Buffer }[];
  /** The plug is pulled: what had reached the disk stays, memory is gone. Call when nothing runs any more. */
  powerCut(diskAsItWas: Buffer): void;
  /** Before a command: runs it where only these volumes can be written. */
  readonly enclosed: readonly string[];
  /** Environment that sends every writable folder here. */
  readonly env: Readonly<Record<string, string>>;
  /** Why the bytes of a disk can't be had on this machine; plain folders stand in for it then. */
  readonly missing: string | undefined;
  remove(): void;
}

const DISK_MB = 160;

const quiet = { stdio: ['ignore', 'ignore', 'pipe'] as ['ignore', 'ignore', 'pipe'] };

/** Every file system that could keep something is made read-only, but for the two given and the kernel's own. */
const ENCLOSE = `
mount --bind "$PN_MEMORY/shm" /dev/shm || exit 97
mount -o remount,bind,ro / || exit 98
while read -r _ at kind _; do
  case "$kind" in ext*|xfs|btrfs|tmpfs|overlay|vfat|f2fs|fuseblk) ;; *) continue;; esac
  case "$at" in "$PN_DISK"|"$PN_MEMORY"|/dev|/dev/shm|/) continue;; esac
  mount -o remount,bind,ro "$at" 2>/dev/null
done < /proc/self/mounts
exec "$@"
`;

const walk = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    const facts = lstatSync(path, { throwIfNoEntry: false });
    return facts?.isDirectory() ? [path, ...walk(path)] : facts ? [path] : [];
  });

const readTree = (folder: string): { path: string; bytes: Buffer }[] =>
  walk(folder).map((path) => {
    const facts = lstatSync(path, { throwIfNoEntry: false });
    try {
      return { path, bytes: facts?.isFile() ? readFileSync(path) : Buffer.alloc(0) };
    } catch {
      return { path, bytes: Buffer.alloc(0) }; // it went meanwhile
    }
  });

const mountable = (): string | undefined => {
  if (process.platform !== 'linux') return 'only Linux mounts an image';
  if (process.getuid?.() !== 0) return 'mounting needs root';
  const tried = spawnSync('unshare', ['--mount', 'true'], { encoding: 'utf8' });
  if (tried.status !== 0) return `no mount namespace here (${tried.stderr?.trim() ?? 'unshare is missing'})`;
  if (spawnSync('losetup', ['--find'], { encoding: 'utf8' }).status !== 0) return 'no loop device here';
  return undefined;
};

export const makeVolumes = (): Volumes => {
  const root = mkdtempSync(join(tmpdir(), 'pnr-'));
  chmodSync(root, 0o755);
  const [disk, memory, image] = [join(root, 'disk'), join(root, 'memory'), join(root, 'disk.img')];
  for (const folder of [disk, memory]) mkdirSync(folder);
  const missing = mountable();
  const mounted: string[] = [];

  const mountMemory = (): void => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2g,mode=0755', 'none', memory], quiet);
    mounted.push(memory);
  };
  const mountDisk = (): void => {
    // Without `discard` and with the journal: what an ordinary PC does.
    execFileSync('mount', ['-o', 'loop,nodiscard', image, disk], quiet);
    mounted.push(disk);
  };
  const unmount = (): void => {
    for (const at of mounted.splice(0).reverse()) {
      const done = spawnSync('umount', [at], { encoding: 'utf8' });
      if (done.status !== 0) throw new Error(`${at} is still in use: ${done.stderr}`);
    }
  };
  const layOut = (): void => {
    mkdirSync(join(memory, 'shm'), { recursive: true });
    mkdirSync(join(memory, 'run'), { recursive: true, mode: 0o700 });
    chmodSync(join(memory, 'shm'), 0o1777);
    for (const name of ['home', 'config', 'state', 'cache', 'data']) mkdirSync(join(disk, name), { recursive: true });
    mkdirSync(join(disk, 'tmp'), { recursive: true });
    chmodSync(join(disk, 'tmp'), 0o1777);
  };
  if (missing === undefined) {
    writeFileSync(image, '');
    execFileSync('truncate', ['-s', `${DISK_MB}M`, image]);
    execFileSync('mkfs.ext4', ['-q', '-F', '-E', 'nodiscard', image], quiet);
    mountDisk();
    mountMemory();
  }
  layOut();
  const writeOut = (): void => {
    if (missing === undefined) execFileSync('sync', ['-f', disk]);
  };

  return {
    disk,
    memory,
    missing,
    writeOut,
    rawDisk(sync) {
      if (missing !== undefined)
        return Buffer.concat(readTree(disk).flatMap(({ path, bytes }) => [Buffer.from(path), bytes]));
      if (sync) writeOut();
      return readFileSync(image);
    },
    inMemory: () => readTree(memory),
    powerCut(diskAsItWas) {
      if (missing === undefined) {
        unmount();
        copyFileSync('/dev/null', image);
        writeFileSync(image, diskAsItWas);
        mountDisk();
        mountMemory();
      } else {
        rmSync(join(memory, 'shm'), { recursive: true });
        rmSync(join(memory, 'run'), { recursive: true });
      }
      layOut();
    },
    enclosed:
      missing === undefined ? ['unshare', '--mount', '--propagation', 'slave', '--', 'sh', '-c', ENCLOSE, 'sh'] : [],
    env: {
      PN_DISK: disk,
      PN_MEMORY: memory,
      HOME: join(disk, 'home'),
      TMPDIR: join(disk, 'tmp'),
      XDG_CONFIG_HOME: join(disk, 'config'),
      XDG_STATE_HOME: join(disk, 'state'),
      XDG_CACHE_HOME: join(disk, 'cache'),
      XDG_DATA_HOME: join(disk, 'data'),
      XDG_RUNTIME_DIR: join(memory, 'run'),
    },
    remove() {
      unmount();
      rmSync(root, { recursive: true, force: true });
    },
  };
};

/**
 * Runs the real udisks on a private system bus, isolated from this machine: its own mounts, its own udev, and its own
 * network namespace, because the kernel announces devices there. Keys are loop devices. Where the kernel lacks FAT32,
 * exFAT or NTFS (small virtual machines), Debian's FUSE drivers are used instead, set to keep the mount options that
 * the kernel drivers would keep.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../until.ts';

export type KeyKind = 'vfat' | 'exfat' | 'ntfs';

export interface UdisksFixture {
  /** The file systems that can be mounted on this machine. */
  readonly kinds: readonly KeyKind[];
  /** True when fusefat is used: it reports a full key as broken and cannot open a write-protected one. */
  readonly isWeak: (kind: KeyKind) => boolean;
  /** Makes a key that holds `files` and plugs it in. */
  plugIn(kind: KeyKind, files?: Readonly<Record<string, Uint8Array>>, options?: PlugOptions): Promise<void>;
  /** Every read and write of the key fails from now on, but its removal has not been announced yet. */
  tearOut(): void;
  /** Removes the key from the device list and from udisks. */
  pullOut(): void;
  /** The file names on the key, read by mounting it again. */
  filesOn(): readonly string[];
  /** The device path, such as `/dev/loop3`. */
  device(): string;
  /** The account that calls udisks from now on. */
  actAs(account: Account): void;
  /** Installs the product's udisks and polkit files, or removes them. */
  setInstalled(installed: boolean): void;
  /** Runs a program as that account inside the mount namespace. Returns its output, or undefined when it fails. */
  runAs(account: Account, ...command: string[]): string | undefined;
  stop(): Promise<void>;
}

export type Account = 'root' | 'kiosk' | 'somebody';

interface PlugOptions {
  readonly readOnly?: boolean;
  readonly sizeMb?: number;
  readonly full?: boolean;
  /** A fixed disk of the machine instead of a removable one. */
  readonly fixed?: boolean;
}

const UDEVD = '/usr/lib/systemd/systemd-udevd';
const UDISKSD = '/usr/libexec/udisks2/udisksd';
const POLKITD = '/usr/lib/polkit-1/polkitd';
const PROGRAMS = ['unshare', 'nsenter', 'setpriv', 'losetup', 'dbus-daemon', 'udevadm', 'udisksctl', 'findmnt'];
const ACCOUNTS: Readonly<Record<Exclude<Account, 'root'>, { readonly name: string; readonly uid: number }>> = {
  kiosk: { name: 'point-numerique', uid: 64_320 },
  somebody: { name: 'quelqu-un', uid: 64_321 },
};
/** Files that the product ships for udisks, with their installed paths. */
const LAID = [
  ['polkit/50-point-numerique.rules', '/etc/polkit-1/rules.d/50-point-numerique.rules'],
  ['udisks2/mount_options.conf', '/etc/udisks2/mount_options.conf'],
] as const;
const SHIPPED = join(import.meta.dirname, '../../../resources/os/linux');
const MAKE: Readonly<Record<KeyKind, readonly string[]>> = {
  vfat: ['mkfs.vfat', '-F', '32', '-n', 'MA CLE'],
  exfat: ['mkfs.exfat', '-L', 'Ma clé'],
  ntfs: ['mkfs.ntfs', '-Q', '-F', '-q', '-L', 'Ma clé'],
};
/**
 * FUSE drivers used in place of the kernel's. They mount, and a remount then restores the options that they drop
 * (`noexec`, for exfat-fuse and fusefat).
 */
const FUSE: Readonly<Partial<Record<KeyKind, readonly [program: string, command: string]>>> = {
  vfat: ['fusefat', 'fusefat -o "rw+,blkdev,fsname=$1,allow_other" "$1" "$2"'],
  exfat: ['mount.exfat-fuse', 'mount.exfat-fuse "$1" "$2" -o "$4"'],
};

const BUS = (
  folder: string,
): string => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>custom</type>
  <listen>unix:path=${folder}/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default"><allow user="*"/><allow own="*"/><allow send_destination="*"/><allow receive_sender="*"/></policy>
</busconfig>
`;

const BOOT = (folder: string): string => `set -e
mount --make-rprivate /
mkdir -p /run/udev
mount -t tmpfs tmpfs /run/udev
mkdir /run/udev/rules.d
# A loop device is no USB disk: udisks is told that it may be taken out, unless a disk of the machine is played.
echo 'SUBSYSTEM=="block", KERNEL=="loop*", TEST!="${folder}/fixed", ENV{UDISKS_SYSTEM}="0"' > /run/udev/rules.d/99-key.rules
# A machine with logind, on which nobody has a session.
mkdir -p /run/systemd
mount -t tmpfs tmpfs /run/systemd
mkdir /run/systemd/seats
mount --bind ${folder}/passwd /etc/passwd
mount -t tmpfs tmpfs /etc/polkit-1/rules.d
mkdir -p /etc/udisks2
mount -t tmpfs tmpfs /etc/udisks2
mount -t tmpfs tmpfs /media
mount -t tmpfs tmpfs ${folder}/layer
mkdir ${folder}/layer/upper ${folder}/layer/work
mount -t overlay overlay -o lowerdir=/usr/sbin,upperdir=${folder}/layer/upper,workdir=${folder}/layer/work /usr/sbin
cp ${folder}/drivers/* /usr/sbin/ 2>/dev/null || true
export DBUS_SYSTEM_BUS_ADDRESS=unix:path=${folder}/bus
dbus-daemon --config-file=${folder}/bus.conf --nofork --nopidfile &
${UDEVD} &
while [ ! -S ${folder}/bus ] || [ ! -S /run/udev/control ]; do sleep 0.02; done
${POLKITD} --no-debug &
${UDISKSD} &
until udisksctl status >/dev/null 2>&1; do sleep 0.05; done
touch ${folder}/ready
wait
`;

const has = (program: string): boolean =>
  spawnSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' }).status === 0;
const ran = (program: string, ...args: string[]): boolean => spawnSync(program, args, { stdio: 'ignore' }).status === 0;

/** Why this system cannot run the fixture; undefined when it can. */
const obstacle = (): string | undefined => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only as root on Linux';
  const missing = [UDEVD, UDISKSD, POLKITD]
    .filter((path) => !existsSync(path))
    .concat(PROGRAMS.filter((one) => !has(one)));
  if (missing.length > 0) return `without ${missing.join(', ')}`;
  // A second udev would handle the same devices as the machine's own.
  if (existsSync('/run/udev/control')) return 'this machine has a udev of its own';
  if (!existsSync('/dev/loop-control')) return 'without loop devices';
  return undefined;
};

const kernelHas = (kind: string): boolean =>
  new RegExp(`\\b${kind}$`, 'm').test(readFileSync('/proc/filesystems', 'utf8'));

const dropTo = (account: Account): readonly string[] => {
  if (account === 'root') return [];
  const { uid } = ACCOUNTS[account];
  return ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups'];
};

export const startUdisksFixture = async (): Promise<UdisksFixture | { readonly obstacle: string }> => {
  const why = obstacle();
  if (why !== undefined) return { obstacle: why };
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'pn-udisks-'));
  const [image, bin, drivers] = [join(folder, 'key.img'), join(folder, 'bin'), join(folder, 'drivers')];
  chmodSync(folder, 0o711); // every account must reach the bus
  for (const one of [bin, drivers, join(folder, 'layer')]) mkdirSync(one);
  writeFileSync(join(folder, 'bus.conf'), BUS(folder));
  writeFileSync(join(folder, 'boot.sh'), BOOT(folder));
  const names = Object.values(ACCOUNTS).map(({ name }) => name);
  writeFileSync(
    join(folder, 'passwd'),
    readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .filter((line) => !names.includes(line.split(':')[0] ?? ''))
      .concat(Object.values(ACCOUNTS).map(({ name, uid }) => `${name}:x:${uid}:${uid}::/:/usr/sbin/nologin\n`))
      .join('\n')
      .replace(/\n+/g, '\n'),
  );
  for (const [kind, [program, command]] of Object.entries(FUSE))
    if (!kernelHas(kind) && has(program))
      writeFileSync(
        join(drivers, `mount.${kind}`),
        `#!/bin/sh\n${command} && exec mount -i -o "remount,bind,nosuid,nodev,noexec,\${4%%,*}" "$2"\n`,
        { mode: 0o755 },
      );

  const namespaces = spawn(
    'unshare',
    ['--mount', '--net', '--pid', '--fork', '--kill-child', '--mount-proc', 'sh', join(folder, 'boot.sh')],
    {
      stdio: 'ignore',
    },
  );
  const gone = new Promise<void>((resolve) => void namespaces.once('exit', () => resolve()));
  let loop: string | undefined;
  const letGo = (): void => {
    if (loop !== undefined) ran('losetup', '-d', loop);
    loop = undefined;
    rmSync(join(folder, 'loop'), { force: true });
  };
  const pathBefore = process.env['PATH'];
  const stop = async (): Promise<void> => {
    process.env['PATH'] = pathBefore;
    letGo();
    namespaces.kill('SIGKILL');
    await gone;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await until('udisks on a bus of its own', () => existsSync(join(folder, 'ready')) || namespaces.exitCode !== null);
  } catch {
    await stop();
    return { obstacle: 'udisks did not start' };
  }
  const inside = readFileSync(`/proc/${namespaces.pid}/task/${namespaces.pid}/children`, 'utf8').trim();
  if (!/^\d+$/.test(inside)) {
    await stop();
    return { obstacle: 'no mounts of its own' };
  }
  const root = `/proc/${inside}/root`;
  const before = process.env['PATH'] ?? '';
  // Enters the mount and process namespaces. PATH is the original one, so that the wrapper scripts below are not found
  // in there.
  const entering = [
    '-t',
    inside,
    '-m',
    '-p',
    'env',
    `PATH=${before}`,
    `DBUS_SYSTEM_BUS_ADDRESS=unix:path=${folder}/bus`,
  ];
  const enter = `nsenter ${entering.join(' ')}`;
  const script = (name: string, text: string): void =>
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  // Each wrapper runs the real program inside the namespaces and translates paths to what this process sees. Only the
  // USB transport is faked, because a loop device is on no USB bus.
  script(
    'udisksctl',
    `as=$(cat ${folder}/as 2>/dev/null)\n[ "$1" != monitor ] || exec ${enter} $as udisksctl "$@"\nout=$(${enter} $as udisksctl "$@") || exit $?\necho "$out" | sed 's# at /# at ${root}/#'`,
  );
  script('findmnt', `for last; do :; done\n${enter} findmnt -no OPTIONS --mountpoint "\${last#${root}}"`);
  script(
    'lsblk',
    `[ -e ${folder}/loop ] || { echo '{"blockdevices":[]}'; exit 0; }\n${enter} lsblk "$@" "$(cat ${folder}/loop)" | sed 's/"tran": null/"tran": "usb"/'`,
  );
  process.env['PATH'] = `${bin}:${before}`;

  const inThere = (...command: string[]): string =>
    execFileSync('nsenter', [...entering, ...command], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  const opened = <T>(work: (at: string) => T): T => {
    const device = loop ?? '';
    const at = / at (.+?)\.?$/m.exec(inThere('udisksctl', 'mount', '--no-user-interaction', '-b', device))?.[1] ?? '';
    try {
      return work(`${root}${at}`);
    } finally {
      inThere('udisksctl', 'unmount', '--no-user-interaction', '-b', device);
    }
  };
  const make = (kind: KeyKind, sizeMb: number): boolean => {
    rmSync(image, { force: true });
    writeFileSync(image, '');
    truncateSync(image, sizeMb * 1024 * 1024);
    const [program = '', ...args] = MAKE[kind];
    return ran(program, ...args, image);
  };
  const attach = (...options: string[]): void => {
    loop = execFileSync('losetup', ['-f', '--show', ...options, image], { encoding: 'utf8' }).trim();
    inThere('udevadm', 'settle');
  };
  const known = async (): Promise<void> => {
    const device = loop ?? '';
    await until('udisks to know the key', () => {
      try {
        return inThere('udisksctl', 'info', '-b', device).includes('UDisks2.Filesystem:');
      } catch {
        return false;
      }
    });
  };
  const plugIn: UdisksFixture['plugIn'] = async (
    kind,
    files = {},
    { readOnly = false, full = false, fixed = false, sizeMb = 40 } = {},
  ) => {
    letGo();
    if (fixed) writeFileSync(join(folder, 'fixed'), '');
    else rmSync(join(folder, 'fixed'), { force: true });
    if (!make(kind, sizeMb)) throw new Error(`no ${kind} key could be made`);
    attach();
    await known();
    opened((at) => {
      for (const [name, bytes] of Object.entries(files)) writeFileSync(join(at, name), bytes);
      for (const size of full ? ['1M', '4k'] : [])
        ran('dd', 'if=/dev/zero', `of=${join(at, `plein-${size}`)}`, `bs=${size}`, 'conv=fsync');
    });
    if (readOnly) {
      letGo();
      attach('--read-only');
      await known();
    }
    writeFileSync(join(folder, 'loop'), loop ?? '');
  };
  const kinds: KeyKind[] = [];
  for (const kind of ['vfat', 'exfat', 'ntfs'] as const) {
    try {
      await plugIn(kind, { 'essai.txt': Buffer.from('x') });
      kinds.push(kind);
    } catch {
      // No driver for this file system here. `kinds` tells the caller.
    }
    letGo();
  }
  return {
    kinds,
    isWeak: (kind) => kind === 'vfat' && !kernelHas(kind),
    plugIn,
    tearOut() {
      truncateSync(image, 0);
      ran('losetup', '--set-capacity', loop ?? ''); // the device has size 0: every read and write fails
    },
    pullOut: letGo,
    filesOn: () =>
      opened((at) =>
        execFileSync('ls', [at], { encoding: 'utf8' })
          .trim()
          .split('\n')
          .filter((name) => name !== ''),
      ),
    device: () => loop ?? '',
    actAs: (account) => writeFileSync(join(folder, 'as'), dropTo(account).join(' ')),
    setInstalled(installed) {
      for (const [from, to] of LAID)
        if (installed) copyFileSync(join(SHIPPED, from), `${root}${to}`);
        else rmSync(`${root}${to}`, { force: true });
    },
    runAs(account, ...command) {
      try {
        return inThere(...dropTo(account), ...command);
      } catch {
        return undefined;
      }
    },
    stop,
  };
};

/** Parses the block devices listed by `lsblk`. Pure. */

/** A disk or partition with a file system that the kiosk can read, or a whole disk on which there is none. */
export interface BlockDevice {
  /**
   * Identifies a key while it is plugged in: its device, the serial number of its disk and the UUID of its file system.
   * Cheap keys share serial numbers and copied ones UUIDs, and a device name is given again to the next key.
   */
  readonly id: string;
  readonly path: string;
  /** The device of the whole disk. */
  readonly disk: string;
  readonly fileSystem: string;
  /** False for a disk whose file systems are unknown here: of a Mac, closed by a password, or none yet. */
  readonly readable: boolean;
  readonly sizeBytes: number;
  readonly readOnly: boolean;
  readonly mountedAt: string | undefined;
  /** An EFI system partition: it starts a computer and holds no documents. */
  readonly efi: boolean;
}

export const LSBLK_COLUMNS = 'PATH,FSTYPE,SIZE,RM,HOTPLUG,TRAN,RO,MOUNTPOINT,PARTTYPE,UUID,SERIAL,TYPE,PTTYPE';

const KNOWN_FILE_SYSTEMS = new Set(['vfat', 'exfat', 'ntfs', 'ext4', 'ext2', 'ext3']);
/** In a GPT (UEFI specification, 5.3.3) and in an MBR. */
const EFI_TYPES = new Set(['c12a7328-f81f-11d2-ba4b-00a0c93ec93b', '0xef']);

interface LsblkNode {
  readonly path?: string;
  readonly fstype?: string | null;
  readonly size?: number | string | null;
  readonly rm?: boolean | string;
  readonly hotplug?: boolean | string;
  readonly tran?: string | null;
  readonly ro?: boolean | string;
  readonly mountpoint?: string | null;
  readonly parttype?: string | null;
  readonly uuid?: string | null;
  readonly serial?: string | null;
  readonly type?: string | null;
  /** Of the partition table. */
  readonly pttype?: string | null;
  readonly children?: readonly LsblkNode[];
}

const yes = (value: boolean | string | undefined): boolean => value === true || value === '1';

/** Where udisks mounts. A disk that the machine mounted for itself is elsewhere, and is none of ours. */
const UDISKS_FOLDER = /^\/(run\/)?media\//;
export const isMountedByUdisks = ({ mountedAt }: BlockDevice): boolean => UDISKS_FOLDER.test(mountedAt ?? '');

const parts = (node: LsblkNode): readonly LsblkNode[] => [node, ...(node.children ?? []).flatMap(parts)];

const idOf = (path: string, disk: LsblkNode, uuid: string): string => [path, disk.serial ?? '', uuid].join(' ');

/**
 * udev reads a new disk within a second, partition by partition, and takes them away when it is pulled out. In between,
 * a key that can be read looks like one that cannot. udev gives a serial number to every USB disk.
 */
const isReadByUdev = ({ serial, pttype, children = [] }: LsblkNode): boolean =>
  Boolean(serial) && (children.length === 0 ? !pttype : children.every((part) => part.parttype));

/** A card reader without a card has no size. A disc is no key, nor is what takes the place of one on some keys. */
const unreadableDisk = (disk: LsblkNode): BlockDevice | undefined => {
  const sizeBytes = Number(disk.size ?? 0);
  if (!disk.path || disk.type !== 'disk' || disk.tran !== 'usb' || sizeBytes === 0 || !isReadByUdev(disk))
    return undefined;
  return {
    id: idOf(disk.path, disk, disk.uuid ?? ''),
    path: disk.path,
    disk: disk.path,
    fileSystem: disk.fstype ?? '',
    readable: false,
    sizeBytes,
    readOnly: yes(disk.ro),
    mountedAt: parts(disk)
      .map(({ mountpoint }) => mountpoint ?? undefined)
      .find((at) => at !== undefined && !UDISKS_FOLDER.test(at)),
    efi: false,
  };
};

/** From `lsblk --json --bytes`: what is on the USB disks. Undefined when this is not lsblk's output. */
export const usbDevicesOf = (json: string): readonly BlockDevice[] | undefined => {
  let tree: { blockdevices?: readonly LsblkNode[] };
  try {
    tree = JSON.parse(json) as typeof tree;
  } catch {
    return undefined; // nothing is known; "no key" would make those that are in look newly plugged in at the next look
  }
  const found: BlockDevice[] = [];
  const visit = (node: LsblkNode, disk: LsblkNode, usbAbove: boolean): void => {
    const usb = usbAbove || node.tran === 'usb' || (yes(node.hotplug) && yes(node.rm));
    if (usb && node.path && node.fstype && KNOWN_FILE_SYSTEMS.has(node.fstype))
      found.push({
        id: idOf(node.path, disk, node.uuid ?? ''),
        path: node.path,
        disk: disk.path ?? node.path,
        fileSystem: node.fstype,
        readable: true,
        sizeBytes: Number(node.size ?? 0),
        readOnly: yes(node.ro),
        mountedAt: node.mountpoint ?? undefined,
        efi: EFI_TYPES.has(node.parttype?.toLowerCase() ?? ''),
      });
    for (const child of node.children ?? []) visit(child, disk, usb);
  };
  for (const disk of tree.blockdevices ?? []) {
    visit(disk, disk, false);
    const canBeRead = found.some((one) => one.disk === disk.path && !one.efi);
    const unreadable = canBeRead ? undefined : unreadableDisk(disk);
    if (unreadable) found.push(unreadable);
  }
  return found;
};

/** One device for each key: the largest of its disk, which is where people's files are. */
export const keysAmong = (devices: readonly BlockDevice[]): readonly BlockDevice[] => {
  const keys = new Map<string, BlockDevice>();
  for (const device of devices) {
    const other = keys.get(device.disk);
    if (!device.efi && (!other || device.sizeBytes > other.sizeBytes)) keys.set(device.disk, device);
  }
  const ofTheMachine = new Set(
    devices.filter((one) => one.mountedAt !== undefined && !isMountedByUdisks(one)).map(({ disk }) => disk),
  );
  return [...keys.values()].filter(({ disk }) => !ofTheMachine.has(disk));
};

/** Parses the block devices listed by `lsblk`. Pure. */

/** A disk or partition with a file system that the kiosk can read. */
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
  readonly sizeBytes: number;
  readonly readOnly: boolean;
  readonly mountedAt: string | undefined;
  /** An EFI system partition: it starts a computer and holds no documents. */
  readonly efi: boolean;
}

export const LSBLK_COLUMNS = 'PATH,FSTYPE,SIZE,RM,HOTPLUG,TRAN,RO,MOUNTPOINT,PARTTYPE,UUID,SERIAL';

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
  readonly children?: readonly LsblkNode[];
}

const yes = (value: boolean | string | undefined): boolean => value === true || value === '1';

/** From `lsblk --json --bytes`: what can be read on the USB disks. Undefined when this is not lsblk's output. */
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
        id: [node.path, disk.serial ?? '', node.uuid ?? ''].join(' '),
        path: node.path,
        disk: disk.path ?? node.path,
        fileSystem: node.fstype,
        sizeBytes: Number(node.size ?? 0),
        readOnly: yes(node.ro),
        mountedAt: node.mountpoint ?? undefined,
        efi: EFI_TYPES.has(node.parttype?.toLowerCase() ?? ''),
      });
    for (const child of node.children ?? []) visit(child, disk, usb);
  };
  for (const node of tree.blockdevices ?? []) visit(node, node, false);
  return found;
};

/** Where udisks mounts. A disk that the machine mounted for itself is elsewhere, and is none of ours. */
export const isMountedByUdisks = ({ mountedAt }: BlockDevice): boolean => /^\/(run\/)?media\//.test(mountedAt ?? '');

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

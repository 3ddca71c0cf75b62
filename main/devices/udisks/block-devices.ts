/** Parses the block devices listed by `lsblk`. Pure. */

export interface BlockDevice {
  readonly path: string;
  readonly fileSystem: string;
  readonly sizeBytes: number;
  readonly readOnly: boolean;
  readonly mountedAt: string | undefined;
}

const KNOWN_FILE_SYSTEMS = new Set(['vfat', 'exfat', 'ntfs', 'ext4', 'ext2', 'ext3']);

interface LsblkNode {
  readonly path?: string;
  readonly fstype?: string | null;
  readonly size?: number | string | null;
  readonly rm?: boolean | string;
  readonly hotplug?: boolean | string;
  readonly tran?: string | null;
  readonly ro?: boolean | string;
  readonly mountpoint?: string | null;
  readonly children?: readonly LsblkNode[];
}

const yes = (value: boolean | string | undefined): boolean => value === true || value === '1';

/** From `lsblk --json --bytes`: the first partition with a known file system of each removable USB disk. */
export const keysOf = (json: string): readonly BlockDevice[] => {
  let tree: { blockdevices?: readonly LsblkNode[] };
  try {
    tree = JSON.parse(json) as typeof tree;
  } catch {
    return []; // not lsblk output: no key
  }
  const found: BlockDevice[] = [];
  const visit = (node: LsblkNode, usb: boolean): void => {
    const here = usb || node.tran === 'usb' || (yes(node.hotplug) && yes(node.rm));
    if (here && node.path && node.fstype && KNOWN_FILE_SYSTEMS.has(node.fstype))
      found.push({
        path: node.path,
        fileSystem: node.fstype,
        sizeBytes: Number(node.size ?? 0),
        readOnly: yes(node.ro),
        mountedAt: node.mountpoint ?? undefined,
      });
    for (const child of node.children ?? []) visit(child, here);
  };
  for (const node of tree.blockdevices ?? []) visit(node, false);
  return found;
};

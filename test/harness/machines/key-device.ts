/** What `lsblk` says about a key. */
import type { BlockDevice } from '../../../main/devices/udisks/block-devices.ts';

export const keyDevice = (facts: Partial<BlockDevice> = {}): BlockDevice => ({
  id: 'key',
  path: '/dev/key',
  disk: '/dev/key',
  fileSystem: 'vfat',
  sizeBytes: 1,
  readOnly: false,
  mountedAt: undefined,
  efi: false,
  ...facts,
});

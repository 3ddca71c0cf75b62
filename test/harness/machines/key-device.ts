/** What the machine says about a key. */
import { existsSync } from 'node:fs';
import { fail, ok } from '../../../main/contract/result.ts';
import type { BlockDevice } from '../../../main/devices/udisks/block-devices.ts';
import type { Mounting } from '../../../main/devices/udisks/udisks-mounting.ts';

/** As `lsblk` lists it. */
export const keyDevice = (facts: Partial<BlockDevice> = {}): BlockDevice => ({
  id: 'key',
  path: '/dev/key',
  disk: '/dev/key',
  fileSystem: 'vfat',
  readable: true,
  sizeBytes: 1,
  readOnly: false,
  mountedAt: undefined,
  efi: false,
  ...facts,
});

/** A folder in place of a mounted key: it stays where it is. */
export const holdFolder: Mounting['hold'] = async (at) =>
  existsSync(at) ? ok({ path: at, close: async () => undefined }) : fail('not-mounted');

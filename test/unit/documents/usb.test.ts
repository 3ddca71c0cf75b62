import { describe, expect, it } from 'vitest';
import { formatOfName, keysOf, nameOnKey } from '../../../main/features/documents/usb/usb-policy.ts';

describe('what is a key', () => {
  const tree = (extra: object) =>
    JSON.stringify({
      blockdevices: [
        {
          path: '/dev/sda',
          tran: 'sata',
          rm: false,
          hotplug: false,
          children: [{ path: '/dev/sda1', fstype: 'ext4', size: 1 }],
        },
        {
          path: '/dev/sdb',
          rm: true,
          hotplug: true,
          tran: 'usb',
          children: [{ path: '/dev/sdb1', fstype: 'vfat', size: 8_000, ...extra }],
        },
      ],
    });
  it('the partition of a USB disk, never the machine’s own disk', () => {
    expect(keysOf(tree({}))).toEqual([
      { path: '/dev/sdb1', fileSystem: 'vfat', sizeBytes: 8000, readOnly: false, mountedAt: undefined },
    ]);
    expect(keysOf(tree({ ro: true, mountpoint: '/media/x' }))).toMatchObject([
      { readOnly: true, mountedAt: '/media/x' },
    ]);
    expect(keysOf(tree({ fstype: 'crypto_LUKS' }))).toEqual([]);
    expect(keysOf('lsblk: error')).toEqual([]);
  });
});

describe('what is taken and written', () => {
  it('pictures and PDF alone', () => {
    expect(['a.PDF', 'b.jpeg', 'c.png'].map(formatOfName)).toEqual(['pdf', 'picture', 'picture']);
    expect(['a.exe', 'autorun.inf', '.hidden.pdf', '~$b.pdf', 'x.pdf.lnk'].map(formatOfName)).toEqual(
      Array(5).fill(undefined),
    );
  });

  it('a name that FAT takes, and never one that is there', () => {
    expect(nameOnKey('Attestation Caf – octobre 2026.pdf', new Set())).toBe('Attestation Caf – octobre 2026.pdf');
    expect(nameOnKey('a/b:c?.pdf', new Set())).toBe('a b c.pdf');
    expect(nameOnKey('RIB.pdf', new Set(['rib.pdf', 'rib (2).pdf']))).toBe('RIB (3).pdf');
    expect(nameOnKey('../../x.pdf', new Set())).not.toContain('/');
  });
});

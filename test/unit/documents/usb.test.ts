import { describe, expect, it } from 'vitest';
import { keysAmong, usbDevicesOf } from '../../../main/devices/udisks/block-devices.ts';
import { isOfTheSystem, nameOnKey, shownOnKey } from '../../../main/devices/udisks/names-on-key.ts';
import { judgeKeyFile } from '../../../main/features/documents/judge-key-file.ts';

describe('what is a key', () => {
  const listed = (...blockdevices: object[]) => keysAmong(usbDevicesOf(JSON.stringify({ blockdevices })) ?? []);
  const own = {
    path: '/dev/sda',
    tran: 'sata',
    rm: false,
    hotplug: false,
    children: [{ path: '/dev/sda1', fstype: 'ext4', size: 1 }],
  };
  const usb = (...children: object[]) => ({
    path: '/dev/sdb',
    rm: true,
    hotplug: true,
    tran: 'usb',
    serial: '4C53',
    children: children.map((child, n) => ({ path: `/dev/sdb${n + 1}`, fstype: 'vfat', size: 8_000, ...child })),
  });

  it('the partition of a USB disk, never the machine’s own disk', () => {
    expect(listed(own, usb({ uuid: '2F1A-66B0' }))).toEqual([
      {
        id: '/dev/sdb1 4C53 2F1A-66B0',
        path: '/dev/sdb1',
        disk: '/dev/sdb',
        fileSystem: 'vfat',
        readable: true,
        sizeBytes: 8000,
        readOnly: false,
        mountedAt: undefined,
        efi: false,
      },
    ]);
    expect(listed(own, usb({ ro: true, mountpoint: '/media/x' }))).toMatchObject([
      { readOnly: true, mountedAt: '/media/x' },
    ]);
  });

  it('a USB disk without partitions', () => {
    expect(listed({ path: '/dev/sdb', tran: 'usb', fstype: 'exfat', size: 9 })).toMatchObject([{ path: '/dev/sdb' }]);
  });

  it('unknown when this is not what lsblk writes', () => {
    expect(usbDevicesOf('lsblk: error')).toBeUndefined();
    expect(usbDevicesOf('')).toBeUndefined();
  });

  it('no disk of which the machine uses a part', () => {
    expect(listed(usb({ mountpoint: '/boot/efi', size: 9 }, { fstype: 'ext4' }))).toEqual([]);
  });

  const GPT_EFI = 'c12a7328-f81f-11d2-ba4b-00a0c93ec93b';
  it.each([
    ['first', [{ size: 209_715_200, parttype: GPT_EFI }, { size: 8_000_000_000 }], '/dev/sdb2'],
    ['in an MBR', [{ size: 9, parttype: '0xef' }, { size: 3 }], '/dev/sdb2'],
    ['larger than the rest', [{ size: 3 }, { size: 9, parttype: GPT_EFI.toUpperCase() }], '/dev/sdb1'],
  ])('never its EFI partition (%s)', (_where, partitions, path) => {
    expect(listed(usb(...partitions))).toMatchObject([{ path }]);
  });

  it('the largest of several partitions that can be read, on each disk', () => {
    const several = usb({ size: 100 }, { size: 300, fstype: 'exfat' }, { size: 900, fstype: 'apfs' }, { size: 200 });
    const other = { path: '/dev/sdc', tran: 'usb', children: [{ path: '/dev/sdc1', fstype: 'ntfs', size: 5 }] };
    expect(listed(several, other)).toMatchObject([{ path: '/dev/sdb2' }, { path: '/dev/sdc1' }]);
  });
});

describe('a USB disk on which nothing can be read', () => {
  const GPT_EFI = 'c12a7328-f81f-11d2-ba4b-00a0c93ec93b';
  const disk = { path: '/dev/sdb', type: 'disk', tran: 'usb', serial: '4C53', size: 8_000 };
  const part = { path: '/dev/sdb1', size: 7_000, parttype: '0xaf' };
  const keys = (...blockdevices: object[]) => keysAmong(usbDevicesOf(JSON.stringify({ blockdevices })) ?? []);
  const its = (of: Partial<Record<'disk' | 'part', object>>) =>
    keys({ ...disk, ...of.disk, children: [{ ...part, ...of.part }] });

  it.each([
    ['of a Mac', its({ part: { fstype: 'hfsplus' } })],
    [
      'of a Mac, with its EFI partition',
      keys({
        ...disk,
        children: [
          { ...part, fstype: 'vfat', parttype: GPT_EFI },
          { ...part, fstype: 'apfs' },
        ],
      }),
    ],
    ['closed by BitLocker', its({ part: { fstype: 'BitLocker' } })],
    ['closed by LUKS, without partitions', keys({ ...disk, fstype: 'crypto_LUKS' })],
    ['never formatted', keys(disk)],
  ])('is a key all the same: %s', (_what, listed) => {
    expect(listed).toMatchObject([{ id: '/dev/sdb 4C53 ', disk: '/dev/sdb', readable: false }]);
  });

  it('is not what udev has not read yet, or what is just being pulled out', () => {
    expect(keys({ ...disk, serial: null })).toEqual([]);
    expect(its({ part: { parttype: null } })).toEqual([]);
    expect(keys({ ...disk, pttype: 'gpt' })).toEqual([]);
  });

  it('is no card reader without a card, no disc and no disk of the machine', () => {
    expect(keys({ ...disk, size: 0 })).toEqual([]);
    expect(keys({ ...disk, type: 'rom', fstype: 'iso9660' })).toEqual([]);
    expect(keys({ ...disk, tran: 'sata', fstype: 'btrfs', rm: true, hotplug: true })).toEqual([]);
    expect(its({ part: { fstype: 'btrfs', mountpoint: '/' } })).toEqual([]);
    expect(its({ part: { fstype: 'swap', mountpoint: '[SWAP]' } })).toEqual([]);
    const opened = [{ path: '/dev/mapper/root', fstype: 'xfs', mountpoint: '/' }];
    expect(its({ part: { fstype: 'crypto_LUKS', children: opened } })).toEqual([]);
  });

  it('is not looked at when one of its partitions can be read', () => {
    const hidden = { ...part, path: '/dev/sdb2', size: 9_000 };
    expect(keys({ ...disk, children: [{ ...part, fstype: 'exfat' }, hidden] })).toMatchObject([
      { path: '/dev/sdb1', readable: true },
    ]);
  });
});

describe('what is taken and written', () => {
  const judged = (name: string, sizeBytes = 9) => {
    const { kind, refused } = judgeKeyFile(name, sizeBytes, 1_000);
    return refused ?? kind;
  };

  it('pictures, PDF and letters, whatever the case of their names', () => {
    expect(
      ['a.PDF', 'b.jpeg', 'c.JFIF', 'd.HEIC', 'e.bmp', 'f.docx', 'g.odt', 'h.TXT'].map((name) => judged(name)),
    ).toEqual(['pdf', 'picture', 'picture', 'picture', 'picture', 'letter', 'letter', 'letter']);
  });

  it('all else has its reason', () => {
    expect(
      ['a.exe', 'autorun.inf', 'x.pdf.lnk', 'b.zip', 'c.xlsx', 'd.mp4', 'e.qqq', 'f.'].map((name) => judged(name)),
    ).toEqual(['program', 'program', 'program', 'archive', 'office', 'media', 'unknown', 'unknown']);
    expect([judged('a.pdf', 0), judged('a.pdf', 1_000), judged('a.pdf', 1_001), judged('a.zip', 0)]).toEqual([
      'empty',
      'pdf',
      'too-large',
      'archive',
    ]);
  });

  it('a file without an ending may be wanted: its bytes will tell', () => expect(judged('attestation')).toBe('other'));

  it('what a system writes for itself is not the person’s', () => {
    const names = ['.DS_Store', '._photo.jpg', '~$lettre.docx', 'System Volume Information', 'Thumbs.db', 'photo.jpg'];
    expect(names.filter((name) => !isOfTheSystem(name))).toEqual(['photo.jpg']);
  });

  it('shows a sign that turns the direction of writing as a sign', () => {
    expect(shownOnKey('facture-\u202Efdp.exe.pdf')).toBe('facture-\uFFFDfdp.exe.pdf');
    expect(shownOnKey('a\u2066b\u2069c\u200F.pdf')).toBe('a\uFFFDb\uFFFDc\uFFFD.pdf');
    expect(shownOnKey('Été — שלום 👨‍👩‍👧.pdf')).toBe('Été — שלום 👨‍👩‍👧.pdf');
  });

  it('a name that FAT takes, and never one that is there', () => {
    expect(nameOnKey('Attestation Caf – octobre 2026.pdf', new Set())).toBe('Attestation Caf – octobre 2026.pdf');
    expect(nameOnKey('a/b:c?.pdf', new Set())).toBe('a b c.pdf');
    expect(nameOnKey('facture\u202Efdp.exe', new Set())).toBe('facture fdp.exe');
    expect(nameOnKey('RIB.pdf', new Set(['rib.pdf', 'rib (2).pdf']))).toBe('RIB (3).pdf');
    expect(nameOnKey('../../x.pdf', new Set())).not.toContain('/');
  });
});

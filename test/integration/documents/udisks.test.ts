/** USB keys as people have them (FAT32, exFAT, NTFS), through the real udisks: the whole adapter, nothing of it replaced. */
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { createUdisksKeys } from '../../../main/features/documents/usb/udisks-keys.ts';
import type { UsbKeys } from '../../../main/features/documents/usb-keys.ts';
import { systemClock } from '../../../main/platform/clock.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { run } from '../../../main/platform/run.ts';
import { startUdisksWorld, type KeyKind, type UdisksWorld } from '../../harness/machines/udisks-world.ts';
import { until } from '../../harness/until.ts';

const started = await startUdisksWorld();
const world: UdisksWorld | undefined = 'obstacle' in started ? undefined : started;
if ('obstacle' in started) console.warn(`SKIPPED: keys through the real udisks: ${started.obstacle}`);
const NAMES: Readonly<Record<KeyKind, string>> = { vfat: 'FAT32', exfat: 'exFAT', ntfs: 'NTFS' };
for (const kind of ['vfat', 'exfat', 'ntfs'] as const)
  if (world && !world.kinds.includes(kind)) console.warn(`SKIPPED: ${NAMES[kind]} keys: no driver for them here`);
const weak = (world?.kinds ?? []).filter((kind) => world?.isWeak(kind));
for (const kind of weak)
  console.warn(`SKIPPED: a ${NAMES[kind]} key full or write-protected: its driver here can do neither`);
afterAll(() => world?.stop());

const pdf = new TextEncoder().encode('%PDF-1.7 canari');
const names = ['Attestation Caf – octobre 2026.pdf'];

describe.skipIf(!world).each((world?.kinds ?? []).map((kind) => ({ kind, name: NAMES[kind] })))(
  'a $name key',
  ({ kind }) => {
    const port = world!;
    let keys: UsbKeys | undefined;
    const plug = async (
      files: Readonly<Record<string, Uint8Array>> = {},
      options: Parameters<UdisksWorld['plugIn']>[2] = {},
    ): Promise<UsbKeys> => {
      await port.plugIn(kind, files, options);
      keys = createUdisksKeys({ run, files: systemFiles, clock: systemClock });
      return keys;
    };
    afterEach(async () => {
      await keys?.release();
      port.pullOut();
    });

    it('is seen when it comes and when it goes', async () => {
      port.pullOut();
      const seen: boolean[] = [];
      await plug();
      const stop = keys!.watch((present) => seen.push(present));
      await until('the key', () => seen.at(-1) === true);
      port.pullOut();
      await until('the key gone', () => seen.at(-1) === false);
      stop();
      expect(seen).toEqual([true, false]);
    });

    it('gives its pictures and PDF, and nothing else; nothing on it may run or be written', async () => {
      const key = await plug({ 'Été à Néris.PDF': pdf, 'photo.jpg': pdf, 'setup.exe': pdf, 'note.txt': pdf });
      const opened = await key.open();
      if (!opened.ok) throw new Error(opened.error);
      expect(opened.value.files.map((file) => file.name)).toEqual(['photo.jpg', 'Été à Néris.PDF']);
      expect(opened.value.canWrite).toBe(true);
      const read = await key.read(opened.value.files[1]!, 1_000);
      expect(read.ok && Buffer.from(read.value).toString()).toBe('%PDF-1.7 canari');
      const at = opened.value.files[1]!.path;
      expect((await systemFiles.append(at, 'x')).ok).toBe(false);
      const ran = await run(at, [], { timeoutMs: 5_000 });
      expect(ran.ok).toBe(false);
      await key.release();
      expect(await key.leftovers()).toEqual([]);
      expect(port.filesOn()).toHaveLength(4);
    });

    it('gets copies beside what it has, on the key itself once it is said', async () => {
      const key = await plug({ [names[0]!]: pdf });
      let done = 0;
      expect(await key.write([{ name: names[0]!, bytes: pdf }], (count) => (done = count))).toEqual({
        ok: true,
        value: null,
      });
      expect(done).toBe(1);
      await key.release();
      expect([...port.filesOn()].sort()).toEqual([
        'Attestation Caf – octobre 2026 (2).pdf',
        'Attestation Caf – octobre 2026.pdf',
      ]);
    });

    it.skipIf(weak.includes(kind))('that is full is said, and keeps nothing of ours', async () => {
      const key = await plug({ 'CV.pdf': pdf }, { full: true });
      expect(await key.write([{ name: 'a.pdf', bytes: new Uint8Array(200_000) }], () => undefined)).toEqual({
        ok: false,
        error: 'full',
      });
      await key.release();
      expect(port.filesOn().filter((name) => !name.startsWith('plein'))).toEqual(['CV.pdf']);
    });

    it.skipIf(weak.includes(kind))('that refuses writing is read, and said', async () => {
      const key = await plug({ 'CV.pdf': pdf }, { readOnly: true });
      const opened = await key.open();
      expect(opened).toMatchObject({ ok: true, value: { canWrite: false } });
      expect(await key.write([{ name: 'a.pdf', bytes: pdf }], () => undefined)).toEqual({
        ok: false,
        error: 'write-protected',
      });
    });

    it('torn out while it is written is told from a copy', async () => {
      const key = await plug({ 'CV.pdf': pdf });
      const files = Array.from({ length: 3 }, (_, i) => ({ name: `${i}.pdf`, bytes: new Uint8Array(3_000_000) }));
      const written = await key.write(files, (count) => {
        if (count === 1) port.tearOut();
      });
      expect(written).toEqual({ ok: false, error: 'pulled-out' });
    });
  },
);

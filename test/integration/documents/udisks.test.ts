/** The complete USB adapter with the real udisks, on common file systems (FAT32, exFAT, NTFS). */
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { judgeKeyFile } from '../../../main/features/documents/judge-key-file.ts';
import { createUdisksKeys } from '../../../main/devices/udisks/udisks-keys.ts';
import type { UsbKeys } from '../../../main/devices/usb-keys.ts';
import { systemClock } from '../../../main/platform/clock.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { follow } from '../../../main/platform/follow.ts';
import { run } from '../../../main/platform/run.ts';
import { startUdisksFixture, type KeyKind, type UdisksFixture } from '../../harness/machines/udisks-fixture.ts';
import { until } from '../../harness/until.ts';

const over = new AbortController().signal;
const started = await startUdisksFixture();
const fixture: UdisksFixture | undefined = 'obstacle' in started ? undefined : started;
if ('obstacle' in started) console.warn(`SKIPPED: keys through the real udisks: ${started.obstacle}`);
const NAMES: Readonly<Record<KeyKind, string>> = { vfat: 'FAT32', exfat: 'exFAT', ntfs: 'NTFS' };
for (const kind of ['vfat', 'exfat', 'ntfs'] as const)
  if (fixture && !fixture.kinds.includes(kind)) console.warn(`SKIPPED: ${NAMES[kind]} keys: no driver for them here`);
const weak = (fixture?.kinds ?? []).filter((kind) => fixture?.isWeak(kind));
for (const kind of weak)
  console.warn(`SKIPPED: a ${NAMES[kind]} key full or write-protected: its driver here can do neither`);
afterAll(() => fixture?.stop());

/** The id of the only key that is plugged in; empty when there is none. */
const idOf = async (keys: UsbKeys): Promise<string> => {
  const seen = Promise.withResolvers<readonly string[]>();
  const stop = keys.watch(seen.resolve);
  const [id = ''] = await seen.promise;
  stop();
  return id;
};

const pdf = new TextEncoder().encode('%PDF-1.7 canari');
const names = ['Attestation Caf – octobre 2026.pdf'];

describe.skipIf(!fixture).each((fixture?.kinds ?? []).map((kind) => ({ kind, name: NAMES[kind] })))(
  'a $name key',
  ({ kind }) => {
    const port = fixture!;
    let keys: UsbKeys | undefined;
    const plug = async (
      files: Readonly<Record<string, Uint8Array>> = {},
      options: Parameters<UdisksFixture['plugIn']>[2] = {},
    ): Promise<UsbKeys> => {
      await port.plugIn(kind, files, options);
      keys = createUdisksKeys({ run, files: systemFiles, clock: systemClock, follow, judge: judgeKeyFile });
      return keys;
    };
    afterEach(async () => {
      await keys?.release();
      port.pullOut();
    });

    it('is detected when it is plugged in and removed', async () => {
      port.pullOut();
      const seen: (readonly string[])[] = [];
      await plug();
      const stop = keys!.watch((plugged) => seen.push(plugged));
      await until('the key', () => seen.at(-1)?.length === 1);
      port.pullOut();
      await until('the key gone', () => seen.at(-1)?.length === 0);
      await port.plugIn(kind);
      await until('another key', () => seen.at(-1)?.length === 1);
      stop();
      expect(seen).toEqual([[expect.any(String)], [], [expect.any(String)]]);
    });

    it('lists all its files and reads those that can be opened; nothing on it can be run or written', async () => {
      const key = await plug({ 'Été à Néris.PDF': pdf, 'photo.jpg': pdf, 'setup.exe': pdf, 'note.txt': pdf });
      const opened = await key.open(await idOf(key), over);
      if (!opened.ok) throw new Error(opened.error);
      expect(opened.value.files.map(({ name, refused }) => [name, refused])).toEqual([
        ['note.txt', null],
        ['photo.jpg', null],
        ['setup.exe', 'program'],
        ['Été à Néris.PDF', null],
      ]);
      expect(opened.value.canWrite).toBe(true);
      const read = await key.read(await idOf(key), opened.value.files[3]!, 1_000, over);
      expect(read.ok && Buffer.from(read.value).toString()).toBe('%PDF-1.7 canari');
      const at = opened.value.files[3]!.path;
      expect((await systemFiles.append(at, 'x')).ok).toBe(false);
      const ran = await run(at, [], { timeoutMs: 5_000 });
      expect(ran.ok).toBe(false);
      await key.release();
      expect(await key.leftovers()).toEqual([]);
      expect(port.filesOn()).toHaveLength(4);
    });

    it('gets copies next to its own files, flushed before success is reported', async () => {
      const key = await plug({ [names[0]!]: pdf });
      let done = 0;
      expect(
        await key.write(await idOf(key), [{ name: names[0]!, bytes: pdf }], (count) => (done = count), over),
      ).toEqual({
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

    it.skipIf(weak.includes(kind))('that is full is reported, and no partial file stays', async () => {
      const key = await plug({ 'CV.pdf': pdf }, { full: true });
      expect(
        await key.write(await idOf(key), [{ name: 'a.pdf', bytes: new Uint8Array(200_000) }], () => undefined, over),
      ).toEqual({
        ok: false,
        error: 'full',
      });
      await key.release();
      expect(port.filesOn().filter((name) => !name.startsWith('plein'))).toEqual(['CV.pdf']);
    });

    it.skipIf(weak.includes(kind))('that is write-protected is read, and reported', async () => {
      const key = await plug({ 'CV.pdf': pdf }, { readOnly: true });
      const opened = await key.open(await idOf(key), over);
      expect(opened).toMatchObject({ ok: true, value: { canWrite: false } });
      expect(await key.write(await idOf(key), [{ name: 'a.pdf', bytes: pdf }], () => undefined, over)).toEqual({
        ok: false,
        error: 'write-protected',
      });
    });

    it('is unmounted after a copy that the end of the session stopped, and nothing of the copy stays', async () => {
      const key = await plug({ 'CV.pdf': pdf });
      const session = new AbortController();
      const files = Array.from({ length: 3 }, (_, i) => ({ name: `${i}.pdf`, bytes: new Uint8Array(3_000_000) }));
      const copy = key.write(await idOf(key), files, () => session.abort(), session.signal);
      await until('the copy', () => session.signal.aborted);
      expect(await key.leftovers()).toHaveLength(1);
      await key.release();
      expect((await copy).ok).toBe(false);
      expect(await key.leftovers()).toEqual([]);
      expect(port.filesOn()).toEqual(['CV.pdf']);
    });

    it('that is busy stays a leftover, also for the next run, until it is unmounted', async () => {
      const key = await plug({ 'CV.pdf': pdf });
      const opened = await key.open(await idOf(key), over);
      const held = await open(opened.ok ? opened.value.files[0]!.path : '');
      await key.release();
      expect(await key.leftovers()).toHaveLength(1);
      const next = createUdisksKeys({ run, files: systemFiles, clock: systemClock, follow, judge: judgeKeyFile });
      expect(await next.leftovers()).toHaveLength(1);
      await held.close();
      await next.release();
      expect(await next.leftovers()).toEqual([]);
      await key.release(); // udisks answers that it is not mounted
      expect(await key.leftovers()).toEqual([]);
    });

    it('pulled out during a write is not reported as a success', async () => {
      const key = await plug({ 'CV.pdf': pdf });
      const files = Array.from({ length: 3 }, (_, i) => ({ name: `${i}.pdf`, bytes: new Uint8Array(3_000_000) }));
      const written = await key.write(
        await idOf(key),
        files,
        (count) => {
          if (count === 1) port.tearOut();
        },
        over,
      );
      expect(written).toEqual({ ok: false, error: 'pulled-out' });
      // udisks unmounts the key sooner or later: its mount point is then a folder on the machine's own disk. `find`
      // itself fails while it goes, or on the dead key.
      expect(port.runAs('root', 'sh', '-c', 'find /media -xdev -type f 2>/dev/null; :')).toBe('');
    });
  },
);

/** Not root and without a login session, as an installed kiosk runs. */
describe.skipIf(!fixture)('a kiosk under its own account', () => {
  const port = fixture!;
  const kind = port?.kinds[0] ?? 'vfat';
  let keys: UsbKeys;
  const mayMount = (): boolean =>
    port.runAs('kiosk', 'sh', '-c', 'pkcheck -a org.freedesktop.udisks2.filesystem-mount -p $$') !== undefined;
  const setInstalled = async (installed: boolean): Promise<void> => {
    if (mayMount() === installed) return;
    port.setInstalled(installed);
    // polkit reloads changed rules by itself after a moment.
    await until('the changed rules to hold', () => mayMount() === installed);
  };
  beforeEach(() => {
    keys = createUdisksKeys({ run, files: systemFiles, clock: systemClock, follow, judge: judgeKeyFile });
    port.actAs('kiosk');
  });
  afterEach(async () => {
    await keys.release();
    port.pullOut();
  });
  afterAll(() => {
    port.setInstalled(false);
    port.actAs('root');
  });

  it('may not open a key without the installed rules', async () => {
    await setInstalled(false);
    await port.plugIn(kind, { 'CV.pdf': pdf });
    expect(await keys.open(await idOf(keys), over)).toEqual({ ok: false, error: 'not-allowed' });
    expect(await keys.leftovers()).toEqual([]);
  });

  it('reads, writes and releases a key with the rules that the product ships', async () => {
    await setInstalled(true);
    await port.plugIn(kind, { 'CV.pdf': pdf });
    const opened = await keys.open(await idOf(keys), over);
    if (!opened.ok) throw new Error(opened.error);
    expect(opened.value.files.map((file) => file.name)).toEqual(['CV.pdf']);
    const seen = opened.value.files[0]!.path.replace(/^\/proc\/\d+\/root/, '');
    expect(port.runAs('kiosk', 'cat', seen)).toBe('%PDF-1.7 canari');
    expect(port.runAs('somebody', 'cat', seen)).toBeUndefined();
    expect(await keys.write(await idOf(keys), [{ name: names[0]!, bytes: pdf }], () => undefined, over)).toEqual({
      ok: true,
      value: null,
    });
    expect(port.runAs('kiosk', 'touch', `${dirname(seen)}/autre.pdf`)).toBe('');
    await keys.release();
    expect([...port.filesOn()].sort()).toEqual([names[0], 'CV.pdf', 'autre.pdf'].sort());
  });

  it('opens a key that a killed run had left mounted', async () => {
    await setInstalled(true);
    await port.plugIn(kind, { 'CV.pdf': pdf });
    const killed = createUdisksKeys({ run, files: systemFiles, clock: systemClock, follow, judge: judgeKeyFile });
    expect(await killed.write(await idOf(killed), [{ name: 'a.pdf', bytes: pdf }], () => undefined, over)).toEqual({
      ok: true,
      value: null,
    });
    const opened = await keys.open(await idOf(keys), over);
    expect(opened.ok && opened.value.files.map((file) => file.name)).toEqual(['CV.pdf', 'a.pdf']);
    const held = port.runAs('root', 'findmnt', '-no', 'OPTIONS', '-S', port.device())?.trim().split(',');
    expect(held).toContain('ro');
  });

  it('may not mount a key with exec, suid or dev', async () => {
    await setInstalled(true);
    await port.plugIn(kind, { 'CV.pdf': pdf });
    const mount = (options: readonly string[]) =>
      run('udisksctl', ['mount', '--no-user-interaction', '-b', port.device(), ...options], { timeoutMs: 5_000 });
    for (const wish of ['exec', 'suid', 'dev']) {
      const asked = await mount(['-o', wish]);
      expect(!asked.ok && asked.error.kind === 'exit' && asked.error.output.stderr).toContain('OptionNotPermitted');
    }
    expect((await mount([])).ok).toBe(true);
    const held = port.runAs('root', 'findmnt', '-no', 'OPTIONS', '-S', port.device())?.trim().split(',');
    expect(held).toEqual(expect.arrayContaining(['nosuid', 'nodev', 'noexec']));
    await run('udisksctl', ['unmount', '-b', port.device()], { timeoutMs: 5_000 });
  });

  it('may not mount fixed disks, format, set up images or unlock disks', async () => {
    await setInstalled(true);
    await port.plugIn(kind, { 'CV.pdf': pdf }, { fixed: true });
    expect(await keys.open(await idOf(keys), over)).toEqual({ ok: false, error: 'not-allowed' });
    expect(
      port.runAs('kiosk', 'udisksctl', 'loop-setup', '--no-user-interaction', '-f', '/etc/passwd'),
    ).toBeUndefined();
    const all = (port.runAs('root', 'pkaction') ?? '')
      .split('\n')
      .filter((id) => id.startsWith('org.freedesktop.udisks2.'));
    expect(all).toContain('org.freedesktop.udisks2.modify-device');
    // The shell checks its own rights, one after the other.
    const may = port.runAs(
      'kiosk',
      'sh',
      '-c',
      'for id; do pkcheck -a "$id" -p $$ 2>/dev/null && echo "$id"; done; :',
      'sh',
      ...all,
    );
    expect(
      may
        ?.trim()
        .split('\n')
        .filter((line) => line.startsWith('org.')),
    ).toEqual(['org.freedesktop.udisks2.filesystem-mount', 'org.freedesktop.udisks2.filesystem-mount-other-seat']);
  });

  it('is the only account with this right', async () => {
    await setInstalled(true);
    await port.plugIn(kind, { 'CV.pdf': pdf });
    port.actAs('somebody');
    expect(await keys.open(await idOf(keys), over)).toEqual({ ok: false, error: 'not-allowed' });
    port.actAs('kiosk');
    expect(await keys.open(await idOf(keys), over)).toMatchObject({ ok: true });
  });
});

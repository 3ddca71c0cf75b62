import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createUploadFolder } from '../../../main/features/documents/upload-folder.ts';
import { createVault } from '../../../main/features/documents/vault.ts';
import { PIECE_BYTES } from '../../../main/features/documents/sealing.ts';
import { systemPrivateFiles, type PrivateFiles } from '../../../main/platform/private-files.ts';

let base: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'vault-'));
});
afterEach(() => rm(base, { recursive: true, force: true }));

const vaultWith = (over: Partial<Parameters<typeof createVault>[0]> = {}) =>
  createVault({ files: systemPrivateFiles, folder: join(base, 'v'), maxBytes: 8 * 1024 * 1024, ...over });

const stored = async (vault: ReturnType<typeof vaultWith>, bytes: Uint8Array): Promise<string> => {
  const added = await vault.add(bytes);
  if (!added.ok) throw new Error(added.error.kind);
  return added.value.id;
};

const pattern = (size: number): Uint8Array => Uint8Array.from({ length: size }, (_, i) => (i * 31 + (i >> 8)) & 255);

describe('the vault', () => {
  it.each([0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 3 * PIECE_BYTES])(
    'gives back %i bytes as they were',
    async (size) => {
      const vault = vaultWith();
      const bytes = pattern(size);
      expect(Buffer.from((await vault.read(await stored(vault, bytes)))!).equals(Buffer.from(bytes))).toBe(true);
    },
  );

  it('takes a stream cut in odd places', async () => {
    const bytes = pattern(600_001);
    async function* odd() {
      for (let i = 0; i < bytes.length; i += 7919) yield bytes.subarray(i, i + 7919);
    }
    const vault = vaultWith();
    const added = await vault.add(odd());
    expect(added).toMatchObject({ ok: true, value: { sizeBytes: 600_001 } });
    expect(Buffer.from((await vault.read(added.ok ? added.value.id : ''))!).equals(Buffer.from(bytes))).toBe(true);
  });

  it('writes nothing readable, in files for this account alone', async () => {
    const vault = vaultWith();
    await stored(vault, new TextEncoder().encode('canari-lisible '.repeat(1000)));
    const [name] = await readdir(join(base, 'v'));
    const raw = await readFile(join(base, 'v', name!));
    expect(raw.includes('canari')).toBe(false);
    expect((await stat(join(base, 'v', name!))).mode & 0o777).toBe(0o600);
    expect((await stat(join(base, 'v'))).mode & 0o777).toBe(0o700);
  });

  it('never seals the same bytes twice alike', async () => {
    const vault = vaultWith();
    await stored(vault, pattern(100));
    await stored(vault, pattern(100));
    const [a, b] = await Promise.all((await readdir(join(base, 'v'))).map((n) => readFile(join(base, 'v', n))));
    expect(a!.equals(b!)).toBe(false);
  });

  it.each(['flip', 'cut', 'swap'] as const)('does not open a file that was changed (%s)', async (how) => {
    const vault = vaultWith();
    const id = await stored(vault, pattern(2 * PIECE_BYTES + 10));
    const path = join(base, 'v', `${id}.sealed`);
    const raw = await readFile(path);
    if (how === 'flip') raw[40] = raw[40]! ^ 1;
    if (how === 'flip') await writeFile(path, raw);
    if (how === 'cut') await truncate(path, 16 + PIECE_BYTES + 16);
    if (how === 'swap') {
      const size = PIECE_BYTES + 16;
      await writeFile(
        path,
        Buffer.concat([
          raw.subarray(0, 16),
          raw.subarray(16 + size, 16 + 2 * size),
          raw.subarray(16, 16 + size),
          raw.subarray(16 + 2 * size),
        ]),
      );
    }
    expect(await vault.read(id)).toBeUndefined();
  });

  it('refuses what goes beyond its limit, and has the room back', async () => {
    const vault = vaultWith({ maxBytes: 500_000 });
    await stored(vault, pattern(300_000));
    const used = vault.usedBytes;
    expect(await vault.add(pattern(300_000))).toEqual({ ok: false, error: { kind: 'full' } });
    expect(vault.usedBytes).toBe(used);
    expect((await readdir(join(base, 'v'))).length).toBe(1);
    expect((await vault.add(pattern(150_000))).ok).toBe(true);
  });

  it.each([
    ['ENOSPC', 'memory-full'],
    ['EACCES', 'unwritable'],
  ])('says what happened when the file system answers %s', async (code, kind) => {
    const files: PrivateFiles = {
      ...systemPrivateFiles,
      create: async () => ({
        write: () => Promise.reject(Object.assign(new Error(code), { code })),
        close: async () => undefined,
      }),
    };
    expect(await vaultWith({ files }).add(pattern(10))).toMatchObject({ ok: false, error: { kind } });
  });

  it('leaves nothing of a source that broke off', async () => {
    async function* broken() {
      yield pattern(300_000);
      throw new Error('pulled out');
    }
    const vault = vaultWith();
    expect(await vault.add(broken())).toMatchObject({ ok: false, error: { kind: 'source' } });
    expect(await readdir(join(base, 'v'))).toEqual([]);
    expect(vault.usedBytes).toBe(0);
  });

  it('is empty and clean after a wipe, and takes nothing any more: the next person has another', async () => {
    const vault = vaultWith();
    const id = await stored(vault, pattern(1000));
    expect(await vault.wipeStep.leftovers()).not.toEqual([]);
    await vault.wipeStep.wipe();
    expect(await vault.wipeStep.leftovers()).toEqual([]);
    expect(await vault.read(id)).toBeUndefined();
    expect(await vault.add(pattern(5))).toEqual({ ok: false, error: { kind: 'wiped' } });
    expect(await vault.wipeStep.leftovers()).toEqual([]);
    const next = vaultWith();
    expect(await next.read(await stored(next, pattern(5)))).toEqual(pattern(5));
  });

  it('a copy of the files kept aside does not open under the next key', async () => {
    const vault = vaultWith();
    const id = await stored(vault, pattern(1000));
    const kept = await readFile(join(base, 'v', `${id}.sealed`));
    await vault.wipeStep.wipe();
    const another = vaultWith();
    const next = await stored(another, pattern(1000));
    await writeFile(join(base, 'v', `${next}.sealed`), kept);
    expect(await another.read(next)).toBeUndefined();
  });

  it('a write under way when the session ends does not survive it', async () => {
    const vault = vaultWith();
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    async function* slow() {
      yield pattern(300_000);
      await gate;
      yield pattern(300_000);
    }
    const adding = vault.add(slow());
    const wiping = vault.wipeStep.wipe();
    go();
    expect(await adding).toEqual({ ok: false, error: { kind: 'wiped' } });
    await wiping;
    expect(await vault.wipeStep.leftovers()).toEqual([]);
  });

  it('a read under way when the session ends gives nothing', async () => {
    const rest = Promise.withResolvers<void>();
    const piece = Promise.withResolvers<void>();
    const files: PrivateFiles = {
      ...systemPrivateFiles,
      async open(folder, name) {
        const reader = await systemPrivateFiles.open(folder, name);
        let reads = 0;
        return {
          ...reader,
          async read(into) {
            reads += 1;
            if (reads === 3) {
              piece.resolve();
              await rest.promise;
            }
            return reader.read(into);
          },
        };
      },
    };
    const vault = vaultWith({ files });
    const reading = vault.read(await stored(vault, pattern(3 * PIECE_BYTES)));
    await piece.promise;
    await vault.wipeStep.wipe();
    rest.resolve();
    expect(await reading).toBeUndefined();
  });

  it('tells the audit about a file that could not be removed', async () => {
    const vault = vaultWith({ files: { ...systemPrivateFiles, remove: () => Promise.reject(new Error('EBUSY')) } });
    await stored(vault, pattern(10));
    await vault.wipeStep.wipe();
    expect(await vault.wipeStep.leftovers()).toEqual(['1 fichier(s) dans le coffre']);
  });

  it('purges what an earlier run left, before it has a key of its own', async () => {
    await stored(vaultWith(), pattern(10));
    const afterCrash = vaultWith();
    expect(await afterCrash.wipeStep.leftovers()).toEqual(['1 fichier(s) dans le coffre']);
    await afterCrash.wipeStep.wipe();
    expect(await afterCrash.wipeStep.leftovers()).toEqual([]);
  });
});

describe('the upload folder', () => {
  it('lends plain files and takes them back', async () => {
    const uploads = createUploadFolder({ files: systemPrivateFiles, folder: join(base, 'u') });
    const loan = await uploads.lend([{ name: 'rib-1.pdf', content: pattern(20) }]);
    expect(new Uint8Array(await readFile(loan.paths[0]!))).toEqual(pattern(20));
    expect(await uploads.wipeStep.leftovers()).toEqual(['1 dossier(s) d’envoi']);
    await loan.release();
    await loan.release();
    expect(await uploads.wipeStep.leftovers()).toEqual([]);
  });

  it('leaves nothing when one of the documents can’t be read', async () => {
    const uploads = createUploadFolder({ files: systemPrivateFiles, folder: join(base, 'u') });
    async function* damaged(): AsyncGenerator<Uint8Array> {
      yield pattern(5);
      throw new Error('damaged');
    }
    await expect(
      uploads.lend([
        { name: 'a.pdf', content: pattern(5) },
        { name: 'b.pdf', content: damaged() },
      ]),
    ).rejects.toThrow('damaged');
    expect(await readdir(join(base, 'u'))).toEqual([]);
  });

  it('keeps nothing of a loan that is still being made when the session ends', async () => {
    const [reached, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let removed: Promise<void> | undefined;
    const files: PrivateFiles = {
      ...systemPrivateFiles,
      async makeFolder(path) {
        if (path !== join(base, 'u')) {
          reached.resolve();
          await gate.promise;
        }
        return systemPrivateFiles.makeFolder(path);
      },
      remove: (...what) => (removed = systemPrivateFiles.remove(...what)),
    };
    const uploads = createUploadFolder({ files, folder: join(base, 'u') });
    const lent = uploads.lend([{ name: 'rib-1.pdf', content: pattern(20) }]);
    await reached.promise;
    const wiped = uploads.wipeStep.wipe();
    await removed; // undefined when the wipe waits for the loan
    gate.resolve();
    await Promise.allSettled([lent, wiped]);
    expect(await uploads.wipeStep.leftovers()).toEqual([]);
  });
});

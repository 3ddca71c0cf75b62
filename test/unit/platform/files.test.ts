import { mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemFiles as files } from '../../../main/platform/files.ts';
import { until } from '../../harness/until.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'files-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

describe('the system files', () => {
  it('replaces a file atomically, private by default, and leaves no temporary file', async () => {
    const path = join(dir, 'a.txt');
    await files.writeAtomic(path, 'old');
    expect(await files.writeAtomic(path, 'new')).toEqual({ ok: true, value: null });
    expect(await files.readText(path)).toEqual({ ok: true, value: 'new' });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(dir)).toEqual(['a.txt']);
  });

  it('stops a write in the middle when asked to, and leaves nothing', async () => {
    const over = new AbortController();
    const writing = files.writeAtomic(join(dir, 'a.pdf'), new Uint8Array(64_000_000), { signal: over.signal });
    await until('the write to begin', () => readdirSync(dir).length > 0);
    over.abort();
    expect(await writing).toMatchObject({ ok: false, error: { code: 'ABORT_ERR' } });
    expect(readdirSync(dir)).toEqual([]);
  });

  it('reads a large file whole, up to its limit', async () => {
    const bytes = Buffer.alloc(5_000_001, 'abcdefg');
    writeFileSync(join(dir, 'a.pdf'), bytes);
    const read = await files.readUpTo(join(dir, 'a.pdf'), bytes.length);
    expect(read.ok && bytes.equals(read.value)).toBe(true);
    const tooLarge = { ok: false, error: { kind: 'too-large' } };
    expect(await files.readUpTo(join(dir, 'a.pdf'), bytes.length - 1)).toMatchObject(tooLarge);
  });

  it('returns "not a file" and cleans up when the target is a folder', async () => {
    await files.mkdir(join(dir, 'sub', 'deep'));
    const result = await files.writeAtomic(join(dir, 'sub'), 'x');
    expect(result).toMatchObject({ ok: false, error: { kind: 'not-a-file' } });
    expect(readdirSync(dir)).toEqual(['sub']);
  });

  it('returns an error for a missing file without throwing', async () => {
    const path = join(dir, 'none');
    expect(await files.readText(path)).toEqual({ ok: false, error: { kind: 'missing', path, code: 'ENOENT' } });
    expect(await files.list(path)).toMatchObject({ ok: false, error: { kind: 'missing' } });
    expect(await files.exists(path)).toBe(false);
    expect(await files.remove(path)).toEqual({ ok: true, value: null });
  });

  it('lists by name, with the kind of each entry', async () => {
    writeFileSync(join(dir, 'b'), '');
    await files.mkdir(join(dir, 'a'));
    expect(await files.list(dir)).toEqual({
      ok: true,
      value: [
        { name: 'a', kind: 'folder' },
        { name: 'b', kind: 'file' },
      ],
    });
  });

  it('lists a part of a folder, and says that there is more', async () => {
    for (const name of ['c', 'a', 'b']) writeFileSync(join(dir, name), '');
    const part = await files.listUpTo(dir, 2);
    expect(part).toMatchObject({ ok: true, value: { more: true } });
    expect(part.ok && part.value.entries).toHaveLength(2);
    expect(await files.listUpTo(dir, 3)).toEqual({
      ok: true,
      value: { entries: ['a', 'b', 'c'].map((name) => ({ name, kind: 'file' })), more: false },
    });
    expect(await files.listUpTo(join(dir, 'none'), 3)).toMatchObject({ ok: false, error: { kind: 'missing' } });
  });

  it('looks at a link without following it', async () => {
    writeFileSync(join(dir, 'a'), 'x');
    symlinkSync(join(dir, 'a'), join(dir, 'link'));
    expect(await files.stat(join(dir, 'link'))).toMatchObject({ ok: true, value: { kind: 'file' } });
    expect(await files.lstat(join(dir, 'link'))).toMatchObject({ ok: true, value: { kind: 'other' } });
  });

  it('throws on an invalid argument, because that is a bug', async () => {
    await expect(files.readText('a\0b')).rejects.toThrow();
  });
});

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderUse } from '../../../main/platform/machine.ts';

describe('what a folder uses', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pn-folder-use-'));
    mkdirSync(join(folder, 'inner'));
    writeFileSync(join(folder, 'inner', 'page'), Buffer.alloc(40_000, 1));
    writeFileSync(join(folder, 'empty'), '');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('counts bytes, files and folders', async () => {
    const { bytes, files } = await folderUse(folder, 100);
    expect(files).toBe(3);
    expect(bytes).toBeGreaterThanOrEqual(40_000);
    expect(bytes).toBeLessThan(80_000);
  });

  it('counts no holes, and follows no link', async () => {
    writeFileSync(join(folder, 'sparse'), '');
    truncateSync(join(folder, 'sparse'), 3_000_000_000);
    symlinkSync('/', join(folder, 'link'));
    const { bytes, files } = await folderUse(folder, 100);
    expect(files).toBe(5);
    expect(bytes).toBeLessThan(100_000);
  });

  it('stops at one file too many, however many there are', async () => {
    for (let i = 0; i < 2_000; i++) writeFileSync(join(folder, 'inner', `${i}`), '');
    expect((await folderUse(folder, 1_000)).files).toBe(1_001);
    expect((await folderUse(folder, 5_000)).files).toBe(2_003);
  });

  it('is more than allowed when a path is too long for the system to look below it', async () => {
    const home = process.cwd();
    process.chdir(folder);
    try {
      for (let depth = 0; depth < 20; depth++) {
        mkdirSync('d'.repeat(200));
        process.chdir('d'.repeat(200));
      }
      writeFileSync('f'.repeat(200), 'x');
    } finally {
      process.chdir(home);
    }
    expect((await folderUse(folder, 100)).files).toBe(101);
  });

  it('is nothing for a folder that is gone', async () => {
    expect(await folderUse(join(folder, 'gone'), 100)).toEqual({ bytes: 0, files: 0 });
  });
});

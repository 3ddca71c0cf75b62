/** Root fills a folder for another account: the order of the steps, and which parts the account owns. */
import {
  lstatSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  linkSync,
  mkdirSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const done: string[] = [];
vi.mock('node:fs', async (importOriginal) => {
  const fs = await importOriginal<typeof import('node:fs')>();
  return {
    ...fs,
    writeFileSync: (path: string, ...rest: [never]) => {
      if (path.includes('pn-seeded-')) done.push('fill');
      fs.writeFileSync(path, ...rest);
    },
    lchownSync: (path: string) => {
      done.push(`give ${path.split('/').at(-1)}`); // only root may chown, so the mock just records the order
    },
    chownSync: () => {
      throw new Error('follows links');
    },
  };
});
const { makeSeededFolder, takeFileFrom } = await import('../../../main/platform/memory-folder.ts');

const OWNER = { uid: 4_242, gid: 4_242 };
const ME = process.getuid?.() ?? 0;
let dir: string;
beforeEach(() => {
  done.length = 0;
  dir = mkdtempSync(join(tmpdir(), 'seeded-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

describe('a folder that is filled for another account', () => {
  it('is filled before its owner changes, and contents change owner before their folder', () => {
    makeSeededFolder(
      dir,
      'pn-seeded-',
      { 'data/a/b': '1', 'data/c': '2', 'kept/d': '3', 'drop/': '' },
      {
        owner: OWNER,
        subfolders: ['data', 'drop'],
      },
    );
    expect(done.slice(0, 3)).toEqual(['fill', 'fill', 'fill']);
    expect(done.slice(3)).toEqual(['give b', 'give a', 'give c', 'give data', 'give drop']);
  });

  it('keeps its top level ours: the account can pass through it, but replace nothing', () => {
    const path = makeSeededFolder(dir, 'pn-seeded-', { 'data/a': '' }, { owner: OWNER, subfolders: ['data'] });
    expect(statSync(path)).toMatchObject({ uid: ME });
    expect(statSync(path).mode & 0o777).toBe(0o711);
    expect(statSync(join(path, 'data')).mode & 0o777).toBe(0o700);
  });

  it('is private without another owner', () => {
    expect(statSync(makeSeededFolder(dir, 'pn-seeded-', { a: '' })).mode & 0o777).toBe(0o700);
  });
});

describe('a file that another account left for us', () => {
  const from = (): string => join(dir, 'from');
  const to = (): string => join(dir, 'to');

  it('is accepted if it is a regular file of that account', () => {
    writeFileSync(from(), 'a document');
    expect(takeFileFrom(from(), to(), { uid: ME, gid: 0 })).toBe(true);
    expect(readFileSync(to(), 'utf8')).toBe('a document');
  });

  it('is refused if it belongs to another account, or is a symbolic link, a hard link or a folder', () => {
    writeFileSync(join(dir, 'secret'), 'of root');
    const plant: readonly (() => void)[] = [
      () => symlinkSync(join(dir, 'secret'), from()),
      () => linkSync(join(dir, 'secret'), from()),
      () => mkdirSync(from()),
    ];
    for (const one of plant) {
      one();
      expect(takeFileFrom(from(), to(), { uid: ME, gid: 0 })).toBe(false);
      expect(lstatSync(to(), { throwIfNoEntry: false })).toBeUndefined();
    }
    writeFileSync(from(), 'mine');
    expect(takeFileFrom(from(), to(), OWNER)).toBe(false);
    expect(readFileSync(join(dir, 'secret'), 'utf8')).toBe('of root');
    expect(takeFileFrom(from(), to(), OWNER)).toBe(false); // gone
  });
});

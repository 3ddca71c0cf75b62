/** Root fills a folder that another account gets: in which order, and what of it. */
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
      done.push(`give ${path.split('/').at(-1)}`); // only root may: what matters here is when
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
  it('is filled first and given away last, what lies inside before what holds it', () => {
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

  it('stays ours itself: its owner passes through, and can replace nothing', () => {
    const path = makeSeededFolder(dir, 'pn-seeded-', { 'data/a': '' }, { owner: OWNER, subfolders: ['data'] });
    expect(statSync(path)).toMatchObject({ uid: ME });
    expect(statSync(path).mode & 0o777).toBe(0o711);
    expect(statSync(join(path, 'data')).mode & 0o777).toBe(0o700);
  });

  it('lets nobody through when it is nobody else’s', () => {
    expect(statSync(makeSeededFolder(dir, 'pn-seeded-', { a: '' })).mode & 0o777).toBe(0o700);
  });
});

describe('a file that another account left for us', () => {
  const from = (): string => join(dir, 'from');
  const to = (): string => join(dir, 'to');

  it('is taken when it is a plain file of that account', () => {
    writeFileSync(from(), 'a document');
    expect(takeFileFrom(from(), to(), { uid: ME, gid: 0 })).toBe(true);
    expect(readFileSync(to(), 'utf8')).toBe('a document');
  });

  it('is not taken when it is somebody else’s, a link, a second name or a folder', () => {
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

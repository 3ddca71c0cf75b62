/**
 * What is read before anything is seen. The browser takes longest to start, so it is started before our own code is
 * read; and libraries that a first screen does not need are read when they are needed (`await import`).
 */
import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const main = resolve(import.meta.dirname, '../../../main');
const STATIC_IMPORT = /^(?:import|export)\s+(?!type\b)(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;
const LATER_IMPORT = /await import\(['"]([^'"]+)['"]\)/g;

const namesIn = (file: string, pattern: RegExp): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(pattern)].map(([, name]) => name ?? '');

/** All that comes with these files by their own imports: our files, and packages. */
const readWith = (entries: readonly string[]) => {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    for (const name of namesIn(file, STATIC_IMPORT)) {
      if (name.startsWith('.')) visit(resolve(dirname(file), name));
      else if (!name.startsWith('node:')) packages.add(name);
    }
  };
  for (const entry of entries) visit(resolve(main, entry));
  return { files, packages: [...packages].sort() };
};

/** As they are named by the programs in `process/`. */
const inProcess = (names: readonly string[]): readonly string[] => names.map((name) => join('process', name));

describe('before the browser is started', () => {
  it('no package is read, and few files of ours', () => {
    const watcher = namesIn(join(main, 'process/watcher-on-chromium.ts'), LATER_IMPORT).filter(
      (name) => !name.includes('commands'),
    );
    expect(watcher).toContain('./watcher.ts');
    const beforeStart = namesIn(join(main, 'process/kiosk-on-chromium.ts'), LATER_IMPORT);
    expect(beforeStart).toContain('./kiosk-run.ts');
    // Two processes: the one that watches reads little, then the kiosk itself begins.
    const watching = readWith(inProcess(['./watcher-on-chromium.ts', ...watcher]));
    expect(watching.packages).toEqual([]);
    expect(watching.files.size).toBeLessThan(15);
    const { files, packages } = readWith(inProcess(['./kiosk-on-chromium.ts', ...beforeStart]));
    expect(packages).toEqual([]);
    expect(files.size).toBeLessThan(48);
  });
});

describe('before the first screen', () => {
  it('only light packages are read', () => {
    const { files, packages } = readWith(['compose.ts', 'config/load.ts']);
    expect(files.size).toBeGreaterThan(80); // it did follow the imports
    expect(packages).toEqual(['ipaddr.js', 'yaml', 'zod']);
    const read = [...files].map((file) => relative(main, file).replaceAll('\\', '/'));
    expect(read).toContain('config/schema/fields.ts');
    // The adapters, the agent's page, and the schemas of files that the build has checked.
    const later =
      /^(devices\/(ipp\/client|sane|escl|wia|virtual)|features\/usage\/(report|bundle)|config\/schema\/demarche)/;
    expect(read.filter((file) => later.test(file))).toEqual([]);
    expect([...files].filter((file) => file.endsWith('.json'))).toEqual([]); // sentences for paper
  });
});

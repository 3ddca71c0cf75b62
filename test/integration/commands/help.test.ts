/** `help` on a fresh clone: packages are installed, but nothing is built. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');
let clone: string;
beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), 'clone-'));
  for (const name of ['main', 'kiosk-config', 'resources', 'package.json', 'package-lock.json'])
    cpSync(join(root, name), join(clone, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'));
});
afterAll(() => rmSync(clone, { recursive: true, force: true }));

// Runs `npm start -- WORDS`.
const start = (...words: readonly string[]): string =>
  execFileSync(process.execPath, ['main/npm-scripts/run.mjs', 'start', ...words], { cwd: clone, encoding: 'utf8' });

it.each([
  [['--help'], /^Usage: npm start \[-- OPTIONS\]\n[\s\S]*--demo/],
  [['--demo', '--help'], /^Usage: npm start/],
  [['report', '--help'], /--month/],
])('%j prints the help and builds nothing', (words, help) => {
  expect(start(...words)).toMatch(help);
  expect(existsSync(join(clone, 'dist'))).toBe(false);
});

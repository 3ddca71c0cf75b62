import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseShell } from '../../../main/npm-scripts/choose-shell.ts';
import { findElectron } from '../../../main/npm-scripts/electron-binary.ts';

describe('the shell that is started', () => {
  it.each([
    ['auto', true, 'linux', 'electron'],
    ['auto', false, 'linux', 'chromium'],
    ['auto', true, 'win32', 'electron'],
    ['chromium', true, 'linux', 'chromium'],
    ['chromium', false, 'linux', 'chromium'],
    ['electron', true, 'linux', 'electron'],
  ] as const)('%s, Electron there: %s, on %s → %s', (asked, electronIsThere, platform, shell) => {
    expect(chooseShell({ asked, electronIsThere, platform })).toEqual({ ok: true, value: shell });
  });

  it.each([
    ['electron', false, 'linux', '--shell=chromium'],
    ['auto', false, 'win32', 'install.js'],
    ['chromium', true, 'win32', 'Linux'],
  ] as const)(
    '%s, Electron there: %s, on %s: one sentence that says what to do',
    (asked, electronIsThere, platform, word) => {
      const chosen = chooseShell({ asked, electronIsThere, platform });
      expect(chosen).toMatchObject({ ok: false, error: expect.stringContaining(word) as string });
    },
  );
});

describe('Electron’s own program', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'pn-electron-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const file = (path: string, text = '') => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
    return join(folder, path);
  };
  const find = (overrideFolder?: string) => findElectron({ folder, overrideFolder, platform: 'linux' });

  it('is absent in the package as it is installed, and nothing is fetched', () => {
    expect(find()).toBeUndefined();
  });
  it('is where the package says once it was fetched', () => {
    file('path.txt', 'electron');
    expect(find()).toBeUndefined();
    const program = file('dist/electron');
    expect(find()).toBe(program);
  });
  it('is in the folder that was named by hand, before the package’s own', () => {
    file('path.txt', 'electron');
    file('dist/electron');
    const program = file('elsewhere/electron');
    expect(find(join(folder, 'elsewhere'))).toBe(program);
    expect(find(join(folder, 'nowhere'))).toBeUndefined();
  });
});

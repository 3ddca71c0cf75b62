import { mkdtempSync, mkdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openUserData } from '../../../main/platform/electron-user-data.ts';

let memory: string;
beforeEach(() => (memory = mkdtempSync('/dev/shm/pn-user-data-')));
afterEach(() => rmSync(memory, { recursive: true, force: true }));
const uid = process.getuid?.() ?? 0;

it('is the same folder in memory for each program of an account, closed to others', () => {
  const path = openUserData([memory]);
  expect(path).toBe(join(memory, `pn-electron-${uid}`));
  expect(openUserData([memory])).toBe(path);
  expect(statSync(path ?? '').mode & 0o777).toBe(0o700);
});

it('is neither a folder of another account nor a link', () => {
  mkdirSync(join(memory, `pn-electron-${uid + 1}`));
  expect(openUserData([memory], uid + 1)).toBeUndefined();
  symlinkSync('/tmp', join(memory, `pn-electron-${uid}`));
  expect(openUserData([memory])).toBeUndefined();
});

it('is Electron’s default where there is no folder in memory', () => {
  expect(openUserData(['/proc'])).toBeUndefined();
  expect(openUserData([memory], undefined)).toBe(join(memory, `pn-electron-${uid}`));
});

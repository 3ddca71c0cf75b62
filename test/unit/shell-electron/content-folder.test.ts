import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { systemPlaces, windowsFolder } from '../../../main/platform/kiosk-folders.ts';
import { contentFolder, systemContent } from '../../../main/platform/content-folder.ts';

it('is the system’s folder once it has content, and the installer’s before', () => {
  const etc = mkdtempSync(join(tmpdir(), 'pn-content-'));
  const own = join(etc, 'kiosk-config');
  mkdirSync(own);
  expect(contentFolder('/opt/kiosk/resources', own)).toBe('/opt/kiosk/resources/kiosk-config');
  writeFileSync(join(own, 'site.yaml'), '');
  expect(contentFolder('/opt/kiosk/resources', own)).toBe(own);
  rmSync(etc, { recursive: true });
});

it('is never in the program’s folder, which an upgrade replaces', () => {
  expect(systemContent('linux')).toBe('/etc/point-numerique/kiosk-config');
  expect(systemContent('win32', '/ProgramData')).toBe('/ProgramData/point-numerique/kiosk-config');
});

it('nor are the figures and the agent’s passphrase: on Windows they are beside the content, for every account', () => {
  expect(windowsFolder('linux', '/ProgramData')).toBeUndefined();
  const { STATE_DIRECTORY } = process.env;
  delete process.env['STATE_DIRECTORY'];
  expect(systemPlaces(false, '/ProgramData/point-numerique').state).toBe('/ProgramData/point-numerique/state');
  expect(systemPlaces(true, '/ProgramData/point-numerique').state).toBe('/ProgramData/point-numerique/state/demo');
  if (STATE_DIRECTORY !== undefined) process.env['STATE_DIRECTORY'] = STATE_DIRECTORY;
});

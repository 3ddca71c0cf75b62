import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemPlaces, windowsFolder } from '../../../main/platform/kiosk-folders.ts';
import { contentFolder, systemContent } from '../../../main/platform/content-folder.ts';

const RESOURCES = '/opt/kiosk/resources';
const SHIPPED = '/opt/kiosk/resources/kiosk-config';
let etc: string;
let own: string;
beforeEach(() => {
  etc = mkdtempSync(join(tmpdir(), 'pn-content-'));
  own = join(etc, 'kiosk-config');
});
afterEach(() => rmSync(etc, { recursive: true }));

it('is the system’s folder once it has content, and the installer’s before', () => {
  expect(contentFolder(RESOURCES, own)).toBe(SHIPPED);
  mkdirSync(own);
  writeFileSync(join(own, '.keep'), '');
  expect(contentFolder(RESOURCES, own)).toBe(SHIPPED);
  writeFileSync(join(own, 'site.yaml'), '');
  expect(contentFolder(RESOURCES, own)).toBe(own);
});

// The loading of that folder says what is wrong. The example's content would count its figures under another place.
it.each([
  [
    'whose site.yaml has another name',
    () => {
      mkdirSync(own);
      writeFileSync(join(own, 'site.yaml.txt'), '');
    },
  ],
  ['that cannot be read', () => symlinkSync(own, own)],
  ['that is a file', () => writeFileSync(own, '')],
])('is the system’s folder, not the example, for one %s', (_which, make) => {
  make();
  expect(contentFolder(RESOURCES, own)).toBe(own);
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

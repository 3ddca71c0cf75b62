import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { contentFolder, systemContent } from '../../../main/platform/content-folder.ts';

it('is the system’s own place once there is content, what the installer brought before', () => {
  const etc = mkdtempSync(join(tmpdir(), 'pn-content-'));
  const own = join(etc, 'kiosk-config');
  mkdirSync(own);
  expect(contentFolder('/opt/kiosk/resources', own)).toBe('/opt/kiosk/resources/kiosk-config');
  writeFileSync(join(own, 'site.yaml'), '');
  expect(contentFolder('/opt/kiosk/resources', own)).toBe(own);
  rmSync(etc, { recursive: true });
});

it('never lies in the program’s folder, which an upgrade replaces', () => {
  expect(systemContent('linux')).toBe('/etc/point-numerique/kiosk-config');
  expect(systemContent('win32', '/ProgramData')).toBe('/ProgramData/point-numerique/kiosk-config');
});

/**
 * Where an installed kiosk reads its content: the system-wide folder if the IT department filled it (upgrades leave it
 * alone), else the content shipped with the installer, which each upgrade replaces.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { windowsFolder } from './kiosk-folders.ts';

const NAME = 'kiosk-config';

/** `/etc/point-numerique/kiosk-config`; on Windows `C:\\ProgramData\\point-numerique\\kiosk-config`. */
export const systemContent = (
  platform: NodeJS.Platform = process.platform,
  programData = process.env['ProgramData'],
): string | undefined => {
  const windows = windowsFolder(platform, programData);
  if (platform === 'win32') return windows && join(windows, NAME);
  return join('/etc', 'point-numerique', NAME);
};

export const contentFolder = (resourcesFolder: string, own = systemContent()): string =>
  own !== undefined && existsSync(join(own, 'site.yaml')) ? own : join(resourcesFolder, NAME);

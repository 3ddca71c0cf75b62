/**
 * Where an installed kiosk reads its content: the system-wide folder if the IT department put anything there (upgrades
 * leave it alone), else the content shipped with the installer, which each upgrade replaces.
 */
import { readdirSync } from 'node:fs';
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

/**
 * A folder with a misnamed `site.yaml`, or that cannot be read, is the place's own too: loading it says what is wrong.
 * The example instead would welcome people as another place, and publish their figures under its name.
 */
const isOurs = (folder: string): boolean => {
  try {
    return readdirSync(folder).some((name) => !name.startsWith('.'));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
};

export const contentFolder = (resourcesFolder: string, own = systemContent()): string =>
  own !== undefined && isOurs(own) ? own : join(resourcesFolder, NAME);

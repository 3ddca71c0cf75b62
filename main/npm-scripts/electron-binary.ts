/**
 * Locates Electron's own program, if it is installed. The npm package does not include it and downloads it on first
 * use. Calling the package would download it, so this follows the package's rules instead
 * (`node_modules/electron/index.js`).
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ElectronPlaces {
  /** The folder of the npm package. */
  readonly folder: string;
  /** `ELECTRON_OVERRIDE_DIST_PATH`: a folder that contains the program, installed by hand. */
  readonly overrideFolder: string | undefined;
  readonly platform: NodeJS.Platform;
}

export const electronRemedy =
  'fetch it with "node node_modules/electron/install.js", or name its folder in ELECTRON_OVERRIDE_DIST_PATH';

export const findElectron = ({ folder, overrideFolder, platform }: ElectronPlaces): string | undefined => {
  const pathFile = join(folder, 'path.txt');
  const name = existsSync(pathFile)
    ? readFileSync(pathFile, 'utf8')
    : platform === 'win32'
      ? 'electron.exe'
      : 'electron';
  const program = join(overrideFolder ?? join(folder, 'dist'), name);
  return existsSync(program) ? program : undefined;
};

/**
 * Where Electron's own program is, when it is. The npm package comes without it and fetches it on first use; asking the
 * package itself would fetch it, so its rules are followed here instead (`node_modules/electron/index.js`).
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ElectronPlaces {
  /** The npm package. */
  readonly folder: string;
  /** `ELECTRON_OVERRIDE_DIST_PATH`: a folder that holds the program, put there by hand. */
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

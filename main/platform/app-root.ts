/** The folder that holds `kiosk-config/`, `resources/` and `dist/`, whether we run from source, built, or packaged. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

export const appRoot = (): string => {
  let at = import.meta.dirname;
  while (!existsSync(join(at, 'package.json'))) {
    const up = dirname(at);
    if (up === at) throw new Error('the folder of the application was not found');
    at = up;
  }
  return at;
};

/** Where another program finds a file of ours that is packed in Electron's archive: the installer lays it beside (`asarUnpack`). */
export const outsideArchive = (path: string): string => path.replace(/\.asar(?=[\\/])/, '.asar.unpacked');

/**
 * What a département may change, and what the installer does not pack (`extraResources` of electron-builder.yml): beside Electron's
 * archive once installed, in the application's folder otherwise.
 */
export const besideArchive = (path: string, root = appRoot()): string =>
  join(basename(root) === 'app.asar' ? dirname(root) : root, path);

export const programVersion = (root: string): string =>
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;

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

/**
 * Path of a file as another program can open it: files packed in Electron's archive are also installed unpacked beside
 * it (`asarUnpack`).
 */
export const outsideArchive = (path: string): string => path.replace(/\.asar(?=[\\/])/, '.asar.unpacked');

/**
 * Path of what a département may edit and the installer leaves unpacked (`extraResources` of electron-builder.yml):
 * beside Electron's archive once installed, in the application's folder otherwise.
 */
export const besideArchive = (path: string, root = appRoot()): string =>
  join(basename(root) === 'app.asar' ? dirname(root) : root, path);

export const programVersion = (root: string): string =>
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;

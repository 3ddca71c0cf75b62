/**
 * The files that the program reads, once electron-builder has packed them: inside the archive, unpacked, or beside it.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readTypeface } from '../../../main/pdf/typeface.ts';
import { besideArchive, outsideArchive } from '../../../main/platform/app-root.ts';
import { systemFiles } from '../../../main/platform/files.ts';

interface Asar {
  createPackageWithOptions(from: string, to: string, options: { readonly unpack: string }): Promise<void>;
  listPackage(archive: string): string[];
  extractFile(archive: string, path: string): Buffer;
}
interface Packing {
  readonly asarUnpack: readonly string[];
  readonly files: readonly string[];
  readonly extraResources: readonly { readonly from: string; readonly to: string }[];
}

const root = join(import.meta.dirname, '../../..');
const builder = createRequire(createRequire(join(root, 'package.json')).resolve('electron-builder'));
// The packer that electron-builder uses.
const asar = createRequire(builder.resolve('app-builder-lib'))('@electron/asar') as Asar;
const packing = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as Packing;

const SCRIPT = 'dist/main/devices/wia/scan.ps1';
const WORDS = 'node_modules/@tesseract.js-data/fra/4.0.0_best_int';

let folder: string;
let installed: string;
let archive: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pn-packed-'));
  const app = join(folder, 'app');
  installed = join(folder, 'resources');
  archive = join(installed, 'app.asar');
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(app, path)), { recursive: true });
    writeFileSync(join(app, path), text);
  };
  put('package.json', '{}');
  put('dist/main/process/both-on-electron.js', '/* the program */');
  put(SCRIPT, 'a script');
  put(`${WORDS}/fra.traineddata.gz`, 'words');
  put('node_modules/@img/sharp/sharp.node', 'native');
  await asar.createPackageWithOptions(app, archive, { unpack: join(app, `{${packing.asarUnpack.join(',')}}`) });
  for (const { from, to } of packing.extraResources.filter((one) => !one.from.startsWith('dist/')))
    cpSync(join(root, from), join(installed, to), { recursive: true });
  rmSync(app, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('packed', () => {
  it('the program is in the archive, and the files beside it are not', () => {
    const packed = asar.listPackage(archive);
    expect(packed).toContain('/dist/main/process/both-on-electron.js');
    expect(packed.filter((path) => /^\/(resources|kiosk-config)\b/.test(path))).toEqual([]);
    expect(packing.files.filter((pattern) => /^(resources|kiosk-config)\b/.test(pattern))).toEqual([]);
    expect(asar.extractFile(archive, 'package.json').toString()).toBe('{}');
  });

  it('the typeface of our printed sheets is found', async () => {
    expect(await readTypeface(systemFiles, besideArchive('resources/fonts', archive))).toBeDefined();
    expect(await readTypeface(systemFiles, join(archive, 'resources/fonts'))).toBeUndefined();
  });

  it('the guide and the content are found', () => {
    for (const path of ['resources/guide/donnees-personnelles.md', 'kiosk-config/site.yaml'])
      expect(existsSync(besideArchive(path, archive)), path).toBe(true);
  });

  it('files for other programs or native loaders are unpacked', () => {
    for (const path of [SCRIPT, `${WORDS}/fra.traineddata.gz`, 'node_modules/@img/sharp/sharp.node'])
      expect(existsSync(outsideArchive(join(archive, path))), path).toBe(true);
  });

  it('from source, all files are in the one folder', () => {
    expect(besideArchive('resources/fonts', root)).toBe(join(root, 'resources/fonts'));
    expect(existsSync(besideArchive('kiosk-config'))).toBe(true);
  });
});

/**
 * Checks what an installer would install on a Linux PC, packed by electron-builder around a stand-in for Electron's
 * binary. Every package is loaded from the packed folder. Prints the sizes. The `.deb` and the Windows installer need
 * the real binary and are not tested.
 */
import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { NOT_SHIPPED } from '../../../main/npm-scripts/licences.ts';
import { builderFuses } from '../../../main/shell/electron/fuses.ts';
import { asar, filesOf, FUSE_SENTINEL, pack, sizeTable, type PackedFile } from '../../harness/electron/pack.ts';

const root = join(import.meta.dirname, '../../..');
/** It was 120 without the screens, and 216 before unused files were left out. */
const MAX_MEGABYTES = 130;

let folder: string;
let installed: string;
let resources: string;
let files: readonly PackedFile[];

beforeAll(async () => {
  mkdirSync(join(root, 'out'), { recursive: true });
  folder = mkdtempSync(join(root, 'out/packed-'));
  installed = await pack(folder);
  resources = join(installed, 'resources');
  files = filesOf(join(resources, 'app.asar'));
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('contains the program, its screens and its files for other programs, each at the expected path', () => {
  const at = new Map(files.map(({ path, unpacked }) => [path, unpacked]));
  for (const path of ['package.json', 'dist/main/process/both-on-electron.js', 'dist/renderer/index.html'])
    expect(at.get(path), path).toBe(false);
  for (const path of ['dist/main/devices/wia/scan.ps1', 'node_modules/better-sqlite3/prebuilds/linux-x64.node'])
    expect([at.get(path), existsSync(join(resources, 'app.asar.unpacked', path))], path).toEqual([true, true]);
  for (const path of ['kiosk-config/site.yaml', 'resources/fonts/LICENSE', 'resources/os', 'licences.txt'])
    expect(existsSync(join(resources, path)), path).toBe(true);
});

it('contains no tests, source maps, sources of ours or libraries for other systems', () => {
  const strange = files.filter(({ path }) =>
    /\.(ts|map|md|dll)$|(win32|darwin|musl|arm64)[^/]*\.node$|sharp-libvips|^(test|renderer|main|kiosk-config|resources)\//.test(
      path,
    ),
  );
  expect(strange.map(({ path }) => path)).toEqual([]);
});

it('has its own name, its fuses, two languages, and all third-party licences', () => {
  const binary = readFileSync(join(installed, 'point-numerique'), 'latin1');
  // After the sentinel: the version of the fuse wire, the number of fuses, and each fuse.
  const wire = binary.slice(binary.indexOf(FUSE_SENTINEL) + FUSE_SENTINEL.length + 2);
  const set = Object.values(builderFuses()).filter(Boolean).length;
  expect(wire.slice(0, 8).split('1').length - 1).toBe(set);
  expect(globSync('locales/*', { cwd: installed }).sort()).toEqual(['locales/en-US.pak', 'locales/fr.pak']);
  expect(existsSync(join(installed, 'LICENSES.chromium.html'))).toBe(true);
  const licences = readFileSync(join(resources, 'licences.txt'), 'utf8');
  const named = new Set([...licences.matchAll(/^(\S+) \S+ – /gm)].map(([, name]) => name));
  const shipped = files.flatMap(({ path }) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []);
  expect([...new Set(shipped)].filter((name) => !named.has(name))).toEqual([]);
  // Those in the bundles of the screens are in no folder of their own.
  for (const name of ['svelte', 'minisearch', 'intl-messageformat', '@tabler/icons']) expect(named).toContain(name);
});

it('is no larger than it was', () => {
  const table = sizeTable(files);
  const total = Math.round(files.reduce((sum, { bytes }) => sum + bytes, 0) / 1_000_000);
  const lines = table
    .filter(([, megabytes]) => megabytes >= 0.5)
    .map(([part, mb]) => `${mb.toFixed(1).padStart(6)}  ${part}`);
  process.stdout.write(`packed without Electron itself, in MB: ${total}\n${lines.join('\n')}\n`);
  expect(total).toBeLessThan(MAX_MEGABYTES);
});

it('can load every package that the kiosk loads', async () => {
  const app = join(folder, 'app');
  asar.extractAll(join(resources, 'app.asar'), app);
  const sources = globSync('dist/main/**/*.js', { cwd: app }).map((path) => readFileSync(join(app, path), 'utf8'));
  const named = sources.flatMap((text) =>
    [...text.matchAll(/(?:\bfrom|\bimport\(|^import)\s*["']([^"'.][^"']*)["']/gm)].map(([, name = '']) => name),
  );
  const packages = [...new Set(named)].filter(
    (name) => !isBuiltin(name) && name !== 'electron' && !NOT_SHIPPED.test(name),
  );
  expect(packages).toContain('sharp');
  copyFileSync(join(root, 'test/harness/electron/packed-entry.ts'), join(app, 'packed-entry.ts'));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(app, 'dist/main/shell/electron/decoder-entry.js'), `file://${join(app, 'packed-entry.ts')}`],
    { cwd: app, env: { PN_PACKAGES: JSON.stringify(packages) }, timeout: 240_000, maxBuffer: 8 * 1024 * 1024 },
  );
  expect(JSON.parse(stdout)).toEqual({
    pages: 1,
    text: '',
    sharp: 'wasm',
    sqlite: { one: 1 },
    heif: 'function',
    font: 'function',
    missing: [],
  });
}, 300_000);

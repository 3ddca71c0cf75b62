/**
 * Builds what ships: the main process file by file (so its worker threads keep their paths), Electron's preload as one
 * CommonJS file, the screens with Vite, and the content parsed in advance. With `--if-stale`, does nothing if the
 * last build was made from the same sources.
 */
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { build as bundle, transform, type Plugin } from 'esbuild';
import { build as buildScreens } from 'vite';
import { READ_AHEAD_FILE } from '../config/read-ahead.ts';
import { makeReadAhead } from '../config/write-read-ahead.ts';
import { SHIPPED_MAPS_FILE } from '../map/map-file.ts';
import { makeShippedMaps } from '../map/write-shipped-maps.ts';
import { systemFiles } from '../platform/files.ts';
import { licencesOf } from './licences.ts';
import { isBuilt, sourcesDigest, stampOf } from './sources-digest.ts';

const root = join(import.meta.dirname, '..', '..');
const dist = join(root, 'dist');
const stamp = stampOf(root);

/** `./x.ts` in an import, a dynamic import or a `new URL(…, import.meta.url)` becomes `./x.js`. */
const pointToJs = (code: string): string =>
  code.replace(/((?:from|import\(|new URL\(|import)\s*["']\.{1,2}\/[^"']+)\.ts(["'])/g, '$1.js$2');

/**
 * Every start would read a hundred files of zod and seventy of yaml. Bundled into one file each, they load in a quarter
 * of the time. Contains only what our own files import; workers and Electron load the
 * same files.
 */
const ONE_FILE_PACKAGES = ['zod', 'yaml'];
const vendorOf = (name: string): string => join(dist, 'main', 'vendor', `${name}.js`);

/** zod carries its messages in fifty languages. Ours are written by us: `config/explain.ts`. */
const withoutLanguages: Plugin = {
  name: 'without-languages',
  setup(build) {
    build.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({ contents: 'export {};' }));
  },
};

const buildVendor = (): Promise<unknown> =>
  Promise.all(
    ONE_FILE_PACKAGES.map((name) =>
      bundle({
        stdin: { contents: `export * from '${name}';`, resolveDir: root },
        outfile: vendorOf(name),
        bundle: true,
        format: 'esm',
        platform: 'neutral', // selects yaml's ES modules: for Node it ships only CommonJS
        target: 'node24',
        minify: true,
        plugins: [withoutLanguages],
        logLevel: 'error',
      }),
    ),
  );

const pointToVendor = (code: string, out: string): string =>
  ONE_FILE_PACKAGES.reduce(
    (text, name) =>
      text.replaceAll(`from "${name}"`, `from "./${relative(dirname(out), vendorOf(name)).replaceAll('\\', '/')}"`),
    code,
  );

const buildMain = async (): Promise<void> => {
  const files = globSync('main/**/*.ts', { cwd: root }).filter((file) => !file.startsWith('main/npm-scripts/'));
  await Promise.all(
    files.map(async (file) => {
      const { code } = await transform(readFileSync(join(root, file), 'utf8'), {
        loader: 'ts',
        target: 'node24',
        format: 'esm',
        sourcefile: file,
      });
      const out = join(dist, file.replace(/\.ts$/, '.js'));
      mkdirSync(dirname(out), { recursive: true });
      writeFileSync(out, pointToVendor(pointToJs(code), out));
    }),
  );
  // SQL migrations, catalogues of sentences and other files that are not code.
  for (const file of globSync('main/**/*.{sql,ps1,json}', { cwd: root })) {
    const out = join(dist, file);
    mkdirSync(dirname(out), { recursive: true });
    writeFileSync(out, readFileSync(join(root, file)));
  }
};

const buildReadAhead = async (): Promise<void> => {
  const table = await makeReadAhead({ files: systemFiles, dir: join(root, 'kiosk-config') });
  writeFileSync(join(dist, READ_AHEAD_FILE), JSON.stringify(table));
};

const buildMaps = async (): Promise<void> => {
  writeFileSync(join(dist, SHIPPED_MAPS_FILE), JSON.stringify(await makeShippedMaps(systemFiles)));
};

/** After the screens: their packages are in the bundles, and only their build knows which. */
const buildLicences = (): void => {
  const bundled = join(dist, 'renderer', 'licences.json');
  writeFileSync(join(dist, 'licences.txt'), licencesOf(root, readFileSync(bundled, 'utf8')));
  rmSync(bundled);
};

/** A sandboxed preload can't be an ES module. */
const buildPreloads = async (): Promise<void> => {
  const entryPoints = globSync('main/shell/electron/*preload.ts', { cwd: root }).map((file) => join(root, file));
  if (entryPoints.length === 0) return;
  await bundle({
    entryPoints,
    outdir: join(dist, 'main', 'shell', 'electron'),
    outExtension: { '.js': '.cjs' },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    external: ['electron'],
    logLevel: 'error',
  });
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({ options: { 'if-stale': { type: 'boolean' } } });
  const digest = sourcesDigest(root);
  if (values['if-stale'] && isBuilt(root, digest)) return;
  process.stderr.write('point-numerique: building…\n');
  rmSync(stamp, { force: true });
  rmSync(join(dist, 'main'), { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  await Promise.all([
    buildMain(),
    buildVendor(),
    buildPreloads(),
    buildReadAhead(),
    buildMaps(),
    buildScreens({ root: join(root, 'renderer'), configFile: join(root, 'vite.config.ts'), logLevel: 'error' }),
  ]);
  buildLicences();
  writeFileSync(stamp, digest);
};

await main();

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { setUpFor } from '../../../main/npm-scripts/tasks.mjs';
import { builderFuses, fuses } from '../../../main/shell/electron/fuses.ts';

const root = join(import.meta.dirname, '../../..');
const require = createRequire(join(root, 'package.json'));
const builder = createRequire(require.resolve('electron-builder'));
const { validateSchema } = builder('app-builder-lib/out/util/config/schemaValidator.js') as {
  validateSchema: (schema: unknown, data: unknown, options: { name: string }) => void;
};
const schema = builder('app-builder-lib/scheme.json') as unknown;

interface Named {
  readonly icon: string;
  readonly target: readonly { readonly target: string }[];
}
interface BuilderConfig {
  readonly electronFuses: Record<string, boolean>;
  readonly asar: unknown;
  readonly disableAsarIntegrity: boolean;
  readonly files: readonly string[];
  readonly extraResources: readonly { readonly from: string; readonly to: string }[];
  readonly directories: { readonly buildResources: string };
  readonly win: Named;
  readonly linux: Named & { readonly executableArgs: readonly string[] };
  readonly nsis: {
    readonly installerIcon: string;
    readonly uninstallerIcon: string;
    readonly deleteAppDataOnUninstall: boolean;
  };
  readonly deb: { readonly depends: readonly string[]; readonly recommends: readonly string[] };
  readonly npmRebuild: boolean;
}

const text = readFileSync(join(root, 'electron-builder.yml'), 'utf8');
const config = parse(text) as BuilderConfig;
const check = (data: unknown): void => validateSchema(schema, data, { name: 'electron-builder.yml' });

describe('electron-builder.yml', () => {
  it('is valid for electron-builder’s own schema, which refuses unknown keys', () => {
    expect(() => check(config)).not.toThrow();
    expect(() => check({ ...config, asarr: true })).toThrow(/asarr/);
    expect(() => check({ ...config, electronFuses: { ...config.electronFuses, flyingFuse: true } })).toThrow(
      /electronFuses/,
    );
    // The schema is large, and two slow cores are shared with the rest of the suite.
  }, 90_000);

  it('builds an installer for Windows and a Debian package, but no AppImage, which may disable the sandbox', () => {
    expect(config.win.target.map(({ target }) => target)).toEqual(['nsis']);
    expect(config.linux.target.map(({ target }) => target)).toEqual(['deb']);
  });

  it('names only files that exist', () => {
    const named = [
      config.directories.buildResources,
      config.win.icon,
      config.linux.icon,
      config.nsis.installerIcon,
      config.nsis.uninstallerIcon,
      ...config.extraResources.map(({ from }) => from).filter((from) => !from.startsWith('dist/')),
      'package.json',
    ];
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('packs the build’s output, including the main file of package.json', () => {
    const { main } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { main: string };
    expect(config.files).toEqual(expect.arrayContaining(['dist/**', 'package.json']));
    const source = main.replace(/^dist\//, '').replace(/\.js$/, '.ts');
    expect(main).toMatch(/^dist\//);
    expect(existsSync(join(root, source))).toBe(true);
    const build = readFileSync(join(root, 'main/npm-scripts/build.ts'), 'utf8');
    expect(build).toContain("'main/**/*.ts'");
    expect(build).toContain('main/shell/electron/*preload.ts');
  });

  it('puts the content beside the archive, where a département can change it', () => {
    expect(config.extraResources.map(({ to }) => to)).toEqual(expect.arrayContaining(['kiosk-config', 'resources']));
  });

  it('depends on the libraries that Electron loads, and on the builder’s own defaults', () => {
    const { depends } = config.deb;
    const fpm = readFileSync(builder.resolve('app-builder-lib/out/targets/FpmTarget.js'), 'utf8');
    const [, list = ''] = /case "deb":\s*return \[([^\]]+)\]/.exec(fpm) ?? [];
    const own = [...list.matchAll(/"([^"]+)"/g)].map(([, name]) => name);
    expect(own.length).toBeGreaterThan(5);
    for (const name of [...own, 'libgbm1', 'libasound2'])
      expect(depends.flatMap((one) => one.split(' | '))).toContain(name);
  });

  it('brings every typeface that `npm start` installs: letters of people, and languages of the kiosk', () => {
    const fonts = setUpFor('start', [])?.debian.filter((name) => name.startsWith('fonts-'));
    expect(fonts?.length).toBeGreaterThan(3);
    expect(config.deb.recommends).toEqual(expect.arrayContaining(fonts ?? []));
  });

  it('keeps a place’s figures through an upgrade, which uninstalls first', () => {
    expect(config.nsis.deleteAppDataOnUninstall).toBe(false);
  });

  it('packs one archive and checks it', () => {
    expect(config.asar).not.toBe(false);
    expect(config.disableAsarIntegrity).toBe(false);
    expect(config.npmRebuild).toBe(false);
    expect(config.linux.executableArgs).toEqual([]);
  });
});

describe('fuses', () => {
  it('are the same in electron-builder.yml and in the typed table', () => {
    expect(config.electronFuses).toEqual(builderFuses());
  });

  it('are each explained, in both places', () => {
    expect(Object.values(fuses).filter(({ why }) => why.length < 20)).toEqual([]);
    const lines = text.split('\n').filter((line) => /^ {2}\w+: (true|false)/.test(line));
    const named = lines.filter((line) => Object.keys(builderFuses()).some((name) => line.includes(`${name}:`)));
    expect(named.filter((line) => !/ # \S.{10,}/.test(line))).toEqual([]);
    expect(named).toHaveLength(Object.keys(builderFuses()).length);
  });

  it('let nobody run other code with our program', () => {
    expect(builderFuses()).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      onlyLoadAppFromAsar: true,
      enableEmbeddedAsarIntegrityValidation: true,
    });
  });
});

describe('the icon', () => {
  const icons = join(root, 'resources/icons');

  it.each([32, 48, 64, 128, 256, 512])('exists for Linux at %d pixels', async (size) => {
    expect(await sharp(join(icons, `linux/${size}x${size}.png`)).metadata()).toMatchObject({
      width: size,
      height: size,
    });
  });

  it('is one file of several sizes for Windows, the largest of 256', async () => {
    const ico = readFileSync(join(icons, 'app.ico'));
    expect([ico.readUInt16LE(0), ico.readUInt16LE(2)]).toEqual([0, 1]);
    const count = ico.readUInt16LE(4);
    const widths: number[] = [];
    for (let i = 0; i < count; i += 1) {
      const at = 6 + 16 * i;
      const start = ico.readUInt32LE(at + 12);
      const { width } = await sharp(ico.subarray(start, start + ico.readUInt32LE(at + 8))).metadata();
      expect(ico[at]).toBe(width % 256);
      widths.push(width);
    }
    expect(widths).toEqual([16, 24, 32, 48, 64, 128, 256]);
  });
});

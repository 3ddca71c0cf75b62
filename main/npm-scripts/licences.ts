/** The third-party packages that ship with us, each with its version, its licence and the licence text. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
}
interface Lock {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

/** Not needed by the kiosk (electron-builder.yml). */
export const NOT_SHIPPED = /^@(duckdb|aws-sdk|smithy)\//;
const TEXT = /^(licen[cs]e|copying|notice)(\b|_|$)/i;
const RULE = '='.repeat(80);

const textsIn = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((one) => one.isFile() && TEXT.test(one.name))
    .map(({ name }) => readFileSync(join(folder, name), 'utf8').trim());

/** A package in the bundles of the screens, as Vite's `build.license` describes it. */
interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly identifier: string | null;
  readonly text: string | null;
}

const entryOf = (name: string, version: string, identifier: string, texts: readonly string[]): string =>
  [RULE, `${name} ${version} – ${identifier}`, RULE, ...texts].join('\n');

/**
 * `bundled`: the JSON list of the packages in the bundles. The lock file also lists packages of other systems, which
 * are not installed on this machine.
 */
export const licencesOf = (root: string, bundled: string): string => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;
  const parts = Object.entries(packages).flatMap(([path, { version, license, dev }]) => {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const folder = join(root, path);
    if (path === '' || dev === true || NOT_SHIPPED.test(name) || !existsSync(folder)) return [];
    return [entryOf(name, version ?? '', license ?? 'see below', textsIn(folder))];
  });
  const inBundles = (JSON.parse(bundled) as readonly BundledPackage[]).map(({ name, version, identifier, text }) =>
    entryOf(name, version, identifier ?? 'see below', text === null ? [] : [text.trim()]),
  );
  return `${[...parts, ...inBundles].join('\n\n')}\n`;
};

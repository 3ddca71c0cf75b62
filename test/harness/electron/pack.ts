/**
 * Packs the built program as far as electron-builder goes without Electron: an unpacked Linux folder around a stand-in for its
 * binary, with the archive, its hash, the fuses and what lies beside.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../../..');
const builder = createRequire(createRequire(join(root, 'package.json')).resolve('electron-builder'));

interface Entry {
  readonly size?: number;
  readonly unpacked?: boolean;
  readonly files?: Readonly<Record<string, Entry>>;
}
interface Asar {
  getRawHeader(archive: string): { readonly header: Entry };
  extractAll(archive: string, to: string): void;
}
/** The packer that electron-builder itself uses. */
export const asar = createRequire(builder.resolve('app-builder-lib'))('@electron/asar') as Asar;

/** Where Electron's binary has its fuses (`SENTINEL` of `@electron/fuses`). */
export const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** Version 1, nine of them, as they come. */
const FUSES = Buffer.concat([Buffer.from(FUSE_SENTINEL), Buffer.from([1, 9]), Buffer.from('101001010')]);

const makeStandIn = (folder: string): void => {
  for (const name of ['locales', 'resources']) mkdirSync(join(folder, name), { recursive: true });
  for (const language of ['fr', 'en-US', 'de']) writeFileSync(join(folder, 'locales', `${language}.pak`), 'words');
  for (const name of ['LICENSE', 'LICENSES.chromium.html']) writeFileSync(join(folder, name), 'a licence');
  writeFileSync(join(folder, 'electron'), Buffer.concat([Buffer.from('stand-in\n'), FUSES]), { mode: 0o755 });
};

/** The answer: the folder that an installer would lay down. */
export const pack = async (folder: string): Promise<string> => {
  const standIn = join(folder, 'electron');
  makeStandIn(standIn);
  await promisify(execFile)(
    process.execPath,
    [
      join(root, 'node_modules/electron-builder/cli.js'),
      ...['--linux', '--dir', '--publish', 'never'],
      `-c.electronDist=${standIn}`,
      `-c.directories.output=${folder}`,
    ],
    { cwd: root, timeout: 540_000, maxBuffer: 16 * 1024 * 1024 },
  );
  return join(folder, 'linux-unpacked');
};

export interface PackedFile {
  readonly path: string;
  readonly bytes: number;
  /** Beside the archive. */
  readonly unpacked: boolean;
}

export const filesOf = (archive: string): readonly PackedFile[] => {
  const list = (entry: Entry, path: string): readonly PackedFile[] =>
    entry.files === undefined
      ? [{ path, bytes: entry.size ?? 0, unpacked: entry.unpacked === true }]
      : Object.entries(entry.files).flatMap(([name, one]) => list(one, path === '' ? name : `${path}/${name}`));
  return list(asar.getRawHeader(archive).header, '');
};

/** `node_modules/@scope/name`, or the first two folders of what is ours. */
const partOf = (path: string): string =>
  /^(?:.*\/)?(node_modules\/(?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? path.split('/').slice(0, 2).join('/');

/** Megabytes of each part, the largest first. */
export const sizeTable = (files: readonly PackedFile[]): readonly (readonly [part: string, megabytes: number])[] => {
  const sums = new Map<string, number>();
  for (const { path, bytes } of files) sums.set(partOf(path), (sums.get(partOf(path)) ?? 0) + bytes);
  return [...sums]
    .map(([part, bytes]) => [part, Math.round(bytes / 100_000) / 10] as const)
    .sort(([, a], [, b]) => b - a);
};

/**
 * Packs the built program with electron-builder as far as possible without Electron: an unpacked Linux folder around a
 * stand-in for the binary, with the archive, its hash, the fuses and the unpacked files.
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
/** The ASAR packer used by electron-builder. */
export const asar = createRequire(builder.resolve('app-builder-lib'))('@electron/asar') as Asar;

/** Marks the position of the fuses in Electron's binary (`SENTINEL` of `@electron/fuses`). */
export const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** Fuse wire version 1 with nine fuses, at their default values. */
const FUSES = Buffer.concat([Buffer.from(FUSE_SENTINEL), Buffer.from([1, 9]), Buffer.from('101001010')]);

const makeStandIn = (folder: string): void => {
  for (const name of ['locales', 'resources']) mkdirSync(join(folder, name), { recursive: true });
  for (const language of ['fr', 'en-US', 'de']) writeFileSync(join(folder, 'locales', `${language}.pak`), 'words');
  for (const name of ['LICENSE', 'LICENSES.chromium.html']) writeFileSync(join(folder, name), 'a licence');
  writeFileSync(join(folder, 'electron'), Buffer.concat([Buffer.from('stand-in\n'), FUSES]), { mode: 0o755 });
};

/** Returns the folder that an installer would install. */
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
  /** Stored next to the archive, not in it. */
  readonly unpacked: boolean;
}

export const filesOf = (archive: string): readonly PackedFile[] => {
  const list = (entry: Entry, path: string): readonly PackedFile[] =>
    entry.files === undefined
      ? [{ path, bytes: entry.size ?? 0, unpacked: entry.unpacked === true }]
      : Object.entries(entry.files).flatMap(([name, one]) => list(one, path === '' ? name : `${path}/${name}`));
  return list(asar.getRawHeader(archive).header, '');
};

/** `node_modules/@scope/name`, or the first two folders for our own files. */
const partOf = (path: string): string =>
  /^(?:.*\/)?(node_modules\/(?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? path.split('/').slice(0, 2).join('/');

/** Size of each part in megabytes, largest first. */
export const sizeTable = (files: readonly PackedFile[]): readonly (readonly [part: string, megabytes: number])[] => {
  const sums = new Map<string, number>();
  for (const { path, bytes } of files) sums.set(partOf(path), (sums.get(partOf(path)) ?? 0) + bytes);
  return [...sums]
    .map(([part, bytes]) => [part, Math.round(bytes / 100_000) / 10] as const)
    .sort(([, a], [, b]) => b - a);
};

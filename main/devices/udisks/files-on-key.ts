/**
 * Lists the files of a mounted key. The key may be hostile: its folders may be endless, unreadable, or say that a link
 * to a file of the machine is a file.
 */
import { basename, join, relative } from 'node:path';
import type { DocumentRefusal } from '../../contract/documents.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { FileFailure, Files } from '../../platform/files.ts';
import type { FileOnKey, JudgedKeyFile, KeyFault, OpenKey } from '../usb-keys.ts';
import { isOfTheSystem, shownOnKey } from './names-on-key.ts';

export interface FilesOnKey {
  /** All folders, without following links. Links and unreadable folders are listed as files that can't be imported. */
  list(top: string, over: AbortSignal): Promise<Result<Omit<OpenKey, 'canWrite'>, KeyFault>>;
  /** False when a file is not on the key, or when there is a link on the way. */
  canReach(top: string, path: string): Promise<boolean>;
}

const MAX_DEPTH = 8;
/** More files take too long to list on a slow key, and too long to look through. */
const MAX_FILES = 500;
/** Of all kinds, in all folders: a few megabytes can hold a million empty files or folders. */
const MAX_ENTRIES = 5_000;
const MAX_FOLDERS = 500;

/**
 * Error codes of a removed key. ENOTCONN: the driver is a separate process (FUSE) for some file systems, and has
 * exited.
 */
const GONE: ReadonlySet<string> = new Set(['EIO', 'ENODEV', 'ENXIO', 'ENOTCONN']);

export const keyFault = (failure: FileFailure): KeyFault => {
  if (failure.kind === 'full') return 'full';
  if (failure.code === 'EROFS' || failure.kind === 'denied') return 'write-protected';
  return failure.kind === 'missing' || GONE.has(failure.code) ? 'pulled-out' : 'unreadable';
};

export const filesOnKey = (deps: {
  readonly files: Files;
  readonly judge: (name: string, sizeBytes: number) => JudgedKeyFile;
}): FilesOnKey => {
  const { files } = deps;
  const canReach = async (top: string, path: string): Promise<boolean> => {
    const names = relative(top, path).split('/');
    for (const [n, name] of names.entries()) {
      const facts = await files.lstat(join(top, ...names.slice(0, n + 1)));
      const isTrue = facts.ok && facts.value.kind === (n < names.length - 1 ? 'folder' : 'file');
      if (name === '..' || !isTrue) return false;
    }
    return true;
  };

  const list = async (top: string, over: AbortSignal): Promise<Result<Omit<OpenKey, 'canWrite'>, KeyFault>> => {
    const found: FileOnKey[] = [];
    const folders = [''];
    let more = false;
    let entriesLeft = MAX_ENTRIES;
    for (const folder of folders) {
      if (over.aborted) return fail('pulled-out');
      const listed = await files.listUpTo(join(top, folder), entriesLeft);
      if (!listed.ok && folder === '') return fail(keyFault(listed.error));
      if (!listed.ok && found.length >= MAX_FILES) return ok({ files: found, more: true });
      if (!listed.ok) {
        found.push(unusable(join(top, folder), folder, 'damaged'));
        continue;
      }
      entriesLeft -= listed.value.entries.length;
      more ||= listed.value.more;
      for (const { name, kind } of listed.value.entries) {
        if (over.aborted) return fail('pulled-out');
        if (isOfTheSystem(name)) continue;
        const path = join(top, folder, name);
        const facts = await files.lstat(path);
        // An entry that is not what the folder says may be a link to a file of the machine.
        const isTrue = facts.ok && facts.value.kind === kind;
        if (isTrue && kind === 'folder') {
          if (folder.split('/').length < MAX_DEPTH && folders.length < MAX_FOLDERS) folders.push(join(folder, name));
          else more = true;
        } else if (found.length >= MAX_FILES) return ok({ files: found, more: true });
        else if (isTrue && kind === 'file') found.push(describeFile(path, folder, facts.value.sizeBytes));
        else found.push(unusable(path, folder, facts.ok ? 'unknown' : 'damaged'));
      }
    }
    return ok({ files: found, more });
  };
  const describeFile = (path: string, folder: string, sizeBytes: number): FileOnKey => ({
    path,
    name: shownOnKey(basename(path)),
    folder: shownOnKey(folder),
    sizeBytes,
    ...deps.judge(basename(path), sizeBytes),
  });
  const unusable = (path: string, folder: string, refused: DocumentRefusal): FileOnKey => ({
    path,
    name: shownOnKey(basename(path)),
    folder: shownOnKey(folder),
    kind: 'other',
    sizeBytes: 0,
    refused,
  });

  return { list, canReach };
};

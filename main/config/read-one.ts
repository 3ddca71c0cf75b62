/** Reads one file of the folder: its checked content, or what is wrong with it. */
import type { FileFailure, Files } from '../platform/files.ts';
import { checkFile, type CheckedFile } from './check-file.ts';
import type { FileKind } from './json-schemas.ts';
import { complaint, type Complaint, type ConfigMistake } from './mistake.ts';
import type { ReadAhead } from './read-ahead.ts';

export interface LoadDeps {
  readonly files: Pick<Files, 'list' | 'readText'>;
  /** The configuration folder as the person named it: mistakes begin with it. */
  readonly dir: string;
  /** What the build parsed in advance. When absent, every file is parsed here. */
  readonly ahead?: ReadAhead;
}

export const readOne = async <T>(
  { files, ahead }: Pick<LoadDeps, 'files' | 'ahead'>,
  path: string,
  kind: FileKind<T>,
): Promise<CheckedFile<T>> => {
  const text = await files.readText(path);
  if (!text.ok) return { mistakes: [unreadable(path, text.error, 'un fichier')] };
  return ahead?.find(kind, path, text.value) ?? checkFile(await kind.load(), path, text.value);
};

export const wholeFile = (file: string, what: Complaint): ConfigMistake => ({ file, line: 1, column: 1, ...what });

const PROBLEMS: Partial<Record<FileFailure['kind'], string>> = {
  missing: 'introuvable',
  denied: 'lecture interdite',
  'not-a-file': 'c’est un dossier',
  'not-a-folder': 'ce n’est pas un dossier',
};

export const unreadable = (path: string, failure: FileFailure, expected: string): ConfigMistake =>
  wholeFile(
    path,
    complaint(
      PROBLEMS[failure.kind] ?? `lecture impossible (${failure.code})`,
      failure.kind === 'denied' ? `${expected} que le compte de la borne peut lire` : expected,
    ),
  );

/**
 * The content that ships with the program, read and checked when it was built: a start takes a file that has not
 * changed by one letter from here, and parses only what the place wrote. A mistake is told as if it had read them all.
 */
import { createHash } from 'node:crypto';
import type { Files } from '../platform/files.ts';
import type { CheckedFile } from './check-file.ts';
import type { FileKind } from './json-schemas.ts';
import { parseYaml, type YamlSource } from './yaml-source.ts';

/** What the build writes: fingerprint of a file's kind and text → what was read in it. */
export type ReadAheadTable = Readonly<Record<string, { readonly data: unknown; readonly value: unknown }>>;

/** In the folder of what is built. */
export const READ_AHEAD_FILE = 'read-ahead.json';

export interface ReadAhead {
  /** Undefined: not a file that the build knew, or changed since. */
  find<T>(kind: FileKind<T>, file: string, text: string): CheckedFile<T> | undefined;
}

export const fingerprint = (kind: FileKind['name'], text: string): string =>
  createHash('sha256').update(`${kind}\n${text}`).digest('base64');

export const readAhead = (table: ReadAheadTable): ReadAhead => ({
  find<T>(kind: FileKind<T>, file: string, text: string): CheckedFile<T> | undefined {
    const key = fingerprint(kind.name, text);
    const known = Object.hasOwn(table, key) ? table[key] : undefined;
    if (known === undefined) return undefined;
    return { value: known.value as T, source: sourceOf(file, text, known.data), mistakes: [] };
  },
});

/** A table that is not there or not whole costs time and nothing else: every file is then read here. */
export const openReadAhead = async (files: Pick<Files, 'readText'>, path: string): Promise<ReadAhead> => {
  const text = await files.readText(path);
  try {
    return readAhead(text.ok ? (JSON.parse(text.value) as ReadAheadTable) : {});
  } catch {
    return readAhead({});
  }
};

/** Its places are only wanted when another file makes it wrong: a bundle that is gone, a name taken twice. */
const sourceOf = (file: string, text: string, data: unknown): YamlSource => ({
  file,
  data,
  placeOf(path, target) {
    const parsed = parseYaml(file, text);
    return parsed.ok ? parsed.value.placeOf(path, target) : { line: 1, column: 1 };
  },
});

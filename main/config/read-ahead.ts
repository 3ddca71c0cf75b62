/**
 * The content that ships with the program, parsed and checked at build time. At start, a file that has not changed
 * since is taken from here, and only the place's own files are parsed. Mistakes are reported as if every file had been
 * parsed.
 */
import { createHash } from 'node:crypto';
import type { Files } from '../platform/files.ts';
import type { CheckedFile } from './check-file.ts';
import type { FileKind } from './json-schemas.ts';
import { parseYaml, type YamlSource } from './yaml-source.ts';

/** What the build writes. */
export interface ReadAheadTable {
  /**
   * Fingerprint of a file's kind and text → its checked content, and the YAML as parsed. The latter is needed for few
   * files, so it is JSON in a string: parsing it with the table would double the time.
   */
  readonly files: Readonly<Record<string, { readonly data: string; readonly value: unknown }>>;
  /** Fingerprint of files that the build found right beside each other (`FilesTogether`); empty when it did not. */
  readonly together: string;
}

/** In the build's output folder. */
export const READ_AHEAD_FILE = 'read-ahead.json';

export interface ReadAhead {
  /** Undefined when the build did not know the file, or when it has changed since. */
  find<T>(kind: FileKind<T>, file: string, text: string): CheckedFile<T> | undefined;
  /** True when the build checked exactly these files against each other. */
  agree(files: FilesTogether): boolean;
}

/** Name → what was read. */
export type FilesTogether = readonly (readonly [name: string, read: CheckedFile<unknown>])[];

export const fingerprint = (kind: FileKind['name'], text: string): string =>
  createHash('sha256').update(`${kind}\n${text}`).digest('base64');

/** Undefined when one of them has no fingerprint: the build did not know it. */
export const fingerprintTogether = (files: FilesTogether): string | undefined => {
  const lines = files.map(([name, read]) => read.fingerprint && `${read.fingerprint} ${name}`);
  return lines.includes(undefined) ? undefined : createHash('sha256').update(lines.sort().join('\n')).digest('base64');
};

export const readAhead = ({ files, together }: ReadAheadTable): ReadAhead => ({
  find<T>(kind: FileKind<T>, file: string, text: string): CheckedFile<T> | undefined {
    const key = fingerprint(kind.name, text);
    const known = Object.hasOwn(files, key) ? files[key] : undefined;
    if (known === undefined) return undefined;
    return { value: known.value as T, source: sourceOf(file, text, known.data), fingerprint: key, mistakes: [] };
  },
  agree: (read) => together !== '' && fingerprintTogether(read) === together,
});

const NOTHING: ReadAheadTable = { files: {}, together: '' };

/** A table that is missing or damaged only costs time: every file is then parsed here. */
export const openReadAhead = async (files: Pick<Files, 'readText'>, path: string): Promise<ReadAhead> => {
  const text = await files.readText(path);
  try {
    return readAhead(text.ok ? (JSON.parse(text.value) as ReadAheadTable) : NOTHING);
  } catch {
    return readAhead(NOTHING);
  }
};

/**
 * Parses the text for its line numbers only when needed: when another file makes this one wrong (a missing bundle, a
 * duplicate name).
 */
const sourceOf = (file: string, text: string, data: string): YamlSource => ({
  file,
  get data() {
    return JSON.parse(data) as unknown;
  },
  placeOf(path, target) {
    const parsed = parseYaml(file, text);
    return parsed.ok ? parsed.value.placeOf(path, target) : { line: 1, column: 1 };
  },
});

/** Turns a zod issue into our one-line mistake in French, with its place in the file. */
import type { z } from 'zod';
import { schemasAt, type JsonSchema } from './json-schemas.ts';
import { complaint, quoted, type Complaint, type ConfigMistake } from './mistake.ts';
import { nearestWord } from './nearest-word.ts';
import type { YamlSource } from './yaml-source.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'un texte',
  number: 'un nombre',
  int: 'un nombre entier',
  boolean: 'true ou false',
  array: 'une liste, une ligne par élément avec un tiret devant',
  object: 'un groupe de clés',
  record: 'un groupe de clés',
};

const MANY_KEYS = 9;

export const explainIssues = (
  issues: readonly Issue[],
  source: YamlSource,
  json: JsonSchema,
): readonly ConfigMistake[] =>
  issues.flatMap((issue) => explain(issue, source, (path) => schemasAt(json, path, source.data), []));

/** Returns every schema that the value at a path may match. */
type Known = (path: Path) => readonly JsonSchema[];

const explain = (issue: Issue, source: YamlSource, known: Known, base: Path): readonly ConfigMistake[] => {
  const path = [...base, ...issue.path];
  const at = (what: Complaint, where: Path = path, target: 'key' | 'value' = 'value'): ConfigMistake => ({
    file: source.file,
    ...source.placeOf(where, target),
    ...what,
  });
  const value = valueAt(source.data, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => at(unknownKey(key, keysAt(known, path)), [...path, key], 'key'));
    case 'invalid_type':
      return [at(wrongType(issue.expected, value, path, known))];
    case 'invalid_value':
      return [at(wrongWord(value, issue.values.map(String), path, known))];
    case 'too_small':
      return [at(outOfBounds(value, `au moins ${String(issue.minimum)}`, path, known))];
    case 'too_big':
      return [at(outOfBounds(value, `au plus ${String(issue.maximum)}`, path, known))];
    case 'custom':
      return [at(issue.params as unknown as Complaint)];
    case 'invalid_key':
      return issue.issues.map((inner) =>
        at(
          inner.code === 'custom' ? (inner.params as unknown as Complaint) : unknownKey(String(path.at(-1)), []),
          path,
          'key',
        ),
      );
    case 'invalid_union': {
      // The kind of exercise does not exist: nothing more can be said about it.
      if (issue.errors.length === 0 && 'options' in issue && Array.isArray(issue.options))
        return [at(wrongWord(value, issue.options.map(String), path, known))];
      // For a union such as "one text or several": when a list or a group was written, report what is wrong inside it.
      const inside =
        typeof value === 'object' && value !== null
          ? issue.errors.find((errors) => errors.some((e) => e.path.length > 0 || e.code === 'unrecognized_keys'))
          : undefined;
      const custom = issue.errors.flat().filter((inner) => inner.code === 'custom' && inner.path.length === 0);
      const inner = inside ?? (custom.length > 0 ? custom : undefined);
      if (inner !== undefined) return inner.flatMap((one) => explain(one, source, known, path));
      return [at(wrongType('string', value, path, known))];
    }
    default:
      return [at(complaint(`${name(path)} ne convient pas`, describe(known, path) ?? 'une autre valeur'))];
  }
};

const unknownKey = (key: string, keys: readonly string[]): Complaint =>
  complaint(
    `clé inconnue ${quoted(key)}`,
    keys.length > 0 && keys.length <= MANY_KEYS ? `une de\u00a0: ${keys.join(', ')}` : 'une clé connue',
    nearestWord(key, keys),
  );

const wrongType = (expected: string, value: unknown, path: Path, known: Known): Complaint => {
  const description = describe(known, path);
  const wanted = TYPE_WORDS[expected] ?? expected;
  if (value === undefined) return complaint(`il manque ${name(path)}`, description ?? wanted);
  if (value === null) return complaint(`${name(path)} est vide`, description ?? wanted);
  const quotes = expected === 'string' && typeof value !== 'object' ? ', donc entre guillemets' : '';
  const about = description === undefined ? '' : ` (${description})`;
  return complaint(`${name(path)} est ${kindWord(value)}`, `${wanted}${quotes}${about}`);
};

const wrongWord = (value: unknown, words: readonly string[], path: Path, known: Known): Complaint => {
  const list = `un de\u00a0: ${words.join(', ')}`;
  if (value === undefined) return complaint(`il manque ${name(path)}`, list);
  if (value === null) return complaint(`${name(path)} est vide`, list);
  if (typeof value === 'object') return wrongType('string', value, path, known);
  return complaint(`${name(path)} ne peut pas être ${quoted(String(value))}`, list, nearestWord(String(value), words));
};

const outOfBounds = (value: unknown, bound: string, path: Path, known: Known): Complaint => {
  const count = Array.isArray(value) ? value.length : undefined;
  const measure =
    count === undefined ? `vaut ${quoted(String(value))}` : `compte ${count} élément${count > 1 ? 's' : ''}`;
  const description = describe(known, path);
  return complaint(`${name(path)} ${measure}`, description === undefined ? bound : `${bound} (${description})`);
};

const kindWord = (value: unknown): string => {
  if (Array.isArray(value)) return 'une liste';
  if (typeof value === 'object') return 'un groupe de clés';
  if (typeof value === 'string') return `le texte ${quoted(value)}`;
  return typeof value === 'boolean' ? `la valeur ${quoted(String(value))}` : `le nombre ${quoted(String(value))}`;
};

/** The last named key of the path: `papers` for `papers[2]`. */
const name = (path: Path): string => {
  const key = path.findLast((segment) => typeof segment === 'string');
  if (key === undefined) return 'le fichier';
  return typeof path.at(-1) === 'number' ? `un élément de ${quoted(key)}` : quoted(key);
};

const describe = (known: Known, path: Path): string | undefined =>
  known(path)
    .map((node) => node['description'])
    .find((text): text is string => typeof text === 'string');

const keysAt = (known: Known, path: Path): readonly string[] =>
  known(path).flatMap((node) => Object.keys((node['properties'] as object | undefined) ?? {}));

export const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, segment) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, segment)
        ? (value as Record<PropertyKey, unknown>)[segment]
        : undefined,
    data,
  );

/** Checks one file's text: returns its content, or everything that is wrong in it. Pure. */
import { explainIssues } from './explain.ts';
import type { FileSchema } from './json-schemas.ts';
import { complaint, quoted, type Complaint, type ConfigMistake } from './mistake.ts';
import { FORMAT_VERSION, upgraded } from './version.ts';
import { parseYaml, type YamlSource } from './yaml-source.ts';

export interface CheckedFile<T> {
  /** Absent when the schema rejected the file. */
  readonly value?: T;
  /** Absent when the text is not valid YAML: nothing more can be checked then. */
  readonly source?: YamlSource;
  /** Of its kind and text; only when the build checked it (`read-ahead.ts`). */
  readonly fingerprint?: string;
  readonly mistakes: readonly ConfigMistake[];
}

export const checkFile = <T>({ schema, json }: FileSchema<T>, file: string, text: string): CheckedFile<T> => {
  const parsed = parseYaml(file, text);
  if (!parsed.ok) return { mistakes: parsed.error };
  const source = parsed.value;
  const whole = (what: Complaint, path: readonly string[] = []): CheckedFile<T> => ({
    mistakes: [{ file, ...source.placeOf(path), ...what }],
  });
  if (source.data === null) {
    return whole(complaint('le fichier est vide', 'au moins une clé ; supprimez-le s’il ne sert pas'));
  }
  const current = upgraded(source.data);
  if (!current.ok) {
    const written = quoted(String((source.data as { version: unknown }).version));
    return current.error === 'newer'
      ? whole(
          complaint(
            `la version ${written} est plus récente que ce programme`,
            `${FORMAT_VERSION} au plus\u00a0; mettez la borne à jour`,
          ),
          ['version'],
        )
      : whole(complaint(`${written} n’est pas une version`, String(FORMAT_VERSION)), ['version']);
  }
  const result = schema.safeParse(current.value);
  return result.success
    ? { value: result.data, source, mistakes: [] }
    : { source, mistakes: explainIssues(result.error.issues, source, json()) };
};

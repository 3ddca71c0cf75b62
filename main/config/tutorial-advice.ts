/**
 * For `npm run config:check`: what would make a tutorial easier to read, with its line. It never excludes a tutorial.
 * Folders with mistakes are read too, so that the author can correct both at once.
 */
import type { Files } from '../platform/files.ts';
import { adviceOn, easeOf } from './check-words.ts';
import { SHARED_PICTURES, START_FILE, TUTORIAL_FILE, TUTORIALS } from './load-tutorials.ts';
import { complaint, inReadingOrder, quoted, type ConfigMistake } from './mistake.ts';
import { wholeFile } from './read-one.ts';
import { picturesOf } from './tutorial-pictures.ts';
import { hardWordFinder } from './plain-french.ts';
import { parseYaml, type YamlSource } from './yaml-source.ts';

export interface TutorialAdvice {
  readonly advice: readonly ConfigMistake[];
  /** The readability of each tutorial, the hardest first. */
  readonly ease: readonly { readonly id: string; readonly figure: number }[];
}

interface AdviceDeps {
  readonly files: Pick<Files, 'list' | 'readText'>;
  /** The configuration folder. */
  readonly dir: string;
}

export const adviseOnTutorials = async ({ files, dir }: AdviceDeps): Promise<TutorialAdvice> => {
  const folder = `${dir.replace(/(?<=.)\/+$/, '')}/${TUTORIALS}`;
  const listed = await files.list(folder);
  if (!listed.ok) return { advice: [], ease: [] };
  const ids = listed.value
    .filter(({ name, kind }) => kind === 'folder' && !name.startsWith('.') && name !== SHARED_PICTURES)
    .map(({ name }) => name);

  const sourceOf = async (file: string): Promise<YamlSource | undefined> => {
    const text = await files.readText(file);
    const parsed = text.ok ? parseYaml(file, text.value) : undefined;
    return parsed?.ok === true ? parsed.value : undefined;
  };
  const drawn = async (name: string): Promise<readonly string[]> => {
    const there = await files.list(`${folder}/${name}`);
    return there.ok ? there.value.filter((one) => one.name.endsWith('.svg')).map((one) => one.name) : [];
  };
  const [start, shared, read] = await Promise.all([
    sourceOf(`${folder}/${START_FILE}`),
    drawn(SHARED_PICTURES),
    Promise.all(
      ids.map(async (id) => ({ id, own: await drawn(id), source: await sourceOf(`${folder}/${id}/${TUTORIAL_FILE}`) })),
    ),
  ]);
  const named = (source: YamlSource | undefined): readonly string[] =>
    picturesOf(source?.data).map(({ file }) => `${file}.svg`);
  const hardWords = hardWordFinder();
  const all = new Set([...named(start), ...read.flatMap(({ source }) => named(source))]);
  const unused = (name: string, own: readonly string[], shown: ReadonlySet<string>): readonly ConfigMistake[] =>
    own
      .filter((file) => !shown.has(file))
      .map((file) =>
        wholeFile(
          `${folder}/${name}/${file}`,
          complaint(`${quoted(file)} n’est montré nulle part`, 'son nom dans un « picture », ou le fichier supprimé'),
        ),
      );
  return {
    advice: inReadingOrder([
      ...[start, ...read.map(({ source }) => source)]
        .filter((source) => source !== undefined)
        .flatMap((source) => adviceOn(source, hardWords)),
      ...read.flatMap(({ id, own, source }) => (source === undefined ? [] : unused(id, own, new Set(named(source))))),
      ...unused(SHARED_PICTURES, shared, all),
    ]),
    ease: read
      .flatMap(({ id, source }) => {
        const figure = source === undefined ? null : easeOf(source);
        return figure === null ? [] : [{ id, figure }];
      })
      .toSorted((a, b) => a.figure - b.figure || (a.id < b.id ? -1 : 1)),
  };
};

export const adviceLines = (
  { advice, ease }: TutorialAdvice,
  format: (one: ConfigMistake) => string,
): readonly string[] => [
  ...(advice.length === 0
    ? []
    : ['Conseils pour les tutoriels (rien n’est laissé de côté)\u00a0:', ...advice.map(format)]),
  ...(ease.length === 0
    ? []
    : [
        'Facilité de lecture (Kandel et Moles\u00a0; 100\u00a0: très facile, 70\u00a0: un journal, 50\u00a0: difficile)\u00a0:',
        ...ease.map(({ id, figure }) => `  ${String(figure).padStart(3)}  ${id}`),
      ]),
];

/**
 * Loads `tutorials/`: one folder for each tutorial, and `start.yaml`. Unlike elsewhere in the configuration, a mistake
 * here does not stop the kiosk: the tutorial that contains it is left out and reported. `tutorial-pictures.ts` checks
 * the pictures after the first screen has appeared.
 */
import type { CheckedFile } from './check-file.ts';
import { fileKinds } from './json-schemas.ts';
import { complaint, quoted, type ConfigMistake } from './mistake.ts';
import { nearestWord } from './nearest-word.ts';
import { readOne, unreadable, wholeFile, type LoadDeps } from './read-one.ts';
import type { Tutorial, TutorialStart } from './schema/tutorial.ts';
import { linked } from './tutorial-links.ts';
import type { YamlSource } from './yaml-source.ts';

export const TUTORIALS = 'tutorials';
export const TUTORIAL_FILE = 'tutorial.yaml';
export const START_FILE = 'start.yaml';
/** The pictures that several tutorials share. */
export const SHARED_PICTURES = 'pictures';

export interface LoadedTutorials {
  /** In the order of the list. */
  readonly tutorials: readonly Tutorial[];
  /** Null when there is none, or it is wrong. */
  readonly start: TutorialStart | null;
  readonly mistakes: readonly ConfigMistake[];
}

export const NO_TUTORIALS: LoadedTutorials = { tutorials: [], start: null, mistakes: [] };

export const loadTutorials = async (
  deps: Pick<LoadDeps, 'files' | 'ahead'>,
  folder: string,
): Promise<LoadedTutorials> => {
  const listed = await deps.files.list(folder);
  if (!listed.ok) {
    return {
      ...NO_TUTORIALS,
      mistakes: [unreadable(folder, listed.error, 'un dossier, un sous-dossier par tutoriel')],
    };
  }
  const visible = listed.value.filter(({ name }) => !name.startsWith('.'));
  const ids = visible.filter(({ name, kind }) => kind === 'folder' && name !== SHARED_PICTURES).map(({ name }) => name);
  const stray = visible
    .filter(({ name, kind }) => kind !== 'folder' && /\.(ya?ml|json)(\.txt)?$/i.test(name) && name !== START_FILE)
    .map(({ name }) =>
      wholeFile(
        `${folder}/${name}`,
        complaint(`${quoted(name)} n’est pas lu`, `un dossier par tutoriel, avec ${TUTORIAL_FILE} dedans`),
      ),
    );
  const hasStart = visible.some(({ name, kind }) => name === START_FILE && kind !== 'folder');
  const [read, start] = await Promise.all([
    Promise.all(
      ids.map(async (id) => ({
        id,
        checked: await readOne(deps, `${folder}/${id}/${TUTORIAL_FILE}`, fileKinds.tutorial),
      })),
    ),
    hasStart ? readOne(deps, `${folder}/${START_FILE}`, fileKinds.tutorialStart) : { mistakes: [] },
  ]);
  const right = read.flatMap(({ id, checked }) =>
    checked.value !== undefined && checked.value.id === id ? [checked.value] : [],
  );
  return {
    tutorials: linked(right).toSorted((a, b) => a.place - b.place),
    start: startOf(start, right),
    mistakes: [
      ...stray,
      ...read.flatMap(({ id, checked }) => [...checked.mistakes, ...wrongId(id, checked), ...deadLinks(ids, checked)]),
      ...start.mistakes,
      ...deadGestures(ids, start),
    ],
  };
};

const at = (source: YamlSource, path: readonly PropertyKey[], what: ReturnType<typeof complaint>): ConfigMistake => ({
  file: source.file,
  ...source.placeOf(path),
  ...what,
});

const wrongId = (id: string, { value, source }: CheckedFile<Tutorial>): readonly ConfigMistake[] =>
  value === undefined || source === undefined || value.id === id
    ? []
    : [
        at(
          source,
          ['id'],
          complaint(`${quoted(value.id)} n’est pas le nom du dossier`, `${quoted(id)}, ou le dossier renommé`),
        ),
      ];

const unknownTutorial = (source: YamlSource, path: readonly PropertyKey[], id: string, ids: readonly string[]) =>
  at(
    source,
    path,
    complaint(`le tutoriel ${quoted(id)} n’existe pas`, 'le nom d’un dossier de tutorials', nearestWord(id, ids)),
  );

const linksOf = (
  value: Tutorial | undefined,
): readonly { readonly path: readonly PropertyKey[]; readonly id: string }[] => [
  ...(value?.next ?? []).map((id, index) => ({ path: ['next', index], id })),
  ...(value?.screens ?? []).flatMap(({ review }, index) =>
    review === null ? [] : [{ path: ['screens', index, 'review'], id: review }],
  ),
];

/** A link is dead only when its folder does not exist. A link to a tutorial that is wrong is not reported again. */
const deadLinks = (ids: readonly string[], { value, source }: CheckedFile<Tutorial>): readonly ConfigMistake[] =>
  source === undefined
    ? []
    : linksOf(value).flatMap(({ path, id }) => (ids.includes(id) ? [] : [unknownTutorial(source, path, id, ids)]));

const deadGestures = (
  ids: readonly string[],
  { value, source }: CheckedFile<TutorialStart>,
): readonly ConfigMistake[] =>
  source === undefined
    ? []
    : (value?.gestures ?? []).flatMap(({ tutorials }, gesture) =>
        tutorials.flatMap((id, index) =>
          ids.includes(id) ? [] : [unknownTutorial(source, ['gestures', gesture, 'tutorials', index], id, ids)],
        ),
      );

const startOf = ({ value }: CheckedFile<TutorialStart>, tutorials: readonly Tutorial[]): TutorialStart | null => {
  if (value === undefined) return null;
  const there = new Set(tutorials.map(({ id }) => id));
  return {
    gestures: value.gestures.map((one) => ({ ...one, tutorials: one.tutorials.filter((id) => there.has(id)) })),
  };
};

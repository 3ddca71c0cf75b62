/**
 * Finds and checks the pictures of tutorials, which are our own SVG drawings. A missing picture is reported where the
 * tutorial refers to it.
 */
import type { Files } from '../platform/files.ts';
import { checkPicture } from './check-picture.ts';
import type { TutorialConfig } from './kiosk-config.ts';
import { SHARED_PICTURES, TUTORIAL_FILE, TUTORIALS } from './load-tutorials.ts';
import { complaint, quoted, type Complaint, type ConfigMistake } from './mistake.ts';
import { nearestWord } from './nearest-word.ts';
import { unreadable } from './read-one.ts';
import { parseYaml } from './yaml-source.ts';

export interface PictureDeps {
  readonly files: Pick<Files, 'list' | 'readText'>;
  /** The configuration folder. */
  readonly dir: string;
}

interface Named {
  readonly path: readonly PropertyKey[];
  readonly file: string;
}

/** Every picture that a tutorial refers to, with the path of the reference. */
export const picturesOf = (node: unknown, path: readonly PropertyKey[] = []): readonly Named[] => {
  if (typeof node !== 'object' || node === null) return [];
  const { picture } = node as { readonly picture?: unknown };
  const own =
    typeof picture === 'object' && picture !== null && 'file' in picture && typeof picture.file === 'string'
      ? [{ path: [...path, 'picture', 'file'], file: picture.file }]
      : [];
  const entries: readonly (readonly [PropertyKey, unknown])[] = Array.isArray(node)
    ? node.map((one, at) => [at, one] as const)
    : Object.entries(node).filter(([key]) => key !== 'picture');
  return [...own, ...entries.flatMap(([key, one]) => picturesOf(one, [...path, key]))];
};

/** The names in a folder, without `.svg`. */
const namesIn = async ({ files, dir }: PictureDeps, folder: string): Promise<readonly string[]> => {
  const listed = await files.list(`${dir}/${TUTORIALS}/${folder}`);
  return listed.ok
    ? listed.value.filter(({ name }) => name.endsWith('.svg')).map(({ name }) => name.slice(0, -'.svg'.length))
    : [];
};

/** The pictures that all tutorials may show. */
export const sharedPictures = async (deps: PictureDeps): Promise<ReadonlySet<string>> =>
  new Set(await namesIn(deps, SHARED_PICTURES));

interface CheckedPictures {
  readonly tutorial: TutorialConfig;
  /** `<folder>/<file>` of each picture that exists. */
  readonly found: ReadonlyMap<string, string>;
  /** Missing pictures, reported where the tutorial refers to them. */
  readonly wrong: readonly (Named & { readonly what: Complaint })[];
  /** Forbidden content of pictures, reported with the picture's own line. */
  readonly broken: readonly ConfigMistake[];
}

/** The pictures of each tutorial: their paths, and what is wrong with them. */
export const checkPictures = async (
  deps: PictureDeps,
  tutorials: readonly TutorialConfig[],
): Promise<readonly CheckedPictures[]> => {
  const shared = await namesIn(deps, SHARED_PICTURES);
  const seen = new Map<string, Promise<readonly ConfigMistake[]>>();
  const look = (path: string): Promise<readonly ConfigMistake[]> => {
    const before = seen.get(path);
    if (before) return before;
    const file = `${deps.dir}/${TUTORIALS}/${path}.svg`;
    const now = deps.files
      .readText(file)
      .then((text) =>
        text.ok ? checkPicture(file, text.value) : [unreadable(file, text.error, 'un fichier SVG lisible')],
      );
    seen.set(path, now);
    return now;
  };
  return Promise.all(
    tutorials.map(async (tutorial) => {
      const own = await namesIn(deps, tutorial.id);
      const found = new Map<string, string>();
      const wrong: (Named & { readonly what: Complaint })[] = [];
      const broken = new Map<string, readonly ConfigMistake[]>();
      for (const named of picturesOf(tutorial)) {
        const folder = own.includes(named.file)
          ? tutorial.id
          : shared.includes(named.file)
            ? SHARED_PICTURES
            : undefined;
        if (folder === undefined) {
          const expected = `${named.file}.svg dans ${TUTORIALS}/${tutorial.id} ou ${TUTORIALS}/${SHARED_PICTURES}`;
          const near = nearestWord(named.file, [...own, ...shared]);
          wrong.push({ ...named, what: complaint(`le dessin ${quoted(named.file)} n’existe pas`, expected, near) });
          continue;
        }
        const faults = await look(`${folder}/${named.file}`);
        if (faults.length > 0) broken.set(named.file, faults);
        else found.set(named.file, `${folder}/${named.file}`);
      }
      return { tutorial, found, wrong, broken: [...broken.values()].flat() };
    }),
  );
};

/** Reads the file again for its line numbers, which are not needed unless something is wrong. */
export const placed = async (
  { files, dir }: PictureDeps,
  { tutorial, wrong, broken }: CheckedPictures,
): Promise<readonly ConfigMistake[]> => {
  if (wrong.length === 0) return broken;
  const file = `${dir}/${TUTORIALS}/${tutorial.id}/${TUTORIAL_FILE}`;
  const text = await files.readText(file);
  const parsed = text.ok ? parseYaml(file, text.value) : undefined;
  return [
    ...wrong.map(({ path, what }) => ({
      file,
      ...(parsed?.ok ? parsed.value.placeOf(path) : { line: 1, column: 1 }),
      ...what,
    })),
    ...broken,
  ];
};

export const pictureMistakes = async (
  deps: PictureDeps,
  tutorials: readonly TutorialConfig[],
): Promise<readonly ConfigMistake[]> => {
  const looked = await checkPictures(deps, tutorials);
  const all = [...(await Promise.all(looked.map((one) => placed(deps, one)))).flat(), ...(await sharedMistakes(deps))];
  // A shared picture with a mistake is found once for each tutorial that shows it: report it once.
  return [...new Map(all.map((one) => [`${one.file}:${one.line}:${one.column}:${one.problem}`, one])).values()];
};

/** Also checks those that no tutorial refers to: the gestures of « Par où commencer ? » show them. */
const sharedMistakes = async (deps: PictureDeps): Promise<readonly ConfigMistake[]> => {
  const names = await namesIn(deps, SHARED_PICTURES);
  const read = await Promise.all(
    names.map(async (name) => {
      const file = `${deps.dir}/${TUTORIALS}/${SHARED_PICTURES}/${name}.svg`;
      const text = await deps.files.readText(file);
      return text.ok ? checkPicture(file, text.value) : [];
    }),
  );
  return read.flat();
};

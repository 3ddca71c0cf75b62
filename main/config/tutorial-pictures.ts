/**
 * The pictures of tutorials: ours, drawn as SVG. What is wrong with one is told where the tutorial names it.
 */
import type { Files } from '../platform/files.ts';
import type { TutorialConfig } from './kiosk-config.ts';
import { SHARED_PICTURES, TUTORIAL_FILE, TUTORIALS } from './load-tutorials.ts';
import { complaint, quoted, type Complaint, type ConfigMistake } from './mistake.ts';
import { nearestWord } from './nearest-word.ts';
import { MAX_PICTURE_BYTES } from './schema/tutorial-fields.ts';
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

/** Every picture that a tutorial names, and where. */
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

/** Names without `.svg`, by folder. */
const namesIn = async ({ files, dir }: PictureDeps, folder: string): Promise<readonly string[]> => {
  const listed = await files.list(`${dir}/${TUTORIALS}/${folder}`);
  return listed.ok
    ? listed.value.filter(({ name }) => name.endsWith('.svg')).map(({ name }) => name.slice(0, -'.svg'.length))
    : [];
};

/** Those that all tutorials may show. */
export const sharedPictures = async (deps: PictureDeps): Promise<ReadonlySet<string>> =>
  new Set(await namesIn(deps, SHARED_PICTURES));

/** Shapes alone. The screens draw it inside themselves, so that it follows their colours: nothing else may get in. */
const ELEMENTS = new Set(
  'svg g path rect circle ellipse line polyline polygon text tspan title desc defs clipPath'.split(' '),
);
const FORBIDDEN: readonly (readonly [RegExp, string])[] = [
  [/\son\w+\s*=/i, 'on…='],
  [/\sstyle\s*=/i, 'style='],
  [/(?:href|src)\s*=/i, 'href'],
  [/url\(\s*(?!["']?#)/i, 'url(…)'],
  [/<[!?](?!--)/, '<! ou <?'],
  [/&(?!amp;|lt;|gt;|quot;|apos;|#\d+;)/, '&…;'],
];

const faultOf = (text: string): Complaint | undefined => {
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_PICTURE_BYTES) {
    return complaint(
      `dessin de ${bytes} octets`,
      `${MAX_PICTURE_BYTES} au plus : un dessin simple, sans photo ni calque caché`,
    );
  }
  if (!/<svg\b[^>]*\bviewBox\s*=/.test(text)) {
    return complaint(
      'ce n’est pas un dessin SVG avec « viewBox »',
      'un fichier SVG qui commence par « <svg … viewBox=… »',
    );
  }
  const other = [...text.matchAll(/<\/?([\w:-]+)/g)].find(([, name = '']) => !ELEMENTS.has(name));
  const found = other ? other[0] : FORBIDDEN.find(([pattern]) => pattern.test(text))?.[1];
  return found === undefined
    ? undefined
    : complaint(`« ${found} » dans le dessin`, 'des formes seules : ni programme, ni lien, ni photo');
};

interface Looked {
  readonly tutorial: TutorialConfig;
  /** `<folder>/<file>` of each picture that is there. */
  readonly found: ReadonlyMap<string, string>;
  readonly wrong: readonly (Named & { readonly what: Complaint })[];
}

/** The pictures of each tutorial: where they lie, and what is wrong with them. */
export const lookAtPictures = async (
  deps: PictureDeps,
  tutorials: readonly TutorialConfig[],
): Promise<readonly Looked[]> => {
  const shared = await namesIn(deps, SHARED_PICTURES);
  const seen = new Map<string, Promise<Complaint | undefined>>();
  const look = (path: string): Promise<Complaint | undefined> => {
    const before = seen.get(path);
    if (before) return before;
    const now = deps.files
      .readText(`${deps.dir}/${TUTORIALS}/${path}.svg`)
      .then((text) =>
        text.ok ? faultOf(text.value) : complaint(`lecture impossible (${text.error.code})`, 'un fichier SVG lisible'),
      );
    seen.set(path, now);
    return now;
  };
  return Promise.all(
    tutorials.map(async (tutorial) => {
      const own = await namesIn(deps, tutorial.id);
      const found = new Map<string, string>();
      const wrong: (Named & { readonly what: Complaint })[] = [];
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
        const fault = await look(`${folder}/${named.file}`);
        if (fault) wrong.push({ ...named, what: fault });
        else found.set(named.file, `${folder}/${named.file}`);
      }
      return { tutorial, found, wrong };
    }),
  );
};

/** The file is read again for its lines, which nobody needs on a good day. */
export const placed = async (
  { files, dir }: PictureDeps,
  { tutorial, wrong }: Looked,
): Promise<readonly ConfigMistake[]> => {
  if (wrong.length === 0) return [];
  const file = `${dir}/${TUTORIALS}/${tutorial.id}/${TUTORIAL_FILE}`;
  const text = await files.readText(file);
  const parsed = text.ok ? parseYaml(file, text.value) : undefined;
  return wrong.map(({ path, what }) => ({
    file,
    ...(parsed?.ok ? parsed.value.placeOf(path) : { line: 1, column: 1 }),
    ...what,
  }));
};

export const pictureMistakes = async (
  deps: PictureDeps,
  tutorials: readonly TutorialConfig[],
): Promise<readonly ConfigMistake[]> => {
  const looked = await lookAtPictures(deps, tutorials);
  return (await Promise.all(looked.map((one) => placed(deps, one)))).flat();
};

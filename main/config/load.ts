/** Loads the configuration folder: returns one frozen object, or every mistake at once. */
import { fail, ok, type Result } from '../contract/result.ts';
import type { Entry } from '../platform/files.ts';
import type { CheckedFile } from './check-file.ts';
import { checkSite } from './check-site.ts';
import { fileKinds, type FileKind } from './json-schemas.ts';
import { siteDefaults, type KioskConfig, type SiteConfig } from './kiosk-config.ts';
import { deepFreeze, mergeLayers } from './merge.ts';
import { loadTutorials, NO_TUTORIALS, TUTORIALS } from './load-tutorials.ts';
import { complaint, inReadingOrder, quoted, type ConfigMistake } from './mistake.ts';
import { nearestWord } from './nearest-word.ts';
import { readOne, unreadable, wholeFile, type LoadDeps } from './read-one.ts';

export type { LoadDeps } from './read-one.ts';

const REQUIRED = ['site.yaml', 'bundles.yaml'];
const OPTIONAL = ['departement.yaml', 'synonyms.yaml', 'urgences.yaml'];
const DEMARCHES = 'demarches';
const PLACES = 'directory';

export const loadConfig = async (deps: LoadDeps): Promise<Result<KioskConfig, readonly ConfigMistake[]>> => {
  const { files, dir } = deps;
  const folder = dir.replace(/(?<=.)\/+$/, '');
  const inside = (name: string): string => `${folder === '/' ? '' : folder}/${name}`;
  const top = await files.list(folder);
  if (!top.ok) return fail([unreadable(folder, top.error, 'un dossier de configuration')]);
  const mistakes: ConfigMistake[] = [...strayNames(top.value, inside)];
  const names = new Set(top.value.map(({ name }) => name));

  const read = async <T>(name: string, kind: FileKind<T>): Promise<CheckedFile<T>> => {
    if (!names.has(name)) {
      if (REQUIRED.includes(name)) mistakes.push(missing(inside(name), name, top.value));
      return { mistakes: [] };
    }
    return readOne(deps, inside(name), kind);
  };
  const [site, departement, bundles, synonyms, urgentHelp, demarches, places, tutorials] = await Promise.all([
    read('site.yaml', fileKinds.site),
    read('departement.yaml', fileKinds.site),
    read('bundles.yaml', fileKinds.bundles),
    read('synonyms.yaml', fileKinds.synonyms),
    read('urgences.yaml', fileKinds.urgentHelp),
    readFolder(deps, inside(DEMARCHES), fileKinds.demarche, 'démarche'),
    names.has(PLACES) ? readFolder(deps, inside(PLACES), fileKinds.places, 'lieu') : NO_FILES,
    names.has(TUTORIALS) ? loadTutorials(deps, inside(TUTORIALS)) : NO_TUTORIALS,
  ]);
  mistakes.push(
    ...[site, departement, bundles, synonyms, urgentHelp, ...checkedIn(demarches)].flatMap((file) => file.mistakes),
  );
  mistakes.push(...demarches.mistakes, ...places.mistakes, ...checkedIn(places).flatMap((file) => file.mistakes));
  // Without the place's own file, "the name is missing" would only repeat that the file is missing.
  if (site.source !== undefined) {
    mistakes.push(
      ...checkSite(
        [departement.source, site.source].filter((source) => source !== undefined),
        (await fileKinds.site.load()).json,
      ),
    );
  }
  if (!deps.ahead?.agree([['bundles', bundles], ...demarches.named])) {
    const { checkDemarches, demarcheFiles, knownBundles } = await import('./check-demarches.ts');
    mistakes.push(...checkDemarches(demarcheFiles(demarches.named), knownBundles(bundles)));
  }
  if (mistakes.length > 0) return fail(inReadingOrder(mistakes));
  return ok(
    deepFreeze<KioskConfig>({
      // Safe to cast: `checkSite` checked that nothing required is missing, and the schemas checked the types.
      site: mergeLayers(siteDefaults, departement.value ?? {}, site.value ?? {}) as unknown as SiteConfig,
      demarches: checkedIn(demarches).flatMap(({ value }) => value ?? []),
      bundles: bundles.value ?? {},
      synonyms: synonyms.value ?? {},
      urgentHelp: Object.values(urgentHelp.value ?? {}),
      places: checkedIn(places).flatMap(({ value }) => value ?? []),
      tutorials: tutorials.tutorials,
      tutorialStart: tutorials.start,
      tutorialMistakes: inReadingOrder(tutorials.mistakes),
    }),
  );
};

interface Folder<T> {
  readonly named: readonly (readonly [stem: string, checked: CheckedFile<T>])[];
  readonly mistakes: readonly ConfigMistake[];
}

const NO_FILES = { named: [], mistakes: [] };

const checkedIn = <T>({ named }: Folder<T>): readonly CheckedFile<T>[] => named.map(([, checked]) => checked);

const readFolder = async <T>(
  deps: LoadDeps,
  folder: string,
  kind: FileKind<T>,
  one: 'démarche' | 'lieu',
): Promise<Folder<T>> => {
  const listed = await deps.files.list(folder);
  if (!listed.ok) {
    return {
      named: [],
      mistakes: [
        unreadable(
          folder,
          listed.error,
          one === 'démarche' ? 'un dossier, un fichier par démarche' : 'un dossier de fichiers de lieux',
        ),
      ],
    };
  }
  const visible = listed.value.filter(({ name }) => !name.startsWith('.'));
  const named = visible.filter(({ name, kind: entry }) => name.endsWith('.yaml') && entry !== 'folder');
  // Report files that look like one of these but would be silently ignored. A README is fine.
  const mistakes = visible
    .filter((entry) => entry.kind === 'folder' || (/\.(ya?ml|json)/i.test(entry.name) && !named.includes(entry)))
    .map(({ name }) =>
      wholeFile(
        `${folder}/${name}`,
        complaint(`${quoted(name)} n’est pas lu`, `un nom de fichier en ${quoted('.yaml')}`),
      ),
    );
  if (named.length === 0 && one === 'démarche') {
    mistakes.push(wholeFile(folder, complaint('aucune démarche', `un fichier ${quoted('.yaml')} par démarche`)));
  }
  return {
    named: await Promise.all(
      named.map(
        async ({ name }) => [name.slice(0, -'.yaml'.length), await readOne(deps, `${folder}/${name}`, kind)] as const,
      ),
    ),
    mistakes,
  };
};

const missing = (path: string, name: string, entries: readonly Entry[]): ConfigMistake => {
  const others = entries.map((entry) => entry.name).filter((other) => ![...REQUIRED, ...OPTIONAL].includes(other));
  const near = nearestWord(name, others);
  const expected = near === undefined ? 'ce fichier' : `ce fichier\u00a0; renommez ${quoted(near)}`;
  return wholeFile(path, complaint('introuvable', expected));
};

/**
 * Report an optional file with a misspelt name, which would be silently ignored. Notepad adds `.txt` to the name, and
 * Windows does not show it.
 */
const strayNames = (entries: readonly Entry[], inside: (name: string) => string): readonly ConfigMistake[] => {
  const names = entries.filter(({ kind }) => kind === 'file').map(({ name }) => name);
  return names
    .filter((name) => /\.ya?ml(\.txt)?$/i.test(name) && ![...REQUIRED, ...OPTIONAL].includes(name))
    .flatMap((name) => {
      const near = nearestWord(
        name,
        OPTIONAL.filter((optional) => !names.includes(optional)),
      );
      return near === undefined
        ? []
        : [wholeFile(inside(name), complaint(`${quoted(name)} n’est pas lu`, 'un nom connu', near))];
    });
};

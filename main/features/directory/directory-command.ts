/** `npm start -- directory …`: manages the directory from a terminal. A running kiosk picks up the changes. */
import { extname } from 'node:path';
import type { DeepReadonly } from '../../config/kiosk-config.ts';
import type { PlacesFile } from '../../config/schema/places.ts';
import type { Point } from '../../contract/directory.ts';
import type { Files } from '../../platform/files.ts';
import type { CommuneRegister } from './communes.ts';
import { correctInTurn } from './correct-in-turn.ts';
import { correctedFields, correctedPlace } from './corrections.ts';
import { exportPlaces, toCsv } from './export.ts';
import { gather } from './gather.ts';
import { dayInFrance } from './hours/days.ts';
import type { HoursReader } from './hours/reader.ts';
import { mergePlaces } from './import/merge.ts';
import { readFile, type ReadFile } from './import/read-files.ts';
import { fileReportText, mergedText, plural, renamedText } from './import/report.ts';
import { knownPoints } from './known-points.ts';
import type { Place } from './place.ts';
import type { Corrections, DirectoryStore } from './store.ts';

export interface DirectoryCommandIo {
  readonly out: { write(text: string): void };
  readonly err: { write(text: string): void };
  /** The next typed line; undefined at the end of the input. */
  readonly readLine: () => Promise<string | undefined>;
}

export interface DirectoryCommandDeps {
  readonly files: Files;
  readonly now: () => number;
  readonly store: DirectoryStore;
  readonly reader: HoursReader;
  /** The places of the configuration. */
  readonly configured: readonly DeepReadonly<PlacesFile>[];
  readonly register: () => Promise<CommuneRegister>;
  readonly townPoints: () => Promise<ReadonlyMap<string, Point>>;
}

export const DIRECTORY_HELP = `Annuaire « Trouver de l’aide près d’ici »

  directory import FICHIER…            remplace le contenu importé par celui de ces fichiers
      CSV ou JSON du schéma national des lieux de médiation numérique, CSV ANCT des France services, ou nos fichiers YAML
      --force   même s’il contient beaucoup moins de lieux que le précédent
      --dry-run dit ce qui serait fait, et ne change rien
  directory restore                    revient à l’import précédent
  directory export FICHIER.csv|.json   l’annuaire dans le schéma national, corrections de l’agent comprises
      --changed   seulement les lieux corrigés
  directory correct [MOTS] [--out FICHIER.csv]
      les lieux l’un après l’autre (ceux dont le nom ou la commune contient MOTS), signalés d’abord ;
      --out écrit à la fin les seuls lieux corrigés
`;

/** Resolves to the exit code: 0 done, 1 failed, 2 wrong arguments. */
export const directoryCommand = async (
  argv: readonly string[],
  io: DirectoryCommandIo,
  deps: DirectoryCommandDeps,
): Promise<number> => {
  const [what, ...rest] = argv;
  const options = rest.filter((one) => one.startsWith('--'));
  const given = rest.filter((one) => !one.startsWith('--'));
  const known = { import: ['--force', '--dry-run'], restore: [], export: ['--changed'], correct: ['--out'] } as const;
  if (what === undefined || what === '--help' || options.includes('--help')) {
    io.out.write(DIRECTORY_HELP);
    return what === undefined ? 2 : 0;
  }
  if (!Object.hasOwn(known, what)) return wrong(io, `« ${what} » n’est pas connu.`);
  const stray = options.find((one) => !(known[what as keyof typeof known] as readonly string[]).includes(one));
  if (stray !== undefined) return wrong(io, `option inconnue : ${stray}.`);
  switch (what as keyof typeof known) {
    case 'import':
      return importFiles(given, { force: options.includes('--force'), trial: options.includes('--dry-run') }, io, deps);
    case 'restore':
      return restore(io, deps);
    case 'export':
      return exportTo(given, options.includes('--changed'), io, deps);
    case 'correct':
      return correct(rest, io, deps);
  }
};

const wrong = (io: DirectoryCommandIo, why: string): number => {
  io.err.write(`${why} Voir : directory --help\n`);
  return 2;
};

/** An import this much smaller than the last one is probably a truncated file. */
const MUCH_SMALLER = 0.5;

const importFiles = async (
  paths: readonly string[],
  how: { readonly force: boolean; readonly trial: boolean },
  io: DirectoryCommandIo,
  deps: DirectoryCommandDeps,
): Promise<number> => {
  if (paths.length === 0) return wrong(io, 'Nommez un fichier.');
  const [register, towns, before] = await Promise.all([deps.register(), deps.townPoints(), deps.store.imported()]);
  const today = dayInFrance(deps.now());
  const configured = gather(deps.configured, undefined, deps.reader).places;
  const points = knownPoints(configured, towns);
  const read: ReadFile[] = [];
  for (const path of paths) {
    read.push(
      await readFile(deps.files, path, {
        register,
        points,
        reader: deps.reader,
        today,
        source: path.split(/[\\/]/).at(-1) ?? path,
      }),
    );
  }
  for (const { report } of read) io.out.write(fileReportText(report));
  const kept = (why: string): number => {
    io.err.write(`${why} Rien n’a changé : l’annuaire d’avant est toujours là.\n`);
    return 1;
  };
  if (read.some(({ report }) => report.failure !== undefined)) return kept('Un fichier n’a pas pu être lu.');
  // One mistake in a YAML file refuses it as a whole: without it, all its places would leave the directory.
  const empty = read.find(({ places, report }) => places.length === 0 && report.refused.length > 0);
  if (empty) return kept(`${empty.report.file} : aucun lieu pris. Corrigez ce qui est refusé, puis recommencez.`);
  const { places, merged, renamed } = mergePlaces(
    read.flatMap(({ places: own, report }) => own.map((place) => ({ place, file: report.file }))),
  );
  if (places.length === 0) return kept('Aucun lieu à prendre.');
  const imported = { version: 1 as const, importedOn: today, files: read.map(({ report }) => report.file), places };
  const whole = gather(deps.configured, imported, deps.reader);
  io.out.write(`${mergedText([...merged, ...whole.merged])}${renamedText(renamed)}`);
  if (before && places.length < before.places.length * MUCH_SMALLER && !how.force) {
    return kept(
      `${places.length} lieux au lieu de ${before.places.length} : un fichier coupé ? Si c’est voulu, ajoutez --force.`,
    );
  }
  if (how.trial) {
    io.out.write(`Essai : l’annuaire aurait ${whole.places.length} lieux. Rien n’a changé.\n`);
    return 0;
  }
  const replaced = await deps.store.replaceImport(imported);
  if (!replaced.ok) return kept(`Le disque n’a pas gardé l’import (${replaced.error.kind}).`);
  io.out.write(
    `L’annuaire a ${whole.places.length} lieux : ${places.length} importés, les autres de la configuration.` +
      `${before ? ' Pour revenir à l’import d’avant : directory restore.' : ''}\n`,
  );
  return 0;
};

const restore = async (io: DirectoryCommandIo, { store }: DirectoryCommandDeps): Promise<number> => {
  const back = await store.restore();
  if (back.ok) {
    io.out.write(`L’import du ${back.value.importedOn} est revenu : ${back.value.places.length} lieux.\n`);
    return 0;
  }
  io.err.write(
    back.error === 'nothing'
      ? 'Il n’y a pas d’import précédent. Rien n’a changé.\n'
      : `Le disque n’a rien gardé (${back.error.kind}). Rien n’a changé.\n`,
  );
  return 1;
};

const corrected = (places: readonly Place[], corrections: Corrections): readonly Place[] =>
  places.map((place) => correctedPlace(place, corrections)).filter((place) => place !== undefined);

const exportTo = async (
  [path, ...more]: readonly string[],
  changedOnly: boolean,
  io: DirectoryCommandIo,
  deps: DirectoryCommandDeps,
): Promise<number> => {
  if (path === undefined || more.length > 0) return wrong(io, 'Nommez un fichier, et un seul.');
  const [imported, corrections] = await Promise.all([deps.store.imported(), deps.store.corrections()]);
  const { places } = gather(deps.configured, imported, deps.reader);
  // A confirmed place has an empty correction, so it does not count as changed.
  const chosen = changedOnly ? places.filter(({ id }) => correctedFields(id, corrections).length > 0) : places;
  return writeExport(path, corrected(chosen, corrections), io, deps);
};

const writeExport = async (
  path: string,
  places: readonly Place[],
  io: DirectoryCommandIo,
  { files }: DirectoryCommandDeps,
): Promise<number> => {
  const kind = extname(path).toLowerCase();
  if (kind !== '.csv' && kind !== '.json') return wrong(io, `« ${path} » : un nom en .csv ou .json est attendu.`);
  const { rows, left } = exportPlaces(places);
  // Without a byte order mark, spreadsheets read a CSV as Windows-1252.
  const written = await files.writeAtomic(
    path,
    kind === '.csv' ? `\uFEFF${toCsv(rows)}` : `${JSON.stringify(rows, null, 2)}\n`,
    {
      mode: 0o644,
    },
  );
  if (!written.ok) {
    io.err.write(`${path} ne peut pas être écrit (${written.error.kind}).\n`);
    return 1;
  }
  io.out.write(`${path} : ${plural(rows.length, 'lieu', 'lieux')} dans le schéma national.\n`);
  if (left.length > 0) {
    io.out.write(
      `${plural(left.length, 'lieu laissé', 'lieux laissés')} de côté :\n${left.map(({ name, why }) => `  ${name} : ${why}\n`).join('')}`,
    );
  }
  return 0;
};

const correct = async (
  rest: readonly string[],
  io: DirectoryCommandIo,
  deps: DirectoryCommandDeps,
): Promise<number> => {
  const at = rest.indexOf('--out');
  const path = at < 0 ? undefined : rest[at + 1];
  if (at >= 0 && path === undefined) return wrong(io, '--out : il manque le nom du fichier.');
  const words = rest.filter((_, index) => at < 0 || (index !== at && index !== at + 1));
  const { store } = deps;
  const [imported, corrections, doubts] = await Promise.all([store.imported(), store.corrections(), store.doubts()]);
  const { places } = gather(deps.configured, imported, deps.reader);
  const done = await correctInTurn({ words, places, corrections, doubts, today: dayInFrance(deps.now()), io, store });
  if (!done.ok) {
    io.err.write(`${done.error}\n`);
    return 1;
  }
  const { length } = done.value.changed;
  io.out.write(
    `\n${plural(length, 'lieu corrigé', 'lieux corrigés')}, ${plural(done.value.confirmed, 'confirmé')}.` +
      `${path !== undefined && length === 0 ? ` Rien à écrire dans ${path}.` : ''}\n`,
  );
  if (path === undefined || length === 0) return 0;
  const changed = places.filter(({ id }) => done.value.changed.includes(id));
  return writeExport(path, corrected(changed, done.value.corrections), io, deps);
};

/**
 * `npm start -- map build CONTOURS…`: builds the kiosk's map from official outlines. Replaces the old one only on
 * success.
 */
import { join } from 'node:path';
import type { CommandIo } from '../commands/command-io.ts';
import { readOptions } from '../commands/read-options.ts';
import { unproject } from '../contract/map-geometry.ts';
import { fail, ok, type Result } from '../contract/result.ts';
import type { Files, FileFailure } from '../platform/files.ts';
import type { KioskMap } from '../contract/kiosk-map.ts';
import { MAP_FILE, SHIPPED_MAPS_FILE, type MapPlaces } from './map-file.ts';

const HELP = `La carte de la borne

  map build CONTOURS [RIVIÈRES…]     fait la carte à partir de contours officiels de communes

  Les fichiers sont du GeoJSON ou du TopoJSON (IGN, Etalab), en degrés ou en Lambert-93. Les lignes sont des rivières.
  --departement=03    quand les fichiers en contiennent plusieurs
  --source="IGN, Admin Express 2026"   d’où ils viennent, comme la borne le dira (défaut : le nom des fichiers)
  --config=DIR        le dossier de configuration qui reçoit map.json (défaut : kiosk-config)
`;

/** Larger than all the communes of France at full detail for one département. JSON of that size freezes a small PC. */
const MOST_BYTES = 120_000_000;
const MEGABYTE = 1_000_000;

interface Wanted {
  readonly names: readonly string[];
  readonly departement: string | undefined;
  readonly source: string | undefined;
}

const read = (argv: readonly string[]): Result<Wanted | 'help', string> => {
  const parsed = readOptions(
    argv,
    { departement: { type: 'string' }, source: { type: 'string' }, help: { type: 'boolean', default: false } },
    { help: 'map', words: true },
  );
  if (!parsed.ok) return parsed;
  const { values, positionals } = parsed.value;
  const [verb, ...names] = positionals;
  if (values.help || verb === undefined) return ok('help');
  if (verb !== 'build') return fail(`map ${verb} : mot inconnu, attendu « map build ». Voir : map --help`);
  if (names.length === 0) return fail('map build : il manque le fichier des contours. Voir : map --help');
  const departement = values.departement?.toUpperCase();
  if (departement !== undefined && !/^(?:\d{2}|2[AB]|97\d)$/.test(departement)) {
    return fail(`--departement=${departement} : attendu un code comme 03 ou 2A`);
  }
  return ok({ names, departement, source: values.source?.trim() || undefined });
};

const PROBLEMS: Partial<Record<FileFailure['kind'], string>> = {
  missing: 'fichier introuvable, vérifiez son nom',
  denied: 'lecture interdite, donnez-en le droit à ce compte',
  'not-a-file': 'c’est un dossier, nommez un fichier',
};

const readFiles = async (
  files: Pick<Files, 'stat' | 'readText'>,
  names: readonly string[],
): Promise<Result<readonly { name: string; text: string }[], readonly string[]>> => {
  const texts: { name: string; text: string }[] = [];
  const mistakes: string[] = [];
  for (const name of names) {
    const facts = await files.stat(name);
    if (facts.ok && facts.value.sizeBytes > MOST_BYTES) {
      mistakes.push(
        `${name} : ${Math.round(facts.value.sizeBytes / MEGABYTE)} Mo, c’est trop lourd. ` +
          'Gardez le département seul : ogr2ogr -f GeoJSON -where "INSEE_DEP=\'03\'" contours-03.geojson VOTRE_FICHIER',
      );
      continue;
    }
    const text = facts.ok ? await files.readText(name) : facts;
    if (text.ok) texts.push({ name, text: text.value });
    else mistakes.push(`${name} : ${PROBLEMS[text.error.kind] ?? `lecture impossible (${text.error.code})`}`);
  }
  return mistakes.length > 0 ? fail(mistakes) : ok(texts);
};

/** The towns that the build knows, with better positions than the middle of a commune. */
const knownTowns = async (
  files: Pick<Files, 'readText'>,
  built: string,
): Promise<ReadonlyMap<string, readonly [number, number]>> => {
  const text = await files.readText(join(built, SHIPPED_MAPS_FILE));
  const maps = text.ok ? Object.values(JSON.parse(text.value) as Record<string, KioskMap>) : [];
  return new Map(maps.flatMap(({ plane, towns }) => towns.map(({ code, x, y }) => [code, unproject(plane, [x, y])])));
};

const report = ({ departement, areas, towns, rivers, communeBorders }: KioskMap): string => {
  const parts = [
    `${towns.length} communes`,
    communeBorders === '' ? 'sans leurs limites' : 'avec leurs limites',
    `${areas.length} intercommunalités`,
    rivers === '' ? 'sans rivières' : 'avec les rivières',
  ];
  return `${departement.name} (${departement.code}) : ${parts.join(', ')}`;
};

/** Returns the exit code: 0 success, 1 failure, 2 wrong arguments. */
export const mapCommand = async (
  argv: readonly string[],
  io: CommandIo,
  deps: { readonly files: Files } & MapPlaces,
): Promise<number> => {
  const wanted = read(argv);
  if (!wanted.ok) {
    io.err.write(`${wanted.error}\n`);
    return 2;
  }
  if (wanted.value === 'help') {
    io.out.write(HELP);
    return 0;
  }
  const texts = await readFiles(deps.files, wanted.value.names);
  if (!texts.ok) return refused(io, texts.error);
  const [{ buildMap }, { readOfficialLists }] = await Promise.all([
    import('./build-map.ts'),
    import('./official-lists.ts'),
  ]);
  const { departement, source } = wanted.value;
  const [lists, towns] = await Promise.all([readOfficialLists(deps.files), knownTowns(deps.files, deps.built)]);
  const made = buildMap(texts.value, { lists, departement, towns, source });
  if (!made.ok) return refused(io, made.error);
  const path = join(deps.configDir, MAP_FILE);
  // Readable by everybody: the kiosk runs as another user than the person who builds its map.
  const written = await deps.files.writeAtomic(path, JSON.stringify(made.value.map), { mode: 0o644 });
  if (!written.ok) {
    return refused(io, [`${path} ne peut pas être écrit (${written.error.code}). La carte d’avant est restée`]);
  }
  io.out.write(`${report(made.value.map)}\n`);
  for (const note of made.value.notes) io.out.write(`  ${note}\n`);
  io.out.write(`Écrit dans ${path}. La borne la montre au prochain démarrage.\n`);
  return 0;
};

const refused = (io: CommandIo, mistakes: readonly string[]): 1 => {
  for (const mistake of mistakes) io.err.write(`${mistake}\n`);
  io.err.write('Pas de nouvelle carte. Rien n’a changé.\n');
  return 1;
};

/**
 * The files of a store. They are never changed: a run of `collect` adds files under unique names, so that several
 * départements can write at once and nobody reads half a file. A batch is two files: all cells, and a digest a hundred
 * times smaller, which reports read. The digest is written last: a batch without one was interrupted and is collected
 * again.
 */
import { z } from 'zod';
import { fail, ok, type Result } from '../../contract/result.ts';
import { placeTypes, type PlaceType } from './bundle.ts';
import { parseWeek, type Week } from './iso-week.ts';
import { KEY_RANGE } from './noise.ts';
import { engineIsThere, quoted, type Engine } from './region-engine.ts';
import type { PlaceFault, StorePlace } from './region-place.ts';
import { expectedWeeks, type ExpectedWeeks, type Trust } from './register.ts';

const MARK = 'magasin.json';
const VERSION = 2;
const MARK_TEXT = `${JSON.stringify({ format: 'point-numerique/magasin', version: VERSION })}\n`;
const MAX_MARK_BYTES = 1_000;
const mark = z.object({ format: z.literal('point-numerique/magasin'), version: z.int() });

export type StoreFault = PlaceFault | 'not-a-store' | 'newer-store' | 'older-store' | 'no-engine';
export const STORE_FAULTS: Readonly<Record<StoreFault, string>> = {
  missing: 'Le magasin n’existe pas. Vérifiez son nom, et le partage.',
  'not-a-store':
    'Ce dossier n’est pas un magasin fait par « collect ». Pour un partage de fichiers signés, ajoutez --trust DOSSIER (le registre des bornes, hors du partage).',
  'newer-store': 'Ce magasin vient d’une version plus récente du programme. Mettez ce poste à jour.',
  'older-store':
    'Ce magasin vient d’une version d’essai du programme. Faites-en un nouveau avec « collect », depuis le partage.',
  'no-engine':
    'Ce programme est installé sans DuckDB (CHF-DUCKDB), qui lit et écrit les magasins : le paquet des bornes ne l’a pas. Lancez cette commande depuis une installation par « npm ci ».',
  'no-client':
    'Ce programme est installé sans le client S3 (CHF-S3) : le paquet des bornes ne l’a pas. Lancez cette commande depuis une installation par « npm ci ».',
  unwritable: 'Le magasin ne peut pas être écrit. Vérifiez les droits et la place.',
  'too-large': 'Un fichier du magasin est bien trop gros : il n’est pas lu.',
  'bad-address':
    'Cette adresse n’est pas comprise. Écrivez s3://SEAU/CHEMIN, et l’adresse du service (http… ou https…) dans AWS_ENDPOINT_URL.',
  'no-credentials':
    'Les clés du service S3 manquent : donnez AWS_ACCESS_KEY_ID et AWS_SECRET_ACCESS_KEY dans l’environnement.',
  denied: 'Le service refuse ces clés, ou ne leur permet pas de lire et d’écrire là. Vérifiez-les.',
  clock: 'Le service refuse l’heure de ce poste. Réglez son horloge, puis recommencez.',
  'no-bucket': 'Ce seau (« bucket ») n’existe pas. Vérifiez son nom : il n’est pas créé par cette commande.',
  away: 'Le service ne répond pas, ou la liaison a été coupée. Rien n’est perdu : recommencez plus tard.',
};

export const checkStore = async (place: StorePlace): Promise<Result<null, StoreFault>> => {
  if (!(await engineIsThere())) return fail('no-engine');
  const read = await place.read(MARK, MAX_MARK_BYTES);
  if (!read.ok) return read.error === 'too-large' ? fail('not-a-store') : whyWithoutMark(place, read.error);
  try {
    const { version } = mark.parse(JSON.parse(Buffer.from(read.value).toString('utf8')));
    return version === VERSION ? ok(null) : fail(version < VERSION ? 'older-store' : 'newer-store');
  } catch {
    return fail('not-a-store');
  }
};
const whyWithoutMark = async (place: StorePlace, fault: PlaceFault): Promise<Result<null, StoreFault>> => {
  if (fault !== 'missing') return fail(fault);
  const listed = await place.list('');
  if (!listed.ok) return listed;
  return fail(listed.value.length > 0 ? 'not-a-store' : 'missing');
};

/** Creates an empty store in a new or empty folder, never in a folder that holds other files. */
export const ensureStore = async (place: StorePlace): Promise<Result<null, StoreFault>> => {
  const there = await checkStore(place);
  if (there.ok || there.error !== 'missing') return there;
  const written = await place.write(MARK, Buffer.from(MARK_TEXT), true);
  // Another département may have created it at the same time, so check again.
  return written.ok || written.error === 'unwritable' ? checkStore(place) : written;
};

const BATCH = /^([0-9a-f]{16})-[0-9a-f-]{36}(\.digest)?\.parquet$/;
const MONTH = /^mois=\d{4}-\d{2}$/;

export interface Batches {
  /** File names of digests; the cells of each batch are in a file beside it. */
  readonly digests: readonly string[];
  /** Other entries: files that this program did not write, and anything that is not a plain file. */
  readonly foreign: readonly string[];
}

export const cellsNameOf = (digest: string): string => digest.replace(/\.digest\.parquet$/, '.parquet');

/** The batches of these months. Only plain files are opened, no links are followed. */
export const batchesOf = async (
  place: StorePlace,
  months: Iterable<string>,
  isWanted: (owner: string) => boolean = () => true,
): Promise<Result<Batches, PlaceFault>> => {
  const top = await place.list('');
  if (!top.ok) return top;
  const there = new Set(top.value.flatMap(({ name, kind }) => (kind === 'folder' && MONTH.test(name) ? [name] : [])));
  const digests: string[] = [];
  const foreign: string[] = [];
  const folders = [...new Set(months)].map((month) => `mois=${month}`).filter((folder) => there.has(folder));
  const all = await Promise.all(folders.map((folder) => place.list(folder)));
  for (const [at, listed] of all.entries()) {
    if (!listed.ok) return listed;
    for (const { name, kind } of listed.value) {
      // A temporary file of another run, in progress or interrupted.
      if (name.startsWith('.')) continue;
      const [, owner, digest] = BATCH.exec(name) ?? [];
      if (owner === undefined || kind !== 'file') foreign.push(`${folders[at] ?? ''}/${name}`);
      else if (digest !== undefined && isWanted(owner)) digests.push(`${folders[at] ?? ''}/${name}`);
    }
  }
  return ok({ digests, foreign });
};

type Columns = readonly (readonly [name: string, type: 'VARCHAR' | 'UINTEGER' | 'UBIGINT'])[];
export const CELL_COLUMNS: Columns = [
  ['owner', 'VARCHAR'],
  ['kiosk', 'VARCHAR'],
  ['week', 'VARCHAR'],
  ['cell', 'VARCHAR'],
  ['n', 'UINTEGER'],
  ['key', 'UINTEGER'],
];
/**
 * A row per bundle: `cell` is empty, `n` and `key` are its sessions. And rows without a kiosk, the sums of all bundles
 * of the batch: a row per week and cell, and per week a row without a cell, whose `n` is the number of bundles.
 */
export const DIGEST_COLUMNS: Columns = [
  ...CELL_COLUMNS,
  ['helped', 'UINTEGER'],
  ['helpedKey', 'UINTEGER'],
  /** The numbers that the page of its week shows, to avoid computing them again; null where hidden. */
  ['shown', 'UINTEGER'],
  ['shownHelped', 'UINTEGER'],
  ['signedIn', 'VARCHAR'],
  ['startedIn', 'VARCHAR'],
  ['secret', 'VARCHAR'],
  ['mark1', 'UBIGINT'],
  ['mark2', 'UBIGINT'],
  /** A short hash of the signature: identical copies of a week count once, different ones are not counted. */
  ['proof', 'VARCHAR'],
];

export const newTable = (name: string, columns: Columns): string =>
  `CREATE OR REPLACE TABLE ${name} (${columns.map(([column, type]) => `"${column}" ${type}`).join(', ')})`;

/** Sorted by week, so that a reader only loads the row groups of its weeks. */
export const writeCells = (cells: string, made: string): string =>
  `COPY (FROM ${cells} ORDER BY week, cell, kiosk) TO ${quoted(made)} (FORMAT parquet, COMPRESSION zstd)`;

export const writeDigest = (cells: string, bundles: string, owner: string, made: string): string =>
  `COPY (SELECT * FROM (
     FROM ${bundles} UNION ALL BY NAME
     SELECT ${quoted(owner)} AS owner, '' AS kiosk, week, cell, sum(n)::UINTEGER AS n, (sum(key) % ${KEY_RANGE})::UINTEGER AS key
     FROM ${cells} GROUP BY week, cell UNION ALL BY NAME
     SELECT ${quoted(owner)} AS owner, '' AS kiosk, week, '' AS cell, count(*)::UINTEGER AS n, 0::UINTEGER AS key,
       bit_xor(mark1) AS mark1, bit_xor(mark2) AS mark2 FROM ${bundles} GROUP BY week) ORDER BY kiosk, week, cell) TO ${quoted(made)} (FORMAT parquet, COMPRESSION zstd)`;

export const tableOf = (paths: readonly string[]): string =>
  `read_parquet([${paths.map(quoted).join(', ')}], hive_partitioning = false)`;

const shapeOf = (columns: Columns): string =>
  columns
    .map(([name, type]) => `${name} ${type}`)
    .sort()
    .join();

/** The files that are intact and have our columns: one foreign file must not make the query over all of them fail. */
export const intactFiles = async (
  engine: Engine,
  paths: readonly string[],
  columns: Columns = DIGEST_COLUMNS,
): Promise<readonly string[]> => {
  if (paths.length === 0) return [];
  try {
    const [names = [], shapes = []] = await engine.columns(
      `SELECT file_name, string_agg(name || ' ' || CASE
         WHEN type = 'BYTE_ARRAY' AND converted_type = 'UTF8' THEN 'VARCHAR'
         WHEN type = 'INT32' AND converted_type = 'UINT_32' THEN 'UINTEGER'
         WHEN type = 'INT64' AND converted_type = 'UINT_64' THEN 'UBIGINT'
         ELSE coalesce(type, '?') END, ',' ORDER BY name)
       FROM parquet_schema([${paths.map(quoted).join(', ')}]) WHERE num_children IS NULL GROUP BY file_name`,
    );
    const shape = shapeOf(columns);
    return names.flatMap((name, at) => (shapes[at] === shape ? [String(name)] : [])).sort();
  } catch {
    // One file that is not Parquet makes the whole query fail. Halve the list to find it.
    if (paths.length === 1) return [];
    const half = Math.ceil(paths.length / 2);
    return [
      ...(await intactFiles(engine, paths.slice(0, half), columns)),
      ...(await intactFiles(engine, paths.slice(half), columns)),
    ];
  }
};

/** The kiosks of one Département, from its register at its last `collect`. */
export interface StoredRegister {
  readonly owner: string;
  readonly kiosks: readonly {
    readonly kiosk: string;
    readonly place: string;
    readonly placeType: PlaceType;
    /** The weeks in which it should send. Absent in a store of an earlier version. */
    readonly expected?: ExpectedWeeks | undefined;
  }[];
}
const isoWeek = z.custom<Week>((text) => typeof text === 'string' && parseWeek(text) !== undefined);
const storedRegister = z.strictObject({
  owner: z.string().regex(/^[0-9a-f]{16}$/),
  kiosks: z
    .array(
      z.strictObject({
        kiosk: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/),
        place: z.string().min(1).max(80).regex(/^\P{C}*$/u), // prettier-ignore
        placeType: z.enum(placeTypes),
        expected: z.strictObject({ from: isoWeek, until: isoWeek.nullable() }).optional(),
      }),
    )
    .readonly(),
});
const REGISTER = /^bornes-([0-9a-f]{16})\.json$/;
const MAX_REGISTER_BYTES = 10_000_000;

export const writeNames = (place: StorePlace, trust: Trust): Promise<Result<null, StoreFault>> => {
  const kiosks = trust.kiosks.map((one) => ({
    kiosk: one.kiosk,
    place: one.place,
    placeType: one.placeType,
    expected: expectedWeeks(one),
  }));
  const text = `${JSON.stringify({ owner: trust.owner, kiosks })}\n`;
  return place.write(`bornes-${trust.owner}.json`, Buffer.from(text), false);
};

export interface StoredNames {
  readonly registers: readonly StoredRegister[];
  readonly foreign: readonly string[];
}

export const readNames = async (place: StorePlace): Promise<Result<StoredNames, PlaceFault>> => {
  const listed = await place.list('');
  if (!listed.ok) return listed;
  const registers: StoredRegister[] = [];
  const foreign: string[] = [];
  for (const { name } of listed.value) {
    const owner = REGISTER.exec(name)?.[1];
    if (owner === undefined) continue;
    const read = await place.read(name, MAX_REGISTER_BYTES);
    const known = read.ok ? parsed(Buffer.from(read.value).toString('utf8')) : undefined;
    if (known?.owner === owner) registers.push(known);
    else foreign.push(name);
  }
  return ok({ registers, foreign });
};

const parsed = (text: string): StoredRegister | undefined => {
  try {
    return storedRegister.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

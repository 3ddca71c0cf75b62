/**
 * The files of a store. Nothing in it is ever changed: a run of `collect` adds files under names that nobody else can choose, so that
 * several départements write side by side and half a file is never read. Each batch is two files: every cell, and a digest of a
 * hundredth of that, which a page reads. The digest is written last: a batch without one was cut, and is collected again.
 */
import { z } from 'zod';
import { fail, ok, type Result } from '../../contract/result.ts';
import { placeTypes, type PlaceType } from './bundle.ts';
import { KEY_RANGE } from './noise.ts';
import { engineIsThere, quoted, type Engine } from './region-engine.ts';
import type { PlaceFault, StorePlace } from './region-place.ts';
import type { Trust } from './register.ts';

const MARK = 'magasin.json';
const VERSION = 2;
const MARK_TEXT = `${JSON.stringify({ format: 'point-numerique/magasin', version: VERSION })}\n`;
const MOST_MARK_BYTES = 1_000;
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
  const read = await place.read(MARK, MOST_MARK_BYTES);
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

/** Makes an empty store where nothing is; never of a folder that holds something else. */
export const beginStore = async (place: StorePlace): Promise<Result<null, StoreFault>> => {
  const there = await checkStore(place);
  if (there.ok || there.error !== 'missing') return there;
  const written = await place.write(MARK, Buffer.from(MARK_TEXT), true);
  // Another département may have begun it in the same second.
  return written.ok || written.error === 'unwritable' ? checkStore(place) : written;
};

const BATCH = /^([0-9a-f]{16})-[0-9a-f-]{36}(\.digest)?\.parquet$/;
const MONTH = /^mois=\d{4}-\d{2}$/;

export interface Batches {
  /** Names of digests; each has its cells beside it. */
  readonly digests: readonly string[];
  /** What lies among them and is no file of this program, or no file at all. */
  readonly strange: readonly string[];
}

export const cellsNameOf = (digest: string): string => digest.replace(/\.digest\.parquet$/, '.parquet');

/** The batches of these months. No link is followed, nothing but plain files is opened. */
export const batchesOf = async (
  place: StorePlace,
  months: Iterable<string>,
  isWanted: (owner: string) => boolean = () => true,
): Promise<Result<Batches, PlaceFault>> => {
  const top = await place.list('');
  if (!top.ok) return top;
  const there = new Set(top.value.flatMap(({ name, kind }) => (kind === 'folder' && MONTH.test(name) ? [name] : [])));
  const digests: string[] = [];
  const strange: string[] = [];
  const folders = [...new Set(months)].map((month) => `mois=${month}`).filter((folder) => there.has(folder));
  const all = await Promise.all(folders.map((folder) => place.list(folder)));
  for (const [at, listed] of all.entries()) {
    if (!listed.ok) return listed;
    for (const { name, kind } of listed.value) {
      // Written aside: another run is at work, or was cut.
      if (name.startsWith('.')) continue;
      const [, owner, digest] = BATCH.exec(name) ?? [];
      if (owner === undefined || kind !== 'file') strange.push(`${folders[at] ?? ''}/${name}`);
      else if (digest !== undefined && isWanted(owner)) digests.push(`${folders[at] ?? ''}/${name}`);
    }
  }
  return ok({ digests, strange });
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
 * A row a bundle (`cell` is empty, `n` and `key` are its passages); without a kiosk, a row a cell that all bundles of the batch have in
 * sum, and one without a cell that says how many they are.
 */
export const DIGEST_COLUMNS: Columns = [
  ...CELL_COLUMNS,
  ['helped', 'UINTEGER'],
  ['helpedKey', 'UINTEGER'],
  /** What the page of its week shows of it, so that nothing is worked out twice; no value where it is hidden. */
  ['shown', 'UINTEGER'],
  ['shownHelped', 'UINTEGER'],
  ['signedIn', 'VARCHAR'],
  ['startedIn', 'VARCHAR'],
  ['secret', 'VARCHAR'],
  ['mark1', 'UBIGINT'],
  ['mark2', 'UBIGINT'],
  /** Of the signature, shortened: the same week twice is one week, and two truths for it are none. */
  ['proof', 'VARCHAR'],
];

export const newTable = (name: string, columns: Columns): string =>
  `CREATE OR REPLACE TABLE ${name} (${columns.map(([column, type]) => `"${column}" ${type}`).join(', ')})`;

/** Sorted so that a reader opens the rows of its weeks alone. */
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

/** Those that are whole and have our columns: one foreign file must neither be read nor keep the others from being read. */
export const readable = async (
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
    // One that is no Parquet fails them all: it is looked for.
    if (paths.length === 1) return [];
    const half = Math.ceil(paths.length / 2);
    return [
      ...(await readable(engine, paths.slice(0, half), columns)),
      ...(await readable(engine, paths.slice(half), columns)),
    ];
  }
};

/** The names of the kiosks of one Département, as its register had them when it last collected. */
export interface StoredRegister {
  readonly owner: string;
  readonly kiosks: readonly { readonly kiosk: string; readonly place: string; readonly placeType: PlaceType }[];
}
const storedRegister = z.strictObject({
  owner: z.string().regex(/^[0-9a-f]{16}$/),
  kiosks: z
    .array(
      z.strictObject({
        kiosk: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/),
        place: z.string().min(1).max(80).regex(/^\P{C}*$/u), // prettier-ignore
        placeType: z.enum(placeTypes),
      }),
    )
    .readonly(),
});
const REGISTER = /^bornes-([0-9a-f]{16})\.json$/;
const MOST_REGISTER_BYTES = 10_000_000;

export const writeNames = (place: StorePlace, trust: Trust): Promise<Result<null, StoreFault>> => {
  const kiosks = trust.kiosks.map(({ kiosk, place: where, placeType }) => ({ kiosk, place: where, placeType }));
  const text = `${JSON.stringify({ owner: trust.owner, kiosks })}\n`;
  return place.write(`bornes-${trust.owner}.json`, Buffer.from(text), false);
};

export interface StoredNames {
  readonly registers: readonly StoredRegister[];
  readonly strange: readonly string[];
}

export const readNames = async (place: StorePlace): Promise<Result<StoredNames, PlaceFault>> => {
  const listed = await place.list('');
  if (!listed.ok) return listed;
  const registers: StoredRegister[] = [];
  const strange: string[] = [];
  for (const { name } of listed.value) {
    const owner = REGISTER.exec(name)?.[1];
    if (owner === undefined) continue;
    const read = await place.read(name, MOST_REGISTER_BYTES);
    const known = read.ok ? parsed(Buffer.from(read.value).toString('utf8')) : undefined;
    if (known?.owner === owner) registers.push(known);
    else strange.push(name);
  }
  return ok({ registers, strange });
};

const parsed = (text: string): StoredRegister | undefined => {
  try {
    return storedRegister.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

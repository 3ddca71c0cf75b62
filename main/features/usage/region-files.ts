/**
 * The files of a store. Nothing in it is ever changed: a run of `collect` adds files under names that nobody else can choose, each
 * written aside and renamed, so that several départements write side by side and half a file is never read.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Files } from '../../platform/files.ts';
import { placeTypes, type PlaceType } from './bundle.ts';
import { engineIsThere, quoted, type Engine } from './region-engine.ts';
import type { Trust } from './register.ts';

const MARK = 'magasin.json';
const MARK_TEXT = `${JSON.stringify({ format: 'point-numerique/magasin', version: 1 })}\n`;
const MOST_MARK_BYTES = 1_000;
const mark = z.object({ format: z.literal('point-numerique/magasin'), version: z.int() });

export type StoreFault = 'missing' | 'not-a-store' | 'newer-store' | 'remote' | 'unwritable' | 'no-engine';
export const STORE_FAULTS: Readonly<Record<StoreFault, string>> = {
  missing: 'Le magasin n’existe pas. Vérifiez son nom, et le partage.',
  'not-a-store':
    'Ce dossier n’est pas un magasin fait par « collect ». Pour un partage de fichiers signés, ajoutez --trust DOSSIER (le registre des bornes, hors du partage).',
  'newer-store': 'Ce magasin vient d’une version plus récente du programme. Mettez ce poste à jour.',
  remote:
    'Une adresse S3 n’est pas lue par cette version (CHF-S3) : DuckDB a besoin pour cela de son extension httpfs, qui se télécharge sur Internet et n’est pas livrée avec le programme. Donnez un dossier : un partage, ou l’espace S3 monté comme dossier par votre service informatique.',
  'no-engine':
    'Ce programme est installé sans DuckDB (CHF-DUCKDB), qui lit et écrit les magasins : le paquet des bornes ne l’a pas. Lancez cette commande depuis une installation par « npm ci ».',
  unwritable: 'Le magasin ne peut pas être écrit. Vérifiez les droits et la place.',
};

export const isRemote = (store: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(store);

export const checkStore = async (files: Files, store: string): Promise<Result<null, StoreFault>> => {
  if (isRemote(store)) return fail('remote');
  if (!(await engineIsThere())) return fail('no-engine');
  const read = await files.readUpTo(`${store}/${MARK}`, MOST_MARK_BYTES);
  if (!read.ok) return fail((await files.exists(store)) ? 'not-a-store' : 'missing');
  try {
    const { version } = mark.parse(JSON.parse(Buffer.from(read.value).toString('utf8')));
    return version === 1 ? ok(null) : fail('newer-store');
  } catch {
    return fail('not-a-store');
  }
};

/** Makes an empty store of a folder that is not there, or holds nothing; never of one that holds something else. */
export const beginStore = async (files: Files, store: string): Promise<Result<null, StoreFault>> => {
  const there = await checkStore(files, store);
  if (there.ok || (there.error !== 'missing' && there.error !== 'not-a-store')) return there;
  const made = await files.mkdir(store, 0o750);
  const listed = await files.list(store);
  if (!made.ok || !listed.ok) return fail('unwritable');
  if (listed.value.length > 0) return fail('not-a-store');
  const written = await files.writeAtomic(`${store}/${MARK}`, MARK_TEXT, { mode: 0o640 });
  return written.ok ? ok(null) : fail('unwritable');
};

const BATCH = /^([0-9a-f]{16})-[0-9a-f-]{36}\.parquet$/;
const MONTH = /^mois=\d{4}-\d{2}$/;
const folderOf = (store: string, month: string): string => `${store}/mois=${month}`;

export interface Batches {
  readonly paths: readonly string[];
  /** What lies among them and is no file of this program, or no file at all. */
  readonly strange: readonly string[];
}

/** The files of these months. No link is followed, nothing but plain files is opened. */
export const batchesOf = async (
  files: Files,
  store: string,
  months: Iterable<string>,
  isWanted: (owner: string) => boolean = () => true,
): Promise<Batches> => {
  const top = await files.list(store);
  const there = new Set(
    (top.ok ? top.value : []).flatMap(({ name, kind }) => (kind === 'folder' && MONTH.test(name) ? [name] : [])),
  );
  const paths: string[] = [];
  const strange: string[] = [];
  for (const month of new Set(months)) {
    const folder = `mois=${month}`;
    if (!there.has(folder)) continue;
    const listed = await files.list(`${store}/${folder}`);
    for (const { name, kind } of listed.ok ? listed.value : []) {
      // Written aside: another run is at work, or was cut.
      if (name.startsWith('.')) continue;
      const owner = BATCH.exec(name)?.[1];
      if (owner === undefined || kind !== 'file') strange.push(`${folder}/${name}`);
      else if (isWanted(owner)) paths.push(`${store}/${folder}/${name}`);
    }
  }
  return { paths, strange };
};

export const COLUMNS = [
  ['owner', 'VARCHAR'],
  ['kiosk', 'VARCHAR'],
  ['week', 'VARCHAR'],
  /** Empty: the row of the bundle itself, the only one that has what follows `key`. */
  ['cell', 'VARCHAR'],
  ['n', 'UINTEGER'],
  ['key', 'UINTEGER'],
  ['signedIn', 'VARCHAR'],
  ['startedIn', 'VARCHAR'],
  ['secret', 'VARCHAR'],
  /** Of the signature, shortened: the same week twice is one week, and two truths for it are none. */
  ['proof', 'VARCHAR'],
] as const;
const SHAPE = COLUMNS.map(([name, type]) => `${name} ${type}`)
  .sort()
  .join();

/** Sorted so that a page opens the rows of its weeks alone. */
export const writeBatch = (rows: string, made: string): string =>
  `COPY (FROM ${rows} ORDER BY week, cell, kiosk) TO ${quoted(made)} (FORMAT parquet, COMPRESSION zstd)`;

export const tableOf = (paths: readonly string[]): string => `read_parquet([${paths.map(quoted).join(', ')}])`;

/** Those that are whole and have our columns: one foreign file must neither be read nor keep the others from being read. */
export const readable = async (engine: Engine, paths: readonly string[]): Promise<readonly string[]> => {
  if (paths.length === 0) return [];
  try {
    const [names = [], shapes = []] = await engine.columns(
      `SELECT file_name, string_agg(name || ' ' || CASE
         WHEN type = 'BYTE_ARRAY' AND converted_type = 'UTF8' THEN 'VARCHAR'
         WHEN type = 'INT32' AND converted_type = 'UINT_32' THEN 'UINTEGER'
         ELSE coalesce(type, '?') END, ',' ORDER BY name)
       FROM parquet_schema([${paths.map(quoted).join(', ')}]) WHERE num_children IS NULL GROUP BY file_name`,
    );
    return names.flatMap((name, at) => (shapes[at] === SHAPE ? [String(name)] : [])).sort();
  } catch {
    // One that is no Parquet fails them all: it is looked for.
    if (paths.length === 1) return [];
    const half = Math.ceil(paths.length / 2);
    return [...(await readable(engine, paths.slice(0, half))), ...(await readable(engine, paths.slice(half)))];
  }
};

/** Puts a finished Parquet file in the store. */
export const addBatch = async (
  files: Files,
  store: string,
  batch: { readonly month: string; readonly owner: string; readonly made: string },
): Promise<Result<null, StoreFault>> => {
  const folder = folderOf(store, batch.month);
  const made = await files.mkdir(folder, 0o750);
  const bytes = await files.readBytes(batch.made);
  if (!made.ok || !bytes.ok) return fail('unwritable');
  const written = await files.writeAtomic(`${folder}/${batch.owner}-${randomUUID()}.parquet`, bytes.value, { mode: 0o640 }); // prettier-ignore
  return written.ok ? ok(null) : fail('unwritable');
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

export const writeNames = async (files: Files, store: string, trust: Trust): Promise<Result<null, StoreFault>> => {
  const kiosks = trust.kiosks.map(({ kiosk, place, placeType }) => ({ kiosk, place, placeType }));
  const text = `${JSON.stringify({ owner: trust.owner, kiosks })}\n`;
  const written = await files.writeAtomic(`${store}/bornes-${trust.owner}.json`, text, { mode: 0o640 });
  return written.ok ? ok(null) : fail('unwritable');
};

export const readNames = async (
  files: Files,
  store: string,
): Promise<{ readonly registers: readonly StoredRegister[]; readonly strange: readonly string[] }> => {
  const listed = await files.list(store);
  const registers: StoredRegister[] = [];
  const strange: string[] = [];
  for (const { name } of listed.ok ? listed.value : []) {
    const owner = REGISTER.exec(name)?.[1];
    if (owner === undefined) continue;
    const read = await files.readUpTo(`${store}/${name}`, MOST_REGISTER_BYTES);
    const known = read.ok ? parsed(Buffer.from(read.value).toString('utf8')) : undefined;
    if (known?.owner === owner) registers.push(known);
    else strange.push(name);
  }
  return { registers, strange };
};

const parsed = (text: string): StoredRegister | undefined => {
  try {
    return storedRegister.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

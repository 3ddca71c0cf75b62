/** Reads files to places, with a report for each file. Writes nothing. */
import { basename } from 'node:path';
import { checkFile } from '../../../config/check-file.ts';
import { fileKinds } from '../../../config/json-schemas.ts';
import { nearestWord } from '../../../config/nearest-word.ts';
import { fail, ok, type Result } from '../../../contract/result.ts';
import type { Files } from '../../../platform/files.ts';
import { placesFromFile } from '../from-yaml.ts';
import type { Place } from '../place.ts';
import { ANCT_COLUMNS, readAnct } from './anct.ts';
import { decode, MAX_FILE_BYTES, tooLarge } from './decode.ts';
import { readNational, REQUIRED, type RowContext, type Taken } from './national.ts';
import type { FileReport, Refused, Repair } from './report.ts';
import { readTable, type Row } from './table.ts';

export interface ReadFile {
  readonly report: FileReport;
  readonly places: readonly Place[];
}

export const readFile = async (
  files: Pick<Files, 'stat' | 'readBytes'>,
  path: string,
  context: RowContext,
): Promise<ReadFile> => {
  const file = basename(path);
  const refused = (failure: string): ReadFile => ({
    places: [],
    report: { file, kind: '', how: '', rows: 0, counted: 'ligne', taken: 0, mended: [], refused: [], failure },
  });
  const facts = await files.stat(path);
  if (!facts.ok) return refused(UNREADABLE[facts.error.kind] ?? `lecture impossible (${facts.error.code})`);
  // Check the size before reading: a file that is too large would fill the memory.
  if (facts.value.sizeBytes > MAX_FILE_BYTES) return refused(tooLarge(facts.value.sizeBytes));
  const bytes = await files.readBytes(path);
  if (!bytes.ok) return refused(UNREADABLE[bytes.error.kind] ?? `lecture impossible (${bytes.error.code})`);
  const decoded = decode(bytes.value);
  if (!decoded.ok) return refused(decoded.error);
  const { text, encoding } = decoded.value;
  if (/\.ya?ml$/i.test(path)) return readYaml(file, text, context);
  const table = /^\s*[[{]/.test(text) ? readJson(text) : readTable(text);
  if (!table.ok) return refused(table.error);
  const { separator } = table.value;
  const how = separator === undefined ? encoding : `${encoding}, ${SEPARATOR_WORDS[separator]}`;
  const kind = kindOfTable(table.value.columns);
  const counted = separator === undefined ? 'fiche' : 'ligne';
  return kind.ok ? readRows({ file, kind: kind.value, how, counted }, table.value.rows, context) : refused(kind.error);
};

const UNREADABLE: Readonly<Record<string, string>> = {
  missing: 'le fichier est introuvable : vérifiez son nom',
  denied: 'lecture interdite : donnez-en le droit à ce compte',
  'not-a-file': 'c’est un dossier : nommez un fichier',
};
const SEPARATOR_WORDS = { ',': 'virgules', ';': 'points-virgules', '\t': 'tabulations' } as const;

interface JsonTable {
  readonly separator?: undefined;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

const readJson = (text: string): Result<JsonTable, string> => {
  let data: unknown;
  try {
    data = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return fail('ce n’est pas du JSON entier (fichier coupé ?) : téléchargez-le à nouveau');
  }
  if (!Array.isArray(data) || data.length === 0)
    return fail('une liste de lieux est attendue, et ce JSON n’en est pas une');
  const rows = data.map((one: unknown, at): Row => {
    const cells = typeof one === 'object' && one !== null ? Object.entries(one) : [];
    return {
      line: at + 1,
      short: false,
      cells: Object.fromEntries(cells.map(([key, value]) => [key.toLowerCase(), textOf(value)])),
    };
  });
  return ok({ columns: [...new Set(rows.flatMap(({ cells }) => Object.keys(cells)))], rows });
};

/** Some exports use JSON arrays and numbers instead of strings. */
const textOf = (value: unknown): string =>
  Array.isArray(value)
    ? value.map(textOf).join('|')
    : typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : '';

const kindOfTable = (columns: readonly string[]): Result<'national' | 'anct', string> => {
  if (ANCT_COLUMNS.every((column) => columns.includes(column))) return ok('anct');
  const missing = REQUIRED.filter((column) => !columns.includes(column));
  if (missing.length === 0) return ok('national');
  const anct = columns.includes('id_fs') || columns.includes('lib_fs');
  const wanted = anct ? ANCT_COLUMNS.filter((column) => !columns.includes(column)) : missing;
  const near = wanted.flatMap((column) => {
    const meant = nearestWord(column, columns);
    return meant === undefined ? [] : [`« ${meant} » est-il « ${column} » ?`];
  });
  return fail(
    [
      `colonnes manquantes : ${wanted.join(', ')} (schéma national des lieux de médiation numérique, ou liste ANCT des France services)`,
      `la ligne 1 a : ${columns.slice(0, 12).join(', ')}${columns.length > 12 ? '…' : ''}`,
      ...near,
    ].join(' ; '),
  );
};

const KIND_WORDS = { national: 'schéma national', anct: 'liste ANCT des France services' } as const;

const readRows = (
  { file, kind, ...said }: Pick<FileReport, 'file' | 'how' | 'counted'> & { readonly kind: 'national' | 'anct' },
  rows: readonly Row[],
  context: RowContext,
): ReadFile => {
  const places: Place[] = [];
  const mended: Repair[] = [];
  const refused: Refused[] = [];
  const listedOn = /(20\d\d-\d\d-\d\d)/.exec(file)?.[1];
  const one = (row: Row): Result<Taken, Refused> =>
    kind === 'anct'
      ? readAnct(row.cells, row.line, { ...context, listedOn: listedOn ?? '' })
      : readNational(row.cells, row.line, context);
  for (const row of rows) {
    if (row.short) {
      const filled = Object.values(row.cells).filter((cell) => cell !== '').length;
      refused.push({
        line: row.line,
        column: Object.keys(row.cells)[filled] ?? '',
        why: 'la ligne s’arrête avant la fin (fichier coupé ?) : téléchargez-le à nouveau',
      });
      continue;
    }
    const read = one(row);
    if (read.ok) {
      places.push(read.value.place);
      mended.push(...read.value.repairs);
    } else refused.push(read.error);
  }
  if (kind === 'anct' && listedOn === undefined) {
    mended.unshift({
      line: 1,
      column: 'date',
      what: 'le nom du fichier ne dit pas sa date (…2024-08-01.csv) : ses fiches ne remplaceront que du vide',
      small: false,
    });
  }
  return {
    places,
    report: { file, kind: KIND_WORDS[kind], ...said, rows: rows.length, taken: places.length, mended, refused },
  };
};

const readYaml = async (file: string, text: string, context: RowContext): Promise<ReadFile> => {
  const checked = checkFile(await fileKinds.places.load(), file, text);
  const places = checked.value === undefined ? [] : placesFromFile(checked.value, context.reader);
  const report = {
    file,
    kind: 'fichier de lieux',
    how: 'YAML',
    rows: places.length,
    counted: 'ligne',
    taken: places.length,
    mended: [],
  } as const;
  return {
    places,
    report: {
      ...report,
      // A YAML file is taken as a whole: with one mistake, no place is taken.
      refused: checked.mistakes.map(({ line, column, problem, expected }) => ({
        line,
        column: `colonne ${column}`,
        why: `${problem} — ${expected}`,
      })),
      ...(checked.value === undefined ? { rows: checked.mistakes.length } : {}),
    },
  };
};

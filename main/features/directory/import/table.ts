/** Parses CSV with commas, semicolons or tabs to rows with line numbers. */
import { CsvError, parse } from 'csv-parse/sync';
import { fail, ok, type Result } from '../../../contract/result.ts';

export interface Row {
  /** From 1, as in a spreadsheet. */
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
  /** The row has fewer cells than the header. A truncated file ends with such a row. */
  readonly short: boolean;
}

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  readonly separator: ',' | ';' | '\t';
}

const SEPARATORS = [',', ';', '\t'] as const;

export const readTable = (text: string): Result<Table, string> => {
  const header = text.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? '';
  const count = (separator: string): number => header.split(separator).length;
  const separator = SEPARATORS.reduce((best, one) => (count(one) > count(best) ? one : best));
  let records: { readonly record: readonly string[]; readonly info: { readonly lines: number } }[];
  try {
    records = parse(text, {
      bom: true,
      delimiter: separator,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as typeof records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return fail(
      error.code === 'CSV_QUOTE_NOT_CLOSED'
        ? `le fichier s’arrête au milieu d’une ligne (ligne ${linesOf(text)}) : téléchargez-le à nouveau`
        : `ce n’est pas un CSV que nous savons lire (${error.code})`,
    );
  }
  const [head, ...rest] = records;
  if (!head) return fail('le fichier est vide : téléchargez-le à nouveau');
  const columns = head.record.map((name) => name.trim().toLowerCase());
  let before = head.info.lines;
  return ok({
    columns,
    separator,
    rows: rest.map(({ record, info }) => {
      const line = before + 1;
      before = info.lines;
      return {
        line,
        cells: Object.fromEntries(columns.map((column, at) => [column, record[at] ?? ''])),
        short: record.length < columns.length,
      };
    }),
  });
};

const linesOf = (text: string): number => text.trimEnd().split('\n').length;

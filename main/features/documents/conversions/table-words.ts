/**
 * Writes a table (`.csv`) as readable text: in columns if they fit the page, or else one record after the other. Pure.
 */
import { inFrench as t } from '../../../contract/i18n/translate.ts';
import { tableMessages as m } from '../messages.ts';
import { DecoderRefusal } from '../../../platform/decoders/serve.ts';

const SEPARATORS = [';', '\t', ','] as const;
/** Characters per line on a page, in the font that LibreOffice uses for text. */
const PAGE_WIDTH = 78;
const MAX_ROWS = 5_000;
const MAX_COLUMNS = 60;

const separatorOf = (text: string): string => {
  const [first = ''] = text.split(/\r?\n/, 1);
  const count = (one: string): number => first.split(one).length;
  return SEPARATORS.reduce((best, one) => (count(one) > count(best) ? one : best));
};

/**
 * RFC 4180 with any separator: a quoted cell may contain the separator, quotes and line breaks. A larger table is
 * refused: nobody would notice that the end of it is missing.
 */
export const cellsOf = (text: string): readonly (readonly string[])[] => {
  const separator = separatorOf(text);
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endCell = (): void => {
    if (row.length < MAX_COLUMNS) row.push(cell.trim());
    else if (cell.trim() !== '') throw new DecoderRefusal('too-long');
    cell = '';
  };
  const endRow = (): void => {
    endCell();
    if (row.some((one) => one !== '')) rows.push(row);
    row = [];
  };
  let at = 0;
  for (; at < text.length && rows.length < MAX_ROWS; at += 1) {
    const letter = text[at];
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (letter === '"' && cell.trim() === '') {
      quoted = true;
      cell = '';
    } else if (letter === separator) endCell();
    else if (letter === '\n') endRow();
    else if (letter !== '\r') cell += letter;
  }
  if (text.slice(at).trim() !== '') throw new DecoderRefusal('too-long');
  endRow();
  return rows;
};

const isNumber = (cell: string): boolean => /^[-+]?[\d\s\u202f]+([.,]\d+)?\s*[€%]?$/.test(cell);

const inColumns = (rows: readonly (readonly string[])[], widths: readonly number[]): string =>
  rows
    .map((row) =>
      widths
        .map((width, at) => {
          const cell = row[at] ?? '';
          return isNumber(cell) ? cell.padStart(width) : cell.padEnd(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');

const inRecords = ([titles = [], ...rows]: readonly (readonly string[])[]): string => {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const headings = Array.from({ length: columns }, (_, at) => titles[at] || t(m.column, { n: at + 1 }));
  return rows
    .map((row) => row.flatMap((cell, at) => (cell === '' ? [] : [`${headings[at]} : ${cell}`])).join('\n'))
    .join('\n\n');
};

export const tableWords = (text: string): string => {
  const rows = cellsOf(text);
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)));
  const width = widths.reduce((sum, one) => sum + one + 2, -2);
  return width <= PAGE_WIDTH || rows.length < 2 ? inColumns(rows, widths) : inRecords(rows);
};

/** The figures as CSV for LibreOffice and Excel (`;`, UTF-8 with a BOM), and as JSON. All keys, shown or not. */
import type { Report, ReportTable } from '../../contract/usage.ts';
import { isNumber, type Shown } from './shown.ts';
import { shownText, unitWords } from './labels.ts';

const HEAD = [
  'periode',
  'etat',
  'lieu',
  'mesure',
  'tableau',
  'cle',
  'libelle',
  'unite',
  'valeur',
  'periode_avant',
  'an_dernier',
];
const BYTE_ORDER_MARK = '\ufeff';

/** Escapes a cell. Text that starts like a formula is quoted, because a spreadsheet would run it. */
const cell = (text: string): string => {
  const escaped = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[;"\n\r]/.test(escaped) ? `"${escaped.replaceAll('"', '""')}"` : escaped;
};

/** Plain digits where a number is shown, so that a spreadsheet can add them; words elsewhere. */
const plain = (shown: Shown | null, threshold: number): string =>
  shown === null ? '' : isNumber(shown) ? String(shown.n) : shownText(shown, threshold).replaceAll('\u00a0', ' ');

/** The state of the period. It is on every line, because lines may be copied out on their own. */
export const periodState = (report: Pick<Report, 'underWay'>): string => (report.underWay ? 'en cours' : 'finie');

export const csvRows = (rows: readonly (readonly string[])[]): string =>
  BYTE_ORDER_MARK + rows.map((row) => row.map(cell).join(';')).join('\r\n') + '\r\n';

export const reportCsv = (report: Report, tables: readonly ReportTable[]): string =>
  csvRows([
    HEAD,
    ...tables.flatMap((table) =>
      table.rows.map((row) => [
        report.period.id,
        periodState(report),
        report.place,
        table.measure,
        table.title,
        row.key,
        row.label,
        unitWords[table.unit],
        plain(row.now, report.threshold),
        plain(row.before, report.threshold),
        plain(row.lastYear, report.threshold),
      ]),
    ),
  ]);

const jsonFigure = (shown: Shown | null): unknown => (shown === null ? null : isNumber(shown) ? shown.n : shown.kind);

export const reportJson = (report: Report, tables: readonly ReportTable[]): string =>
  `${JSON.stringify(
    {
      format: 'point-numerique/rapport',
      version: 2,
      period: report.period,
      place: report.place,
      underWay: report.underWay,
      standing: periodState(report),
      method: report.method,
      /** "under" means less than this. */
      threshold: report.threshold,
      sentences: report.sentences,
      /** The visits of the last weeks; null: not shown. */
      trend: report.trend,
      /** The steps where most people gave up, and the text that they read there. */
      stuck: report.stuck,
      advice: report.advice,
      notices: report.notices,
      tables: tables.map((table) => ({
        measure: table.measure,
        title: table.title,
        unit: table.unit,
        rows: table.rows.map((row) => ({
          key: row.key,
          label: row.label,
          now: jsonFigure(row.now),
          before: jsonFigure(row.before),
          lastYear: jsonFigure(row.lastYear),
        })),
      })),
    },
    null,
    2,
  )}\n`;

/** `npm start -- report …`: the report without the kiosk's screens. */
import type { CommandIo } from '../../commands/command-io.ts';
import { readOptions } from '../../commands/read-options.ts';
import type { Report, ReportTable } from '../../contract/usage.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Files } from '../../platform/files.ts';
import { loadFolder, type Folder } from './bundle-folder.ts';
import { csvRows, reportCsv, reportJson, periodState } from './report-csv.ts';
import { buildDepartement, type DepartementReport } from './departement.ts';
import {
  lastYear,
  parsePeriod,
  previousPeriod,
  shiftWeek,
  weekOfMoment,
  weeksFor,
  weeksOf,
  type Period,
} from './iso-week.ts';
import type { KnownKeys } from './known-keys.ts';
import { shownText } from './labels.ts';
import { removeOldBundles } from './old-bundles.ts';
import { TRUST_FAULTS } from './register-command.ts';
import { readTrust } from './register.ts';
import type { SiteFigures } from './publish.ts';
import { besides, buildReport, figuresOf, knownFor, tablesOf, type Figures } from './report.ts';
import { isNumber } from './shown.ts';
import type { Typeface } from '../../pdf/typeface.ts';
import type { Environment } from './region-place.ts';

export interface ReportCommandDeps {
  readonly files: Files;
  readonly now: () => number;
  readonly known: KnownKeys;
  readonly place: string;
  readonly departement: string;
  readonly thresholds: { readonly inside: number; readonly published: number };
  readonly fonts: () => Promise<Typeface | undefined>;
  /** The environment, for the keys of an S3 service. */
  readonly env?: Environment;
  /** This kiosk's figures, or a sentence that says why they cannot be read. */
  readonly site: () => Promise<Result<SiteFigures, string>>;
}

const HELP = `Chiffres de fréquentation

  report [--week 2026-W47 | --month 2026-11 | --year 2026]   cette borne (sans date : la semaine dernière)
  report --from PARTAGE --trust DOSSIER …                    tous les lieux, depuis leurs fichiers signés et scellés ;
                                                             DOSSIER : le registre des bornes (figures-register --help)
  report --from MAGASIN …                                    toute une région, depuis ce que « collect » a vérifié
                                                             (un dossier, ou s3://SEAU/CHEMIN : voir collect --help)

  --so-far           une période en cours : ses demi-journées finies seulement

  --csv | --json     au lieu du texte ; --out FICHIER pour écrire dans un fichier
  --pdf FICHIER      une page A4
  --published        avec le seuil de publication
`;

interface ReportOptions {
  readonly period: Period;
  readonly from: string | undefined;
  readonly trust: string | undefined;
  readonly format: 'text' | 'csv' | 'json';
  readonly out: string | undefined;
  readonly pdf: string | undefined;
  readonly published: boolean;
}

const read = (argv: readonly string[], nowMs: number): Result<ReportOptions | 'help', string> => {
  const options = readOptions(
    argv,
    {
      week: { type: 'string' },
      month: { type: 'string' },
      year: { type: 'string' },
      from: { type: 'string' },
      trust: { type: 'string' },
      csv: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      out: { type: 'string' },
      pdf: { type: 'string' },
      published: { type: 'boolean', default: false },
      'so-far': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
    { help: 'report' },
  );
  if (!options.ok) return options;
  const { values } = options.value;
  if (values.help) return ok('help');
  const kinds = (['week', 'month', 'year'] as const).filter((kind) => values[kind] !== undefined);
  if (kinds.length > 1) return fail('Choisissez une seule période : --week, --month ou --year.');
  if (values.csv && values.json) return fail('Choisissez --csv ou --json, pas les deux.');
  const kind = kinds[0] ?? 'week';
  const text = values[kind] ?? shiftWeek(weekOfMoment(nowMs).week, -1);
  const period = parsePeriod(kind, text);
  if (!period)
    return fail(
      `« ${text} » n’est pas une ${{ week: 'semaine : écrivez 2026-W47 (52 ou 53 semaines selon l’année)', month: 'date : écrivez 2026-11', year: 'année : écrivez 2026' }[kind]}.`,
    );
  if (values.from === undefined && values.trust !== undefined)
    return fail('--trust DOSSIER (le registre des bornes) demande --from PARTAGE.');
  const last = weeksOf(period).at(-1);
  if (!values['so-far'] && last !== undefined && last >= weekOfMoment(nowMs).week)
    return fail(
      `« ${text} » n’est pas finie : ajoutez --so-far pour lire ce qui est compté jusqu’à la dernière demi-journée finie.`,
    );
  const format = values.csv ? 'csv' : values.json ? 'json' : 'text';
  return ok({
    period,
    from: values.from,
    trust: values.trust,
    format,
    out: values.out,
    pdf: values.pdf,
    published: values.published,
  });
};

/** Returns the exit code: 0 done, 1 failed, 2 wrong arguments. */
export const reportCommand = async (
  argv: readonly string[],
  io: CommandIo,
  deps: ReportCommandDeps,
): Promise<number> => {
  const options = read(argv, deps.now());
  if (!options.ok) {
    io.err.write(`${options.error}\n`);
    return 2;
  }
  if (options.value === 'help') {
    io.out.write(HELP);
    return 0;
  }
  const built =
    options.value.from === undefined
      ? await reportOfKiosk(options.value, deps)
      : await reportOfFolder(options.value.from, options.value, deps);
  if (!built.ok) {
    io.err.write(`${built.error.sentence}\n`);
    return built.error.code;
  }
  return deliver(built.value, options.value, io, deps);
};

interface ReportFailure {
  readonly sentence: string;
  /** 1 failed, 2 wrong arguments. */
  readonly code: 1 | 2;
}
const cannot = (sentence: string): Result<never, ReportFailure> => fail({ sentence, code: 1 });

interface BuiltReport {
  readonly report: Report;
  /** Every key, for CSV and JSON. */
  readonly whole: readonly ReportTable[];
  readonly departement: DepartementReport | undefined;
}

const reportOfKiosk = async (
  options: ReportOptions,
  deps: ReportCommandDeps,
): Promise<Result<BuiltReport, ReportFailure>> => {
  const site = await deps.site();
  if (!site.ok) return cannot(site.error);
  const threshold = options.published ? deps.thresholds.published : deps.thresholds.inside;
  const { period } = options;
  const known = knownFor(site.value, period, deps.known);
  const of = (other: Period): Figures | undefined => {
    const theirs = knownFor(site.value, other, deps.known);
    return besides(figuresOf({ site: site.value, known: theirs, threshold }, other), theirs, known);
  };
  const report = buildReport({
    site: site.value,
    period,
    known: deps.known,
    threshold,
    place: deps.place,
    notices: [],
  });
  const now = figuresOf({ site: site.value, known, threshold }, period);
  const whole = now ? tablesOf(now, of(previousPeriod(period)), of(lastYear(period)), known, true) : [];
  return ok({ report, whole, departement: undefined });
};

const reportOfFolder = async (
  folder: string,
  options: ReportOptions,
  deps: ReportCommandDeps,
): Promise<Result<BuiltReport, ReportFailure>> => {
  if (options.trust === undefined) return reportOfStore(folder, options, deps);
  if (!(await deps.files.exists(folder)))
    return cannot(`Le dossier ${folder} n’existe pas. Vérifiez son nom, et le partage.`);
  const trust = await readTrust(deps.files, options.trust);
  if (!trust.ok) return cannot(TRUST_FAULTS[trust.error]);
  const read: ReadonlySet<string> = new Set(weeksFor(options.period));
  const loaded = await loadFolder(deps.files, folder, trust.value, (week) => read.has(week));
  if (!loaded.ok) return cannot(`Le dossier ne se lit pas (${loaded.error}).`);
  await removeOldBundles(deps.files, folder, trust.value);
  return ok(reportOfSites(loaded.value, deps.departement, options, deps));
};

/** Reads a store, which needs no register. A share is never read like this, because others can write to it. */
const reportOfStore = async (
  named: string,
  options: ReportOptions,
  deps: ReportCommandDeps,
): Promise<Result<BuiltReport, ReportFailure>> => {
  // Imported on demand: only a store needs DuckDB, and a kiosk never does.
  const [{ checkStore, STORE_FAULTS }, { loadStore }, { openPlace }] = await Promise.all([
    import('./region-files.ts'),
    import('./region-folder.ts'),
    import('./region-place.ts'),
  ]);
  const place = await openPlace(deps.files, named, deps.env ?? {});
  if (!place.ok) return cannot(`${named} : ${STORE_FAULTS[place.error]}`);
  try {
    const there = await checkStore(place.value);
    if (!there.ok)
      return fail({ sentence: `${named} : ${STORE_FAULTS[there.error]}`, code: there.error === 'not-a-store' ? 2 : 1 });
    const folder = await loadStore(deps.files, place.value, options.period);
    if (!folder.ok)
      return cannot(
        folder.error === 'no-room'
          ? 'Le dossier temporaire de ce poste ne peut pas être écrit. Vérifiez la place.'
          : `${named} : ${STORE_FAULTS[folder.error]}`,
      );
    return ok(reportOfSites(folder.value, deps.departement, options, deps));
  } finally {
    await place.value.close();
  }
};

const reportOfSites = (folder: Folder, name: string, options: ReportOptions, deps: ReportCommandDeps): BuiltReport => {
  const threshold = options.published ? deps.thresholds.published : deps.thresholds.inside;
  const input = { folder, period: options.period, known: deps.known, name, threshold };
  const departement = buildDepartement(input);
  const { figures, listed } = departement;
  const whole = figures ? tablesOf(figures, undefined, undefined, listed, true) : [];
  return { report: departement.report, whole, departement };
};

const deliver = async (
  built: BuiltReport,
  options: ReportOptions,
  io: CommandIo,
  deps: ReportCommandDeps,
): Promise<number> => {
  const write = async (path: string, content: string | Uint8Array): Promise<boolean> => {
    const written = await deps.files.writeAtomic(path, content, { mode: 0o644 });
    if (!written.ok) io.err.write(`${path} ne peut pas être écrit (${written.error.kind}).\n`);
    return written.ok;
  };
  const problems = built.departement?.problems ?? [];
  for (const { name, sentence } of problems) io.err.write(`${name} : ${sentence}\n`);
  // The report is complete, but some files were refused. The exit code tells a scheduled job.
  const done = problems.some(({ refused }) => refused) ? 1 : 0;
  if (options.pdf !== undefined) {
    // Imported on demand: the PDF library takes half of the third of a second that loading a command takes.
    const { reportPdf } = await import('./report-pdf.ts');
    if (!(await write(options.pdf, await reportPdf(built.report, await deps.fonts())))) return 1;
  }
  const text =
    options.format === 'csv'
      ? reportCsv(built.report, built.whole) + (built.departement ? sitesCsv(built.departement) : '')
      : options.format === 'json'
        ? reportJson(built.report, built.whole)
        : asText(built);
  if (options.out !== undefined) return (await write(options.out, text)) ? done : 1;
  if (options.pdf === undefined || options.format !== 'text') io.out.write(text);
  return done;
};

const sitesCsv = ({ report, sites }: DepartementReport): string =>
  csvRows(
    sites.map((site) => [
      report.period.id,
      periodState(report),
      site.place,
      'session.helped',
      'Par lieu',
      site.kiosk,
      'Personnes aidées',
      'passages',
      site.silentWeeks > 0 && site.helped.kind === 'hidden'
        ? 'sans nouvelles'
        : isNumber(site.helped)
          ? String(site.helped.n)
          : shownText(site.helped, report.threshold),
      '',
      '',
    ]),
  ).slice(1);

const asText = ({ report, departement }: BuiltReport): string => {
  const title = report.underWay ? `${report.title} (en cours)` : report.title;
  const lines = [report.place, title, '', ...report.sentences];
  if (report.trend.sentence !== '') lines.push('', report.trend.sentence);
  if (report.stuck.length > 0)
    lines.push(
      '',
      'Où l’on s’est arrêté :',
      ...report.stuck.flatMap(({ n, where, read: text }) => [
        `  ${String(n).padStart(12)}  ${where}`,
        ...(text === '' ? [] : [`${' '.repeat(16)}On y lit : ${text}`]),
      ]),
    );
  if (report.advice.length > 0) lines.push('', 'À faire :', ...report.advice.map((one) => `  - ${one}`));
  if (report.notices.length > 0) lines.push('', ...report.notices.map((one) => `! ${one}`));
  for (const table of report.tables) {
    if (table.rows.length === 0) continue;
    lines.push('', table.title);
    for (const row of table.rows) lines.push(`  ${shownText(row.now, report.threshold).padStart(12)}  ${row.label}`);
  }
  if (departement) {
    lines.push('', 'Les lieux (personnes aidées)');
    for (const site of departement.sites)
      lines.push(
        `  ${shownText(site.helped, report.threshold).padStart(12)}  ${site.place}${site.silentWeeks > 0 ? ` (sans nouvelles : ${site.silentWeeks} semaine(s))` : ''}`,
      );
  }
  lines.push('', report.method);
  return `${lines.join('\n')}\n`;
};

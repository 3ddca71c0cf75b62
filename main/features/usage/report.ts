/** The page of figures of one site for a week, a month or a year: one plain value that the screens, the paper, CSV and JSON share. */
import type { Report, ReportRow, ReportTable } from '../../contract/usage.ts';
import { lastYear, periodOf, previousPeriod, shiftWeek, weeksOf, type Period } from './iso-week.ts';
import { keysOf, otherFamilies, sessionFamily, withSeen, type KnownKeys } from './known-keys.ts';
import { keyLabel, periodTitle } from './labels.ts';
import { cellOf, measureIds, measureOf, measures, type MeasureId } from '../../measures/measures.ts';
import { tableIds, tables } from '../../measures/tables.ts';
import { publish, type Cell, type SiteFigures } from './publish.ts';
import { exact, HIDDEN, isNumber, type Shown } from './suppress.ts';
import { advise, speak } from './words.ts';

export interface ReportInput {
  readonly site: SiteFigures;
  readonly period: Period;
  readonly known: KnownKeys;
  readonly place: string;
  readonly threshold: number;
  readonly notices: readonly string[];
}

export type Figures = ReadonlyMap<Cell, Shown>;

/** What one site shows for a period; `undefined` where the site was not there yet or no longer keeps it. */
export const figuresOf = (input: Omit<ReportInput, 'place' | 'notices'>, period: Period): Figures | undefined => {
  const { site, threshold } = input;
  const weeks = weeksOf(period);
  const [first, last] = [weeks[0], weeks.at(-1)];
  if (first === undefined || last === undefined || first > site.current || last < site.startedIn) return undefined;
  if (!weeks.some((week) => week >= site.keptFrom)) return undefined;
  const shown = new Map(
    publish(site, period, { threshold, gate: sessionFamily, families: otherFamilies(input.known) }),
  );
  for (const measure of measureIds.filter((id) => measureOf(id)?.machine)) {
    for (const key of keysOf(measure, input.known)) {
      const cell = cellOf(measure, key);
      shown.set(cell, exact(weeks.reduce((n, week) => n + (site.weeks.get(week)?.get(cell) ?? 0), 0)));
    }
  }
  return shown;
};

/** Lists that follow the catalogue, not the numbers. */
const IN_ORDER = new Set<MeasureId>([
  'session.half-day',
  'session.duration',
  'session.text-size',
  'session.language',
  'session.end',
]);

/** "Left before the first step" of a démarche without a guide says nothing. */
const readableKeys = (measure: MeasureId, known: KnownKeys): readonly string[] => {
  const keys = keysOf(measure, known);
  if (measure !== 'demarche.left-at-step' && measure !== 'demarche.finished') return keys;
  const guided = new Set(known.demarches.filter(({ steps }) => steps > 0).map(({ id }) => id));
  return keys.filter((key) => guided.has(key.split('/')[0] ?? ''));
};

const value = (shown: Shown): number => (isNumber(shown) ? shown.n : -1);

/** One table a group of measures; `all` keeps the keys that say nothing, for CSV and JSON. */
export const tablesOf = (
  now: Figures,
  before: Figures | undefined,
  year: Figures | undefined,
  known: KnownKeys,
  all: boolean,
): readonly ReportTable[] =>
  tableIds.map((id) => {
    const inTable = measureIds.filter((measure) => measures[measure].table === id);
    const counted = inTable.filter((measure) => measureOf(measure)?.notYet !== true);
    const rows = counted.flatMap((measure) =>
      readableKeys(measure, known).map((key): ReportRow & { readonly inOrder: boolean } => {
        const cell = cellOf(measure, key);
        return {
          key: key === '' ? measure : key,
          label: key === '' ? (measureOf(measure)?.sentence ?? measure) : keyLabel(measure, key, known),
          now: now.get(cell) ?? HIDDEN,
          before: before?.get(cell) ?? null,
          lastYear: year?.get(cell) ?? null,
          inOrder: key === '' || IN_ORDER.has(measure),
        };
      }),
    );
    const first = inTable[0] ?? 'session';
    const keepAll = all || inTable.length > 1 || IN_ORDER.has(first);
    const said = rows.filter((row) => (keepAll && (all || row.key !== 'unknown')) || value(row.now) > 0);
    if (!IN_ORDER.has(first) && inTable.length === 1)
      said.sort((a, b) => value(b.now) - value(a.now) || a.label.localeCompare(b.label, 'fr'));
    return {
      measure: first,
      ...tables[id],
      unit: measures[first].unit,
      rows: said.map(({ inOrder: _, ...row }) => row),
      quiet: rows.length - said.length,
    };
  });

const change = (now: Shown, before: Shown | undefined): string => {
  if (now.kind !== 'exact' || before?.kind !== 'exact') return '';
  const by = now.n - before.n;
  return by === 0 ? 'autant qu’avant' : by > 0 ? `${by} de plus` : `${-by} de moins`;
};

export const buildReport = (given: ReportInput): Report => {
  const { site, period, threshold } = given;
  const known = withSeen(
    given.known,
    [...site.weeks.values()].flatMap((cells) => [...cells.keys()]),
  );
  const input = { ...given, known };
  const now = figuresOf(input, period);
  const whole = (other: Period): Figures | undefined => (isWhole(site, other) ? figuresOf(input, other) : undefined);
  const before = whole(previousPeriod(period));
  const year = period.kind === 'year' ? before : whole(lastYear(period));
  const weeks = weeksOf(period);
  const underWay = weeks.includes(site.current);
  const headline = (
    [
      ['Personnes aidées', 'session.helped|yes'],
      ['Passages', 'session'],
      ['Pages imprimées', 'pages.printed'],
      ['Documents joints', 'documents.attached'],
    ] as const
  ).map(([label, cell]) => {
    const shown = now?.get(cell) ?? HIDDEN;
    return { label, now: shown, change: underWay ? '' : change(shown, before?.get(cell)) };
  });
  const tables = now ? tablesOf(now, before, year, known, false) : [];
  const scene = { period, underWay, threshold, now, before, year, known, tables, ...presence(site, period) };
  return {
    period: { kind: period.kind, id: period.id },
    title: periodTitle(period),
    place: given.place,
    underWay,
    threshold,
    sentences: speak(scene),
    advice: advise(scene),
    notices: given.notices,
    headline,
    tables,
    previous: neighbour(site, previousPeriod(period)),
    next: neighbour(site, nextPeriod(period)),
  };
};

/** Comparing with a month in which the kiosk came only on the 20th would mislead. */
const isWhole = (site: SiteFigures, period: Period): boolean => {
  const first = weeksOf(period)[0];
  return first !== undefined && first >= site.startedIn && first >= site.keptFrom;
};

const presence = (site: SiteFigures, period: Period): { readonly absent: 'not-yet' | 'future' | 'erased' | null } => {
  const weeks = weeksOf(period);
  if ((weeks[0] ?? '') > site.current) return { absent: 'future' };
  if ((weeks.at(-1) ?? '') < site.startedIn) return { absent: 'not-yet' };
  if (!weeks.some((week) => week >= site.keptFrom)) return { absent: 'erased' };
  return { absent: null };
};

const nextPeriod = (period: Period): Period => {
  const last = weeksOf(period).at(-1);
  if (last === undefined) throw new Error(`a period without weeks: ${period.id}`);
  return periodOf(period.kind, shiftWeek(last, 1));
};

const neighbour = (site: SiteFigures, period: Period): string | null =>
  presence(site, period).absent === null ? period.id : null;

/**
 * Builds the report of one site for a week, a month or a year: a plain value shared by the screens, PDF, CSV and JSON.
 */
import type { Report, ReportRow, ReportTable } from '../../contract/usage.ts';
import { cellOf, measureIds, measureOf, measures, parseCell, type MeasureId } from '../../measures/measures.ts';
import { tableIds, tables } from '../../measures/tables.ts';
import type { Cell } from './cells.ts';
import { differenceOf, NOISE_OF_WEEKS } from './difference.ts';
import {
  lastYear,
  moreWeeksIn,
  periodOf,
  previousPeriod,
  shiftWeek,
  weeksOf,
  type Period,
  type PeriodKind,
  type Week,
} from './iso-week.ts';
import { cellsOf, haveSameGuide, joinKnown, keysOf, withSeen, type KnownKeys } from './known-keys.ts';
import { atStep, keyLabel, number, periodTitle, stepText } from './labels.ts';
import { SURE_FROM } from './noise.ts';
import { isFew, publish, publishFew, type SiteFigures } from './publish.ts';
import { comparable } from './rules.ts';
import { serviceTime } from './service-time.ts';
import { HIDDEN, isNumber, suppressed, type Shown } from './shown.ts';
import { advise, comparison, method, moreOrLess, sentencesFor, stuckAt } from './words.ts';

export interface ReportInput {
  readonly site: SiteFigures;
  readonly period: Period;
  readonly known: KnownKeys;
  readonly place: string;
  readonly threshold: number;
  readonly notices: readonly string[];
}

export type Figures = ReadonlyMap<Cell, Shown>;

/** The figures of one site for a period; undefined when it had not started yet, or no longer keeps the period. */
export const figuresOf = (
  {
    site,
    known,
    threshold,
    sites = [],
  }: Pick<ReportInput, 'site' | 'known' | 'threshold'> & {
    /** The sites that `site` is the sum of, when all of their counts are known. */
    readonly sites?: readonly SiteFigures[];
  },
  period: Period,
): Figures | undefined => {
  if (presence(site, period).absent !== null) return undefined;
  const cells = cellsOf(known);
  const shown = isFew(sites.length) ? publishFew(sites, site, period, cells) : publish(site, period, cells);
  return threshold <= 1 ? shown : new Map([...shown].map(([cell, one]) => [cell, suppressed(one, threshold)]));
};

/** The keys of a period are those its weeks were counted with, without those that today's configuration added. */
export const knownFor = (site: SiteFigures, period: Period, today: KnownKeys): KnownKeys => {
  const weeks = weeksOf(period).filter((week) => site.weeks.has(week));
  // The last week first: what was renamed has its last name.
  const lists = weeks.map((week) => site.listOf(week).known).reverse();
  const named = lists.length === 0 ? today : lists.reduce(joinKnown);
  return withSeen(
    named,
    weeks.flatMap((week) => [...(site.weeks.get(week)?.keys() ?? [])]),
  );
};

/** The figures of a period to set beside those of another, without the steps of guides that were not the same. */
export const besides = (figures: Figures | undefined, theirs: KnownKeys, ours: KnownKeys): Figures | undefined =>
  figures &&
  new Map(
    [...figures].filter(([cell]) => {
      const { measure, key } = parseCell(cell);
      return measure !== 'demarche.left-at-step' || haveSameGuide(theirs, ours, key);
    }),
  );

/** Measures whose rows keep the order of the catalogue instead of being sorted by number. */
const IN_ORDER = new Set<MeasureId>([
  'session.half-day',
  'session.duration',
  'session.text-size',
  'session.language',
  'session.end',
  'session.printed',
  'session.scanned',
  'session.attached',
  'session.obtained',
  'session.kept',
  'service.on',
]);

/** Leaves out the steps of démarches without a guide: "left before the first step" means nothing for them. */
const readableKeys = (measure: MeasureId, known: KnownKeys): readonly string[] => {
  const keys = keysOf(measure, known);
  if (measure !== 'demarche.left-at-step') return keys;
  const guided = new Set(known.demarches.filter(({ steps }) => steps > 0).map(({ id }) => id));
  return keys.filter((key) => guided.has(key.split('/')[0] ?? ''));
};

const value = (shown: Shown): number => (isNumber(shown) ? shown.n : -1);

/** One table per group of measures. `all` also keeps empty and hidden rows, for CSV and JSON. */
export const tablesOf = (
  now: Figures,
  before: Figures | undefined,
  year: Figures | undefined,
  known: KnownKeys,
  all: boolean,
): readonly ReportTable[] =>
  tableIds.map((id) => {
    const inTable = measureIds.filter((measure) => measures[measure].table === id);
    const rows = inTable.flatMap((measure) =>
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
    // All exact zeros: the program did not count this yet in that period.
    const nothing = rows.every(({ now: shown }) => shown.kind === 'exact' && shown.n === 0);
    const keepAll = all || (!nothing && (inTable.length > 1 || IN_ORDER.has(first)));
    const readable = rows.filter(
      (row) =>
        all ||
        (keepAll && row.key !== 'unknown' && row.now.kind !== 'hidden') ||
        value(row.now) >= (row.now.kind === 'exact' ? 1 : SURE_FROM),
    );
    // The charts place half-days by their order: one that is not shown keeps its column.
    const keepsColumns = first === 'session.half-day' && readable.length > 0;
    const said = rows.filter((row) => readable.includes(row) || (keepsColumns && row.key !== 'unknown'));
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

const HEADLINE = [
  ['Personnes aidées', 'session.helped|yes'],
  ['Passages', 'session'],
  ['Ont imprimé', 'session.did|printed'],
  ['Sans résultat connu', 'session.helped|no'],
] as const;

export const headlineOf = (
  now: Figures | undefined,
  before: Figures | undefined,
  kind: PeriodKind,
  addedSites = 1,
): Report['headline'] =>
  HEADLINE.map(([label, cell]) => {
    const shown = now?.get(cell) ?? HIDDEN;
    const by = differenceOf(shown, before?.get(cell), kind, addedSites);
    const change = by === undefined ? '' : by === 0 ? 'sans écart net' : `${moreOrLess(by)} qu’avant`;
    return { label, now: shown, change };
  });

/** The three steps where most people gave up, with the text that they read there. */
export const stuckOf = (now: Figures | undefined, known: KnownKeys): Report['stuck'] =>
  stuckAt({ now, known }, 3).map(({ cell, n }) => {
    const key = cell.slice(cell.indexOf('|') + 1);
    return { key, where: atStep(key, known), read: stepText(key, known), n };
  });

const TREND_WEEKS = 13;

/** Compares a finished week with the mean of the 4 and of the 13 weeks before it, all as shown. */
const trendOf = ({ site, threshold }: ReportInput, period: Period): Report['trend'] => {
  if (period.kind !== 'week' || (period.id as Week) >= site.current) return { weeks: [], sentence: '' };
  const weeks = Array.from({ length: TREND_WEEKS + 1 }, (_, at) => {
    const id = shiftWeek(period.id as Week, at - TREND_WEEKS);
    const there = id >= site.startedIn && id >= site.keptFrom && site.weeks.has(id);
    const shown = there ? publish(site, { kind: 'week', id }, ['session']).get('session') : undefined;
    const seen = shown && suppressed(shown, threshold);
    return { id, n: isNumber(seen) ? seen.n : null, isUnder: seen?.kind === 'under' };
  });
  const now = weeks.at(-1)?.n ?? null;
  const before = weeks.slice(0, -1).filter(({ n, isUnder }) => n !== null || isUnder);
  if (now === null || before.length < 4) return { weeks: [], sentence: '' };
  const against = (many: number): readonly string[] => {
    const last = before.slice(-many);
    // Without the weeks under the threshold it would be the mean of others.
    if (last.some(({ isUnder }) => isUnder)) return [];
    const mean = Math.round(last.reduce((sum, { n }) => sum + (n ?? 0), 0) / last.length);
    const by = now - mean;
    const than = `la moyenne des ${last.length} semaines d’avant (${number(mean)})`;
    // Every week of a mean may be shown 4 too high or too low, so the mean has as much noise as one week.
    return [comparison(Math.abs(by) > NOISE_OF_WEEKS ? by : 0, than)];
  };
  const means = [...against(4), ...(before.length > 4 ? against(TREND_WEEKS) : [])];
  return {
    weeks: weeks.map(({ id, n }) => ({ id, n })),
    sentence: means.length > 0 ? `${number(now)} passages\u00a0: ${means.join('\u00a0; ')}.` : '',
  };
};

export const buildReport = (given: ReportInput): Report => {
  const { site, period, threshold } = given;
  const known = knownFor(site, period, given.known);
  const input = { ...given, known };
  const now = figuresOf(input, period);
  // A kiosk that was off all the time is no measure of how many people came.
  const whole = (other: Period, theirs: KnownKeys): Figures | undefined =>
    isWhole(site, other) && serviceTime(site, other)?.neverOn !== true
      ? figuresOf({ ...given, known: theirs }, other)
      : undefined;
  const underWay = weeksOf(period).includes(site.current);
  const knownBefore = knownFor(site, previousPeriod(period), given.known);
  const knownLastYear = knownFor(site, lastYear(period), given.known);
  const before = underWay ? undefined : comparable(now, whole(previousPeriod(period), knownBefore));
  const year = underWay || period.kind === 'year' ? before : comparable(now, whole(lastYear(period), knownLastYear));
  const { absent } = presence(site, period);
  const service = serviceTime(site, period);
  const context = {
    period,
    underWay,
    threshold,
    now,
    before,
    year,
    known,
    knownBefore,
    service,
    absent,
    addedSites: 1,
  };
  return {
    period: { kind: period.kind, id: period.id },
    title: periodTitle(period),
    place: given.place,
    underWay,
    threshold,
    method: method(1),
    trend: now ? trendOf(given, period) : { weeks: [], sentence: '' },
    sentences: sentencesFor(context),
    stuck: stuckOf(now, known),
    advice: advise(context),
    notices: given.notices,
    headline: headlineOf(now, moreWeeksIn(previousPeriod(period), period) === 0 ? before : undefined, period.kind),
    // The zeros of a kiosk that was off would read as those of a kiosk that nobody used.
    tables:
      now && service?.neverOn !== true
        ? tablesOf(now, besides(before, knownBefore, known), besides(year, knownLastYear, known), known, false)
        : [],
    previous: neighbour(site, previousPeriod(period)),
    next: neighbour(site, nextPeriod(period)),
  };
};

/** Only whole periods are compared: a month in which the kiosk started on the 20th would mislead. */
const isWhole = (site: SiteFigures, period: Period): boolean => {
  const first = weeksOf(period)[0];
  const last = weeksOf(period).at(-1);
  return (
    first !== undefined &&
    last !== undefined &&
    first >= site.startedIn &&
    first >= site.keptFrom &&
    last < site.current
  );
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

/** Reads the figures of single sites from a store. Table `found`: one row per kiosk and week. */
import { isLate, placeTypes } from './bundle.ts';
import { secretOfMarks, zeroKey, type Cell } from './cells.ts';
import { countsOfSite, OF_EACH_SITE } from './each-site.ts';
import { shiftWeek, weeksOf, type Period, type Week } from './iso-week.ts';
import { addKeys, KEY_RANGE, perturb } from './noise.ts';
import { fitParts, hideSmallParts, longPeriod, LONGER_FROM } from './publish.ts';
import { quoted, type Value } from './region-engine.ts';
import { tableOf, type StoredRegister } from './region-files.ts';
import type { StoreQuery } from './region-folder.ts';
import { about, HIDDEN, type Shown } from './shown.ts';

/** An SQL condition. Weeks sort as text, and a few ranges are faster to match than a hundred names. */
export const inWeeks = (weeks: readonly Week[]): string => {
  const ranges: [Week, Week][] = [];
  for (const week of [...weeks].sort()) {
    const last = ranges.at(-1);
    if (last && shiftWeek(last[1], 1) === week) last[1] = week;
    else ranges.push([week, week]);
  }
  if (ranges.length === 0) return 'false';
  return `(${ranges.map(([from, to]) => `week BETWEEN ${quoted(from)} AND ${quoted(to)}`).join(' OR ')})`;
};

const OF_BUNDLE = 'n, key, helped, helpedKey, shown, shownHelped, mark1, mark2';

export const readFound = async (
  { engine, digests }: StoreQuery,
  weeks: readonly Week[],
  registers: readonly StoredRegister[],
): Promise<void> => {
  await engine.run('CREATE TABLE kinds (owner VARCHAR, kiosk VARCHAR, kind UINTEGER)');
  await engine.append('kinds', kindsIn(registers));
  await engine.run('CREATE TABLE weeks (week VARCHAR, nth UINTEGER)');
  await engine.append(
    'weeks',
    weeks.map((week, nth) => [week, nth]),
  );
  // A view: each query reads only its own columns, which is cheaper than copying half a million rows first.
  await engine.run(
    `CREATE VIEW found AS SELECT owner, kiosk, week, nth, startedIn, signedIn, ${OF_BUNDLE} FROM ${tableOf(digests)} JOIN weeks USING (week)
     WHERE kiosk <> '' AND ${inWeeks(weeks)}`,
  );
};

/**
 * Two runs at the same time may both have added a week. Identical copies count once, different ones are not counted
 * (`conflicting`). For `duplicatedWeeks` the sums stored in the digests are too high.
 */
export const removeDuplicates = async (
  { engine, digests }: StoreQuery,
  weeks: readonly Week[],
): Promise<{ readonly conflicting: readonly string[]; readonly duplicatedWeeks: readonly Week[] }> => {
  await engine.run('DROP VIEW found');
  await engine.run(
    `CREATE TABLE found AS SELECT owner, kiosk, week, nth, startedIn, signedIn, ${OF_BUNDLE}, proof,
       split_part(parse_filename(filename), '.', 1) AS batch
     FROM ${tableOf(digests)} JOIN weeks USING (week) WHERE kiosk <> '' AND ${inWeeks(weeks)}`,
  );
  await engine.run(
    `CREATE TABLE dropped AS SELECT owner, kiosk, week, batch, versions FROM (
       SELECT *, count(DISTINCT proof) OVER same AS versions, row_number() OVER (same ORDER BY batch) AS copy
       FROM found SEMI JOIN (SELECT owner, kiosk, week FROM found GROUP BY ALL HAVING count(*) > 1)
         USING (owner, kiosk, week)
       WINDOW same AS (PARTITION BY owner, kiosk, week)) WHERE versions > 1 OR copy > 1`,
  );
  await engine.run('CREATE TABLE kept AS FROM found ANTI JOIN dropped USING (owner, kiosk, week, batch)');
  await engine.run('DROP TABLE found');
  await engine.run('ALTER TABLE kept RENAME TO found');
  const [duplicatedWeeks = []] = await engine.columns('SELECT DISTINCT week FROM dropped ORDER BY week');
  const [conflicting = []] = await engine.columns(
    `SELECT DISTINCT kiosk || '_' || week AS name FROM dropped WHERE versions > 1 ORDER BY name`,
  );
  return { conflicting: conflicting.map(String), duplicatedWeeks: duplicatedWeeks.map((week) => String(week) as Week) };
};
const kindsIn = function* (registers: readonly StoredRegister[]): Generator<readonly Value[]> {
  for (const { owner, kiosks } of registers)
    for (const { kiosk, placeType } of kiosks) yield [owner, kiosk, placeTypes.indexOf(placeType)];
};

export type ReceivedWeeks = Pick<ReadonlySet<Week>, 'has'>;

export interface SiteRow {
  /** `owner/kiosk`. */
  readonly id: string;
  readonly owner: string;
  readonly kiosk: string;
  readonly startedIn: Week;
  readonly received: ReceivedWeeks;
  /** The number of bundles; larger than `weeks` when a week was added twice. */
  readonly bundles: number;
  readonly weeks: number;
  readonly shown: (period: Period) => ReadonlyMap<Cell, Shown> | undefined;
}

/** True when a week of some kiosk was found more than once. */
export const hasDuplicates = (rows: readonly SiteRow[]): boolean =>
  rows.some(({ bundles, weeks }) => bundles !== weeks);

/** One row per site: DuckDB adds up the half million weeks of a year. */
export const readSites = async (
  { engine, period }: StoreQuery,
  weeks: readonly Week[],
): Promise<readonly SiteRow[]> => {
  const at = new Map(weeks.map((week, index) => [week, index]));
  const inside = inWeeks(weeksOf(period));
  const sum = (what: string): string => `coalesce(sum(${what}) FILTER (${inside}), 0)::DOUBLE`;
  const sumOfKeys = (what: string): string => `(coalesce(sum(${what}) FILTER (${inside}), 0) % ${KEY_RANGE})::DOUBLE`;
  const [owners = [], kiosks = [], starts = [], received = [], many = [], bundles = [], parts = [], ...rest] =
    await engine.columns(
      `SELECT owner, kiosk, min(startedIn),
       bitstring_agg(nth, 0, ${weeks.length - 1})::VARCHAR, bit_count(bitstring_agg(nth, 0, ${weeks.length - 1}))::INTEGER, count(*)::INTEGER,
       (count(*) FILTER (${inside}))::INTEGER, ${sum('n')}, ${sumOfKeys('key')}, ${sum('helped')}, ${sumOfKeys('helpedKey')},
       ${sum('shown')}, ${sum('shownHelped')}, (count(shownHelped) FILTER (${inside}))::INTEGER, coalesce(sum(shown - shownHelped) FILTER (${inside}), 0)::DOUBLE,
       (bit_xor(mark1) FILTER (${inside}))::VARCHAR, (bit_xor(mark2) FILTER (${inside}))::VARCHAR
     FROM found GROUP BY owner, kiosk`,
    );
  return kiosks.map((kiosk, row): SiteRow => {
    const owner = String(owners[row]);
    const bits = String(received[row]);
    const numbers = rest.slice(0, 8).map((column) => column[row] as number);
    const marks = rest.slice(8).map((column) => column[row] as string | null);
    return {
      id: `${owner}/${String(kiosk)}`,
      owner,
      kiosk: String(kiosk),
      startedIn: String(starts[row]) as Week,
      bundles: bundles[row] as number,
      weeks: many[row] as number,
      received: { has: (week) => bits[at.get(week) ?? -1] === '1' },
      shown: (asked) => (asked.id === period.id ? shownOf(period, parts[row] as number, numbers, marks) : undefined),
    };
  });
};

/** The same figures as `publish` shows for a site with no missing week. */
const shownOf = (
  period: Period,
  parts: number,
  [
    n = 0,
    key = 0,
    helped = 0,
    helpedKey = 0,
    weekly = 0,
    weeklyHelped = 0,
    shownWeeks = 0,
    weeklyOthers = 0,
  ]: readonly number[],
  [mark1, mark2]: readonly (string | null)[],
): ReadonlyMap<Cell, Shown> => {
  if (parts === 0) return new Map(OF_EACH_SITE.map((cell) => [cell, period.kind === 'week' ? about(0) : HIDDEN]));
  const isFirst = (cell: Cell): boolean => cell === OF_EACH_SITE[0];
  const inWeeksShown = (cell: Cell): number => (isFirst(cell) ? weekly : weeklyHelped);
  const isWhole = (cell: Cell): boolean => isFirst(cell) || shownWeeks === parts;
  if (period.kind === 'week')
    return new Map(OF_EACH_SITE.map((cell) => [cell, isWhole(cell) ? about(inWeeksShown(cell)) : HIDDEN]));
  let secret: string | undefined;
  const counts = countsOfSite({ n, key, helped, helpedKey });
  const countOf = (cell: Cell): number => counts.get(cell)?.n ?? 0;
  const keyFor = (cell: Cell): number => {
    const sum = counts.get(cell)?.key ?? 0;
    // A period of a single week uses that week's key. The count is never zero here: `longPeriod` only draws large ones.
    if (parts === 1) return sum;
    secret ??= secretOfMarks(BigInt(mark1 ?? 0), BigInt(mark2 ?? 0));
    return addKeys(zeroKey(secret, cell), sum);
  };
  const once = fitParts((cell) => about(perturb(countOf(cell), keyFor(cell))), countOf, keyFor, {
    lists: new Set(),
    areAllShown: () => parts === 1 || Math.min(weeklyHelped, weeklyOthers) >= LONGER_FROM,
  });
  const show = hideSmallParts(longPeriod((cell) => ({ n: inWeeksShown(cell), isWhole: isWhole(cell) }), once, parts));
  return new Map(OF_EACH_SITE.map((cell) => [cell, show(cell)]));
};

/** For each site, the weeks whose bundle was signed late. */
export const readLate = async ({ engine, period }: StoreQuery): Promise<ReadonlyMap<string, readonly Week[]>> => {
  const [weeks = [], signed = []] = await engine.columns(
    `SELECT DISTINCT week, signedIn FROM found WHERE ${inWeeks(weeksOf(period))}`,
  );
  const pairs = weeks.flatMap((week, at) => {
    const bundle = { week: String(week) as Week, signedIn: String(signed[at]) as Week };
    return isLate(bundle) ? [`(${quoted(bundle.week)}, ${quoted(bundle.signedIn)})`] : [];
  });
  const late = new Map<string, Week[]>();
  if (pairs.length === 0) return late;
  const [ids = [], when = []] = await engine.columns(
    `SELECT owner || '/' || kiosk, week FROM found WHERE (week, signedIn) IN (${pairs.join(', ')}) ORDER BY week`,
  );
  ids.forEach((id, at) => {
    const known = late.get(String(id)) ?? [];
    known.push(String(when[at]) as Week);
    late.set(String(id), known);
  });
  return late;
};

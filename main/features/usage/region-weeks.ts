/**
 * Reads the single weeks of sites: those with a missing week, and all of a few. Their figures are built week by week.
 */
import { isCell } from './bundle.ts';
import { KeyedCells, type Cell, type Count, type WeekCells } from './cells.ts';
import { SiteCells } from './each-site.ts';
import { weeksOf, type Week } from './iso-week.ts';
import { quoted } from './region-engine.ts';
import { CELL_COLUMNS, cellsNameOf, intactFiles, tableOf } from './region-files.ts';
import type { StoreQuery } from './region-folder.ts';
import { inWeeks, type SiteRow } from './region-sites.ts';

// `any_value` is safe: copies of a week are identical, since weeks with different copies are not in `found`.
export const readWeeksOf = async (
  { engine, digests, period }: StoreQuery,
  sites: readonly SiteRow[],
): Promise<ReadonlyMap<string, ReadonlyMap<Week, WeekCells>>> => {
  const all = new Map(sites.map(({ id }) => [id, new Map<Week, WeekCells>()]));
  if (sites.length === 0) return all;
  const [ids = [], weeks = [], secrets = [], ...numbers] = await engine.columns(
    `SELECT owner || '/' || kiosk AS id, week, any_value(secret), any_value(n), any_value(key), any_value(helped), any_value(helpedKey)
     FROM ${tableOf(digests)} SEMI JOIN found USING (owner, kiosk, week)
     WHERE cell = '' AND ${inWeeks(weeksOf(period))} AND kiosk IN (${[...new Set(sites.map(({ kiosk }) => quoted(kiosk)))].join(', ')})
     GROUP BY ALL`,
  );
  ids.forEach((id, at) => {
    const [n = 0, key = 0, helped = 0, helpedKey = 0] = numbers.map((column) => column[at] as number);
    const own = { secret: String(secrets[at]), n, key, helped, helpedKey };
    all.get(String(id))?.set(String(weeks[at]) as Week, new SiteCells(own));
  });
  return all;
};

/** All counts of a few sites. Undefined when a file of counts is missing or damaged: then only the digests are read. */
export const readCountsOf = async (
  { engine, digests, place }: StoreQuery,
  weeks: readonly Week[],
  sites: readonly SiteRow[],
): Promise<ReadonlyMap<string, ReadonlyMap<Week, WeekCells>> | undefined> => {
  const all = new Map(sites.map(({ id }) => [id, new Map<Week, WeekCells>()]));
  if (sites.length === 0) return all;
  const paths = await place.localPaths(digests.map((path) => cellsNameOf(path.slice(place.folder.length + 1))));
  if (!paths.ok) return undefined;
  const good = await intactFiles(engine, paths.value, CELL_COLUMNS);
  if (good.length < paths.value.length) return undefined;
  const [ids = [], when = [], secrets = []] = await engine.columns(
    `SELECT owner || '/' || kiosk AS id, week, any_value(secret)
     FROM ${tableOf(digests)} SEMI JOIN found USING (owner, kiosk, week)
     WHERE cell = '' AND ${inWeeks(weeks)} GROUP BY ALL`,
  );
  const counts = new Map(ids.map((id, at) => [`${String(id)} ${String(when[at])}`, new Map<Cell, Count>()]));
  const [owners = [], inWeek = [], cells = [], n = [], keys = []] = await engine.columns(
    `SELECT owner || '/' || kiosk AS id, week, cell, any_value(n)::DOUBLE, any_value(key)::DOUBLE
     FROM ${tableOf(good)} SEMI JOIN found USING (owner, kiosk, week)
     WHERE ${inWeeks(weeks)} GROUP BY ALL`,
  );
  cells.forEach((cell, at) => {
    if (!isCell(String(cell))) return;
    const own = counts.get(`${String(owners[at])} ${String(inWeek[at])}`);
    own?.set(String(cell), { n: n[at] as number, key: keys[at] as number });
  });
  ids.forEach((id, at) => {
    const own = counts.get(`${String(id)} ${String(when[at])}`) ?? new Map<Cell, Count>();
    all.get(String(id))?.set(String(when[at]) as Week, new KeyedCells(own, String(secrets[at])));
  });
  return all;
};

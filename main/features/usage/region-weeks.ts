/** Reads the single weeks of sites that miss some in the month or year. Their figures are built week by week. */
import type { WeekCells } from './cells.ts';
import { SiteCells } from './each-site.ts';
import { weeksOf, type Week } from './iso-week.ts';
import { quoted } from './region-engine.ts';
import { tableOf } from './region-files.ts';
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

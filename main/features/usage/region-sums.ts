/** The weekly sums of all sites of a store. */
import { ok, type Result } from '../../contract/result.ts';
import { isCell, placeTypes, type PlaceType } from './bundle.ts';
import { secretOfMarks, SummedCells, type Cell, type Count, type WeekCells } from './cells.ts';
import { countsOfSite } from './each-site.ts';
import { monthOf, weeksOf, type Week } from './iso-week.ts';
import { KEY_RANGE } from './noise.ts';
import { quoted, type Value } from './region-engine.ts';
import { CELL_COLUMNS, cellsNameOf, intactFiles, tableOf, type StoreFault } from './region-files.ts';
import type { StoreQuery } from './region-folder.ts';
import { inWeeks } from './region-sites.ts';

const sums = `sum(n)::DOUBLE, (sum(key) % ${KEY_RANGE})::DOUBLE`;

export const readSums = async (
  query: StoreQuery,
  weeks: readonly Week[],
  duplicatedWeeks: readonly Week[],
): Promise<Result<ReadonlyMap<Week, WeekCells>, StoreFault>> => {
  const { engine, digests } = query;
  const clean = weeks.filter((week) => !duplicatedWeeks.includes(week));
  const received: Week[] = [];
  const parts: number[] = [];
  const marks: string[] = [];
  const counts = new Map<Week, Map<Cell, Count>>();
  const take = ([
    week = [],
    cell = [],
    n = [],
    key = [],
    mark1 = [],
    mark2 = [],
  ]: readonly (readonly Value[])[]): void => {
    for (let at = 0; at < week.length; at += 1) {
      const own = String(week[at]) as Week;
      // The row without a cell holds the number of bundles.
      if (cell[at] === '') {
        received.push(own);
        parts.push(n[at] as number);
        marks.push(secretOfMarks(BigInt(String(mark1[at])), BigInt(String(mark2[at]))));
        counts.set(own, new Map());
      } else if (isCell(String(cell[at])))
        counts.get(own)?.set(cell[at] as Cell, { n: n[at] as number, key: key[at] as number });
    }
  };
  take(
    await engine.columns(
      `SELECT week, cell, ${sums}, bit_xor(mark1)::VARCHAR, bit_xor(mark2)::VARCHAR FROM ${tableOf(digests)}
       WHERE kiosk = '' AND ${inWeeks(clean)} GROUP BY week, cell ORDER BY week, cell`,
    ),
  );
  if (duplicatedWeeks.length > 0) {
    take(
      await engine.columns(
        `SELECT week, '', count(*)::DOUBLE, 0::DOUBLE, bit_xor(mark1)::VARCHAR, bit_xor(mark2)::VARCHAR FROM found
         WHERE ${inWeeks(duplicatedWeeks)} GROUP BY week`,
      ),
    );
    const again = await sumAgain(query, duplicatedWeeks);
    if (!again.ok) return again;
    take(again.value);
  }
  const single = received.flatMap((week, at) => (parts[at] === 1 ? [week] : []));
  const [when = [], who = []] = await engine.columns(
    `SELECT week, any_value(owner || '/' || kiosk) FROM found WHERE ${inWeeks(single)} GROUP BY week`,
  );
  const alone = when.map((week, at) => [String(week) as Week, String(who[at])] as const);
  const secrets = await secretsOf(query, alone);
  return ok(
    new Map(
      received.map((week, at) => {
        const many = parts[at] as number;
        const secret = secrets.get(week) ?? marks[at] ?? '';
        return [week, new SummedCells(counts.get(week) ?? new Map(), secret, many)];
      }),
    ),
  );
};

/** Sums the cells of weeks in which a kiosk's bundle was added twice. Reads every cell: slow, but rare. */
const sumAgain = async (
  { engine, place, digests }: StoreQuery,
  duplicatedWeeks: readonly Week[],
): Promise<Result<readonly (readonly Value[])[], StoreFault>> => {
  const months = new Set(duplicatedWeeks.map((week) => `mois=${monthOf(week)}/`));
  const names = digests.map((path) => cellsNameOf(path.slice(place.folder.length + 1)));
  const paths = await place.localPaths(names.filter((name) => [...months].some((month) => name.startsWith(month))));
  if (!paths.ok) return paths;
  const good = await intactFiles(engine, paths.value, CELL_COLUMNS);
  if (good.length === 0) return ok([]);
  return ok(
    await engine.columns(
      `SELECT week, cell, ${sums} FROM (SELECT *, split_part(parse_filename(filename), '.', 1) AS batch FROM ${tableOf(good)})
         SEMI JOIN found USING (owner, kiosk, week, batch)
       WHERE ${inWeeks(duplicatedWeeks)} GROUP BY week, cell ORDER BY week, cell`,
    ),
  );
};

/** A "sum" of a single site uses the site's own secret, so that it shows the same number as the site. */
const secretsOf = async (
  { engine, digests }: StoreQuery,
  alone: readonly (readonly [week: Week, id: string])[],
): Promise<ReadonlyMap<string, string>> => {
  if (alone.length === 0) return new Map();
  const ids = [...new Set(alone.map(([, id]) => id))];
  const [weeks = [], found = [], secrets = []] = await engine.columns(
    `SELECT week, owner || '/' || kiosk AS id, any_value(secret) FROM ${tableOf(digests)}
     WHERE kiosk <> '' AND ${inWeeks([...new Set(alone.map(([week]) => week))])} AND id IN (${ids.map(quoted).join(', ')})
     GROUP BY ALL`,
  );
  const all = new Map(weeks.map((week, at) => [`${String(week)} ${String(found[at])}`, String(secrets[at])]));
  return new Map(alone.flatMap(([week, id]) => {
    const secret = all.get(`${week} ${id}`);
    return secret === undefined ? [] : [[week, secret] as const];
  })); // prettier-ignore
};

/** For each type of place, only the figures that the page shows. */
export const readSumsOfTypes = async (
  query: StoreQuery,
): Promise<ReadonlyMap<PlaceType, ReadonlyMap<Week, WeekCells>>> => {
  const [kinds = [], week = [], parts = [], ...rest] = await query.engine.columns(
    `SELECT coalesce(kind, ${placeTypes.indexOf('autre')}) AS kind, week, count(*)::INTEGER, sum(n)::DOUBLE, (sum(key) % ${KEY_RANGE})::DOUBLE,
       sum(helped)::DOUBLE, (sum(helpedKey) % ${KEY_RANGE})::DOUBLE, bit_xor(mark1)::VARCHAR, bit_xor(mark2)::VARCHAR,
       any_value(owner || '/' || kiosk)
     FROM found LEFT JOIN kinds USING (owner, kiosk) WHERE ${inWeeks(weeksOf(query.period))} GROUP BY kind, week`,
  );
  const alone = week.flatMap((one, at) =>
    parts[at] === 1 ? [[String(one) as Week, String(rest[6]?.[at])] as const] : [],
  );
  const secrets = new Map<string, string>();
  for (const [id, group] of Map.groupBy(alone, ([, one]) => one))
    for (const [one, secret] of await secretsOf(query, group)) secrets.set(`${one} ${id}`, secret);
  const types = new Map<PlaceType, Map<Week, WeekCells>>();
  week.forEach((one, at) => {
    const [n = 0, key = 0, helped = 0, helpedKey = 0] = rest.slice(0, 4).map((column) => column[at] as number);
    const [mark1, mark2, id] = rest.slice(4).map((column) => column[at]);
    const cells = countsOfSite({ n, key, helped, helpedKey });
    const secret =
      secrets.get(`${String(one)} ${String(id)}`) ?? secretOfMarks(BigInt(String(mark1)), BigInt(String(mark2)));
    const type = placeTypes[kinds[at] as number] ?? 'autre';
    const own = types.get(type) ?? new Map<Week, WeekCells>();
    types.set(type, own.set(String(one) as Week, new SummedCells(cells, secret, parts[at] as number)));
  });
  return types;
};

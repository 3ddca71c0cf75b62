/**
 * A store, read as the folder of bundles that it was made of: the same page comes out of both. DuckDB adds the sites up; of each
 * site alone only what the page says of it is read.
 */
import type { Files } from '../../platform/files.ts';
import { siteInFolder, type Folder, type FolderProblem } from './bundle-folder.ts';
import { isCell, isKioskId, isLate } from './bundle.ts';
import { secretOfSum, SummedCells, zeroKey, type Cell, type Count, type WeekCells } from './cells.ts';
import { OF_EACH_SITE } from './departement.ts';
import { monthOf, type Week } from './iso-week.ts';
import { KEY_RANGE } from './noise.ts';
import { openEngine, quoted, type Engine, type Value } from './region-engine.ts';
import { batchesOf, readable, readNames, tableOf, type StoredRegister } from './region-files.ts';
import { safeName } from './read-bundle.ts';

export const loadStore = async (files: Files, store: string, weeks: ReadonlySet<Week>): Promise<Folder> => {
  const { paths, strange } = await batchesOf(files, store, [...weeks].map(monthOf));
  const names = await readNames(files, store);
  const engine = await openEngine([store]);
  try {
    const good = await readable(engine, paths);
    const isGood = new Set(good);
    const bad = paths.filter((path) => !isGood.has(path)).map((path) => path.slice(store.length + 1));
    const problems = [...names.strange, ...strange, ...bad].map((name): FolderProblem => ({
      name: safeName(name),
      fault: 'not-a-batch',
    }));
    return await read(engine, good, names.registers, [...weeks].sort(), problems);
  } finally {
    engine.close();
  }
};

interface Site {
  /** The Département's mark, and its kiosk. */
  readonly id: string;
  startedIn: Week | undefined;
  readonly late: Week[];
  readonly weeks: Map<Week, SiteWeek>;
}

/** A kiosk's week, of which two cells are read. A class: there are half a million of them in a year of a region. */
class SiteWeek implements WeekCells {
  readonly secret: string;
  #sessions = 0;
  #sessionsKey = 0;
  #helped = 0;
  #helpedKey = 0;

  constructor(secret: string) {
    this.secret = secret;
  }

  put(cell: Cell, n: number, key: number): void {
    if (cell === OF_EACH_SITE[0]) [this.#sessions, this.#sessionsKey] = [n, key];
    else [this.#helped, this.#helpedKey] = [n, key];
  }

  get(cell: Cell): number | undefined {
    if (cell === OF_EACH_SITE[0]) return this.#sessions || undefined;
    return cell === OF_EACH_SITE[1] ? this.#helped || undefined : undefined;
  }

  keyOf(cell: Cell): number {
    if (this.get(cell) === undefined) return zeroKey(this.secret, cell);
    return cell === OF_EACH_SITE[0] ? this.#sessionsKey : this.#helpedKey;
  }

  keys(): readonly Cell[] {
    return OF_EACH_SITE.filter((cell) => this.get(cell) !== undefined);
  }
}

const read = async (
  engine: Engine,
  paths: readonly string[],
  registers: readonly StoredRegister[],
  weeks: readonly Week[],
  problems: FolderProblem[],
): Promise<Folder> => {
  const sites = namedSites(registers);
  const sums = new Map<Week, WeekCells>();
  if (paths.length > 0) {
    const hasDropped = await readHeads(engine, paths, weeks, sites, problems);
    const from = rows(paths, hasDropped);
    await readSites(engine, from, weeks, sites);
    for (const [week, sum] of await readSum(engine, from, weeks, inOrder(sites))) sums.set(week, sum);
  }
  const all = inOrder(sites);
  const names = namesOf(registers, all.map(({ id }) => id)); // prettier-ignore
  return {
    sites: all.map(({ id, startedIn, late, weeks: own }) =>
      siteInFolder({ ...(names.get(id) as SiteName), startedIn, late: late.sort(), weeks: own }),
    ),
    problems,
    cells: [...new Set([...sums.values()].flatMap((sum) => [...sum.keys()]))].sort(),
    latest: [...sums.keys()].sort().at(-1),
    sum: sums,
  };
};

/** As a register has them: the secret of a sum depends on the order of its parts. */
const inOrder = (sites: ReadonlyMap<string, Site>): readonly Site[] =>
  [...sites.values()].sort((a, b) => (a.id < b.id ? -1 : 1));

const idOf = (owner: Value, kiosk: Value): string => `${String(owner)}/${String(kiosk)}`;

/** All kiosks that a register names, also those that never sent a week. */
const namedSites = (registers: readonly StoredRegister[]): Map<string, Site> => {
  const ids = registers.flatMap(({ owner, kiosks }) => kiosks.map(({ kiosk }) => idOf(owner, kiosk)));
  return new Map(ids.sort().map((id) => [id, newSite(id)]));
};
const newSite = (id: string): Site => ({ id, startedIn: undefined, late: [], weeks: new Map() });

type SiteName = StoredRegister['kiosks'][number];
/** Two départements may have given a kiosk the same name. */
const namesOf = (registers: readonly StoredRegister[], ids: readonly string[]): ReadonlyMap<string, SiteName> => {
  const named = new Map(
    registers.flatMap(({ owner, kiosks }) => kiosks.map((one) => [idOf(owner, one.kiosk), one] as const)),
  );
  const times = new Map<string, number>();
  const kioskIn = (id: string): string => id.slice(id.indexOf('/') + 1);
  for (const id of ids) times.set(kioskIn(id), (times.get(kioskIn(id)) ?? 0) + 1);
  return new Map(
    ids.map((id) => {
      const own = kioskIn(id);
      const { place, placeType } = named.get(id) ?? { place: own, placeType: 'autre' as const };
      const kiosk = (times.get(own) ?? 0) > 1 ? `${own}@${id.slice(0, 4)}` : own;
      return [id, { kiosk, place, placeType }];
    }),
  );
};

const inWeeks = (weeks: readonly Week[]): string => `week IN (${weeks.map(quoted).join(', ')})`;

/**
 * The row of each bundle. Two runs at once may both have added a week: it counts once, and two different truths for it not at all.
 * Answers whether any row must be left out of sums (table `dropped`).
 */
const readHeads = async (
  engine: Engine,
  paths: readonly string[],
  weeks: readonly Week[],
  sites: Map<string, Site>,
  problems: FolderProblem[],
): Promise<boolean> => {
  await engine.run(
    `CREATE TABLE heads AS SELECT owner, kiosk, week, signedIn, startedIn, secret, proof, filename AS file
     FROM ${tableOf(paths)} WHERE cell = '' AND ${inWeeks(weeks)}`,
  );
  await engine.run(
    `CREATE TABLE dropped AS SELECT owner, kiosk, week, file, truths FROM (
       SELECT *, count(DISTINCT proof) OVER same AS truths, row_number() OVER (same ORDER BY file) AS nth
       FROM heads WINDOW same AS (PARTITION BY owner, kiosk, week)) WHERE truths > 1 OR nth > 1`,
  );
  const [kiosks = [], lost = []] = await engine.columns(
    `SELECT DISTINCT kiosk, week FROM dropped WHERE truths > 1 ORDER BY ALL`,
  );
  kiosks.forEach((kiosk, at) =>
    problems.push({ name: safeName(`${String(kiosk)}_${String(lost[at])}`), fault: 'twice-different' }),
  );
  const [owner = [], kiosk = [], week = [], signedIn = [], startedIn = [], secret = []] = await engine.columns(
    `SELECT owner, kiosk, week, signedIn, startedIn, secret FROM heads ANTI JOIN dropped USING (owner, kiosk, week, file)`,
  );
  for (let at = 0; at < week.length; at += 1) {
    const id = idOf(owner[at] ?? '', kiosk[at] ?? '');
    const own = week[at] as Week;
    const [signed, started] = [String(signedIn[at]) as Week, String(startedIn[at]) as Week];
    let site = sites.get(id);
    // A name ends up in a terminal.
    if (!site && !isKioskId(String(kiosk[at]))) continue;
    if (!site) sites.set(id, (site = newSite(id)));
    site.weeks.set(own, new SiteWeek(String(secret[at])));
    if (site.startedIn === undefined || started < site.startedIn) site.startedIn = started;
    if (isLate({ week: own, signedIn: signed })) site.late.push(own);
  }
  const [dropped = []] = await engine.columns('SELECT count(*)::INTEGER FROM dropped');
  return dropped[0] !== 0;
};

/** The rows that count. */
const rows = (paths: readonly string[], hasDropped: boolean): string =>
  hasDropped
    ? `(SELECT *, filename AS file FROM ${tableOf(paths)}) ANTI JOIN dropped USING (owner, kiosk, week, file)`
    : tableOf(paths);

const readSites = async (engine: Engine, from: string, weeks: readonly Week[], sites: ReadonlyMap<string, Site>) => {
  const few = OF_EACH_SITE.map(quoted).join(', ');
  const [owner = [], kiosk = [], week = [], cell = [], n = [], key = []] = await engine.columns(
    `SELECT owner, kiosk, week, cell, n, key FROM ${from} WHERE cell IN (${few}) AND ${inWeeks(weeks)}`,
  );
  for (let at = 0; at < week.length; at += 1)
    sites
      .get(idOf(owner[at] ?? '', kiosk[at] ?? ''))
      ?.weeks.get(week[at] as Week)
      ?.put(cell[at] as Cell, n[at] as number, key[at] as number);
};

const readSum = async (
  engine: Engine,
  from: string,
  weeks: readonly Week[],
  sites: Iterable<Site>,
): Promise<ReadonlyMap<Week, WeekCells>> => {
  const parts = new Map<Week, SiteWeek[]>();
  for (const site of sites)
    for (const [week, own] of site.weeks) {
      const some = parts.get(week);
      if (some) some.push(own);
      else parts.set(week, [own]);
    }
  const counts = new Map([...parts.keys()].map((week) => [week, new Map<Cell, Count>()]));
  const [week = [], cell = [], n = [], key = []] = await engine.columns(
    `SELECT week, cell, sum(n)::DOUBLE, (sum(key) % ${KEY_RANGE})::DOUBLE FROM ${from}
     WHERE cell <> '' AND ${inWeeks(weeks)} GROUP BY week, cell ORDER BY week, cell`,
  );
  for (let at = 0; at < week.length; at += 1)
    if (isCell(String(cell[at])))
      counts.get(week[at] as Week)?.set(cell[at] as Cell, { n: n[at] as number, key: key[at] as number });
  return new Map(
    [...counts].map(([one, sum]) => {
      const some = parts.get(one) ?? [];
      return [one, new SummedCells(sum, secretOfSum(some), some.length)];
    }),
  );
};

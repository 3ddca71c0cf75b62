/**
 * A store, read as the folder of bundles that it was made of: the same page comes out of both. DuckDB adds the sites up; of each
 * site alone only what the page says of it is read.
 */
import { tmpdir } from 'node:os';
import type { Files } from '../../platform/files.ts';
import { siteInFolder, type Folder, type FolderProblem } from './bundle-folder.ts';
import { isCell, isKioskId, isLate } from './bundle.ts';
import { SummedCells, zeroKey, type Cell, type Count, type WeekCells } from './cells.ts';
import { OF_EACH_SITE } from './departement.ts';
import { monthOf, type Week } from './iso-week.ts';
import { KEY_RANGE } from './noise.ts';
import { openEngine, quoted, type Engine, type Value } from './region-engine.ts';
import { batchesOf, readable, readNames, tableOf, type StoredRegister } from './region-files.ts';
import { safeName } from './read-bundle.ts';

/** Undefined where this machine has no room for what is put aside meanwhile. */
export const loadStore = async (files: Files, store: string, wanted: WantedWeeks): Promise<Folder | undefined> => {
  const spill = await files.mkdtemp(tmpdir(), 'point-numerique-report-');
  if (!spill.ok) return undefined;
  const { paths, strange } = await batchesOf(files, store, [...wanted.all].map(monthOf));
  const names = await readNames(files, store);
  const engine = await openEngine([store], spill.value);
  try {
    const good = await readable(engine, paths);
    const isGood = new Set(good);
    const bad = paths.filter((path) => !isGood.has(path)).map((path) => path.slice(store.length + 1));
    const problems = [...names.strange, ...strange, ...bad].map((name): FolderProblem => ({
      name: safeName(name),
      fault: 'not-a-batch',
    }));
    return await read(engine, good, names.registers, wanted, problems);
  } finally {
    engine.close();
    await files.remove(spill.value);
  }
};

interface Site {
  /** The Département's mark, and its kiosk. */
  readonly id: string;
  readonly startedIn: Week | undefined;
  readonly late: Week[];
  readonly weeks: Map<Week, WeekCells>;
}

/** What a page needs: of `all` weeks the sums, of `shown` ones each site too. */
export interface WantedWeeks {
  readonly all: ReadonlySet<Week>;
  readonly shown: ReadonlySet<Week>;
}

/** A week that a page only compares with: that it came is known, and nothing else is asked of it. */
const CAME: WeekCells = {
  get secret(): string {
    throw new Error('a week of one site that was not read');
  },
  get: () => {
    throw new Error('a week of one site that was not read');
  },
  keyOf: () => {
    throw new Error('a week of one site that was not read');
  },
  keys: () => [],
};

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

  /** `which` of the two cells. */
  put(which: 0 | 1, n: number, key: number): void {
    if (which === 0) [this.#sessions, this.#sessionsKey] = [n, key];
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
  wanted: WantedWeeks,
  problems: FolderProblem[],
): Promise<Folder> => {
  const weeks = [...wanted.all].sort();
  const sites = namedSites(registers);
  const sum = new Map<Week, WeekCells>();
  if (paths.length > 0) {
    const hasDropped = await readTruths(engine, paths, weeks, problems);
    const numbered = await readHeads(engine, weeks, wanted.shown, sites);
    const from = rows(paths, hasDropped);
    await readSites(engine, from, weeks, wanted.shown, numbered);
    for (const [week, cells] of await readSum(engine, from, weeks)) sum.set(week, cells);
  }
  const all = inOrder(sites);
  const names = namesOf(registers, all.map(({ id }) => id)); // prettier-ignore
  return {
    sites: all.map(({ id, startedIn, late, weeks: own }) =>
      siteInFolder({ ...(names.get(id) as SiteName), startedIn, late: late.sort(), weeks: own }),
    ),
    problems,
    cells: [...new Set([...sum.values()].flatMap((cells) => [...cells.keys()]))].sort(),
    latest: [...sum.keys()].sort().at(-1),
    sum,
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
 * The row of each bundle (table `heads`). Two runs at once may both have added a week: it counts once, and two different truths for it
 * not at all. Answers whether any row must be left out of sums (table `dropped`).
 */
const readTruths = async (
  engine: Engine,
  paths: readonly string[],
  weeks: readonly Week[],
  problems: FolderProblem[],
): Promise<boolean> => {
  await engine.run(
    `CREATE TABLE found AS SELECT owner, kiosk, week, signedIn, startedIn, secret, proof, filename AS file
     FROM ${tableOf(paths)} WHERE cell = '' AND ${inWeeks(weeks)}`,
  );
  await engine.run(
    `CREATE TABLE dropped AS SELECT owner, kiosk, week, file, truths FROM (
       SELECT *, count(DISTINCT proof) OVER same AS truths, row_number() OVER (same ORDER BY file) AS nth
       FROM found SEMI JOIN (SELECT owner, kiosk, week FROM found GROUP BY ALL HAVING count(*) > 1)
         USING (owner, kiosk, week)
       WINDOW same AS (PARTITION BY owner, kiosk, week)) WHERE truths > 1 OR nth > 1`,
  );
  await engine.run('CREATE TABLE heads AS FROM found ANTI JOIN dropped USING (owner, kiosk, week, file)');
  const [kiosks = [], lost = []] = await engine.columns(
    `SELECT DISTINCT kiosk, week FROM dropped WHERE truths > 1 ORDER BY ALL`,
  );
  kiosks.forEach((kiosk, at) =>
    problems.push({ name: safeName(`${String(kiosk)}_${String(lost[at])}`), fault: 'twice-different' }),
  );
  const [dropped = []] = await engine.columns('SELECT count(*)::INTEGER FROM dropped');
  return dropped[0] !== 0;
};

/** Answers the sites by their numbers (table `ids`): a year of a region has half a million weeks, whose names need not be read. */
const readHeads = async (
  engine: Engine,
  weeks: readonly Week[],
  shown: ReadonlySet<Week>,
  sites: Map<string, Site>,
): Promise<readonly Site[]> => {
  await engine.run(
    `CREATE TABLE ids AS SELECT owner, kiosk, startedIn, (row_number() OVER (ORDER BY owner, kiosk) - 1)::INTEGER AS site
     FROM (SELECT owner, kiosk, min(startedIn) AS startedIn FROM heads GROUP BY ALL)`,
  );
  const [owners = [], kiosks = [], starts = []] = await engine.columns(
    'SELECT owner, kiosk, startedIn FROM ids ORDER BY site',
  );
  const numbered = kiosks.map((kiosk, at): Site => {
    const site = { ...newSite(idOf(owners[at] ?? '', kiosk)), startedIn: String(starts[at]) as Week };
    // A name ends up in a terminal.
    if (isKioskId(String(kiosk))) sites.set(site.id, site);
    return site;
  });
  const [came = [], week = [], signed = [], secret = []] = await engine.columns(
    `SELECT site, ${weekNumber(weeks)}, CASE WHEN signedIn > week THEN signedIn END,
       CASE WHEN ${inWeeks([...shown])} THEN secret END
     FROM heads JOIN ids USING (owner, kiosk)`,
  );
  for (let at = 0; at < week.length; at += 1) {
    const site = numbered[came[at] as number];
    const own = weeks[week[at] as number];
    const [text, signedIn] = [secret[at], signed[at]];
    if (!site || own === undefined) continue;
    site.weeks.set(own, typeof text === 'string' ? new SiteWeek(text) : CAME);
    if (typeof signedIn === 'string' && isLate({ week: own, signedIn: signedIn as Week })) site.late.push(own);
  }
  return numbered;
};
const weekNumber = (weeks: readonly Week[]): string =>
  `(list_position([${weeks.map(quoted).join(', ')}], week) - 1)::INTEGER`;

/** The rows that count. */
const rows = (paths: readonly string[], hasDropped: boolean): string =>
  hasDropped
    ? `(SELECT *, filename AS file FROM ${tableOf(paths)}) ANTI JOIN dropped USING (owner, kiosk, week, file)`
    : tableOf(paths);

const readSites = async (
  engine: Engine,
  from: string,
  weeks: readonly Week[],
  shown: ReadonlySet<Week>,
  numbered: readonly Site[],
): Promise<void> => {
  const few = OF_EACH_SITE.map(quoted).join(', ');
  const [site = [], week = [], which = [], n = [], key = []] = await engine.columns(
    `SELECT site, ${weekNumber(weeks)}, (cell <> ${quoted(OF_EACH_SITE[0])})::INTEGER, n, key
     FROM ${from} JOIN ids USING (owner, kiosk) WHERE cell IN (${few}) AND ${inWeeks([...shown])}`,
  );
  for (let at = 0; at < week.length; at += 1) {
    const own = numbered[site[at] as number]?.weeks.get(weeks[week[at] as number] as Week);
    if (own instanceof SiteWeek) own.put(which[at] as 0 | 1, n[at] as number, key[at] as number);
  }
};

const readSum = async (engine: Engine, from: string, weeks: readonly Week[]): Promise<ReadonlyMap<Week, WeekCells>> => {
  // As `secretOfSum` has it, of parts in the order of a register.
  const [came = [], parts = [], only = [], secrets = []] = await engine.columns(
    `SELECT week, count(*)::INTEGER, any_value(secret), sha256(string_agg(secret || chr(10), '' ORDER BY owner, kiosk))
     FROM heads GROUP BY week`,
  );
  const counts = new Map(came.map((week) => [week, new Map<Cell, Count>()]));
  const [week = [], cell = [], n = [], key = []] = await engine.columns(
    `SELECT week, cell, sum(n)::DOUBLE, (sum(key) % ${KEY_RANGE})::DOUBLE FROM ${from}
     WHERE cell <> '' AND ${inWeeks(weeks)} GROUP BY week, cell ORDER BY week, cell`,
  );
  for (let at = 0; at < week.length; at += 1)
    if (isCell(String(cell[at])))
      counts.get(week[at] ?? '')?.set(cell[at] as Cell, { n: n[at] as number, key: key[at] as number });
  return new Map(
    came.map((one, at) => {
      const many = parts[at] as number;
      return [
        one as Week,
        new SummedCells(counts.get(one) ?? new Map(), String(many === 1 ? only[at] : secrets[at]), many),
      ];
    }),
  );
};

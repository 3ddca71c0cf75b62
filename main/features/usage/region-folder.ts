/**
 * Reads a store as a `Folder`, so that the page is the same as from the folder of bundles it was collected from. DuckDB
 * adds up the sites. For single sites only the figures that the page shows are read.
 */
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Files } from '../../platform/files.ts';
import { ALL_COUNTS_UNTIL, missingIn, siteInFolder, type Folder, type SiteInFolder } from './bundle-folder.ts';
import type { FolderProblem } from './folder-part.ts';
import { isKioskId } from './bundle.ts';
import type { WeekCells } from './cells.ts';
import { weeksFor, weeksOf, type Period, type Week } from './iso-week.ts';
import { openEngine, type Engine } from './region-engine.ts';
import { batchesOf, intactFiles, readNames, type StoreFault, type StoredRegister } from './region-files.ts';
import { monthOf } from './iso-week.ts';
import type { StorePlace } from './region-place.ts';
import { openRegionTemp } from './region-temp.ts';
import {
  hasDuplicates,
  removeDuplicates,
  readFound,
  readLate,
  readSites,
  type ReceivedWeeks,
  type SiteRow,
} from './region-sites.ts';
import { readSums, readSumsOfTypes } from './region-sums.ts';
import { readCountsOf, readWeeksOf } from './region-weeks.ts';
import { safeName } from './read-bundle.ts';

export const loadStore = async (
  files: Files,
  place: StorePlace,
  period: Period,
): Promise<Result<Folder, StoreFault | 'no-room'>> => {
  const spill = await openRegionTemp(files);
  if (!spill.ok) return fail('no-room');
  try {
    const [batches, names] = await Promise.all([batchesOf(place, weeksFor(period).map(monthOf)), readNames(place)]);
    if (!batches.ok) return batches;
    if (!names.ok) return names;
    const paths = await place.localPaths(batches.value.digests);
    if (!paths.ok) return paths;
    const engine = await openEngine([place.folder], spill.value);
    try {
      const good = await intactFiles(engine, paths.value);
      const isGood = new Set(good);
      const bad = paths.value.filter((path) => !isGood.has(path)).map((path) => path.slice(place.folder.length + 1));
      const problems = [...names.value.foreign, ...batches.value.foreign, ...bad].map((name): FolderProblem => ({
        name: safeName(name),
        fault: 'not-a-batch',
      }));
      return await read({ engine, place, digests: good, period }, names.value.registers, problems);
    } finally {
      engine.close();
    }
  } finally {
    await files.remove(spill.value);
  }
};

export interface StoreQuery {
  readonly engine: Engine;
  readonly place: StorePlace;
  /** Paths of the intact digests. */
  readonly digests: readonly string[];
  readonly period: Period;
}

const read = async (
  query: StoreQuery,
  registers: readonly StoredRegister[],
  problems: FolderProblem[],
): Promise<Result<Folder, StoreFault>> => {
  const weeks = weeksFor(query.period);
  const rows = new Map<string, SiteRow>();
  let sum: ReadonlyMap<Week, WeekCells> = new Map();
  let sumOfType: Folder['sumOfType'] = new Map();
  let late: ReadonlyMap<string, readonly Week[]> = new Map();
  if (query.digests.length > 0) {
    await readFound(query, weeks, registers);
    let found = await readSites(query, weeks);
    let duplicates: Awaited<ReturnType<typeof removeDuplicates>> = { conflicting: [], duplicatedWeeks: [] };
    if (hasDuplicates(found)) {
      duplicates = await removeDuplicates(query, weeks);
      found = await readSites(query, weeks);
    }
    for (const name of duplicates.conflicting) problems.push({ name: safeName(name), fault: 'twice-different' });
    // Names are printed on a terminal, so only valid ids are accepted.
    for (const row of found) if (isKioskId(row.kiosk)) rows.set(row.id, row);
    late = await readLate(query);
    const sums = await readSums(query, weeks, duplicates.duplicatedWeeks);
    if (!sums.ok) return sums;
    sum = sums.value;
    sumOfType = await readSumsOfTypes(query);
  }
  const ids = [...new Set([...registers.flatMap(idsOf), ...rows.keys()])].sort();
  const names = namesOf(registers, ids);
  const shown = weeksOf(query.period);
  const partly = ids.filter((id) => {
    const row = rows.get(id);
    return (
      row !== undefined && query.period.kind !== 'week' && missingIn(shown, row.startedIn, row.received).length > 0
    );
  });
  const counted =
    rows.size > 1 && rows.size <= ALL_COUNTS_UNTIL ? await readCountsOf(query, weeks, [...rows.values()]) : undefined;
  const own = counted ?? (await readWeeksOf(query, partly.map((id) => rows.get(id) as SiteRow))); // prettier-ignore
  const sites = ids.map((id): SiteInFolder => {
    const row = rows.get(id);
    return siteInFolder({
      ...(names.get(id) as SiteName),
      startedIn: row?.startedIn,
      late: late.get(id) ?? [],
      weeks: own.get(id) ?? new Map(),
      received: row?.received ?? NEVER,
      ...(row && !own.has(id) ? { shown: row.shown } : {}),
    });
  });
  return ok({
    hasAllCounts: counted !== undefined,
    sites,
    problems,
    cells: [...new Set([...sum.values()].flatMap((cells) => [...cells.keys()]))].sort(),
    latest: [...sum.keys()].sort().at(-1),
    sum,
    sumOfType,
  });
};

const NEVER: ReceivedWeeks = { has: () => false };

const idOf = (owner: string, kiosk: string): string => `${owner}/${kiosk}`;
/** All kiosks in a register, including those that never sent a week. */
const idsOf = ({ owner, kiosks }: StoredRegister): readonly string[] => kiosks.map(({ kiosk }) => idOf(owner, kiosk));

type SiteName = StoredRegister['kiosks'][number];
/** Kiosks of two départements may have the same name. Such names get the start of their owner's mark. */
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
      const { place, placeType, expected } = named.get(id) ?? { place: own, placeType: 'autre' as const };
      const kiosk = (times.get(own) ?? 0) > 1 ? `${own}@${id.slice(0, 4)}` : own;
      return [id, { kiosk, place, placeType, expected }];
    }),
  );
};

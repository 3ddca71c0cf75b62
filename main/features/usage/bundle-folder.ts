/**
 * Reads a folder of signed bundles. Every file is either counted once or reported with its fault. For single sites only
 * the figures that the page shows are kept. All other counts are added up while reading, to save memory.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { fail, ok, type Result } from '../../contract/result.ts';
import { systemFiles, type Entry, type Files } from '../../platform/files.ts';
import { claimOf, type PlaceType } from './bundle.ts';
import { KeyedCells, secretOfMarks, SummedCells, type Cell, type WeekCells } from './cells.ts';
import { SiteCells } from './each-site.ts';
import { mergeParts, readPart, type FolderPart, type FolderProblem, type KioskWeeks, type PartToRead } from './folder-part.ts'; // prettier-ignore
import { shiftWeek, weekAt, weekIndex, type Period, type Week } from './iso-week.ts';
import type { SiteFigures, WeekList } from './publish.ts';
import { isCard, readCards } from './read-cards.ts';
import { expectedWeeks, type ExpectedWeeks, type Trust, type TrustedKiosk } from './register.ts';
import type { Shown } from './shown.ts';

export interface SiteInFolder {
  readonly kiosk: string;
  readonly place: string;
  readonly placeType: PlaceType;
  readonly startedIn: Week;
  readonly weeks: Pick<ReadonlySet<Week>, 'has'>;
  /** How many of these weeks it should have sent and has not: by the register, when no week of it was read. */
  silentIn(weeks: readonly Week[]): number;
  /** Weeks whose bundle was signed long after they ended. */
  readonly late: readonly Week[];
  /** The figures of this site for consecutive weeks. */
  figures(weeks: readonly Week[], today: WeekList): SiteFigures;
  /** The shown figures, when the store already holds them. */
  shown?(period: Period): ReadonlyMap<Cell, Shown> | undefined;
}

/** All counts of each site are kept up to this number of sites, so that what each shows can be added up. */
export const ALL_COUNTS_UNTIL = 24;

export interface Folder {
  /** True when the sites have all their counts; else only those that the page shows for each. */
  readonly hasAllCounts: boolean;
  readonly sites: readonly SiteInFolder[];
  readonly problems: readonly FolderProblem[];
  readonly cells: readonly Cell[];
  /** The last week that any site sent. */
  readonly latest: Week | undefined;
  /** The sum of all sites, by week. */
  readonly sum: ReadonlyMap<Week, WeekCells>;
  /** The sums by type of place, when the store already holds them. Only the cells that the page shows. */
  readonly sumOfType?: ReadonlyMap<PlaceType, ReadonlyMap<Week, WeekCells>>;
}

export const loadFolder = async (
  files: Files,
  folder: string,
  trust: Trust,
  /** Selects the weeks to read: a page needs a few weeks out of years. */
  wanted: (week: string) => boolean = () => true,
): Promise<Result<Folder, string>> => {
  const listed = await files.list(folder);
  if (!listed.ok) return fail(listed.error.kind);
  const entries = listed.value.filter(({ name }) => {
    const claimed = claimOf(name);
    return !isCard(name) && (claimed === undefined || wanted(claimed.week));
  });
  const registered = new Set(trust.kiosks.map(({ kiosk }) => kiosk));
  const claimed = new Set(
    entries.map(({ name }) => claimOf(name)?.kiosk ?? '').filter((kiosk) => registered.has(kiosk)),
  );
  const hasAllCounts = claimed.size > 1 && claimed.size <= ALL_COUNTS_UNTIL;
  const cards = await readCards(files, folder, listed.value, trust.kiosks);
  const read = await readParts(files, { folder, trust, cards: cards.keys, entries, withCounts: hasAllCounts });
  const { kiosks, sums, problems } = mergeParts(read);
  const weeksOf = new Map(kiosks.map((one) => [one.kiosk, one]));
  const sum = new Map(
    [...sums].map(([week, { sites, secret, mark, counts }]) => [
      week,
      new SummedCells(counts, sites === 1 ? secret : secretOfMarks(...mark), sites),
    ]),
  );
  return ok({
    hasAllCounts,
    sites: trust.kiosks.map((card) => siteOf(card, weeksOf.get(card.kiosk))),
    problems: [...problems, ...cards.problems],
    cells: [...new Set([...sums.values()].flatMap(({ counts }) => [...counts.keys()]))].sort(),
    latest: [...sum.keys()].sort().at(-1),
    sum,
  });
};

/** Files per thread at least. Opening and verifying a file takes 0.2 ms, so fewer are not worth a thread. */
const FILES_PER_THREAD = 2_000;

const readParts = async (files: Files, all: PartToRead): Promise<readonly FolderPart[]> => {
  const { entries } = all;
  const threads = Math.min(availableParallelism(), Math.floor(entries.length / FILES_PER_THREAD));
  // A thread can only use the real file system, not the fake of a test.
  if (threads < 2 || files !== systemFiles) return [await readPart(files, all)];
  return Promise.all(
    splitByKiosk(entries, threads).map((part) =>
      // Fall back to this thread when the worker cannot start or runs out of memory.
      readInThread({ ...all, entries: part }).catch(() => readPart(files, { ...all, entries: part })),
    ),
  );
};

/** Most objects are garbage after each file. Without these limits two threads hold 400 MB. */
const resourceLimits = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 192 };

/** Splits the files into parts, keeping those of a kiosk together so that copies of a week are detected. */
const splitByKiosk = (entries: readonly Entry[], many: number): readonly (readonly Entry[])[] => {
  const parts: Entry[][] = [];
  let kiosk: string | undefined;
  for (const entry of entries) {
    const own = claimOf(entry.name)?.kiosk;
    const last = parts.at(-1);
    if (!last || (own !== kiosk && last.length >= entries.length / many)) parts.push([entry]);
    else last.push(entry);
    kiosk = own;
  }
  return parts;
};

const readInThread = (workerData: PartToRead): Promise<FolderPart> =>
  new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./folder-thread.ts', import.meta.url), { workerData, resourceLimits });
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', () => reject(new Error('a thread that reads weeks ended early')));
  });

const cellsOf = (one: KioskWeeks['weeks'][number]): WeekCells =>
  one.counts ? new KeyedCells(one.counts, one.secret) : new SiteCells(one);

const siteOf = (card: TrustedKiosk, read: KioskWeeks | undefined): SiteInFolder =>
  siteInFolder({
    ...card,
    expected: expectedWeeks(card),
    startedIn: read?.startedIn,
    late: read?.late ?? [],
    weeks: new Map((read?.weeks ?? []).map((one) => [weekAt(weekIndex(one.week)), cellsOf(one)])),
  });

/** The weeks that a site should have sent but has not. */
export const missingIn = (
  weeks: readonly Week[],
  startedIn: Week,
  received: Pick<ReadonlySet<Week>, 'has'>,
): readonly Week[] => weeks.filter((week) => week >= startedIn && !received.has(week));

export const siteInFolder = (
  site: Pick<SiteInFolder, 'kiosk' | 'place' | 'placeType' | 'late'> & {
    readonly startedIn: Week | undefined;
    readonly expected?: ExpectedWeeks | undefined;
    readonly weeks: ReadonlyMap<Week, WeekCells>;
    /** All weeks that the site sent, when `weeks` holds only some of them. */
    readonly received?: Pick<ReadonlySet<Week>, 'has'>;
    readonly shown?: SiteInFolder['shown'];
  },
): SiteInFolder => {
  const startedIn = site.startedIn ?? ('9999-W52' as Week);
  const received = site.received ?? site.weeks;
  return {
    ...(site.shown ? { shown: site.shown } : {}),
    kiosk: site.kiosk,
    place: site.place,
    placeType: site.placeType,
    startedIn,
    weeks: received,
    late: site.late,
    silentIn(weeks) {
      const from = site.startedIn ?? site.expected?.from ?? startedIn;
      const until = site.expected?.until ?? null;
      const due = weeks.filter((week) => until === null || week <= until);
      return missingIn(due, from, received).length;
    },
    figures(weeks, today) {
      return {
        weeks: site.weeks,
        startedIn,
        keptFrom: startedIn,
        awaited: new Set(missingIn(weeks, startedIn, received)),
        current: shiftWeek(weeks.at(-1) ?? startedIn, 1),
        halfDaysOver: 0,
        listOf: () => today,
      };
    },
  };
};

/**
 * Reads the files of some kiosks of a share. Each file is counted once or listed with its fault, and the counts are
 * added up week by week. Results are plain values, so that threads can share the work.
 */
import type { Entry, Files } from '../../platform/files.ts';
import { isLate, type Bundle, type ReadBundle } from './bundle.ts';
import { markOf, type Cell, type Count } from './cells.ts';
import { OF_EACH_SITE, type SiteWeek } from './each-site.ts';
import type { Week } from './iso-week.ts';
import { addKeys } from './noise.ts';
import { bundleReader, READ_AT_ONCE, safeName, type FolderFault } from './read-bundle.ts';
import type { CardKeys, Trust } from './register.ts';

export interface FolderProblem {
  readonly name: string;
  readonly fault: FolderFault;
}

export interface KioskWeeks {
  readonly kiosk: string;
  startedIn: Week;
  readonly late: Week[];
  /** `counts`: all of them, when they were asked for. */
  readonly weeks: (SiteWeek & { readonly week: Week; readonly counts?: Bundle['counts'] })[];
}

/** The sum of all kiosks for one week. */
export interface WeekSum {
  sites: number;
  /** The secret of the last kiosk added. Only used when it is the only one. */
  secret: string;
  mark: readonly [bigint, bigint];
  readonly counts: Map<Cell, { n: number; key: number }>;
}

export interface FolderPart {
  readonly kiosks: readonly KioskWeeks[];
  readonly sums: ReadonlyMap<Week, WeekSum>;
  readonly problems: readonly FolderProblem[];
}

const NONE: Count = { n: 0, key: 0 };

/** The kiosk week being read. Copies of it, if any, follow directly. */
interface CurrentWeek {
  readonly bundle: Bundle;
  readonly signature: string;
  isUnique: boolean;
}

export interface PartToRead {
  readonly folder: string;
  readonly trust: Trust;
  readonly cards: CardKeys;
  /** Sorted by name: a kiosk's files are adjacent, and the same folder always gives the same page. */
  readonly entries: readonly Entry[];
  /** Keeps all counts of each site, not only those that the page shows for it. */
  readonly withCounts: boolean;
}

export const readPart = async (
  files: Files,
  { folder, trust, cards, entries, withCounts }: PartToRead,
): Promise<FolderPart> => {
  const kiosks: KioskWeeks[] = [];
  const sums = new Map<Week, WeekSum>();
  const problems: FolderProblem[] = [];
  let current: CurrentWeek | undefined;
  const addCurrent = (): void => {
    if (!current?.isUnique) return;
    addTo(sums, current.bundle);
    addWeek(kiosks, current.bundle, withCounts);
  };
  const addBundle = (name: string, { bundle, signature }: ReadBundle): void => {
    if (current?.bundle.kiosk !== bundle.kiosk || current.bundle.week !== bundle.week) {
      addCurrent();
      current = { bundle, signature, isUnique: true };
      return;
    }
    const isSame = current.signature === signature;
    problems.push({ name, fault: isSame ? 'twice' : 'twice-different' });
    // Two different files for one week: neither is counted.
    if (!isSame) current.isUnique = false;
  };
  const read = bundleReader(files, folder, trust, cards);
  for (let from = 0; from < entries.length; from += READ_AT_ONCE) {
    const some = entries.slice(from, from + READ_AT_ONCE);
    const all = await Promise.all(some.map(read));
    some.forEach((entry, at) => {
      const one = all[at]?.();
      if (one?.ok) addBundle(safeName(entry.name), one.value);
      else problems.push({ name: safeName(entry.name), fault: one?.error ?? 'unreadable' });
    });
  }
  addCurrent();
  return { kiosks, sums, problems };
};

const addWeek = (kiosks: KioskWeeks[], bundle: Bundle, withCounts: boolean): void => {
  const { kiosk, week, secret, startedIn, counts } = bundle;
  let own = kiosks.at(-1);
  if (own?.kiosk !== kiosk) kiosks.push((own = { kiosk, startedIn, late: [], weeks: [] }));
  if (startedIn < own.startedIn) own.startedIn = startedIn;
  if (isLate(bundle)) own.late.push(week);
  const [session = NONE, helped = NONE] = OF_EACH_SITE.map((cell) => counts.get(cell));
  own.weeks.push({
    week,
    secret,
    ...{ n: session.n, key: session.key, helped: helped.n, helpedKey: helped.key },
    ...(withCounts ? { counts } : {}),
  });
};

const xor = (a: WeekSum['mark'], b: WeekSum['mark']): WeekSum['mark'] => [a[0] ^ b[0], a[1] ^ b[1]];
const sumAt = (sums: Map<Week, WeekSum>, week: Week): WeekSum => {
  let sum = sums.get(week);
  if (!sum) sums.set(week, (sum = { sites: 0, secret: '', mark: [0n, 0n], counts: new Map() }));
  return sum;
};
const grow = (counts: WeekSum['counts'], cell: Cell, { n, key }: Count): void => {
  const before = counts.get(cell);
  if (before) {
    before.n += n;
    before.key = addKeys(before.key, key);
  } else counts.set(cell, { n, key });
};
const addTo = (sums: Map<Week, WeekSum>, { week, secret, counts }: Bundle): void => {
  const sum = sumAt(sums, week);
  sum.sites += 1;
  sum.secret = secret;
  sum.mark = xor(sum.mark, markOf(secret));
  for (const [cell, count] of counts) grow(sum.counts, cell, count);
};

/** Merges parts that have no kiosk in common. */
export const mergeParts = (parts: readonly FolderPart[]): FolderPart => {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const sums = new Map<Week, WeekSum>();
  for (const part of parts)
    for (const [week, { sites, secret, mark, counts }] of part.sums) {
      const sum = sumAt(sums, week);
      sum.sites += sites;
      sum.secret = secret;
      sum.mark = xor(sum.mark, mark);
      for (const [cell, count] of counts) grow(sum.counts, cell, count);
    }
  return {
    kiosks: parts.flatMap(({ kiosks }) => kiosks),
    sums,
    problems: parts.flatMap(({ problems }) => problems),
  };
};

/**
 * Reads a folder of signed bundles. Every file is either counted once or named with what is wrong with it; nothing is mixed
 * in silently. The figures are kept as columns of numbers: 300 kiosks and five years are four million cells.
 */
import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Files } from '../../platform/files.ts';
import {
  claimOf,
  isLate,
  placeTypes,
  readBundle,
  readPublicKey,
  type Bundle,
  type BundleFault,
  type PlaceType,
} from './bundle.ts';
import { weekAt, weekIndex, type Week } from './iso-week.ts';
import type { Cell, SiteFigures, WeekCells } from './publish.ts';

export const REGISTER_NAME = 'bornes.json';

export const kioskCard = z.strictObject({
  kiosk: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/),
  place: z.string().min(1).max(80),
  placeType: z.enum(placeTypes),
  publicKey: z.string().refine((text) => readPublicKey(text) !== undefined),
});
export type KioskCard = z.output<typeof kioskCard>;

export type FolderFault = BundleFault | 'twice' | 'twice-different' | 'not-a-bundle' | 'unreadable';
export interface FolderProblem {
  readonly name: string;
  readonly fault: FolderFault;
}

export interface SiteInFolder {
  readonly kiosk: string;
  readonly place: string;
  readonly placeType: PlaceType;
  readonly startedIn: Week;
  readonly weeks: ReadonlySet<Week>;
  /** Weeks whose bundle was signed long after they ended. */
  readonly late: readonly Week[];
  figures(from: Week, to: Week): SiteFigures;
}

export interface Folder {
  readonly sites: readonly SiteInFolder[];
  readonly problems: readonly FolderProblem[];
  readonly cells: readonly Cell[];
  /** The last week that any site sent. */
  readonly latest: Week | undefined;
}

/** Where one week lies in its site's pool: `[cell, n, cell, n…]`. */
interface PackedWeek {
  readonly start: number;
  readonly end: number;
}

interface Gathered {
  readonly card: KioskCard;
  startedIn: Week | undefined;
  readonly packed: Map<Week, PackedWeek>;
  /** One growing buffer a site: 78,000 small ones would weigh more than what they hold. */
  pool: Uint32Array;
  used: number;
  readonly texts: Map<Week, { readonly name: string; readonly signature: string }>;
  readonly late: Week[];
}

export const readRegister = async (files: Files, folder: string): Promise<Result<readonly KioskCard[], string>> => {
  const read = await files.readText(`${folder}/${REGISTER_NAME}`);
  if (!read.ok) return fail(read.error.kind === 'missing' ? 'missing' : 'unreadable');
  try {
    const parsed = z.array(kioskCard).safeParse(JSON.parse(read.value));
    return parsed.success ? ok(parsed.data) : fail('wrong');
  } catch {
    return fail('wrong');
  }
};

const READ_AT_ONCE = 64;

export const loadFolder = async (
  files: Files,
  folder: string,
  register: readonly KioskCard[],
): Promise<Result<Folder, string>> => {
  const listed = await files.list(folder);
  if (!listed.ok) return fail(listed.error.kind);
  const keys = new Map<string, KeyObject>();
  const gathered = new Map<string, Gathered>();
  for (const card of register) {
    const key = readPublicKey(card.publicKey);
    if (key) keys.set(card.kiosk, key);
    gathered.set(card.kiosk, {
      card,
      startedIn: undefined,
      packed: new Map(),
      pool: new Uint32Array(1_024),
      used: 0,
      texts: new Map(),
      late: [],
    });
  }
  const problems: FolderProblem[] = [];
  const cellNumbers = new Map<Cell, number>();
  const numberOf = (cell: Cell): number => {
    let at = cellNumbers.get(cell);
    if (at === undefined) cellNumbers.set(cell, (at = cellNumbers.size));
    return at;
  };

  const take = (name: string, text: string, read: Result<Bundle, BundleFault> | undefined): void => {
    if (!read) return void problems.push({ name, fault: 'not-a-bundle' });
    if (!read.ok) return void problems.push({ name, fault: read.error });
    const bundle = read.value;
    const site = gathered.get(bundle.kiosk);
    if (!site) return void problems.push({ name, fault: 'unknown-kiosk' });
    // A copy: a slice would keep the whole text of every file in memory.
    const signature = Buffer.from(text.slice(text.indexOf('\n') + 1), 'latin1').toString('latin1');
    const twin = site.texts.get(bundle.week);
    if (twin) {
      problems.push({ name, fault: twin.signature === signature ? 'twice' : 'twice-different' });
      // Two truths for one week: neither is believed.
      if (twin.signature !== signature) site.packed.delete(bundle.week);
      return;
    }
    site.texts.set(bundle.week, { name, signature });
    const start = site.used;
    const end = start + bundle.counts.size * 2;
    if (end > site.pool.length) {
      const larger = new Uint32Array(Math.max(end, site.pool.length * 2));
      larger.set(site.pool);
      site.pool = larger;
    }
    for (const [cell, n] of bundle.counts) {
      site.pool[site.used] = numberOf(cell);
      site.pool[site.used + 1] = n;
      site.used += 2;
    }
    site.packed.set(bundle.week, { start, end });
    if (site.startedIn === undefined || bundle.startedIn < site.startedIn) site.startedIn = bundle.startedIn;
    if (isLate(bundle)) site.late.push(bundle.week);
  };

  const names = listed.value.filter((entry) => entry.name !== REGISTER_NAME && !entry.name.endsWith('.borne'));
  for (let from = 0; from < names.length; from += READ_AT_ONCE) {
    const some = names.slice(from, from + READ_AT_ONCE);
    const read = await Promise.all(
      some.map(async (entry) => {
        if (entry.kind !== 'file' || !entry.name.endsWith('.chiffres')) return undefined;
        const text = await files.readText(`${folder}/${entry.name}`);
        const claimed = claimOf(entry.name);
        const bundle =
          text.ok && claimed ? await readBundle(text.value, claimed, (kiosk) => keys.get(kiosk)) : undefined;
        return { text, bundle };
      }),
    );
    // In the order of names, so that the same folder always gives the same page.
    some.forEach((entry, at) => {
      const one = read[at];
      if (one === undefined) problems.push({ name: entry.name, fault: 'not-a-bundle' });
      else if (!one.text.ok) problems.push({ name: entry.name, fault: 'unreadable' });
      else take(entry.name, one.text.value, one.bundle);
    });
  }

  const cells = [...cellNumbers.keys()];
  const sites = [...gathered.values()].map((site) => siteOf(site, cells, cellNumbers));
  const latest = sites
    .flatMap((site) => [...site.weeks])
    .reduce<Week | undefined>((a, b) => (a === undefined || b > a ? b : a), undefined);
  return ok({ sites, problems, cells, latest });
};

const siteOf = (site: Gathered, cells: readonly Cell[], cellNumbers: ReadonlyMap<Cell, number>): SiteInFolder => {
  const weeks = new Set(site.packed.keys());
  const startedIn = site.startedIn ?? ('9999-W52' as Week);
  const dense = denseWeeks(site, cells, cellNumbers);
  site.packed.clear();
  site.texts.clear();
  site.pool = new Uint32Array(0);
  return {
    kiosk: site.card.kiosk,
    place: site.card.place,
    placeType: site.card.placeType,
    startedIn,
    weeks,
    late: site.late.sort(),
    figures(from, to) {
      let missing: Week | undefined;
      for (let index = weekIndex(from); index <= weekIndex(to); index += 1) {
        const week = weekAt(index);
        if (week >= startedIn && !weeks.has(week)) missing = week;
      }
      // A missing week may still come: sums that would hold it are not final, exactly as for erased weeks.
      const after = missing === undefined ? startedIn : weekAt(weekIndex(missing) + 1);
      return { weeks: dense, startedIn, keptFrom: after > to ? to : after, current: weekAt(weekIndex(to) + 1) };
    },
  };
};

/** A site's weeks as one table of numbers, weeks by cells: five years of a kiosk in some 150 kB. */
const denseWeeks = (
  { packed, pool }: Pick<Gathered, 'packed' | 'pool'>,
  cells: readonly Cell[],
  cellNumbers: ReadonlyMap<Cell, number>,
): ReadonlyMap<Week, WeekCells> => {
  const table = new Uint32Array(packed.size * cells.length);
  const weeks = new Map<Week, WeekCells>();
  let row = 0;
  for (const [week, piece] of packed) {
    const start = row * cells.length;
    for (let at = piece.start; at < piece.end; at += 2) table[start + (pool[at] ?? 0)] = pool[at + 1] ?? 0;
    weeks.set(week, {
      get(cell) {
        const at = cellNumbers.get(cell);
        return at === undefined ? undefined : table[start + at] || undefined;
      },
      keys: () => cells.filter((_, at) => (table[start + at] ?? 0) > 0),
    });
    row += 1;
  }
  return weeks;
};

/**
 * Reads a folder of signed bundles. Every file is either counted once or named with what is wrong with it; nothing is mixed
 * in silently. The figures are kept as columns of numbers: 300 kiosks and five years are four million cells.
 */
import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Files } from '../../platform/files.ts';
import { claimOf, isLate, placeTypes, readBundle, readPublicKey, type BundleFault, type PlaceType } from './bundle.ts';
import { weekAt, weekIndex, type Week } from './iso-week.ts';
import type { Cell, SiteFigures } from './publish.ts';

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

/** Cell numbers and counts of one week, in one small array: `[cell, n, cell, n…]`. */
type PackedWeek = Uint32Array;

interface Gathered {
  readonly card: KioskCard;
  startedIn: Week | undefined;
  readonly packed: Map<Week, PackedWeek>;
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

const READ_AT_ONCE = 32;

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
    gathered.set(card.kiosk, { card, startedIn: undefined, packed: new Map(), texts: new Map(), late: [] });
  }
  const problems: FolderProblem[] = [];
  const cellNumbers = new Map<Cell, number>();
  const numberOf = (cell: Cell): number => {
    let at = cellNumbers.get(cell);
    if (at === undefined) cellNumbers.set(cell, (at = cellNumbers.size));
    return at;
  };

  const take = (name: string, text: string): void => {
    const claimed = claimOf(name);
    if (!claimed) return void problems.push({ name, fault: 'not-a-bundle' });
    const read = readBundle(text, claimed, (kiosk) => keys.get(kiosk));
    if (!read.ok) return void problems.push({ name, fault: read.error });
    const bundle = read.value;
    const site = gathered.get(bundle.kiosk);
    if (!site) return void problems.push({ name, fault: 'unknown-kiosk' });
    const signature = text.slice(text.indexOf('\n') + 1);
    const twin = site.texts.get(bundle.week);
    if (twin) {
      problems.push({ name, fault: twin.signature === signature ? 'twice' : 'twice-different' });
      // Two truths for one week: neither is believed.
      if (twin.signature !== signature) site.packed.delete(bundle.week);
      return;
    }
    site.texts.set(bundle.week, { name, signature });
    const packed = new Uint32Array(bundle.counts.size * 2);
    let at = 0;
    for (const [cell, n] of bundle.counts) {
      packed[at] = numberOf(cell);
      packed[at + 1] = n;
      at += 2;
    }
    site.packed.set(bundle.week, packed);
    if (site.startedIn === undefined || bundle.startedIn < site.startedIn) site.startedIn = bundle.startedIn;
    if (isLate(bundle)) site.late.push(bundle.week);
  };

  const names = listed.value.filter((entry) => entry.name !== REGISTER_NAME && !entry.name.endsWith('.borne'));
  for (let from = 0; from < names.length; from += READ_AT_ONCE) {
    const some = names.slice(from, from + READ_AT_ONCE);
    const read = await Promise.all(
      some.map(async (entry) => {
        if (entry.kind !== 'file' || !entry.name.endsWith('.chiffres')) return undefined;
        return files.readText(`${folder}/${entry.name}`);
      }),
    );
    some.forEach((entry, at) => {
      const one = read[at];
      if (one === undefined) problems.push({ name: entry.name, fault: 'not-a-bundle' });
      else if (!one.ok) problems.push({ name: entry.name, fault: 'unreadable' });
      else take(entry.name, one.value);
    });
  }

  const cells = [...cellNumbers.keys()];
  const sites = [...gathered.values()].map((site) => siteOf(site, cells));
  const latest = sites
    .flatMap((site) => [...site.weeks])
    .reduce<Week | undefined>((a, b) => (a === undefined || b > a ? b : a), undefined);
  return ok({ sites, problems, cells, latest });
};

const siteOf = (site: Gathered, cells: readonly Cell[]): SiteInFolder => {
  const weeks = new Set(site.packed.keys());
  const first = [...weeks].sort()[0];
  const startedIn = site.startedIn ?? ('9999-W52' as Week);
  return {
    kiosk: site.card.kiosk,
    place: site.card.place,
    placeType: site.card.placeType,
    startedIn,
    weeks,
    late: site.late.sort(),
    figures(from, to) {
      const unpacked = new Map<Week, Map<Cell, number>>();
      let missingUntil: Week | undefined;
      for (let index = weekIndex(from); index <= weekIndex(to); index += 1) {
        const week = weekAt(index);
        const packed = site.packed.get(week);
        if (!packed) {
          if (week >= startedIn) missingUntil = week;
          continue;
        }
        const counts = new Map<Cell, number>();
        for (let at = 0; at < packed.length; at += 2) counts.set(cells[packed[at] ?? 0] ?? '', packed[at + 1] ?? 0);
        unpacked.set(week, counts);
      }
      // A missing week may still come: sums that would hold it are not final, exactly as for erased weeks.
      const after = missingUntil === undefined ? (first ?? startedIn) : weekAt(weekIndex(missingUntil) + 1);
      const keptFrom = after > to ? to : after < startedIn ? startedIn : after;
      return { weeks: unpacked, startedIn, keptFrom, current: weekAt(weekIndex(to) + 1) };
    },
  };
};

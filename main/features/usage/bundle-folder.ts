/**
 * Reads a folder of signed bundles. Every file is either counted once or named with what is wrong with it; nothing is mixed
 * in silently. The figures are kept as columns of numbers: 300 kiosks and five years are four million cells.
 */
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Files } from '../../platform/files.ts';
import { claimOf, isLate, type Bundle, type PlaceType } from './bundle.ts';
import { zeroKey, type Cell, type WeekCells } from './cells.ts';
import { shiftWeek, type Period, type Week } from './iso-week.ts';
import type { SiteFigures, WeekList } from './publish.ts';
import { bundleReader, READ_AT_ONCE, safeName, signatureIn, type FolderFault } from './read-bundle.ts';
import type { Trust, TrustedKiosk } from './register.ts';
import type { Shown } from './shown.ts';

export interface FolderProblem {
  readonly name: string;
  readonly fault: FolderFault;
}

export interface SiteInFolder {
  readonly kiosk: string;
  readonly place: string;
  readonly placeType: PlaceType;
  readonly startedIn: Week;
  readonly weeks: Pick<ReadonlySet<Week>, 'has'>;
  /** Weeks whose bundle was signed long after they ended. */
  readonly late: readonly Week[];
  /** Of weeks that follow each other. */
  figures(weeks: readonly Week[], today: WeekList): SiteFigures;
  /** Where it was worked out already: what the page says of this site alone. */
  shown?(period: Period): ReadonlyMap<Cell, Shown> | undefined;
}

export interface Folder {
  readonly sites: readonly SiteInFolder[];
  readonly problems: readonly FolderProblem[];
  readonly cells: readonly Cell[];
  /** The last week that any site sent. */
  readonly latest: Week | undefined;
  /** Where it was added up already: what all sites counted together, and those of each kind (only what is said of a kind). */
  readonly sum?: ReadonlyMap<Week, WeekCells>;
  readonly sumOfType?: ReadonlyMap<PlaceType, ReadonlyMap<Week, WeekCells>>;
}

/** Where one week lies in the pool: `[cell, n, key, cell, n, key…]`. */
interface PackedWeek {
  readonly secret: string;
  readonly start: number;
  readonly end: number;
}

/** The site being read: its weeks lie one after the other in one buffer that the next site uses again. */
interface Pool {
  numbers: Uint32Array;
  used: number;
}

interface Gathered {
  readonly card: TrustedKiosk;
  startedIn: Week | undefined;
  readonly packed: Map<Week, PackedWeek>;
  /** Once all its files were read. */
  dense: ReadonlyMap<Week, WeekCells>;
  readonly texts: Map<Week, { readonly name: string; readonly signature: string }>;
  readonly late: Week[];
}

export const loadFolder = async (
  files: Files,
  folder: string,
  trust: Trust,
  /** A page needs a few weeks of years: the others are not read. */
  wanted: (week: string) => boolean = () => true,
): Promise<Result<Folder, string>> => {
  const listed = await files.list(folder);
  if (!listed.ok) return fail(listed.error.kind);
  const gathered = new Map<string, Gathered>();
  for (const card of trust.kiosks) {
    gathered.set(card.kiosk, {
      card,
      startedIn: undefined,
      packed: new Map(),
      dense: new Map(),
      texts: new Map(),
      late: [],
    });
  }
  const problems: FolderProblem[] = [];
  const cellNumbers = new Map<Cell, number>();
  const cells: Cell[] = [];
  const numberOf = (cell: Cell): number => {
    let at = cellNumbers.get(cell);
    if (at === undefined) {
      at = cells.push(cell) - 1;
      cellNumbers.set(cell, at);
    }
    return at;
  };
  const pool: Pool = { numbers: new Uint32Array(1_024), used: 0 };
  let open: Gathered | undefined;
  /** Files come in the order of their names, so those of a kiosk come together. */
  const settle = (): void => {
    if (!open) return;
    open.dense = denseWeeks(open.packed, pool, cells, cellNumbers);
    open.packed.clear();
    open.texts.clear();
    pool.used = 0;
    open = undefined;
  };

  const take = (name: string, text: string, bundle: Bundle): void => {
    const site = gathered.get(bundle.kiosk);
    if (!site) return void problems.push({ name, fault: 'unknown-kiosk' });
    if (site !== open) settle();
    open = site;
    const signature = signatureIn(text);
    const twin = site.texts.get(bundle.week);
    if (twin) {
      problems.push({ name, fault: twin.signature === signature ? 'twice' : 'twice-different' });
      // Two truths for one week: neither is believed.
      if (twin.signature !== signature) site.packed.delete(bundle.week);
      return;
    }
    site.texts.set(bundle.week, { name, signature });
    const start = pool.used;
    const end = start + bundle.counts.size * 3;
    if (end > pool.numbers.length) {
      const larger = new Uint32Array(Math.max(end, pool.numbers.length * 2));
      larger.set(pool.numbers);
      pool.numbers = larger;
    }
    for (const [cell, { n, key }] of bundle.counts) {
      pool.numbers[pool.used] = numberOf(cell);
      pool.numbers[pool.used + 1] = n;
      pool.numbers[pool.used + 2] = key;
      pool.used += 3;
    }
    site.packed.set(bundle.week, { start, end, secret: bundle.secret });
    if (site.startedIn === undefined || bundle.startedIn < site.startedIn) site.startedIn = bundle.startedIn;
    if (isLate(bundle)) site.late.push(bundle.week);
  };

  const readOne = bundleReader(files, folder, trust);
  const names = listed.value.filter(({ name }) => {
    const claimed = claimOf(name);
    return !name.endsWith('.borne') && (claimed === undefined || wanted(claimed.week));
  });
  for (let from = 0; from < names.length; from += READ_AT_ONCE) {
    const some = names.slice(from, from + READ_AT_ONCE);
    const read = await Promise.all(some.map(readOne));
    // In the order of names, so that the same folder always gives the same page.
    some.forEach((entry, at) => {
      const one = read[at];
      if (!one?.ok) problems.push({ name: safeName(entry.name), fault: one?.error ?? 'unreadable' });
      else take(safeName(entry.name), one.value.text, one.value.bundle);
    });
  }

  settle();
  const latest = [...gathered.values()]
    .flatMap((site) => [...site.dense.keys()])
    .reduce<Week | undefined>((a, b) => (a === undefined || b > a ? b : a), undefined);
  return ok({ sites: [...gathered.values()].map(siteOf), problems, cells, latest });
};

const siteOf = ({ card, startedIn, late, dense }: Gathered): SiteInFolder =>
  siteInFolder({ ...card, startedIn, late: late.sort(), weeks: dense });

/** The weeks that a site owes and that have not come. */
export const missingIn = (
  weeks: readonly Week[],
  startedIn: Week,
  came: Pick<ReadonlySet<Week>, 'has'>,
): readonly Week[] => weeks.filter((week) => week >= startedIn && !came.has(week));

export const siteInFolder = (
  site: Pick<SiteInFolder, 'kiosk' | 'place' | 'placeType' | 'late'> & {
    readonly startedIn: Week | undefined;
    readonly weeks: ReadonlyMap<Week, WeekCells>;
    /** All that came, where `weeks` holds only some. */
    readonly came?: Pick<ReadonlySet<Week>, 'has'>;
    readonly shown?: SiteInFolder['shown'];
  },
): SiteInFolder => {
  const startedIn = site.startedIn ?? ('9999-W52' as Week);
  const came = site.came ?? site.weeks;
  return {
    ...(site.shown ? { shown: site.shown } : {}),
    kiosk: site.kiosk,
    place: site.place,
    placeType: site.placeType,
    startedIn,
    weeks: came,
    late: site.late,
    figures(weeks, today) {
      const to = weeks.at(-1) ?? startedIn;
      const missing = missingIn(weeks, startedIn, came).at(-1);
      // A missing week may still come: sums that would hold it are not final, exactly as for erased weeks.
      const after = missing === undefined ? startedIn : shiftWeek(missing, 1);
      return {
        weeks: site.weeks,
        startedIn,
        keptFrom: after > to ? to : after,
        current: shiftWeek(to, 1),
        halvesOver: 0,
        listOf: () => today,
      };
    },
  };
};

/** A site's weeks as one table of numbers, weeks by cells: five years of a kiosk in some 300 kB. */
const denseWeeks = (
  packed: ReadonlyMap<Week, PackedWeek>,
  { numbers }: Pool,
  cells: readonly Cell[],
  cellNumbers: ReadonlyMap<Cell, number>,
): ReadonlyMap<Week, WeekCells> => {
  // Cells that only later sites have are no columns of this one.
  const width = cells.length;
  const size = packed.size * width;
  const table: Table = { cells, cellNumbers, width, counts: new Uint32Array(size), sums: new Uint32Array(size) };
  const weeks = new Map<Week, WeekCells>();
  for (const [week, piece] of packed) {
    const start = weeks.size * width;
    for (let at = piece.start; at < piece.end; at += 3) {
      const cell = start + (numbers[at] ?? 0);
      table.counts[cell] = numbers[at + 1] ?? 0;
      table.sums[cell] = numbers[at + 2] ?? 0;
    }
    weeks.set(week, new TableRow(table, start, piece.secret));
  }
  return weeks;
};

interface Table {
  readonly cells: readonly Cell[];
  readonly cellNumbers: ReadonlyMap<Cell, number>;
  readonly width: number;
  readonly counts: Uint32Array;
  /** Of the keys. */
  readonly sums: Uint32Array;
}

/** A class for its prototype: 78,000 objects with functions of their own would weigh as much as the figures. */
class TableRow implements WeekCells {
  readonly #table: Table;
  readonly #start: number;
  readonly secret: string;

  /** On the prototype, as all else. */
  get sites(): 1 {
    return 1;
  }

  constructor(table: Table, start: number, secret: string) {
    this.#table = table;
    this.#start = start;
    this.secret = secret;
  }

  get(cell: Cell): number | undefined {
    const at = this.#table.cellNumbers.get(cell);
    if (at === undefined || at >= this.#table.width) return undefined;
    return this.#table.counts[this.#start + at] || undefined;
  }

  keyOf(cell: Cell): number {
    const at = this.#table.cellNumbers.get(cell);
    const n = this.get(cell);
    return at === undefined || n === undefined ? zeroKey(this.secret, cell) : (this.#table.sums[this.#start + at] ?? 0);
  }

  keys(): readonly Cell[] {
    const { cells, width, counts } = this.#table;
    return cells.slice(0, width).filter((_, at) => (counts[this.#start + at] ?? 0) > 0);
  }
}

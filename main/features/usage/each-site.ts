/** The figures that the page of all sites shows for each site. */
import { zeroKey, type Cell, type Count, type WeekCells } from './cells.ts';

export const OF_EACH_SITE = ['session', 'session.helped|yes'] as const;
const [SESSION, HELPED] = OF_EACH_SITE;
const NOT_HELPED = 'session.helped|no';

/** One week of one site. */
export interface SiteWeek {
  readonly secret: string;
  readonly n: number;
  readonly key: number;
  readonly helped: number;
  readonly helpedKey: number;
}

/** The sessions divide into "helped" and "not helped". The last part of a whole needs no key (`perturbParts`). */
export const countsOfSite = ({ n, key, helped, helpedKey }: Omit<SiteWeek, 'secret'>): ReadonlyMap<Cell, Count> =>
  new Map(
    (
      [
        [SESSION, { n, key }],
        [HELPED, { n: helped, key: helpedKey }],
        [NOT_HELPED, { n: n - helped, key: 0 }],
      ] as const
    ).filter(([, count]) => count.n > 0),
  );

/** The cells of a site week with only these figures. No map, to save memory: 300 kiosks over five years make 78,000. */
export class SiteCells implements WeekCells {
  readonly #week: SiteWeek;

  constructor(week: SiteWeek) {
    this.#week = week;
  }

  get sites(): 1 {
    return 1;
  }

  get secret(): string {
    return this.#week.secret;
  }

  get(cell: Cell): number | undefined {
    const { n, helped } = this.#week;
    return (cell === SESSION ? n : cell === HELPED ? helped : cell === NOT_HELPED ? n - helped : 0) || undefined;
  }

  keyOf(cell: Cell): number {
    if (this.get(cell) === undefined) return zeroKey(this.secret, cell);
    return cell === SESSION ? this.#week.key : cell === HELPED ? this.#week.helpedKey : 0;
  }

  keys(): readonly Cell[] {
    return [SESSION, HELPED, NOT_HELPED].filter((cell) => this.get(cell) !== undefined);
  }
}

/** The counts of a week with their keys. */
import { createHash, createHmac } from 'node:crypto';
import { addKeys } from './noise.ts';

/** `measure` or `measure|key`. */
export type Cell = string;

/** A count with the sum of the random keys drawn for each of its increments. */
export interface Count {
  readonly n: number;
  readonly key: number;
}

export interface WeekCells {
  /** Never shown on a page: zero cells take their keys from it. */
  readonly secret: string;
  /** The number of sites in this sum. */
  readonly sites: number;
  get(cell: Cell): number | undefined;
  /** The sum of its keys; for a cell at zero, a key derived from the week's secret. */
  keyOf(cell: Cell): number;
  keys(): Iterable<Cell>;
}

/** Secrets have 128 bits or more, so nobody can try them all until one explains the zeros of a page. */
export const zeroKey = (secret: string, cell: Cell): number =>
  createHmac('sha256', secret).update(cell).digest().readUInt32BE(0);

export class KeyedCells implements WeekCells {
  readonly counts: ReadonlyMap<Cell, Count>;
  readonly secret: string;
  readonly sites = 1;

  constructor(counts: ReadonlyMap<Cell, Count>, secret: string) {
    this.counts = counts;
    this.secret = secret;
  }

  get(cell: Cell): number | undefined {
    return this.counts.get(cell)?.n;
  }

  keyOf(cell: Cell): number {
    return this.counts.get(cell)?.key ?? zeroKey(this.secret, cell);
  }

  keys(): Iterable<Cell> {
    return this.counts.keys();
  }
}

/** The sum of the same week of many sites, added up on demand. */
export class AddedCells implements WeekCells {
  readonly #parts: readonly WeekCells[];
  #secret: string | undefined;

  constructor(parts: readonly WeekCells[]) {
    this.#parts = parts;
  }

  /** Computed on demand: some weeks of a page are only used for comparison. */
  get secret(): string {
    return (this.#secret ??= secretOfSum(this.#parts));
  }

  get sites(): number {
    return this.#parts.length;
  }

  get(cell: Cell): number {
    let n = 0;
    for (const part of this.#parts) n += part.get(cell) ?? 0;
    return n;
  }

  keyOf(cell: Cell): number {
    return keyOfSum(this.#parts, this.secret, cell);
  }

  keys(): Iterable<Cell> {
    return new Set(this.#parts.flatMap((part) => [...part.keys()]));
  }
}

/** A sum of many sites that was added up elsewhere: its counts and sums of keys. */
export class SummedCells implements WeekCells {
  readonly secret: string;
  readonly sites: number;
  readonly #counts: ReadonlyMap<Cell, Count>;
  /** A cache: the page of a year asks for each key several times. */
  readonly #keys = new Map<Cell, number>();

  constructor(counts: ReadonlyMap<Cell, Count>, secret: string, sites: number) {
    this.#counts = counts;
    this.secret = secret;
    this.sites = sites;
  }

  get(cell: Cell): number {
    return this.#counts.get(cell)?.n ?? 0;
  }

  keyOf(cell: Cell): number {
    const key = this.#counts.get(cell)?.key;
    if (this.sites === 1 && key !== undefined) return key;
    let sum = this.#keys.get(cell);
    if (sum === undefined) this.#keys.set(cell, (sum = addKeys(zeroKey(this.secret, cell), key ?? 0)));
    return sum;
  }

  keys(): Iterable<Cell> {
    return this.#counts.keys();
  }
}

/**
 * Half the SHA-256 of a secret, as two integers. The marks of the parts are combined with XOR, so a sum has the same
 * secret in whatever order and grouping it is added up.
 */
export const markOf = (secret: string): readonly [bigint, bigint] => {
  const digest = createHash('sha256').update(secret).digest();
  return [digest.readBigUInt64BE(0), digest.readBigUInt64BE(8)];
};

export const secretOfMarks = (first: bigint, second: bigint): string =>
  createHash('sha256').update(`sum ${first} ${second}`).digest('hex');

export const secretOfSum = (parts: readonly Pick<WeekCells, 'secret'>[]): string => {
  const [only] = parts;
  if (only && parts.length === 1) return only.secret;
  let [first, second] = [0n, 0n];
  for (const { secret } of parts) {
    const mark = markOf(secret);
    first ^= mark[0];
    second ^= mark[1];
  }
  return secretOfMarks(first, second);
};

/**
 * A sum of several parts has its own key even when only one part is not zero. With that part's key the sum would show
 * the same number as the part, which would reveal that the other parts are zero.
 */
export const keyOfSum = (parts: readonly WeekCells[], secret: string, cell: Cell): number => {
  const [only] = parts;
  if (only && parts.length === 1) return only.keyOf(cell);
  let key = zeroKey(secret, cell);
  for (const part of parts) if (part.get(cell)) key = addKeys(key, part.keyOf(cell));
  return key;
};

/** The counts of a week with their keys. */
import { createHash, createHmac } from 'node:crypto';
import { addKeys } from './noise.ts';

/** `measure` or `measure|key`. */
export type Cell = string;

/** Beside its count, a cell carries the sum of the random keys drawn each time that it grew. */
export interface Count {
  readonly n: number;
  readonly key: number;
}

export interface WeekCells {
  /** Known to nobody who reads a page. */
  readonly secret: string;
  /** How many of them it is the sum of. */
  readonly sites: number;
  get(cell: Cell): number | undefined;
  /** The sum of its keys; for a cell that never grew, a key that only the week's secret gives. */
  keyOf(cell: Cell): number;
  keys(): Iterable<Cell>;
}

/** Half a SHA-256: nobody can go through all secrets until the zeros of a page fit. */
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

/** The same week of many sites, read as one. */
export class AddedCells implements WeekCells {
  readonly #parts: readonly WeekCells[];
  #secret: string | undefined;

  constructor(parts: readonly WeekCells[]) {
    this.#parts = parts;
  }

  /** When it is asked for: a page holds weeks that it only compares with. */
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

/** The same, when the adding was done elsewhere: counts and sums of keys of so many sites. */
export class SummedCells implements WeekCells {
  readonly secret: string;
  readonly sites: number;
  readonly #counts: ReadonlyMap<Cell, Count>;
  /** A year asks for each several times. */
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

/** What a secret gives to a sum: half its SHA-256, as two numbers. In any order, and part by part, they make the same sum. */
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
 * A sum has a key of its own also where one part alone grew: were it that part's key, the same number twice would tell that the
 * other parts are zero.
 */
export const keyOfSum = (parts: readonly WeekCells[], secret: string, cell: Cell): number => {
  const [only] = parts;
  if (only && parts.length === 1) return only.keyOf(cell);
  let key = zeroKey(secret, cell);
  for (const part of parts) if (part.get(cell)) key = addKeys(key, part.keyOf(cell));
  return key;
};

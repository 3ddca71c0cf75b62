/**
 * The counters on disk. After each session the file is rewritten in key order, so that its bytes depend on the numbers
 * alone: nothing in it, not even where a row lies in a page, tells which session came first or when.
 */
import type { Database, Statement } from 'better-sqlite3';
import { fail, ok, type Result } from '../contract/result.ts';
import { FORGET_UNUSED, pairOf } from './allowed-pairs.ts';
import { storeFailure, type StoreFailure } from './open-database.ts';

/** The week's text and the cells of `measures/measures.ts`, `measure` or `measure|key`. */
export type CountedWeeks = ReadonlyMap<string, ReadonlyMap<string, number>>;

export interface Life {
  readonly startedIn: string;
  readonly keptFrom: string;
}

export interface CountsStore {
  /** One transaction, in the order given: the caller shuffles. */
  add(week: string, cells: readonly (readonly [cell: string, n: number])[]): Result<null, StoreFailure>;
  /** Rewrites the file in key order and empties the write-ahead log. */
  tidy(): Result<null, StoreFailure>;
  read(fromWeek: string, toWeek: string): CountedWeeks;
  life(): Life | undefined;
  /** Erases older weeks and remembers that they are gone. */
  eraseBefore(week: string): Result<number, StoreFailure>;
  close(): void;
}

export const createCountsStore = (db: Database, kiosk: string): CountsStore => {
  const grow = db.prepare(
    `INSERT INTO counts (kiosk, week, measure, key, n) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (kiosk, week, measure, key) DO UPDATE SET n = n + excluded.n`,
  );
  const begin = db.prepare(
    `INSERT INTO life (kiosk, started_in, kept_from) VALUES (@kiosk, @week, @week)
     ON CONFLICT (kiosk) DO UPDATE SET started_in = min(started_in, excluded.started_in),
       kept_from = CASE WHEN kept_from = started_in THEN min(kept_from, excluded.kept_from) ELSE kept_from END`,
  );
  const range: Statement<[string, string, string], { week: string; measure: string; key: string; n: number }> =
    db.prepare('SELECT week, measure, key, n FROM counts WHERE kiosk = ? AND week BETWEEN ? AND ?');
  const erase = db.prepare('DELETE FROM counts WHERE kiosk = ? AND week < ?');
  const keep = db.prepare('UPDATE life SET kept_from = max(kept_from, @week) WHERE kiosk = @kiosk');
  const lifeOf: Statement<[string], { startedIn: string; keptFrom: string }> = db.prepare(
    'SELECT started_in AS startedIn, kept_from AS keptFrom FROM life WHERE kiosk = ?',
  );
  const addAll = db.transaction((week: string, cells: readonly (readonly [string, number])[]) => {
    begin.run({ kiosk, week });
    for (const [cell, n] of cells) grow.run(kiosk, week, ...pairOf(cell), n);
  });
  const eraseAll = db.transaction((week: string) => {
    const gone = erase.run(kiosk, week).changes;
    keep.run({ kiosk, week });
    // The name of a démarche that left the list long ago would tell that somebody opened it.
    db.exec(FORGET_UNUSED);
    return gone;
  });
  const attempt = <T>(work: () => T): Result<T, StoreFailure> => {
    try {
      return ok(work());
    } catch (error) {
      return fail(storeFailure(error));
    }
  };
  const tidy = (): null => {
    db.exec('VACUUM');
    db.pragma('wal_checkpoint(TRUNCATE)');
    return null;
  };
  return {
    add: (week, cells) =>
      attempt(() => {
        addAll.immediate(week, cells);
        return null;
      }),
    tidy: () => attempt(tidy),
    read(fromWeek, toWeek) {
      const weeks = new Map<string, Map<string, number>>();
      for (const row of range.iterate(kiosk, fromWeek, toWeek)) {
        let cells = weeks.get(row.week);
        if (!cells) {
          cells = new Map<string, number>();
          weeks.set(row.week, cells);
        }
        cells.set(row.key === '' ? row.measure : `${row.measure}|${row.key}`, row.n);
      }
      return weeks;
    },
    life: () => lifeOf.get(kiosk),
    eraseBefore: (week) => attempt(() => eraseAll.immediate(week)),
    close: () => db.close(),
  };
};

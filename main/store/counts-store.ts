/**
 * The counters on disk. After each session the file is rewritten in key order, so that its bytes depend on the numbers
 * alone. Nothing in it, not even the position of a row in its page, reveals the order or the time of sessions.
 */
import { randomBytes } from 'node:crypto';
import type { Database, Statement } from 'better-sqlite3';
import { fail, ok, type Result } from '../contract/result.ts';
import { coarsenTimes } from '../platform/coarse-times.ts';
import { FORGET_UNUSED, splitCell } from './allowed-pairs.ts';
import { storeFailure, type StoreFailure } from './open-database.ts';
import { createWaitingCounts, GROW } from './waiting-counts.ts';

/**
 * An increment of one cell of `measures/measures.ts` (`measure` or `measure|key`), with a random key drawn for this
 * increment.
 */
export type Increment = readonly [cell: string, n: number, key: number];

export type ListOfWeek = (kept: string | null) => string;

export interface StoredWeek {
  readonly counts: ReadonlyMap<string, { readonly n: number; readonly key: number }>;
  readonly secret: string;
  readonly madeWith: string | null;
}

export interface Life {
  readonly startedIn: string;
  readonly keptFrom: string;
}

export interface CountsStore {
  /**
   * Adds the cells in one transaction, in the order given. The caller shuffles them first. `list` returns the list to
   * keep with the week, given the one that it has.
   */
  add(week: string, cells: readonly Increment[], list?: ListOfWeek): Result<null, StoreFailure>;
  /** Stores counts that have no week yet, because the clock cannot be trusted. */
  addWaiting(cells: readonly Increment[]): Result<null, StoreFailure>;
  /** Moves the waiting counts into this week. Returns the number of cells moved. */
  releaseWaiting(week: string, list?: ListOfWeek): Result<number, StoreFailure>;
  /** Moves the counts of later weeks that are not published to the waiting counts. Returns the number of rows moved. */
  takeBackAfter(week: string): Result<number, StoreFailure>;
  /** Marks these weeks as published. Weeks with counts that have no list yet get this one. */
  publish(weeks: readonly string[], madeWith: string): Result<null, StoreFailure>;
  published(): ReadonlySet<string>;
  /** Rewrites the file in key order and empties the write-ahead log. */
  compact(): Result<null, StoreFailure>;
  read(fromWeek: string, toWeek: string): ReadonlyMap<string, StoredWeek>;
  life(): Life | undefined;
  lastWeek(): string | undefined;
  /** Erases older weeks and records from which week on figures are kept. */
  eraseBefore(week: string): Result<number, StoreFailure>;
  close(): void;
}

interface CountRow {
  readonly week: string;
  readonly measure: string;
  readonly key: string;
  readonly n: number;
  readonly keySum: number;
}
interface WeekRow {
  readonly week: string;
  readonly secret: string;
  readonly madeWith: string | null;
}

const FORGET_LISTS = 'DELETE FROM lists WHERE id NOT IN (SELECT list FROM weeks WHERE list IS NOT NULL)';

export const createCountsStore = (
  db: Database,
  kiosk: string,
  newSecret = (): string => randomBytes(16).toString('hex'),
): CountsStore => {
  const grow = db.prepare(
    `INSERT INTO counts (kiosk, week, measure, key, n, key_sum) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (kiosk, week, measure, key) ${GROW}`,
  );
  const waiting = createWaitingCounts(db, kiosk);
  const begin = db.prepare(
    `INSERT INTO life (kiosk, started_in, kept_from) VALUES (@kiosk, @week, @week)
     ON CONFLICT (kiosk) DO UPDATE SET started_in = min(started_in, excluded.started_in),
       kept_from = CASE WHEN kept_from = started_in THEN min(kept_from, excluded.kept_from) ELSE kept_from END`,
  );
  const beginWeek = db.prepare(
    'INSERT INTO weeks (kiosk, week, secret) VALUES (?, ?, ?) ON CONFLICT (kiosk, week) DO NOTHING',
  );
  const keepList = db.prepare('INSERT INTO lists (made_with) VALUES (?) ON CONFLICT (made_with) DO NOTHING');
  const setList = db.prepare(
    'UPDATE weeks SET list = (SELECT id FROM lists WHERE made_with = @madeWith) WHERE kiosk = @kiosk AND week = @week',
  );
  const listOf: Statement<[string, string], { madeWith: string | null }> = db.prepare(
    'SELECT made_with AS madeWith FROM weeks LEFT JOIN lists ON lists.id = weeks.list WHERE kiosk = ? AND week = ?',
  );
  const publish = db.prepare('INSERT INTO published (kiosk, week) VALUES (?, ?) ON CONFLICT (kiosk, week) DO NOTHING');
  const publishedIn: Statement<[string], string> = db
    .prepare<[string], string>('SELECT week FROM published WHERE kiosk = ?')
    .pluck();
  const range: Statement<[string, string, string], CountRow> = db.prepare(
    'SELECT week, measure, key, n, key_sum AS keySum FROM counts WHERE kiosk = ? AND week BETWEEN ? AND ?',
  );
  const weeksIn: Statement<[string, string, string], WeekRow> = db.prepare(
    `SELECT week, secret, made_with AS madeWith FROM weeks LEFT JOIN lists ON lists.id = weeks.list
     WHERE kiosk = ? AND week BETWEEN ? AND ?`,
  );
  const lastOf: Statement<[string], { week: string | null }> = db.prepare(
    'SELECT max(week) AS week FROM counts WHERE kiosk = ?',
  );
  // Whatever name the kiosk had: after a change of `kioskId` nothing else would erase the weeks under the former one.
  const erase = db.prepare('DELETE FROM counts WHERE week < ?');
  const eraseWeeks = db.prepare('DELETE FROM weeks WHERE week < ?');
  const erasePublished = db.prepare('DELETE FROM published WHERE week < ?');
  const eraseForeign = db.prepare('DELETE FROM waiting WHERE kiosk <> ?');
  const keepFrom = db.prepare('UPDATE life SET kept_from = max(kept_from, @week) WHERE kiosk = @kiosk');
  const lifeOf: Statement<[string], { startedIn: string; keptFrom: string }> = db.prepare(
    'SELECT started_in AS startedIn, kept_from AS keptFrom FROM life WHERE kiosk = ?',
  );
  const keep = (week: string, list: ListOfWeek | undefined): void => {
    begin.run({ kiosk, week });
    beginWeek.run(kiosk, week, newSecret());
    const kept = listOf.get(kiosk, week)?.madeWith ?? null;
    const madeWith = list?.(kept) ?? kept;
    if (madeWith === kept || madeWith === null) return;
    keepList.run(madeWith);
    setList.run({ kiosk, week, madeWith });
    db.exec(FORGET_LISTS);
  };
  const addAll = db.transaction((week: string, cells: readonly Increment[], list?: ListOfWeek) => {
    keep(week, list);
    for (const [cell, n, key] of cells) grow.run(kiosk, week, ...splitCell(cell), n, key);
  });
  const addAllWaiting = db.transaction((cells: readonly Increment[]) => {
    waiting.add(cells);
  });
  const moveWaiting = db.transaction((week: string, list?: ListOfWeek) => {
    const moved = waiting.release(week);
    if (moved > 0) keep(week, list);
    return moved;
  });
  const takeBackAll = db.transaction((week: string) => {
    const moved = waiting.takeBackAfter(week);
    db.exec(FORGET_LISTS);
    return moved;
  });
  const publishAll = db.transaction((weeks: readonly string[], madeWith: string) => {
    keepList.run(madeWith);
    for (const week of weeks) {
      publish.run(kiosk, week);
      if (listOf.get(kiosk, week)?.madeWith === null) setList.run({ kiosk, week, madeWith });
    }
    db.exec(FORGET_LISTS);
  });
  const eraseAll = db.transaction((week: string) => {
    const gone = erase.run(week).changes;
    eraseWeeks.run(week);
    erasePublished.run(week);
    eraseForeign.run(kiosk);
    keepFrom.run({ kiosk, week });
    // The leftover name of a démarche that is no longer offered would reveal that someone once opened it.
    db.exec(FORGET_UNUSED);
    db.exec(FORGET_LISTS);
    return gone;
  });
  /**
   * The kiosk writes at least every quarter-hour while it is on, so times rounded to the quarter-hour only tell until
   * when it was on, not when the last session ended.
   */
  const coarsen = (): void => coarsenTimes([db.name, `${db.name}-wal`, `${db.name}-shm`]);
  const attempt = <T>(work: () => T): Result<T, StoreFailure> => {
    try {
      return ok(work());
    } catch (error) {
      return fail(storeFailure(error));
    } finally {
      coarsen();
    }
  };
  const done =
    <A extends readonly unknown[]>(work: (...args: A) => unknown) =>
    (...args: A): Result<null, StoreFailure> =>
      attempt(() => {
        work(...args);
        return null;
      });
  return {
    add: done((week, cells, list) => addAll.immediate(week, cells, list)),
    addWaiting: done((cells) => addAllWaiting.immediate(cells)),
    releaseWaiting: (week, list) => attempt(() => moveWaiting.immediate(week, list)),
    takeBackAfter: (week) => attempt(() => takeBackAll.immediate(week)),
    publish: done((weeks, madeWith) => publishAll.immediate(weeks, madeWith)),
    published: () => new Set(publishedIn.all(kiosk)),
    compact: done(() => {
      db.exec('VACUUM');
      db.pragma('wal_checkpoint(TRUNCATE)');
    }),
    read(fromWeek, toWeek) {
      const weeks = new Map<string, StoredWeek & { readonly counts: Map<string, { n: number; key: number }> }>();
      for (const { week, secret, madeWith } of weeksIn.iterate(kiosk, fromWeek, toWeek))
        weeks.set(week, { counts: new Map(), secret, madeWith });
      for (const row of range.iterate(kiosk, fromWeek, toWeek)) {
        const cell = row.key === '' ? row.measure : `${row.measure}|${row.key}`;
        weeks.get(row.week)?.counts.set(cell, { n: row.n, key: row.keySum });
      }
      return weeks;
    },
    life: () => lifeOf.get(kiosk),
    lastWeek: () => lastOf.get(kiosk)?.week ?? undefined,
    eraseBefore: (week) => attempt(() => eraseAll.immediate(week)),
    close() {
      db.close();
      // Closing moves what is left in the log into the file.
      coarsen();
    },
  };
};

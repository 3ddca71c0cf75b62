/** Counts that have no week yet, because the clock cannot be trusted, in a table of their own. */
import type { Database } from 'better-sqlite3';
import { splitCell } from './allowed-pairs.ts';
import type { Increment } from './counts-store.ts';

/** The end of the upsert is the same for counts with and without a week. */
export const GROW = 'DO UPDATE SET n = n + excluded.n, key_sum = (key_sum + excluded.key_sum) & 4294967295';
/** Weeks after `@week` that are not published. */
const OPEN_AFTER = 'kiosk = @kiosk AND week > @week AND week NOT IN (SELECT week FROM published WHERE kiosk = @kiosk)';

export interface WaitingCounts {
  add(cells: readonly Increment[]): void;
  /** Moves the counts into this week. Returns the number of cells moved. */
  release(week: string): number;
  /** Takes back the counts of later weeks that are not published. Returns the number of rows moved. */
  takeBackAfter(week: string): number;
}

/** The caller wraps each call in a transaction. */
export const createWaitingCounts = (db: Database, kiosk: string): WaitingCounts => {
  const grow = db.prepare(
    `INSERT INTO waiting (kiosk, measure, key, n, key_sum) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (kiosk, measure, key) ${GROW}`,
  );
  const release = db.prepare(
    `INSERT INTO counts (kiosk, week, measure, key, n, key_sum)
     SELECT kiosk, @week, measure, key, n, key_sum FROM waiting WHERE kiosk = @kiosk
     ON CONFLICT (kiosk, week, measure, key) ${GROW}`,
  );
  const forget = db.prepare('DELETE FROM waiting WHERE kiosk = ?');
  const takeBack = db.prepare(
    `INSERT INTO waiting (kiosk, measure, key, n, key_sum)
     SELECT kiosk, measure, CASE measure WHEN 'session.half-day' THEN 'unknown' ELSE key END AS known, sum(n),
       sum(key_sum) & 4294967295
     FROM counts WHERE ${OPEN_AFTER} GROUP BY kiosk, measure, known
     ON CONFLICT (kiosk, measure, key) ${GROW}`,
  );
  const forgetCounts = db.prepare(`DELETE FROM counts WHERE ${OPEN_AFTER}`);
  const forgetWeeks = db.prepare(`DELETE FROM weeks WHERE ${OPEN_AFTER}`);
  return {
    add(cells) {
      for (const [cell, n, key] of cells) grow.run(kiosk, ...splitCell(cell), n, key);
    },
    release(week) {
      const moved = release.run({ kiosk, week }).changes;
      if (moved > 0) forget.run(kiosk);
      return moved;
    },
    takeBackAfter(week) {
      takeBack.run({ kiosk, week });
      const moved = forgetCounts.run({ kiosk, week }).changes;
      forgetWeeks.run({ kiosk, week });
      return moved;
    },
  };
};

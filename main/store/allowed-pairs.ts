/** The pairs of a measure and a key that may be counted. A foreign key of `counts` refuses all others. */
import type { Database, Statement } from 'better-sqlite3';

/** A cell of the figures is `measure` or `measure|key`. */
export const pairOf = (cell: string): readonly [measure: string, key: string] => {
  const bar = cell.indexOf('|');
  return bar < 0 ? [cell, ''] : [cell.slice(0, bar), cell.slice(bar + 1)];
};

/** Pairs that are no longer in the catalogue stay for as long as a figure uses them, and no longer. */
export const FORGET_UNUSED = `
  DELETE FROM pairs WHERE listed = 0 AND (measure, key) NOT IN (SELECT measure, key FROM counts)
    AND (measure, key) NOT IN (SELECT measure, key FROM waiting)`;

/**
 * Makes the table say what the catalogue says today. Writes nothing when it already does, so that a full disk still opens.
 * Call it while foreign keys are off: they would look through all counts for each pair that goes.
 */
export const allowPairs = (db: Database, cells: Iterable<string>): void => {
  const wanted = new Map([...cells].map((cell) => [cell, pairOf(cell)]));
  const listed: Statement<[], { measure: string; key: string }> = db.prepare(
    'SELECT measure, key FROM pairs WHERE listed = 1',
  );
  const before = listed.all().map(({ measure, key }) => (key === '' ? measure : `${measure}|${key}`));
  if (before.length === wanted.size && before.every((cell) => wanted.has(cell))) return;
  const list = db.prepare(
    'INSERT INTO pairs (measure, key, listed) VALUES (?, ?, 1) ON CONFLICT (measure, key) DO UPDATE SET listed = 1',
  );
  db.transaction(() => {
    db.exec('UPDATE pairs SET listed = 0');
    for (const [measure, key] of wanted.values()) list.run(measure, key);
    db.exec(FORGET_UNUSED);
  }).immediate();
};

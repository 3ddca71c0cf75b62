/** The pairs of a measure and a key that may be counted. A foreign key of `counts` refuses all others. */
import type { Database, Statement } from 'better-sqlite3';

/** Splits a cell of the figures, `measure` or `measure|key`. */
export const splitCell = (cell: string): readonly [measure: string, key: string] => {
  const bar = cell.indexOf('|');
  return bar < 0 ? [cell, ''] : [cell.slice(0, bar), cell.slice(bar + 1)];
};

/** Deletes pairs that are no longer in the catalogue and that no figure uses. */
export const FORGET_UNUSED = `
  DELETE FROM pairs WHERE listed = 0 AND (measure, key) NOT IN (SELECT measure, key FROM counts)
    AND (measure, key) NOT IN (SELECT measure, key FROM waiting)`;

/**
 * Updates the table to today's catalogue. Writes nothing when it is up to date, so that the database still opens on a
 * full disk. Call it while foreign keys are off: each deleted pair would otherwise cost a scan of all counts.
 */
export const allowPairs = (db: Database, cells: Iterable<string>): void => {
  const wanted = new Map([...cells].map((cell) => [cell, splitCell(cell)]));
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

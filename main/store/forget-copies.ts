/** Copies of the database (made before a migration, or moved aside when damaged) are kept no longer than its weeks. */
import SqliteDatabase from 'better-sqlite3';
import { basename, dirname, join } from 'node:path';
import type { Files } from '../platform/files.ts';

export interface ForgetDeps {
  readonly files: Files;
  readonly file: string;
  /** The week of a day written `2026-11-25`. */
  readonly weekOfDay: (day: string) => string;
}

/** Removes the copies that only hold weeks before `keptFrom`. Returns their names. */
export const forgetCopies = async (deps: ForgetDeps, keptFrom: string): Promise<readonly string[]> => {
  const [folder, name] = [dirname(deps.file), basename(deps.file)];
  const listed = await deps.files.list(folder);
  if (!listed.ok) return [];
  const gone = listed.value
    .filter(({ kind }) => kind === 'file')
    .map((entry) => entry.name)
    .filter((one) => {
      const damaged = one.startsWith(`${name}.damaged-`) ? /damaged-(\d{4}-\d{2}-\d{2})/.exec(one)?.[1] : undefined;
      if (damaged !== undefined) return deps.weekOfDay(damaged) < keptFrom;
      const last = one.startsWith(`${name}.before-v`) ? lastWeekIn(join(folder, one)) : undefined;
      return last !== undefined && last < keptFrom;
    });
  for (const one of gone) await deps.files.remove(join(folder, one));
  return gone;
};

/** Undefined when the copy cannot be read or is empty: the caller then keeps it. */
const lastWeekIn = (file: string): string | undefined => {
  let db: SqliteDatabase.Database | undefined;
  try {
    db = new SqliteDatabase(file, { readonly: true, fileMustExist: true });
    return db.prepare<[], { week: string | null }>('SELECT max(week) AS week FROM counts').get()?.week ?? undefined;
  } catch (error) {
    // Also "no such table": SQLite does not flush a copy, so a power cut soon after it leaves an empty file.
    if (!(error instanceof SqliteDatabase.SqliteError)) throw error;
    return undefined;
  } finally {
    db?.close();
  }
};

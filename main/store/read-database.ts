/** Opens read-only a database that a running kiosk may be writing to. Nothing is migrated, moved or repaired. */
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { fail, ok, type Result } from '../contract/result.ts';
import { latestVersion, schemaVersion, type Migration } from './migrate.ts';
import { storeFailure, type StoreFailure } from './open-database.ts';

export type ReadFailure = StoreFailure | { readonly kind: 'missing' } | { readonly kind: 'older' };

export const readDatabase = (file: string, migrations: readonly Migration[]): Result<Database, ReadFailure> => {
  let db: Database | undefined;
  try {
    db = new SqliteDatabase(file, { readonly: true, fileMustExist: true, timeout: 2_000 });
    const version = schemaVersion(db);
    const latest = latestVersion(migrations);
    const other: ReadFailure | undefined =
      version > latest ? { kind: 'newer', version } : version < latest ? { kind: 'older' } : undefined;
    const whole = other !== undefined || db.pragma('quick_check(1)', { simple: true }) === 'ok';
    if (other === undefined && whole) return ok(db);
    db.close();
    return fail(other ?? { kind: 'damaged' });
  } catch (error) {
    db?.close();
    return fail(storeFailure(error));
  }
};

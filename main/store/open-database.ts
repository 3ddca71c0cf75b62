/**
 * Opens the kiosk's database or returns why it cannot. A damaged file is moved aside under a dated name and a new
 * database is created. A file written by a newer program is left alone. Before a migration a copy is kept.
 */
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { fail, ok, type Result } from '../contract/result.ts';
import type { Files } from '../platform/files.ts';
import { allowPairs } from './allowed-pairs.ts';
import { latestVersion, migrate, schemaVersion, type Migration } from './migrate.ts';

export type StoreFailure =
  /** Written by a newer program: left alone. */
  | { readonly kind: 'newer'; readonly version: number }
  | { readonly kind: 'full' }
  | { readonly kind: 'read-only' }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'unusable'; readonly code: string };

export interface OpenedDatabase {
  readonly db: Database;
  /** Path of the damaged file that was moved aside, for the agent. */
  readonly movedAside: string | null;
}

export interface OpenDeps {
  readonly files: Files;
  readonly file: string;
  readonly migrations: readonly Migration[];
  /** The cells that may be counted, `measure` or `measure|key`. The table is updated to them on each open. */
  readonly allowed: Iterable<string>;
  /** `2026-11-25`, for the names of files moved aside. */
  readonly today: () => string;
}

/** Only SQLite errors become a `StoreFailure`. Anything else is a bug and is thrown again. */
export const storeFailure = (error: unknown): StoreFailure => {
  const code = error instanceof SqliteDatabase.SqliteError ? error.code : undefined;
  if (code === undefined) {
    if (error instanceof TypeError && /directory does not exist/.test(error.message))
      return { kind: 'unusable', code: 'no-folder' };
    throw error;
  }
  if (code.startsWith('SQLITE_FULL')) return { kind: 'full' };
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_PERM')) return { kind: 'read-only' };
  if (code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB')) return { kind: 'damaged' };
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return { kind: 'busy' };
  // PROTOCOL: a home on a network share that does not lock files.
  if (/^SQLITE_(CANTOPEN|IOERR|PROTOCOL)/.test(code)) return { kind: 'unusable', code };
  throw error;
};

export const openDatabase = async (deps: OpenDeps): Promise<Result<OpenedDatabase, StoreFailure>> => {
  const first = await attempt(deps);
  if (first.ok) return ok({ db: first.value, movedAside: null });
  if (first.error.kind !== 'damaged') return first;
  const aside = await moveAside(deps);
  if (aside === undefined) return fail({ kind: 'damaged' });
  const second = await attempt(deps);
  return second.ok ? ok({ db: second.value, movedAside: aside }) : second;
};

const attempt = async (deps: OpenDeps): Promise<Result<Database, StoreFailure>> => {
  let db: Database | undefined;
  try {
    db = new SqliteDatabase(deps.file, { timeout: 2_000 });
    if (db.pragma('quick_check(1)', { simple: true }) !== 'ok') throw new Damaged();
    const version = schemaVersion(db);
    const latest = latestVersion(deps.migrations);
    if (version > latest) {
      db.close();
      return fail({ kind: 'newer', version });
    }
    // Deleted figures must not be recoverable from freed pages, and a power cut must not corrupt the file.
    db.pragma('secure_delete = ON');
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL'); // every session ends with a checkpoint, which flushes
    db.pragma('foreign_keys = OFF'); // migrations rebuild tables, and `allowPairs` deletes pairs
    db.pragma('wal_autocheckpoint = 0'); // checkpoints run at the end of a session, never during a click
    if (version > 0 && version < latest) await keepCopy(db, deps, version);
    migrate(db, deps.migrations);
    allowPairs(db, deps.allowed);
    db.pragma('foreign_keys = ON');
    return ok(db);
  } catch (error) {
    db?.close();
    return fail(error instanceof Damaged ? { kind: 'damaged' } : storeFailure(error));
  }
};

class Damaged extends Error {}

const keepCopy = async (db: Database, deps: OpenDeps, version: number): Promise<void> => {
  const copy = `${deps.file}.before-v${version + 1}`;
  await deps.files.remove(copy);
  db.prepare('VACUUM INTO ?').run(copy);
};

const moveAside = async (deps: OpenDeps): Promise<string | undefined> => {
  for (let attemptNumber = 0; attemptNumber < 100; attemptNumber += 1) {
    const aside = `${deps.file}.damaged-${deps.today()}${attemptNumber === 0 ? '' : `-${attemptNumber + 1}`}`;
    if (await deps.files.exists(aside)) continue;
    const moved = await deps.files.rename(deps.file, aside);
    // The write-ahead log belongs to the damaged file. Left behind, SQLite would replay it into the new database.
    for (const tail of ['-wal', '-shm']) {
      if (await deps.files.exists(deps.file + tail)) await deps.files.rename(deps.file + tail, aside + tail);
    }
    return moved.ok ? aside : undefined;
  }
  return undefined;
};

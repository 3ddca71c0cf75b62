/** Numbered schema migrations. Each runs in one transaction together with the update of `user_version`. */
import type { Database } from 'better-sqlite3';

export interface Migration {
  readonly version: number;
  readonly sql: string;
}

export const schemaVersion = (db: Database): number => Number(db.pragma('user_version', { simple: true }));

export const latestVersion = (migrations: readonly Migration[]): number => migrations.at(-1)?.version ?? 0;

export const migrate = (db: Database, migrations: readonly Migration[]): void => {
  for (const { version, sql } of migrations) {
    if (version <= schemaVersion(db)) continue;
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`user_version = ${version}`);
    }).immediate();
  }
};

/** DuckDB, in memory and locked down. Used only by `collect` and by `report` on a store, never by a kiosk. */
import type { DuckDBConnection } from '@duckdb/node-api';

/** Queries must cast all other types to one of these. */
export type Value = string | number | bigint | null;

export interface Engine {
  run(sql: string): Promise<void>;
  /** Returns columns rather than rows, for speed: a year of a region is a million rows. */
  columns(sql: string): Promise<readonly (readonly Value[])[]>;
  append(table: string, rows: Iterable<readonly Value[]>): Promise<void>;
  close(): void;
}

/** An SQL string literal. Not a parameter: a list of files cannot be one everywhere. Paths may contain quotes. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** False when DuckDB is not installed: the Windows package leaves it out, and some machines have no build of it. */
export const engineIsThere = async (): Promise<boolean> => {
  try {
    await import('@duckdb/node-api');
    return true;
  } catch {
    return false;
  }
};

/**
 * DuckDB may only read and write in these folders: no network, no extension, no other file, whatever a file of the
 * store contains. Data that does not fit into its memory goes to `spill`, a folder that only this user can read.
 */
export const openEngine = async (folders: readonly string[], spill: string): Promise<Engine> => {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '200MB' });
  let connection: DuckDBConnection;
  try {
    connection = await instance.connect();
    for (const set of [
      'autoinstall_known_extensions = false',
      'autoload_known_extensions = false',
      `temp_directory = ${quoted(spill)}`,
      'preserve_insertion_order = false',
      `allowed_directories = [${[...folders, spill].map((folder) => quoted(`${folder}/`)).join(', ')}]`,
      'enable_external_access = false',
      'lock_configuration = true',
    ])
      await connection.run(`SET ${set}`);
  } catch (error) {
    instance.closeSync();
    throw error;
  }
  return {
    async run(sql) {
      await connection.run(sql);
    },
    async columns(sql) {
      const read = await connection.runAndReadAll(sql);
      return read.getColumnsJS() as Value[][];
    },
    async append(table, rows) {
      const appender = await connection.createAppender(table);
      for (const row of rows) {
        for (const value of row) {
          if (value === null) appender.appendNull();
          else if (typeof value === 'string') appender.appendVarchar(value);
          else if (typeof value === 'bigint') appender.appendUBigInt(value);
          else appender.appendUInteger(value);
        }
        appender.endRow();
      }
      appender.closeSync();
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
};

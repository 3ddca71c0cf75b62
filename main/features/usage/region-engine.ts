/** DuckDB, in memory and behind a wall: read only by `collect` and by `report` of a store, never by a kiosk. */
import type { DuckDBConnection } from '@duckdb/node-api';

/** Queries cast what would be anything else. */
export type Value = string | number | bigint | null;

export interface Engine {
  run(sql: string): Promise<void>;
  /** Column by column: a year of a region is a million rows. */
  columns(sql: string): Promise<readonly (readonly Value[])[]>;
  append(table: string, rows: Iterable<readonly Value[]>): Promise<void>;
  close(): void;
}

/** As SQL has it; paths hold quotes, and a list of files cannot be a parameter everywhere. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The Windows package leaves it out, and some machines have no build of it. */
export const engineIsThere = async (): Promise<boolean> => {
  try {
    await import('@duckdb/node-api');
    return true;
  } catch {
    return false;
  }
};

/**
 * It reads and writes in these folders only: no network, no extension, no other file, whatever a file of the store says. What does not
 * fit into its memory lies in `spill` meanwhile, a folder of this user alone.
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

/**
 * The private folder of one `collect` or `report`: what DuckDB spills, batches not yet in the store, files of a bucket.
 * They hold true counts, so a command also removes what an earlier one left when it was killed.
 */
import { tmpdir } from 'node:os';
import type { Result } from '../../contract/result.ts';
import type { FileFailure, Files } from '../../platform/files.ts';
import { isRunAlive, runMark } from '../../platform/run-mark.ts';

const REGION_TEMP = 'point-numerique-region-';

/** Creates a folder that only this user can read. The caller removes it. */
export const openRegionTemp = async (files: Files): Promise<Result<string, FileFailure>> => {
  await removeLeftovers(files);
  return files.mkdtemp(tmpdir(), `${REGION_TEMP}${runMark()}`);
};

/** Folders of other users stay: `/tmp` lets nobody remove them. */
const removeLeftovers = async (files: Files): Promise<void> => {
  // Elsewhere the start of a process is unknown, so the folder of a command that still runs could not be recognized.
  const listed = process.platform === 'linux' ? await files.list(tmpdir()) : undefined;
  if (!listed?.ok) return;
  for (const { name, kind } of listed.value)
    if (kind === 'folder' && name.startsWith(REGION_TEMP) && !isRunAlive(name.slice(REGION_TEMP.length)))
      await files.remove(`${tmpdir()}/${name}`);
};

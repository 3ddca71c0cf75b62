/** The memory of a process that Electron counts. On Linux it tells none, whatever its type says (`App::GetAppMetrics`): there the system does. */
import { memoryBytesOf } from '../../platform/process-tree.ts';
import type { ProcessUse } from './electron-api.ts';

export const memoryOf = ({ pid, memory }: ProcessUse): number =>
  memory === undefined ? memoryBytesOf(pid) : memory.workingSetSize * 1_024;

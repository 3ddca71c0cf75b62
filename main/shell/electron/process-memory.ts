/**
 * The memory of one of Electron's processes. On Linux `getAppMetrics` omits it, although its type says otherwise, so
 * `/proc` is read.
 */
import { memoryBytesOf } from '../../platform/process-tree.ts';
import type { ProcessUse } from './electron-api.ts';

export const memoryOf = ({ pid, memory }: ProcessUse): number =>
  memory === undefined ? memoryBytesOf(pid) : memory.workingSetSize * 1_024;

/** Worker thread that reads the files of some kiosks of a share. Started by `bundle-folder.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Entry } from '../../platform/files.ts';
import { systemFiles } from '../../platform/files.ts';
import { readPart } from './folder-part.ts';
import type { Trust } from './register.ts';

export interface ThreadTask {
  readonly folder: string;
  readonly trust: Trust;
  readonly entries: readonly Entry[];
}

const { folder, trust, entries } = workerData as ThreadTask;
parentPort?.postMessage(await readPart(systemFiles, folder, trust, entries));

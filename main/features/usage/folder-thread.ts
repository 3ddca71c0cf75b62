/** Worker thread that reads the files of some kiosks of a share. Started by `bundle-folder.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { systemFiles } from '../../platform/files.ts';
import { readPart, type PartToRead } from './folder-part.ts';

parentPort?.postMessage(await readPart(systemFiles, workerData as PartToRead));

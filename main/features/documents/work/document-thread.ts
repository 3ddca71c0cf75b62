/** The script of the document thread. Runs when loaded: a thread has no other beginning. */
import sharp from 'sharp';
import { serveThread } from '../../../platform/serve-thread.ts';
import { documentWorker } from './document-worker.ts';

// The other cores belong to the screens and the reader; what a person's pictures left in a cache would only cost memory.
sharp.concurrency(1);
sharp.cache(false);

serveThread(documentWorker);

/** The script of the PDF thread. The only file here that runs when loaded: a thread has no other beginning. */
import { serveThread } from '../../../platform/serve-thread.ts';
import { createPdfWorker } from './pdf-worker.ts';

serveThread(createPdfWorker());

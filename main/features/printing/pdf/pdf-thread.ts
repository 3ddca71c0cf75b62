/** Entry file of the PDF thread. The only file here that runs on load: a thread has no other entry point. */
import { serveThread } from '../../../platform/serve-thread.ts';
import { createPdfWorker } from './pdf-worker.ts';

serveThread(createPdfWorker());

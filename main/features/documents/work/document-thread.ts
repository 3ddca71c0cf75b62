/** Entry file of the document thread. It runs on load: a thread has no other entry point. */
import sharp from 'sharp';
import { serveThread } from '../../../platform/serve-thread.ts';
import { documentWorker } from './document-worker.ts';

// The screens and OCR need the other cores, and caching a person's pictures would only cost memory.
sharp.concurrency(1);
sharp.cache(false);

serveThread(documentWorker);

/** Entry file of the document decoder. It runs on load: a decoder has no other entry point. */
import sharp from 'sharp';
import { serveDecoder } from '../../../platform/decoders/serve.ts';
import { documentHandlers } from './document-handlers.ts';

// The screens and OCR need the other cores, and caching a person's pictures would only cost memory.
sharp.concurrency(1);
sharp.cache(false);

serveDecoder(documentHandlers);

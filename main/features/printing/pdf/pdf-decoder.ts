/** Entry file of the PDF decoder. The only file here that runs on load: a decoder has no other entry point. */
import { serveDecoder } from '../../../platform/decoders/serve.ts';
import { createPdfHandlers } from './pdf-handlers.ts';

serveDecoder(createPdfHandlers());

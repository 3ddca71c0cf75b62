/** The script of the PDF thread. The only file here that runs when loaded: a thread has no other beginning. */
import { parentPort } from 'node:worker_threads';
import { movable, createPdfDesk } from './pdf-desk.ts';
import type { PdfAsk } from './protocol.ts';

const desk = createPdfDesk();
parentPort?.on('message', (ask: PdfAsk) => {
  void desk(ask).then((reply) => parentPort?.postMessage(reply, movable(reply)));
});

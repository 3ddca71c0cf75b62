/** The script of the document thread. Runs when loaded: a thread has no other beginning. */
import { serveThread } from '../../../platform/serve-thread.ts';
import { documentDesk } from './desk.ts';

serveThread(documentDesk);

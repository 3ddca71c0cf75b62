/** A thread apart for what may be slow or hostile: it can be ended at any moment without harm to the kiosk. */
import { Worker } from 'node:worker_threads';

export interface Thread {
  post(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  stop(): Promise<void>;
}

export interface ThreadOptions {
  readonly onMessage: (message: unknown) => void;
  /** The thread is gone, asked or not. */
  readonly onExit: () => void;
  readonly maxHeapMb: number;
}

export type StartThread = (options: ThreadOptions) => Thread;

/** `script`: the file the thread runs, given by `compose.ts` because a bundle puts it elsewhere than the sources. */
export const threadOf =
  (script: URL): StartThread =>
  ({ onMessage, onExit, maxHeapMb }) => {
    const worker = new Worker(script, {
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
      stderr: true,
      stdout: true,
    });
    worker.on('message', onMessage);
    worker.on('error', () => undefined); // `exit` follows and tells
    worker.on('exit', onExit);
    return {
      post: (message, transfer = []) => worker.postMessage(message, [...transfer]),
      stop: async () => void (await worker.terminate()),
    };
  };

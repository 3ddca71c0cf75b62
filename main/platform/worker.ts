/**
 * Slow or untrusted work runs in a worker that can be killed at any moment without harm to the kiosk. Each worker that
 * we call a thread (the PDF thread, the page thread) is a process of its own: `decoder-process.ts`.
 */

export interface Thread {
  /** Plain data and byte arrays. */
  post(message: unknown): void;
  /** Kills the worker; resolves when it and its memory are gone. */
  stop(): Promise<void>;
}

/** It exceeded its limit of memory or of answer size. */
export type ThreadEnd = 'too-large';

export interface ThreadOptions {
  readonly onMessage: (message: unknown) => void;
  /** It has exited, whether or not we stopped it. */
  readonly onExit: (end?: ThreadEnd) => void;
  readonly maxHeapMb: number;
}

/** Implemented by `decoder-process.ts`, under Electron by `shell/electron/decoder.ts`; tests supply their own. */
export type StartThread = (options: ThreadOptions) => Thread;

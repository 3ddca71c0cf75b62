/** What is slow or hostile is done apart, by somebody who can be ended at any moment without harm to the kiosk. */

export interface Thread {
  /** Plain data and byte arrays. */
  post(message: unknown): void;
  /** Resolves when it is gone with all it held. */
  stop(): Promise<void>;
}

/** It asked for more than it may have, of memory or of answer. */
export type ThreadEnd = 'too-large';

export interface ThreadOptions {
  readonly onMessage: (message: unknown) => void;
  /** It is gone, asked or not. */
  readonly onExit: (end?: ThreadEnd) => void;
  readonly maxHeapMb: number;
}

/** `decoder-process.ts` gives it; under Electron `shell/electron/decoder.ts`; a test its own. */
export type StartThread = (options: ThreadOptions) => Thread;

/**
 * Slow work on files that nobody can trust runs in a decoder (the PDF, document and page decoders): a process that can
 * be killed at any moment without harm to the kiosk.
 */

export interface Decoder {
  /** Plain data and byte arrays. */
  post(message: unknown): void;
  /** Kills the decoder; resolves when it and its memory are gone. */
  stop(): Promise<void>;
}

/** It exceeded its limit of memory or of answer size. */
export type DecoderEnd = 'too-large';

export interface DecoderOptions {
  readonly onMessage: (message: unknown) => void;
  /** It has exited, whether or not we stopped it. */
  readonly onExit: (end?: DecoderEnd) => void;
  readonly maxHeapMb: number;
}

/** Implemented by `process.ts`, under Electron by `shell/electron/decoder.ts`; tests supply their own. */
export type StartDecoder = (options: DecoderOptions) => Decoder;

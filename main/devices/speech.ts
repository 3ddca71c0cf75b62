/** The Speech port: turns a text into sound. */
import type { Result } from '../contract/result.ts';

/** Only a code: the program's messages may quote the person's text. */
export type SpeechFault = 'program-missing' | 'no-answer' | 'garbled' | 'too-long' | 'aborted';

/**
 * Longest text of one call. Longer texts are split before (`sentence-groups.ts`), so that sound starts within a second.
 */
export const MAX_SPOKEN_CHARS = 400;

export interface Speech {
  /** Whether a French voice is available. Never throws; runs one short program. */
  isThere(signal: AbortSignal): Promise<boolean>;
  /** A WAV file, only in memory. `tag`: the language (BCP 47). `too-long` above `MAX_SPOKEN_CHARS`. */
  soundOf(text: string, tag: string, signal: AbortSignal): Promise<Result<Uint8Array, SpeechFault>>;
  /** Number of its programs running now. */
  running(): number;
}

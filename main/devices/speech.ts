/** What makes the sound of a text: all that the features know of a voice. */
import type { Result } from '../contract/result.ts';

/** A code is all there is to tell: whatever a program says of its input may hold the person's words. */
export type SpeechFault = 'program-missing' | 'no-answer' | 'garbled' | 'too-long' | 'aborted';

/** One text may be this long: what is longer is cut before (`sentence-groups.ts`), so that sound comes within a second. */
export const MAX_SPOKEN_CHARS = 400;

export interface Speech {
  /** It would answer with a French voice. Never throws; costs one short look. */
  isThere(signal: AbortSignal): Promise<boolean>;
  /** A WAV file in memory, and nowhere else. `too-long` above `MAX_SPOKEN_CHARS`. */
  soundOf(text: string, signal: AbortSignal): Promise<Result<Uint8Array, SpeechFault>>;
  /** How many programs it has running now. */
  running(): number;
}

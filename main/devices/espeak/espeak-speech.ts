/** Speech by `espeak-ng`: one short process a sentence group. The text goes through standard input only. */
import { fail, ok } from '../../contract/result.ts';
import type { Run, RunFailure } from '../../platform/run.ts';
import { MAX_SPOKEN_CHARS, type Speech, type SpeechFault } from '../speech.ts';
import { withTrueLengths } from './wav.ts';

export interface EspeakDeps {
  readonly run: Run;
  /** Number of our child processes with this name. */
  readonly childrenNamed: (name: string) => number;
}

export const ESPEAK = 'espeak-ng';

/** A calm pace: espeak-ng's default is 175 words a minute. */
const WORDS_A_MINUTE = 140;
/** Shorter than the screens' own timeout; the work takes some hundredths of a second. */
const WITHIN_MS = 6_000;
/** Six minutes of sound: a short number can be long when spoken. */
const MAX_SOUND_BYTES = 16_000_000;
/** `-b 1`: UTF-8 whatever the locale. */
const SPEAK = ['-s', String(WORDS_A_MINUTE), '-b', '1', '--stdin', '--stdout'] as const;

const faultOf = ({ kind }: RunFailure): SpeechFault => {
  switch (kind) {
    case 'missing':
      return 'program-missing';
    case 'timeout':
      return 'no-answer';
    case 'aborted':
      return 'aborted';
    case 'too-much-output':
      return 'too-long';
    case 'exit':
    case 'signal':
      return 'garbled';
  }
};

export const createEspeakSpeech = ({ run, childrenNamed }: EspeakDeps): Speech => ({
  async isThere(signal) {
    const listed = await run(ESPEAK, ['--voices=fr'], { signal, timeoutMs: WITHIN_MS, maxOutputBytes: 100_000 });
    return listed.ok && /^\s*\d+\s+fr\b/m.test(listed.value.stdout.toString('utf8'));
  },
  async soundOf(text, tag, signal) {
    if (text.length > MAX_SPOKEN_CHARS) return fail('too-long');
    // espeak-ng reads text in double brackets as phonemes.
    const input = text.replace(/[[\]]/g, ' ');
    const made = await run(ESPEAK, ['-v', tag, ...SPEAK], {
      input,
      signal,
      timeoutMs: WITHIN_MS,
      maxOutputBytes: MAX_SOUND_BYTES,
    });
    if (!made.ok) return fail(faultOf(made.error));
    const wav = withTrueLengths(made.value.stdout);
    return wav ? ok(wav) : fail('garbled');
  },
  running: () => childrenNamed(ESPEAK),
});

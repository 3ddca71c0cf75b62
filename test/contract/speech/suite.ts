/** What every adapter of the Speech port must do. */
import { describe, expect, it } from 'vitest';
import { durationMs } from '../../../main/devices/espeak/wav.ts';
import { MAX_SPOKEN_CHARS, type Speech } from '../../../main/devices/speech.ts';

const never = new AbortController().signal;
const SENTENCE = 'Votre dossier a bien été reçu. Vous aurez une réponse par courrier avant la fin du mois d’octobre.';

export const speechSuite = (name: string, make: () => Speech): void => {
  describe(name, () => {
    it('is there', async () => {
      expect(await make().isThere(never)).toBe(true);
    });

    it('makes a WAV as long as a calm voice needs, whose header says its true length', async () => {
      const made = await make().soundOf(SENTENCE, 'fr', never);
      if (!made.ok) throw new Error(made.error);
      const wav = Buffer.from(made.value);
      expect(wav.toString('latin1', 0, 4)).toBe('RIFF');
      expect(wav.readUInt32LE(4)).toBe(wav.length - 8);
      expect(wav.readUInt32LE(40)).toBe(wav.length - 44);
      // Eighteen words, at 100 to 200 words a minute.
      expect(durationMs(wav)).toBeGreaterThan(5_400);
      expect(durationMs(wav)).toBeLessThan(10_800);
    });

    it('accepts text that is not French, has no words, or looks like markup or an option', async () => {
      for (const text of [
        '[[_:_]] {}',
        '<speak>',
        '--help',
        '-w /x.wav',
        '👋 Здравствуйте',
        '9'.repeat(MAX_SPOKEN_CHARS),
      ]) {
        const made = await make().soundOf(text, 'fr', never);
        expect(made.ok, text).toBe(true);
      }
    });

    it('refuses a text over the length limit', async () => {
      expect(await make().soundOf('a'.repeat(MAX_SPOKEN_CHARS + 1), 'fr', never)).toEqual({
        ok: false,
        error: 'too-long',
      });
    });

    it('starts nothing when it is already aborted', async () => {
      const speech = make();
      expect(await speech.soundOf(SENTENCE, 'fr', AbortSignal.abort())).toEqual({ ok: false, error: 'aborted' });
      expect(await speech.isThere(AbortSignal.abort())).toBe(false);
      expect(speech.running()).toBe(0);
    });
  });
};

/** « Écouter »: reads our screens aloud, and whatever another feature gives it. */
import { languageFacts } from '../../contract/languages.ts';
import type { SpeechContract } from '../../contract/speech.ts';
import { fail, failure, ok } from '../../contract/result.ts';
import type { Speech } from '../../devices/speech.ts';
import type { Logger } from '../../log/logger.ts';
import type { Feature, IdleLocks, Publish, WipeStep } from '../feature.ts';
import { createReadAloud, voicesLeft, type ReadAloud, type Voice } from './read-aloud.ts';

export interface SpeechDeps {
  readonly speech: Speech;
  readonly logger: Logger;
  readonly idleLocks: IdleLocks;
  readonly publish: Publish<SpeechContract>;
}

export interface SpeechFeature extends Feature<SpeechContract, ReadAloud> {
  /** For other features: texts in French, from the part `from` on. `no-voice` between sessions. */
  readInFrench(texts: readonly string[], from: number): ReturnType<ReadAloud['listen']>;
  readonly begin: () => void;
  readonly wipes: readonly WipeStep[];
}

export const createSpeech = (deps: SpeechDeps): SpeechFeature => {
  const { speech } = deps;
  const voice: Voice = { isThere: false };
  let session: ReadAloud | undefined;
  /** That of the last session, until its programs have exited. */
  let ending: ReadAloud | undefined;
  return {
    initial: { voice: voice.isThere },
    own: () => session,
    readInFrench: async (texts, from) =>
      session?.listen(
        texts.map((words) => ({ words, tag: languageFacts.fr.tag })),
        from,
      ) ?? fail('no-voice'),
    bytes: async (path) => {
      const [, reading, part] = /^([0-9a-f-]{36})\/(\d{1,4})\.wav$/.exec(path) ?? [];
      const body = reading === undefined ? undefined : await session?.sound(reading, Number(part));
      return body && { type: 'audio/wav', body };
    },
    begin() {
      session = createReadAloud({ ...deps, voice, onChange: () => deps.publish({ voice: voice.isThere }) });
      void session.look();
    },
    wipes: [
      {
        name: 'voice',
        async wipe() {
          ending = session ?? ending;
          session = undefined;
          await ending?.end();
          ending = undefined;
        },
        leftovers: async () => (session ?? ending)?.leftovers() ?? voicesLeft(speech),
      },
    ],
    handlers: {
      async listen({ texts }, aloud) {
        const begun = await aloud.listen(texts);
        return begun.ok ? begun : failure(`speech.${begun.error}`);
      },
      listenInBrowser: async (_input, aloud) => ok({ reading: aloud.listenInBrowser() }),
      async quiet({ reading }, aloud) {
        aloud.quiet(reading);
        return ok(null);
      },
    },
    stop: async () => (session ?? ending)?.end(),
  };
};

/**
 * Reads aloud one screen or document at a time. Its text and the latest sound are in memory from `listen` until
 * `quiet`. The screens fetch and play the sounds one by one. Meanwhile an idle lock is held, because a person who
 * listens presses nothing.
 */
import { randomUUID } from 'node:crypto';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { SpokenText } from '../../contract/speech.ts';
import type { Speech, SpeechFault } from '../../devices/speech.ts';
import type { Logger } from '../../log/logger.ts';
import type { IdleLocks } from '../feature.ts';
import { sentenceGroups, type SentenceGroup } from './sentence-groups.ts';

/** Whether this machine has a voice. Outlives sessions. */
export interface Voice {
  isThere: boolean;
}

export interface ReadAloudDeps {
  readonly speech: Speech;
  readonly voice: Voice;
  readonly logger: Logger;
  readonly idleLocks: IdleLocks;
  readonly onChange: () => void;
}

export interface ReadAloud {
  /** Checks whether the machine has a voice, and publishes a change. */
  look(): Promise<void>;
  /** Ends the previous reading. Resolves when the sound of the part `from` is ready. `of`: as in the contract. */
  listen(
    texts: readonly SpokenText[],
    from?: number,
  ): Promise<Result<{ readonly reading: string; readonly of: readonly number[] }, 'no-text' | 'no-voice'>>;
  /** The browser speaks: no sound is made here. Ends the previous reading. */
  listenInBrowser(): string;
  /** One part as WAV; undefined when that reading has ended. */
  sound(reading: string, part: number): Promise<Uint8Array | undefined>;
  /** Ends this reading; does nothing if another one has started. */
  quiet(reading: string): void;
  /** The session ends: stops the reading and waits for the speech programs to exit. */
  end(): Promise<void>;
  leftovers(): readonly string[];
}

type Sound = Result<Uint8Array, SpeechFault>;

interface Made {
  readonly part: number;
  readonly sound: Promise<Sound>;
  readonly abort: AbortController;
}

interface Reading {
  readonly id: string;
  readonly groups: readonly SentenceGroup[];
  made: Made | undefined;
  readonly release: () => void;
}

export const createReadAloud = (deps: ReadAloudDeps): ReadAloud => {
  let current: Reading | undefined;
  /** Programs that still run: an aborted one takes a moment to exit. */
  const pending = new Set<Promise<unknown>>();
  const keepUntilOver = (work: Promise<unknown>): void => {
    pending.add(work);
    void work.finally(() => pending.delete(work));
  };
  /** Aborts the check for a voice, which is a program too, at the end of a session. */
  let looking: AbortController | undefined;

  const make = (part: number, { words, tag }: SentenceGroup): Made => {
    const abort = new AbortController();
    const sound = deps.speech.soundOf(words, tag, abort.signal).then((made) => {
      if (!made.ok && made.error !== 'aborted') deps.logger.log('speech.not-spoken', { code: made.error });
      return made;
    });
    keepUntilOver(sound);
    return { part, sound, abort };
  };
  const endReading = (): void => {
    current?.made?.abort.abort();
    current?.release();
    current = undefined;
  };
  const beginReading = (groups: readonly SentenceGroup[], made?: Made): Reading => {
    endReading();
    const reading = { id: randomUUID(), groups, made, release: deps.idleLocks.acquire('voice') };
    current = reading;
    return reading;
  };

  return {
    async look() {
      looking?.abort();
      const abort = new AbortController();
      looking = abort;
      const look = deps.speech.isThere(abort.signal);
      keepUntilOver(look);
      const found = await look;
      if (abort.signal.aborted || found === deps.voice.isThere) return;
      deps.voice.isThere = found;
      deps.onChange();
    },
    async listen(texts, from = 0) {
      endReading();
      const groups = sentenceGroups(texts);
      const first = groups[from];
      if (first === undefined) return fail('no-text');
      const made = make(from, first);
      const reading = beginReading(groups, made);
      const sound = await made.sound;
      if (sound.ok && current === reading) return ok({ reading: reading.id, of: groups.map((group) => group.of) });
      if (current === reading) endReading();
      return fail('no-voice');
    },
    listenInBrowser: () => beginReading([]).id,
    async sound(id, part) {
      const reading = current;
      const group = reading?.groups[part];
      if (reading?.id !== id || group === undefined) return undefined;
      if (reading.made?.part !== part) {
        reading.made?.abort.abort();
        reading.made = make(part, group);
      }
      const made = await reading.made.sound;
      return made.ok && current === reading ? made.value : undefined;
    },
    quiet(id) {
      if (current?.id === id) endReading();
    },
    async end() {
      endReading();
      looking?.abort();
      await Promise.all(pending);
    },
    leftovers: () => [...(current ? ['a text that is read aloud'] : []), ...voicesLeft(deps.speech)],
  };
};

export const voicesLeft = (speech: Speech): readonly string[] =>
  speech.running() > 0 ? ['a program that makes a voice'] : [];

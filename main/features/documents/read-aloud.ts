/**
 * One document read aloud at a time. Its text and the sound last made live here, in memory, from `listen` until it is
 * quiet; the screens fetch the sounds one by one and play them.
 */
import { randomUUID } from 'node:crypto';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Speech, SpeechFault } from '../../devices/speech.ts';
import type { Logger } from '../../log/logger.ts';
import { sentenceGroups } from './sentence-groups.ts';

/** Whether this machine has a voice: it outlives sessions. */
export interface Voice {
  isThere: boolean;
}

export interface ReadAloudDeps {
  readonly speech: Speech;
  readonly voice: Voice;
  readonly logger: Logger;
  readonly onChange: () => void;
}

export interface ReadAloud {
  /** Whether the machine has a voice; told where that changed. */
  look(): Promise<void>;
  /** Ends the reading before it. Answers when the first sound is there. */
  listen(
    texts: readonly string[],
  ): Promise<Result<{ readonly reading: string; readonly parts: number }, 'no-text' | 'no-voice'>>;
  /** One part as a WAV; undefined when nothing is read by that name any more. */
  sound(reading: string, part: number): Promise<Uint8Array | undefined>;
  /** Nothing happens when another is read already. */
  quiet(reading: string): void;
  /** With the session: nothing is read any more, and the programs that make sounds have ended. */
  end(): Promise<void>;
  leftovers(): readonly string[];
}

type Sound = Result<Uint8Array, SpeechFault>;

interface Reading {
  readonly id: string;
  readonly groups: readonly string[];
  made: { readonly part: number; readonly sound: Promise<Sound>; readonly abort: AbortController };
}

export const createReadAloud = (deps: ReadAloudDeps): ReadAloud => {
  let current: Reading | undefined;
  /** All that was begun and is not over: an aborted program takes a moment to die. */
  const pending = new Set<Promise<unknown>>();
  const keepUntilOver = (work: Promise<unknown>): void => {
    pending.add(work);
    void work.finally(() => pending.delete(work));
  };
  /** The end of a session ends a look too: it is a program of ours like the others. */
  let looking: AbortController | undefined;

  const make = (part: number, text: string): Reading['made'] => {
    const abort = new AbortController();
    const sound = deps.speech.soundOf(text, abort.signal).then((made) => {
      if (!made.ok && made.error !== 'aborted') deps.logger.log('documents.not-spoken', { code: made.error });
      return made;
    });
    keepUntilOver(sound);
    return { part, sound, abort };
  };
  const endReading = (): void => {
    current?.made.abort.abort();
    current = undefined;
  };

  return {
    async look() {
      looking?.abort();
      const mine = new AbortController();
      looking = mine;
      const look = deps.speech.isThere(mine.signal);
      keepUntilOver(look);
      const found = await look;
      if (mine.signal.aborted || found === deps.voice.isThere) return;
      deps.voice.isThere = found;
      deps.onChange();
    },
    async listen(texts) {
      endReading();
      const groups = sentenceGroups(texts);
      const [first] = groups;
      if (first === undefined) return fail('no-text');
      const reading: Reading = { id: randomUUID(), groups, made: make(0, first) };
      current = reading;
      const sound = await reading.made.sound;
      if (sound.ok && current === reading) return ok({ reading: reading.id, parts: groups.length });
      if (current === reading) endReading();
      return fail('no-voice');
    },
    async sound(id, part) {
      const reading = current;
      const text = reading?.groups[part];
      if (reading?.id !== id || text === undefined) return undefined;
      if (reading.made.part !== part) {
        reading.made.abort.abort();
        reading.made = make(part, text);
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

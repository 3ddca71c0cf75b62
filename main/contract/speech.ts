/**
 * Reading aloud: a screen of ours, or a document. Sounds, from 0 on: `/bytes/speech/<reading>/<part>.wav`. One reading
 * at a time; each one that begins ends the one before.
 */
import { z } from 'zod';
import { command, defineFeature } from './define.ts';
import { languageTags } from './languages.ts';
import { SPOKEN_LIMITS } from './speech-limits.ts';

const spokenText = z.strictObject({
  words: z.string().min(1).max(SPOKEN_LIMITS.chars),
  /** The language of the text. */
  tag: z.enum(languageTags),
});
export type SpokenText = z.output<typeof spokenText>;

export const speechContract = defineFeature({
  when: 'session',
  state: z.strictObject({
    /** This machine can produce speech: `listen` may be called. */
    voice: z.boolean(),
  }),
  messages: {
    /**
     * Replies as soon as the first part can be played. `of`: for each part, the index of its text. A text without words
     * has no part; a long one has several.
     */
    listen: command({
      input: z.strictObject({ texts: z.array(spokenText).min(1).max(SPOKEN_LIMITS.texts).readonly() }),
      output: z.strictObject({ reading: z.string(), of: z.array(z.int().nonnegative()).min(1).readonly() }),
      errors: ['speech.no-text', 'speech.no-voice'],
    }),
    /** For a browser that has a voice when the machine has none: keeps the session while it speaks. */
    listenInBrowser: command({
      input: z.strictObject({}),
      output: z.strictObject({ reading: z.string() }),
      errors: [],
    }),
    /** Discards everything of that reading. Does nothing if another one has begun. */
    quiet: command({ input: z.strictObject({ reading: z.string().min(1).max(100) }), output: z.null(), errors: [] }),
  },
  events: {},
});
export type SpeechContract = typeof speechContract;

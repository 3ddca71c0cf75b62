/**
 * Learning by doing: which tutorials there are, and where the person is in them. Nothing done in an exercise is ever
 * sent.
 */
import { z } from 'zod';
import { command, defineFeature, query } from './define.ts';
import { gesture, tutorial, tutorialSummary } from './tutorial-content.ts';

const id = z.string().min(1).max(60);
/** The index of a screen in a tutorial, from 0. */
const screen = z.int().min(0).max(99);

/** How well a person says they know a gesture. */
export const skillAnswers = ['yes', 'a-little', 'no'] as const;
export type SkillAnswer = (typeof skillAnswers)[number];

export const tutorialsContract = defineFeature({
  when: 'session',
  state: z.strictObject({
    /** How many tutorials there are. When 0, the screens don't mention them. */
    count: z.int().nonnegative(),
    /** Incremented when the content was read again. */
    revision: z.int().nonnegative(),
    /** The tutorials that this person opened, the most recent last. Dropped at the end of the session. */
    mine: z.array(z.strictObject({ id, screen, finished: z.boolean() })).readonly(),
  }),
  messages: {
    list: query({
      when: 'always',
      input: z.strictObject({}),
      output: z.strictObject({
        tutorials: z.array(tutorialSummary).readonly(),
        /** When empty, « Par où commencer ? » is not offered. */
        gestures: z.array(gesture).readonly(),
      }),
      errors: [],
    }),
    tutorial: query({ input: z.strictObject({ id }), output: tutorial, errors: ['tutorials.unknown'] }),
    /** Records the screen that the person is on. */
    at: command({ input: z.strictObject({ id, screen }), output: z.null(), errors: ['tutorials.unknown'] }),
    finished: command({ input: z.strictObject({ id }), output: z.null(), errors: ['tutorials.unknown'] }),
    /** « Je n’y arrive pas »: counted, never with the screen. */
    helpAsked: command({ input: z.strictObject({ id }), output: z.null(), errors: ['tutorials.unknown'] }),
    /**
     * The answers to « Par où commencer ? », kept until the end of the session for the printed sheet. Replies with the
     * three tutorials to start with.
     */
    whereToStart: command({
      input: z.strictObject({ answers: z.array(z.enum(skillAnswers)).min(1).max(20) }),
      output: z.array(id).readonly(),
      errors: [],
    }),
  },
  events: {},
});
export type TutorialsContract = typeof tutorialsContract;

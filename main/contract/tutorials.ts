/** Learning by doing: what there is to learn, and where the person is in it. Nothing of an exercise ever crosses. */
import { z } from 'zod';
import { command, defineFeature, query } from './define.ts';
import { gesture, tutorial, tutorialSummary } from './tutorial-content.ts';

const id = z.string().min(1).max(60);
/** Of a tutorial's screens, from 0. */
const screen = z.int().min(0).max(99);

/** What somebody says of a gesture. */
export const knowings = ['yes', 'a-little', 'no'] as const;
export type Knowing = (typeof knowings)[number];

export const tutorialsContract = defineFeature({
  when: 'session',
  state: z.strictObject({
    /** How many tutorials there are; none: nothing of them is shown. */
    count: z.int().nonnegative(),
    /** Grows when the content was read anew. */
    revision: z.int().nonnegative(),
    /** What this person opened, the last one last; gone with the session. */
    mine: z.array(z.strictObject({ id, screen, finished: z.boolean() })).readonly(),
  }),
  messages: {
    list: query({
      when: 'always',
      input: z.strictObject({}),
      output: z.strictObject({
        tutorials: z.array(tutorialSummary).readonly(),
        /** Empty: « Par où commencer ? » is not there. */
        gestures: z.array(gesture).readonly(),
      }),
      errors: [],
    }),
    tutorial: query({ input: z.strictObject({ id }), output: tutorial, errors: ['tutorials.unknown'] }),
    /** The person is at this screen. */
    at: command({ input: z.strictObject({ id, screen }), output: z.null(), errors: ['tutorials.unknown'] }),
    finished: command({ input: z.strictObject({ id }), output: z.null(), errors: ['tutorials.unknown'] }),
    /** « Je n’y arrive pas »: counted, never on which screen. */
    helpAsked: command({ input: z.strictObject({ id }), output: z.null(), errors: ['tutorials.unknown'] }),
    /** The answers of « Par où commencer ? »: kept for the sheet on paper, for as long as the session. Answers the three to begin with. */
    whereToStart: command({
      input: z.strictObject({ answers: z.array(z.enum(knowings)).min(1).max(20) }),
      output: z.array(id).readonly(),
      errors: [],
    }),
  },
  events: {},
});
export type TutorialsContract = typeof tutorialsContract;

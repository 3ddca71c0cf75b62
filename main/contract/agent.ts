/** The agent area, behind a passphrase. Nothing of it is about a person. */
import { z } from 'zod';
import { command, defineFeature, query } from './define.ts';
import { report } from './usage.ts';

export const statusLine = z.strictObject({
  name: z.enum(['printer', 'scanner', 'keys', 'network', 'memory', 'reset', 'figures', 'version', 'configuration']),
  state: z.enum(['good', 'look', 'bad', 'none']),
  /** In French, with what to do when it is not good. */
  sentence: z.string(),
});
export type StatusLine = z.output<typeof statusLine>;

const nothing = z.strictObject({});
export const MAX_MESSAGES = 3;
export const MAX_MESSAGE_LENGTH = 140;

const periodWanted = z.strictObject({
  kind: z.enum(['week', 'month', 'year']),
  /** null is the period under way. */
  id: z.string().max(8).nullable(),
});

export const agentContract = defineFeature({
  when: 'always',
  state: z.strictObject({
    /** How the door is asked for; the screens watch for it everywhere. */
    gesture: z.enum(['hold-corner', 'none']),
    holdS: z.number().positive(),
    corner: z.enum(['top-left', 'top-right', 'bottom-left', 'bottom-right']),
    /** False until a passphrase was set: the door cannot be opened. */
    passphraseSet: z.boolean(),
    /** None was ever set, and whoever stands here may choose it now (`agentDoor.firstPassphrase`). */
    maySet: z.boolean(),
    open: z.boolean(),
    outOfService: z.boolean(),
    /** The figures on paper: asked for, out of the printer, or not. */
    pageOut: z.enum(['none', 'coming', 'out', 'failed']),
    messages: z.array(z.string()).readonly(),
  }),
  messages: {
    open: command({
      input: z.strictObject({ passphrase: z.string().min(1).max(200) }),
      output: z.null(),
      /** `agent.wait` carries `seconds`: nothing was looked at. */
      errors: ['agent.wrong', 'agent.wait', 'agent.not-set'],
    }),
    /** The door is on the screen: `passphraseSet` is looked at anew, for whoever has just set one. */
    knock: command({ input: nothing, output: z.null(), errors: [] }),
    /** The first passphrase, chosen here; the area is open then. It is refused from the second on: that takes the command line. */
    setPassphrase: command({
      input: z.strictObject({ passphrase: z.string().max(200), again: z.string().max(200) }),
      output: z.null(),
      errors: ['agent.may-not-set', 'agent.too-short', 'agent.not-same', 'agent.not-kept'],
    }),
    /** A sheet for the safe of the place: what it opens, and a line to write the passphrase on by hand. */
    printNote: command({ input: nothing, output: z.null(), errors: ['agent.closed', 'agent.printing'] }),
    close: command({ input: nothing, output: z.null(), errors: [] }),
    report: query({
      input: periodWanted,
      output: report,
      errors: ['agent.closed', 'agent.no-figures', 'agent.period'],
    }),
    status: query({ input: nothing, output: z.array(statusLine).readonly(), errors: ['agent.closed'] }),
    /** Answers before the paper comes: `pageOut` tells what became of it. */
    printReport: command({
      input: periodWanted,
      output: z.null(),
      errors: ['agent.closed', 'agent.no-figures', 'agent.period', 'agent.printing'],
    }),
    addMinutes: command({
      input: z.strictObject({ minutes: z.int().min(5).max(60) }),
      output: z.null(),
      /** `agent.nothing-to-add`: nobody is there, or nothing limits them. */
      errors: ['agent.closed', 'agent.nothing-to-add'],
    }),
    addPages: command({
      input: z.strictObject({ pages: z.int().min(1).max(50) }),
      output: z.null(),
      errors: ['agent.closed', 'agent.nothing-to-add'],
    }),
    setMessages: command({
      input: z.strictObject({
        messages: z.array(z.string().trim().min(1).max(MAX_MESSAGE_LENGTH)).max(MAX_MESSAGES).readonly(),
      }),
      output: z.null(),
      errors: ['agent.closed', 'agent.not-kept'],
    }),
    setOutOfService: command({
      input: z.strictObject({ on: z.boolean() }),
      output: z.null(),
      errors: ['agent.closed', 'agent.not-kept'],
    }),
    restart: command({ input: nothing, output: z.null(), errors: ['agent.closed'] }),
    quit: command({ input: nothing, output: z.null(), errors: ['agent.closed'] }),
  },
  events: {},
});
export type AgentContract = typeof agentContract;

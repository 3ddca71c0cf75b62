/** The agents' area, behind a passphrase. It contains nothing about a person. */
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
  /** null means the current period. */
  id: z.string().max(8).nullable(),
});

export const agentContract = defineFeature({
  when: 'always',
  state: z.strictObject({
    /** The gesture that opens the passphrase screen. The screens watch for it in every phase. */
    gesture: z.enum(['hold-corner', 'none']),
    holdS: z.number().positive(),
    corner: z.enum(['top-left', 'top-right', 'bottom-left', 'bottom-right']),
    /** False until a passphrase was set: the area cannot be opened before. */
    passphraseSet: z.boolean(),
    /** No passphrase was ever set, and it may be chosen on this screen now (`agentDoor.firstPassphrase`). */
    maySet: z.boolean(),
    open: z.boolean(),
    outOfService: z.boolean(),
    /**
     * The agent's page: none requested, under way, printed, failed, or `given` to a printer that does not say whether
     * it came out.
     */
    pageOut: z.enum(['none', 'coming', 'out', 'given', 'failed']),
    messages: z.array(z.string()).readonly(),
  }),
  messages: {
    open: command({
      input: z.strictObject({ passphrase: z.string().min(1).max(200) }),
      output: z.null(),
      /** Both carry `seconds` until the next try. `agent.wait`: the passphrase was not checked. */
      errors: ['agent.wrong', 'agent.wait', 'agent.not-set'],
    }),
    /**
     * The passphrase screen has opened: reads `passphraseSet` again, since a passphrase may have been set at the
     * terminal.
     */
    knock: command({ input: nothing, output: z.null(), errors: [] }),
    /**
     * Sets the first passphrase and opens the area. Refused once a passphrase exists: changing it takes the command
     * line.
     */
    setPassphrase: command({
      input: z.strictObject({ passphrase: z.string().max(200), again: z.string().max(200) }),
      output: z.null(),
      errors: ['agent.may-not-set', 'agent.too-short', 'agent.not-same', 'agent.not-kept'],
    }),
    /** Prints a sheet for the safe of the place: what the passphrase opens, and a line to write it on by hand. */
    printNote: command({ input: nothing, output: z.null(), errors: ['agent.closed', 'agent.printing'] }),
    close: command({ input: nothing, output: z.null(), errors: [] }),
    report: query({
      input: periodWanted,
      output: report,
      errors: ['agent.closed', 'agent.no-figures', 'agent.period'],
    }),
    status: query({ input: nothing, output: z.array(statusLine).readonly(), errors: ['agent.closed'] }),
    /** Replies before the paper is out: `pageOut` reports the result. */
    printReport: command({
      input: periodWanted,
      output: z.null(),
      errors: ['agent.closed', 'agent.no-figures', 'agent.period', 'agent.printing'],
    }),
    addMinutes: command({
      input: z.strictObject({ minutes: z.int().min(5).max(60) }),
      output: z.null(),
      /** `agent.nothing-to-add`: there is no session, or nothing limits it. */
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

/** A person on a real site: where they are, which step, and what our own pages must say over it. */
import { z } from 'zod';
import { command, defineFeature } from './define.ts';

export const rect = z.strictObject({
  x: z.int().nonnegative(),
  y: z.int().nonnegative(),
  width: z.int().positive(),
  height: z.int().positive(),
});

export const loadFault = z.enum([
  'offline',
  'name-not-found',
  'refused',
  'certificate',
  'server-error',
  'slow',
  'login-wanted',
  'garbage',
]);

/** What lies over the rectangle. `site` is the only one in which the guest is visible. */
export const cover = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('opening') }),
  z.strictObject({ kind: z.literal('site') }),
  z.strictObject({ kind: z.literal('blocked'), host: z.string() }),
  z.strictObject({ kind: z.literal('unreachable'), fault: loadFault }),
  /** A link to write to or call somebody was pressed: what can be copied from the screen. */
  z.strictObject({ kind: z.literal('contact'), by: z.enum(['mail', 'phone', 'text']), to: z.string() }),
  z.strictObject({ kind: z.literal('crashed') }),
  z.strictObject({ kind: z.literal('unresponsive') }),
  z.strictObject({
    kind: z.literal('dialog'),
    type: z.enum(['alert', 'confirm', 'prompt', 'beforeunload']),
    message: z.string(),
    defaultText: z.string(),
  }),
  /** The site's own file button was pressed: the tray opens instead of a system dialog. */
  z.strictObject({ kind: z.literal('files'), accept: z.string(), multiple: z.boolean() }),
]);
export type Cover = z.output<typeof cover>;

const nothing = z.strictObject({});

export const browsingContract = defineFeature({
  state: z.strictObject({
    /** null while no démarche is open. */
    visit: z
      .strictObject({
        demarche: z.string(),
        siteName: z.string(),
        /** The host of the page really shown, for "Vous êtes sur le vrai site : …". */
        host: z.string(),
        step: z.int().nonnegative(),
        loading: z.boolean(),
        canGoBack: z.boolean(),
        cover,
        /** Files were just given to the page. */
        attached: z.int().nonnegative(),
      })
      .nullable(),
  }),
  messages: {
    /** "J'y vais". */
    open: command({
      input: z.strictObject({ demarche: z.string() }),
      output: z.null(),
      errors: ['catalogue.unknown', 'browsing.no-guest', 'session.not-ready'],
    }),
    /** The rectangle that the screen leaves free; null takes the guest out of sight. */
    place: command({ input: z.strictObject({ rect: rect.nullable() }), output: z.null(), errors: [] }),
    back: command({ input: nothing, output: z.null(), errors: ['browsing.closed'] }),
    /** The one way forward of our own pages: try again, go back to the last good page, or start over. */
    resume: command({
      input: z.strictObject({ how: z.enum(['retry', 'back', 'start-over', 'wait']) }),
      output: z.null(),
      errors: ['browsing.closed'],
    }),
    step: command({
      input: z.strictObject({ to: z.int().nonnegative() }),
      output: z.null(),
      errors: ['browsing.closed'],
    }),
    answerDialog: command({
      input: z.strictObject({ accept: z.boolean(), text: z.string().max(1000) }),
      output: z.null(),
      errors: ['browsing.closed'],
    }),
    /** Document ids of the tray; an empty list is "not now" and leaves the page as it was. */
    answerFiles: command({
      input: z.strictObject({ documents: z.array(z.string()).readonly() }),
      output: z.null(),
      errors: ['browsing.closed', 'browsing.input-gone', 'browsing.too-large', 'browsing.not-kept'],
    }),
    /** Leaves the site but not the session. */
    close: command({ input: nothing, output: z.null(), errors: [] }),
  },
  events: {},
});
export type BrowsingContract = typeof browsingContract;

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
  'sent-page',
  'garbage',
]);

/** What lies over the rectangle. `site` is the only one in which the guest is visible. */
export const cover = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('opening') }),
  z.strictObject({ kind: z.literal('site') }),
  z.strictObject({
    kind: z.literal('blocked'),
    host: z.string(),
    /** The name of the site that this host takes itself for, and is not. */
    imitates: z.string().nullable(),
    /** What the kiosk has for that host. */
    demarches: z.array(z.strictObject({ id: z.string(), title: z.string() })).readonly(),
  }),
  z.strictObject({ kind: z.literal('unreachable'), fault: loadFault }),
  /** A link to write to or call somebody was pressed: what can be copied from the screen. */
  z.strictObject({ kind: z.literal('contact'), by: z.enum(['mail', 'phone', 'text']), to: z.string() }),
  /** A link to a program was pressed, and there is none here. */
  z.strictObject({ kind: z.literal('program') }),
  z.strictObject({ kind: z.literal('crashed') }),
  z.strictObject({ kind: z.literal('unresponsive') }),
  z.strictObject({
    kind: z.literal('dialog'),
    type: z.enum(['alert', 'confirm', 'prompt', 'beforeunload']),
    message: z.string(),
    defaultText: z.string(),
  }),
  /** The site's own file button was pressed: the tray opens instead of a system dialog. */
  z.strictObject({
    kind: z.literal('files'),
    accept: z.string(),
    multiple: z.boolean(),
    /** The site's own words for what it asks, and which of its papers this is. */
    field: z.strictObject({ label: z.string(), at: z.int().positive(), of: z.int().positive() }).nullable(),
  }),
]);
export type Cover = z.output<typeof cover>;
export type ShownContact = Omit<Extract<Cover, { kind: 'contact' }>, 'kind'>;

const nothing = z.strictObject({});

export const browsingContract = defineFeature({
  when: 'session',
  state: z.strictObject({
    /** The sites open, the démarche first; two at most. */
    open: z
      .array(z.strictObject({ demarche: z.string(), siteName: z.string(), host: z.string(), mailbox: z.boolean() }))
      .readonly(),
    /** « Mon code », as the person wrote it down; empty when they did not. */
    note: z.string(),
    /**
     * The site as it was when something of ours was laid over it: `/bytes/browsing/<picture>.jpg`. Null while it is in sight itself.
     */
    picture: z.string().nullable(),
    /** The one in sight; null while none is open. */
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
        /** The mailbox does not open as it should: it asks for the person's telephone, or it is locked. */
        trouble: z.enum(['phone', 'locked']).nullable(),
        /** The page in sight says that the request was sent; or it came as the answer to some form, which may be any. */
        sent: z.enum(['said', 'answered']).nullable(),
        /** Files were just given to the page. */
        attached: z.int().nonnegative(),
      })
      .nullable(),
  }),
  messages: {
    /**
     * "J'y vais". Brings the site forward when it is open. A mailbox, and what the démarche names in `beside`, leave the
     * démarche open; anything else takes its place.
     */
    open: command({
      input: z.strictObject({ demarche: z.string() }),
      output: z.null(),
      errors: ['catalogue.unknown', 'browsing.no-guest', 'session.not-ready'],
    }),
    /** Brings one of the open sites into sight. */
    front: command({ input: z.strictObject({ demarche: z.string() }), output: z.null(), errors: ['browsing.closed'] }),
    /** The person is about to open a site: its browser is started meanwhile. */
    prepare: command({ input: nothing, output: z.null(), errors: [] }),
    /** Keeps « Mon code » until the sites are closed. */
    note: command({
      input: z.strictObject({ text: z.string().max(40) }),
      output: z.null(),
      errors: ['browsing.closed'],
    }),
    /** The rectangle that the screen leaves free; null takes the guest out of sight, with a picture of it to stand there meanwhile. */
    place: command({
      input: z.strictObject({ rect: rect.nullable(), picture: z.boolean().optional() }),
      output: z.null(),
      errors: [],
    }),
    /** The site in sight gets the keyboard. */
    keyboard: command({ input: nothing, output: z.null(), errors: ['browsing.closed'] }),
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
    /** Rings the place that the step speaks of. False: the page has no such place. */
    point: command({ input: nothing, output: z.boolean(), errors: ['browsing.closed'] }),
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
    /** Leaves the sites but not the session. */
    close: command({ input: nothing, output: z.null(), errors: [] }),
  },
  events: {
    /**
     * A key led out of the site, and our screens have the keyboard. Tab goes on to what comes next on the screen; F6
     * (`part-key`) to the next part of it. `backwards`: with Shift.
     */
    keyboardLeft: z.strictObject({ by: z.enum(['part-key', 'tab']), backwards: z.boolean() }),
  },
});
export type BrowsingContract = typeof browsingContract;

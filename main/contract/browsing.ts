/** A person on a real site: which page, which step, and which of our own pages covers it. */
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
  'intercepted',
  'clock',
  'server-error',
  'slow',
  'login-wanted',
  'sent-page',
  'garbage',
]);

/** What covers the rectangle. `site` is the only kind in which the guest is visible. */
export const cover = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('opening') }),
  z.strictObject({ kind: z.literal('site') }),
  z.strictObject({
    kind: z.literal('blocked'),
    host: z.string(),
    /** The name of the site that this host imitates. */
    imitates: z.string().nullable(),
    /** The démarches whose journey includes that host. */
    demarches: z.array(z.strictObject({ id: z.string(), title: z.string() })).readonly(),
  }),
  z.strictObject({ kind: z.literal('unreachable'), fault: loadFault }),
  /** A mail, telephone or text message link was pressed: `to` can be copied from the screen. */
  z.strictObject({ kind: z.literal('contact'), by: z.enum(['mail', 'phone', 'text']), to: z.string() }),
  /** A link to another program was pressed, and the kiosk has none. */
  z.strictObject({ kind: z.literal('program') }),
  z.strictObject({ kind: z.literal('crashed') }),
  z.strictObject({ kind: z.literal('unresponsive') }),
  z.strictObject({
    kind: z.literal('dialog'),
    /** For `answerDialog`. */
    id: z.string(),
    type: z.enum(['alert', 'confirm', 'prompt', 'beforeunload']),
    message: z.string(),
    defaultText: z.string(),
  }),
  /** The site's own file button was pressed: the tray opens instead of a system dialog. */
  z.strictObject({
    kind: z.literal('files'),
    /** Of this one request. */
    id: z.string(),
    accept: z.string(),
    multiple: z.boolean(),
    /** The site's label of the input, and its position among the inputs for files. */
    field: z.strictObject({ label: z.string(), at: z.int().positive(), of: z.int().positive() }).nullable(),
  }),
]);
export type Cover = z.output<typeof cover>;
export type ShownContact = Omit<Extract<Cover, { kind: 'contact' }>, 'kind'>;

const nothing = z.strictObject({});

export const browsingContract = defineFeature({
  when: 'session',
  state: z.strictObject({
    /** The open sites, the démarche first; at most two. */
    open: z
      .array(z.strictObject({ demarche: z.string(), siteName: z.string(), host: z.string(), mailbox: z.boolean() }))
      .readonly(),
    /** « Mon code » as the person noted it; empty when they noted nothing. */
    note: z.string(),
    /**
     * A picture of the site from just before something of ours covered it: `/bytes/browsing/<picture>.jpg`. Null while
     * the site itself is visible.
     */
    picture: z.string().nullable(),
    /** The visible site; null while none is open. */
    visit: z
      .strictObject({
        demarche: z.string(),
        siteName: z.string(),
        /** The host of the page that is really shown, for "Vous êtes sur le vrai site : …". */
        host: z.string(),
        step: z.int().nonnegative(),
        loading: z.boolean(),
        canGoBack: z.boolean(),
        cover,
        /** The mailbox cannot be used: it asks for the person's telephone number, or it is locked. */
        trouble: z.enum(['phone', 'locked']).nullable(),
        /**
         * `said`: the page says that the request was sent. `answered`: it is the response to some form, not necessarily
         * the last.
         */
        sent: z.enum(['said', 'answered']).nullable(),
        /** How many files the page has just been given. */
        attached: z.int().nonnegative(),
      })
      .nullable(),
  }),
  messages: {
    /**
     * "J'y vais". If the site is already open, shows it. A mailbox, and what the démarche lists in `beside`, open
     * beside the démarche; anything else replaces it. `browsing.not-sent`: a site that would be closed holds input that
     * was not sent. Nothing is closed, and that site is now in front. Once the person agrees, ask again with it in
     * `leave`.
     */
    open: command({
      input: z.strictObject({ demarche: z.string(), leave: z.array(z.string()).readonly().optional() }),
      output: z.null(),
      errors: ['catalogue.unknown', 'browsing.no-guest', 'browsing.not-sent', 'session.not-ready'],
    }),
    /** Shows one of the open sites. */
    front: command({ input: z.strictObject({ demarche: z.string() }), output: z.null(), errors: ['browsing.closed'] }),
    /** The person is about to open a site: starts its browser in advance. */
    prepare: command({ input: nothing, output: z.null(), errors: [] }),
    /** Stores « Mon code » until the sites are closed. */
    note: command({
      input: z.strictObject({ text: z.string().max(40) }),
      output: z.null(),
      errors: ['browsing.closed'],
    }),
    /**
     * The rectangle that the screen leaves free. Null hides the guest; `picture` asks for a picture of it to show
     * meanwhile.
     */
    place: command({
      input: z.strictObject({ rect: rect.nullable(), picture: z.boolean().optional() }),
      output: z.null(),
      errors: [],
    }),
    /** Gives the keyboard to the visible site. */
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
    /** Draws a ring around the element that the step is about. False: the page has no such element. */
    point: command({ input: nothing, output: z.boolean(), errors: ['browsing.closed'] }),
    /** Does nothing when another dialog is shown by now: the person has not read that one. */
    answerDialog: command({
      input: z.strictObject({ id: z.string(), accept: z.boolean(), text: z.string().max(1000) }),
      output: z.null(),
      errors: ['browsing.closed'],
    }),
    /**
     * Ids of documents in the tray. An empty list means "not now" and leaves the page as it was. `lighter`: the site
     * found them too large.
     */
    answerFiles: command({
      input: z.strictObject({ documents: z.array(z.string()).readonly(), lighter: z.boolean().optional() }),
      output: z.null(),
      errors: ['browsing.closed', 'browsing.input-gone', 'browsing.too-large', 'browsing.not-kept'],
    }),
    /** Closes the sites and keeps the session. */
    close: command({ input: nothing, output: z.null(), errors: [] }),
  },
  events: {
    /**
     * A key moved the focus out of the site: our screens now have the keyboard. Tab continues to the next element of
     * the screen, F6 (`part-key`) to its next part. `backwards`: with Shift.
     */
    keyboardLeft: z.strictObject({ by: z.enum(['part-key', 'tab']), backwards: z.boolean() }),
  },
});
export type BrowsingContract = typeof browsingContract;

/** The life of a session as the screens see it (DESIGN §4). */
import { z } from 'zod';
import { command, defineFeature } from './define.ts';

export const languages = ['fr', 'simple', 'en'] as const;
export type Language = (typeof languages)[number];
export const textSizes = ['normal', 'large', 'larger', 'largest'] as const;
export type TextSize = (typeof textSizes)[number];
export const colourThemes = ['light', 'dark', 'contrast'] as const;
export type ColourTheme = (typeof colourThemes)[number];

export const preferences = z.strictObject({
  language: z.enum(languages),
  textSize: z.enum(textSizes),
  colours: z.enum(colourThemes),
});
export type Preferences = z.output<typeof preferences>;
export const defaultPreferences: Preferences = { language: 'fr', textSize: 'normal', colours: 'light' };

export const leavingItem = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('documents'), count: z.int().positive() }),
  /** Something was written on the page of this site, which sent nothing since. `again`: after it said that a request was sent. */
  z.strictObject({ kind: z.literal('not-sent'), site: z.string(), again: z.boolean() }),
  /** A page of this site said that the request was sent. */
  z.strictObject({ kind: z.literal('sent'), site: z.string() }),
  /** The page in sight is the answer to a form: whether the request ends with it is not known. */
  z.strictObject({ kind: z.literal('answered'), site: z.string() }),
  z.strictObject({ kind: z.literal('signed-in'), site: z.string() }),
  z.strictObject({ kind: z.literal('original-on-glass') }),
  z.strictObject({ kind: z.literal('paper-in-tray') }),
  z.strictObject({ kind: z.literal('usb-key') }),
]);

export type LeavingItem = z.output<typeof leavingItem>;

/** The phase alone chooses the screen; an exhaustive switch in `renderer/app` maps it. */
export const phase = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('starting') }),
  /** Accueil. `restarted`: an earlier person was interrupted; say that nothing was kept. */
  z.strictObject({ name: z.literal('idle'), restarted: z.boolean() }),
  z.strictObject({ name: z.literal('active') }),
  /** Nobody touched anything for a while; `endsInS` counts down. */
  z.strictObject({ name: z.literal('warning'), endsInS: z.int().nonnegative() }),
  /** "Voulez-vous vraiment terminer ?" with what may be forgotten. */
  z.strictObject({ name: z.literal('leaving'), items: z.array(leavingItem).readonly() }),
  z.strictObject({ name: z.literal('wiping') }),
  /** All is erased, and the audit passed: said for as long as it takes to read, in what the person had chosen. */
  z.strictObject({ name: z.literal('farewell') }),
  z.strictObject({ name: z.literal('out-of-service'), fault: z.string() }),
]);
export type Phase = z.output<typeof phase>;

export const sessionContract = defineFeature({
  when: 'session',
  state: z.strictObject({
    phase,
    preferences,
    /** The optional allowance when others wait; null when there is none. */
    timeLeftS: z.int().nonnegative().nullable(),
    /** A press sooner than this after a screen came was meant for the one before. */
    settleMs: z.int().nonnegative(),
  }),
  messages: {
    /** "Commencer". */
    begin: command({ when: 'welcome', input: z.strictObject({}), output: z.null(), errors: ['session.not-ready'] }),
    /** Any key, press or touch on our own screens; sent at most once a second. */
    touch: command({ when: 'always', input: z.strictObject({}), output: z.null(), errors: [] }),
    /** "Je suis encore là". */
    stay: command({ input: z.strictObject({}), output: z.null(), errors: [] }),
    /** "J'ai fini": asks, does not end yet. */
    askToLeave: command({ input: z.strictObject({}), output: z.null(), errors: [] }),
    /** "Oui, terminer". */
    leave: command({ input: z.strictObject({}), output: z.null(), errors: [] }),
    /** A press on "C'est effacé": the welcome comes at once. */
    sawFarewell: command({ when: 'always', input: z.strictObject({}), output: z.null(), errors: [] }),
    setPreferences: command({ when: 'screen', input: preferences.partial(), output: z.null(), errors: [] }),
  },
  events: {},
});
export type SessionContract = typeof sessionContract;

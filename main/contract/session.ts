/** The phases of a session as the screens see them (DESIGN §4). */
import { z } from 'zod';
import { command, defineFeature } from './define.ts';
import { languages } from './languages.ts';

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

/** What a person may forget, in the order of the leaving screen: first what would be lost on a site. */
export const leavingItem = z.discriminatedUnion('kind', [
  /**
   * The person typed on a page of this site, and it has sent nothing since. `again`: a request had been sent before.
   */
  z.strictObject({ kind: z.literal('not-sent'), site: z.string(), again: z.boolean() }),
  /** The visible page is the response to a form. Whether the request is complete is unknown. */
  z.strictObject({ kind: z.literal('answered'), site: z.string() }),
  /** Pages of a scan that the person has not kept as a document. */
  z.strictObject({ kind: z.literal('scanned-pages'), count: z.int().positive() }),
  /** A page of this site said that the request was sent. */
  z.strictObject({ kind: z.literal('sent'), site: z.string() }),
  /**
   * Pages that are not out. `begun`: nothing is counted yet, and some printers never count. `stopped`: the printer
   * stands still, and the end of the session cancels the rest. `missing`: the print failed. `unsure`: only the person
   * can see what came out.
   */
  z.strictObject({
    kind: z.literal('printing'),
    state: z.enum(['begun', 'coming', 'stopped', 'missing', 'unsure']),
    left: z.int().positive(),
  }),
  z.strictObject({ kind: z.literal('documents'), count: z.int().positive() }),
  z.strictObject({ kind: z.literal('usb-key') }),
  /** A key that was in before the session: it may be the person's all the same. */
  z.strictObject({ kind: z.literal('older-usb-key') }),
  z.strictObject({ kind: z.literal('original-on-glass') }),
  /** Sheets that did not go through the feeder, or that lie where they come out. */
  z.strictObject({ kind: z.literal('originals-in-feeder') }),
  z.strictObject({ kind: z.literal('paper-in-tray') }),
  z.strictObject({ kind: z.literal('signed-in'), site: z.string() }),
]);

export type LeavingItem = z.output<typeof leavingItem>;
export const leavingKinds: readonly LeavingItem['kind'][] = leavingItem.options.map(({ shape }) => shape.kind.value);

/** The phase alone determines the screen; an exhaustive switch in `renderer/app` maps it. */
export const phase = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('starting') }),
  /** The accueil. `restarted`: an earlier session was interrupted; the screen says that nothing was kept. */
  z.strictObject({ name: z.literal('idle'), restarted: z.boolean() }),
  z.strictObject({ name: z.literal('active') }),
  /** No input for a while; `endsInS` counts down. */
  z.strictObject({ name: z.literal('warning'), endsInS: z.int().nonnegative() }),
  /** "Voulez-vous vraiment terminer ?" with what may be left behind. */
  z.strictObject({ name: z.literal('leaving'), items: z.array(leavingItem).readonly() }),
  z.strictObject({ name: z.literal('wiping') }),
  /**
   * Everything is erased, and the audit passed. Shown long enough to be read, in the language and size that the person
   * had chosen.
   */
  z.strictObject({ name: z.literal('farewell') }),
  z.strictObject({ name: z.literal('out-of-service'), fault: z.string() }),
]);
export type Phase = z.output<typeof phase>;

export const sessionContract = defineFeature({
  when: 'session',
  state: z.strictObject({
    phase,
    preferences,
    /** The allowance for when other people wait; null when there is none. */
    timeLeftS: z.int().nonnegative().nullable(),
    /** A press this soon after a screen appeared was meant for the previous screen. */
    settleMs: z.int().nonnegative(),
  }),
  messages: {
    /** "Commencer". */
    begin: command({ when: 'welcome', input: z.strictObject({}), output: z.null(), errors: ['session.not-ready'] }),
    /** Reports a key, press or touch on our own screens; sent at most once a second. */
    touch: command({ when: 'always', input: z.strictObject({}), output: z.null(), errors: [] }),
    /** "Je suis encore là". */
    stay: command({ input: z.strictObject({}), output: z.null(), errors: [] }),
    /** "J'ai fini": asks for confirmation, does not end the session yet. */
    askToLeave: command({ input: z.strictObject({}), output: z.null(), errors: [] }),
    /** "Oui, terminer". */
    leave: command({ input: z.strictObject({}), output: z.null(), errors: [] }),
    /** A press on "C'est effacé": shows the accueil at once. */
    sawFarewell: command({ when: 'always', input: z.strictObject({}), output: z.null(), errors: [] }),
    setPreferences: command({ when: 'screen', input: preferences.partial(), output: z.null(), errors: [] }),
  },
  events: {},
});
export type SessionContract = typeof sessionContract;

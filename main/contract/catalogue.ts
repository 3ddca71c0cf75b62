/** The démarches a person may choose, as the screens show them. */
import { z } from 'zod';
import { defineFeature, query } from './define.ts';
import { inEachLanguage, inOtherLanguages } from './languages.ts';

/** The eight cards, and `apprendre` behind a button of its own. In the order of the screen. */
export const themeIds = [
  'papiers',
  'social',
  'sante',
  'travail',
  'logement',
  'transports',
  'impots',
  'famille',
  'apprendre',
] as const;
export const themeId = z.enum(themeIds);
export type ThemeId = z.output<typeof themeId>;

export const codeWays = ['sms', 'email'] as const;

/** `null`: there is no translation, so the French is shown. */
const translations = <Shape extends z.ZodRawShape>(shape: Shape) =>
  inOtherLanguages(() => z.strictObject(shape).nullable());

export const demarcheSummary = z.strictObject({
  id: z.string(),
  title: z.string(),
  sentence: z.string(),
  ...translations({ title: z.string(), sentence: z.string() }),
  organism: z.string(),
  theme: themeId,
  /** 1 is the most frequent. */
  priority: z.int().min(1).max(3),
  /** What people call it, for the search. */
  words: z.array(z.string()).readonly(),
  /** For a mailbox: the domains of its addresses. */
  mailbox: z.array(z.string()).readonly().nullable(),
});
export type DemarcheSummary = z.output<typeof demarcheSummary>;

export const planB = z.strictObject({
  phone: z.string().nullable(),
  phoneNote: z.string().nullable(),
  paper: z.string().nullable(),
  place: z.string().nullable(),
});

export const guidanceStep = z.strictObject({
  title: z.string(),
  text: z.string(),
  /** The words on the site's own button, shown as « … ». */
  press: z.string().nullable(),
  drawing: z.string().nullable(),
  /** The step has a selector for its place on the site's page, so it can be ringed. */
  points: z.boolean(),
  ...translations({ title: z.string(), text: z.string() }),
});
export type GuidanceStep = z.output<typeof guidanceStep>;

export const demarcheSheet = z.strictObject({
  ...demarcheSummary.shape,
  /** Null: unknown, so no duration is shown. */
  minutes: z.int().positive().nullable(),
  papers: z.array(z.string()).readonly(),
  /** What to know in addition to the papers: numbers, dates, passwords. */
  toKnow: z.array(z.string()).readonly(),
  /** `plus`: the site takes FranceConnect+ only, with an identity on the person's telephone. */
  account: z.strictObject({ name: z.string(), franceConnect: z.literal([true, false, 'plus']) }).nullable(),
  /** How the site sends a code when the person signs in. */
  signInCode: z.enum(codeWays).nullable(),
  steps: z.array(guidanceStep).readonly(),
  /** True when the configuration knows the page on which the site says that the request was sent. */
  saysWhenSent: z.boolean(),
  planB,
  /** The site's own name, shown in the bar. */
  siteName: z.string(),
  /** The day its facts were last checked against their sources, such as 2026-11-26. */
  verifiedOn: z.string(),
  /** The démarches that may be opened beside it. Mailboxes always may. */
  beside: z.array(z.strictObject({ id: z.string(), title: z.string() })).readonly(),
});
export type DemarcheSheet = z.output<typeof demarcheSheet>;

/** From the configuration. */
const sentence = z.strictObject(inEachLanguage(() => z.string()));

/** Whom to call when the search text says that a person is in danger. */
export const urgentHelp = z.strictObject({
  title: sentence,
  text: sentence,
  numbers: z.array(z.strictObject({ number: z.string(), who: sentence, hours: sentence })).readonly(),
  /**
   * Groups of words: every word of a group must be present. `a|b` are alternatives, `a*` matches any word that begins
   * with it, `a+b` are two words that follow each other. `unless` cancels only `when`.
   */
  always: z.array(z.string()).readonly(),
  when: z.array(z.string()).readonly(),
  unless: z.array(z.string()).readonly(),
});
export type UrgentHelp = z.output<typeof urgentHelp>;

export const catalogueContract = defineFeature({
  when: 'always',
  state: z.strictObject({
    place: z.string(),
    commune: z.string(),
    opening: z.string(),
    agentContact: z.string(),
    /** The place's messages on the accueil: "Fermé vendredi". */
    messages: z.array(z.string()).readonly(),
  }),
  messages: {
    list: query({ input: z.strictObject({}), output: z.array(demarcheSummary).readonly(), errors: [] }),
    /** What people type → the words that the catalogue uses (`apl` → `aide au logement`). */
    synonyms: query({
      input: z.strictObject({}),
      output: z.record(z.string(), z.array(z.string()).readonly()),
      errors: [],
    }),
    /** The most urgent first. */
    urgentHelp: query({ input: z.strictObject({}), output: z.array(urgentHelp).readonly(), errors: [] }),
    sheet: query({ input: z.strictObject({ id: z.string() }), output: demarcheSheet, errors: ['catalogue.unknown'] }),
  },
  events: {},
});
export type CatalogueContract = typeof catalogueContract;

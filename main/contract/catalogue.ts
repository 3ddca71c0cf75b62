/** The démarches a person may choose, as the screens show them. */
import { z } from 'zod';
import { defineFeature, query } from './define.ts';

/** The eight cards, and `apprendre` behind its own button. Order is the order on the screen. */
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

/** `null`: written in French alone, which is then shown. */
const retold = <Shape extends z.ZodRawShape>(shape: Shape) => ({
  simple: z.strictObject(shape).nullable(),
  en: z.strictObject(shape).nullable(),
});

export const demarcheSummary = z.strictObject({
  id: z.string(),
  title: z.string(),
  sentence: z.string(),
  ...retold({ title: z.string(), sentence: z.string() }),
  organism: z.string(),
  theme: themeId,
  /** 1 is asked most. */
  priority: z.int().min(1).max(3),
  /** How people call it, for the search. */
  words: z.array(z.string()).readonly(),
  /** For a mailbox: what follows « @ » in its addresses. */
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
  /** We know the place on the site's page, and can ring it. */
  points: z.boolean(),
  ...retold({ title: z.string(), text: z.string() }),
});
export type GuidanceStep = z.output<typeof guidanceStep>;

export const demarcheSheet = z.strictObject({
  ...demarcheSummary.shape,
  /** Null: nobody knows, so nothing is said. */
  minutes: z.int().positive().nullable(),
  papers: z.array(z.string()).readonly(),
  /** Beside the papers: numbers, dates, passwords. */
  toKnow: z.array(z.string()).readonly(),
  account: z.strictObject({ name: z.string(), franceConnect: z.boolean() }).nullable(),
  /** A code will come this way while the person signs in. */
  signInCode: z.enum(codeWays).nullable(),
  steps: z.array(guidanceStep).readonly(),
  /** The page on which the site says that the request was sent is known. */
  saysWhenSent: z.boolean(),
  planB,
  /** Shown in the bar: the site's own name. */
  siteName: z.string(),
  /** The day its facts were last read in their sources, as 2026-11-26. */
  verifiedOn: z.string(),
  /** What may be opened beside it; mailboxes always may. */
  beside: z.array(z.strictObject({ id: z.string(), title: z.string() })).readonly(),
});
export type DemarcheSheet = z.output<typeof demarcheSheet>;

/** One sentence, in each language: the text comes from the configuration. */
const inEachLanguage = z.strictObject({ fr: z.string(), simple: z.string(), en: z.string() });

/** Who to call when what somebody wrote says that they are in danger. */
export const urgentHelp = z.strictObject({
  title: inEachLanguage,
  text: inEachLanguage,
  numbers: z.array(z.strictObject({ number: z.string(), who: inEachLanguage, hours: inEachLanguage })).readonly(),
  /** Groups of words: all of a group must be there. `a|b` are alternatives, `a*` any word that begins so. */
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
    /** What the place wants to say on the accueil: "Fermé vendredi". */
    messages: z.array(z.string()).readonly(),
  }),
  messages: {
    list: query({ input: z.strictObject({}), output: z.array(demarcheSummary).readonly(), errors: [] }),
    /** Words of the search box → the words the catalogue uses (`apl` → `aide au logement`). */
    synonyms: query({
      input: z.strictObject({}),
      output: z.record(z.string(), z.array(z.string()).readonly()),
      errors: [],
    }),
    /** The most pressing first. */
    urgentHelp: query({ input: z.strictObject({}), output: z.array(urgentHelp).readonly(), errors: [] }),
    sheet: query({ input: z.strictObject({ id: z.string() }), output: demarcheSheet, errors: ['catalogue.unknown'] }),
  },
  events: {},
});
export type CatalogueContract = typeof catalogueContract;

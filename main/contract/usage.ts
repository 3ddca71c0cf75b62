/** What the screens may say is happening, and the figures as the agent's screens show them. */
import { z } from 'zod';
import { themeIds } from './catalogue.ts';
import { command, defineFeature } from './define.ts';

/** What figures count. */
export const units = ['sessions', 'times', 'pages', 'documents', 'quarter-hours'] as const;
export type Unit = (typeof units)[number];

/** The kind of screen on which help was asked for. */
export const helpPlaces = [
  'welcome',
  'choice',
  'sheet',
  'site',
  'printing',
  'scanning',
  'documents',
  'tutorial',
  'other',
] as const;

/**
 * A figure a reader may see. `about`: people, moved a little at random. `exact`: the machine. `under`: less than the page's threshold,
 * where the law asks for one. `hidden`: not told, or not yet.
 */
export const figure = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('exact'), n: z.int().nonnegative() }),
  z.strictObject({ kind: z.literal('about'), n: z.int().nonnegative() }),
  z.strictObject({ kind: z.literal('under') }),
  z.strictObject({ kind: z.literal('hidden') }),
]);
export type Figure = z.output<typeof figure>;

export const reportRow = z.strictObject({
  /** Stable, for CSV and JSON: the key of the measure. */
  key: z.string(),
  label: z.string(),
  now: figure,
  before: figure.nullable(),
  lastYear: figure.nullable(),
});
export type ReportRow = z.output<typeof reportRow>;

export const reportTable = z.strictObject({
  measure: z.string(),
  title: z.string(),
  unit: z.enum(units),
  /** How the screens and the paper draw it. */
  chart: z.enum(['bars', 'week', 'none']),
  rows: z.array(reportRow).readonly(),
  /** Keys left out of `rows`: zero, or too small to be told from the noise. */
  quiet: z.int().nonnegative(),
});
export type ReportTable = z.output<typeof reportTable>;

export const report = z.strictObject({
  period: z.strictObject({ kind: z.enum(['week', 'month', 'year']), id: z.string() }),
  title: z.string(),
  place: z.string(),
  /** Not over yet: the figures will grow. */
  underWay: z.boolean(),
  threshold: z.int().positive(),
  /** How the numbers were changed, in one sentence. */
  method: z.string(),
  /** Passages of the last weeks, oldest first, and how they compare; empty where there is nothing to compare. */
  trend: z.strictObject({
    weeks: z.array(z.strictObject({ id: z.string(), n: z.int().nonnegative().nullable() })).readonly(),
    sentence: z.string(),
  }),
  /** The page in words: read this first. */
  sentences: z.array(z.string()).readonly(),
  /** The steps where most gave up, and what they were reading. */
  stuck: z
    .array(z.strictObject({ key: z.string(), where: z.string(), read: z.string(), n: z.int().positive() }))
    .readonly(),
  /** What to do next week. */
  advice: z.array(z.string()).readonly(),
  /** Things the agent must know about the figures themselves (held back, damaged file…). */
  notices: z.array(z.string()).readonly(),
  headline: z.array(z.strictObject({ label: z.string(), now: figure, change: z.string() })).readonly(),
  tables: z.array(reportTable).readonly(),
  /** Neighbours, for the buttons; null where there is nothing. */
  previous: z.string().nullable(),
  next: z.string().nullable(),
});
export type Report = z.output<typeof report>;

export const usageContract = defineFeature({
  when: 'screen',
  state: z.strictObject({}),
  messages: {
    /** "A theme was chosen", "help was asked for": what only the screens see. Never what was typed. */
    note: command({
      input: z.strictObject({ what: z.enum(['theme', 'help']), key: z.enum([...themeIds, 'search', ...helpPlaces]) }),
      output: z.null(),
      errors: ['usage.unknown'],
    }),
    /** Nothing was found, and the person stopped typing: the theme whose words are nearest, never what was typed. */
    nothingFound: command({
      input: z.strictObject({ theme: z.enum([...themeIds, 'none']) }),
      output: z.null(),
      errors: [],
    }),
    /** A card with the right number was shown to somebody in danger; never which card. */
    urgentHelpShown: command({ input: z.strictObject({}), output: z.null(), errors: [] }),
  },
  events: {},
});
export type UsageContract = typeof usageContract;

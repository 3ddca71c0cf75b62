/** What the screens report for the figures, and the figures as the agents' area shows them. */
import { z } from 'zod';
import { themeIds } from './catalogue.ts';
import { command, defineFeature } from './define.ts';

/** What a figure counts. */
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
 * A figure as a reader may see it. `exact`: counts about the machine. `about`: counts about people, with a little
 * random noise. `under`: below the page's threshold, where the law requires one. `hidden`: not shown, or not yet.
 */
export const figure = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('exact'), n: z.int().nonnegative() }),
  z.strictObject({ kind: z.literal('about'), n: z.int().nonnegative() }),
  z.strictObject({ kind: z.literal('under') }),
  z.strictObject({ kind: z.literal('hidden') }),
]);
export type Figure = z.output<typeof figure>;

export const reportRow = z.strictObject({
  /** The key of the measure. Stable, for CSV and JSON. */
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
  /** How the screens and the printed page draw it. */
  chart: z.enum(['bars', 'week', 'none']),
  rows: z.array(reportRow).readonly(),
  /** How many keys are left out of `rows`: zero, or too small to distinguish from the noise. */
  quiet: z.int().nonnegative(),
});
export type ReportTable = z.output<typeof reportTable>;

export const report = z.strictObject({
  period: z.strictObject({ kind: z.enum(['week', 'month', 'year']), id: z.string() }),
  title: z.string(),
  place: z.string(),
  /** The period is not over, so the figures will grow. */
  underWay: z.boolean(),
  threshold: z.int().positive(),
  /** How the noise changes the numbers, in one sentence. */
  method: z.string(),
  /** The visits of the last weeks, the oldest first, and how they compare; empty when there is nothing to compare. */
  trend: z.strictObject({
    weeks: z.array(z.strictObject({ id: z.string(), n: z.int().nonnegative().nullable() })).readonly(),
    sentence: z.string(),
  }),
  /** The page in words, to be read first. */
  sentences: z.array(z.string()).readonly(),
  /** The steps where most people gave up, and the text that they were reading. */
  stuck: z
    .array(z.strictObject({ key: z.string(), where: z.string(), read: z.string(), n: z.int().positive() }))
    .readonly(),
  /** Suggestions for next week. */
  advice: z.array(z.string()).readonly(),
  /** What the agent must know about the figures themselves (held back, damaged file…). */
  notices: z.array(z.string()).readonly(),
  headline: z.array(z.strictObject({ label: z.string(), now: figure, change: z.string() })).readonly(),
  tables: z.array(reportTable).readonly(),
  /** The neighbouring periods, for the buttons; null when there is none. */
  previous: z.string().nullable(),
  next: z.string().nullable(),
});
export type Report = z.output<typeof report>;

export const usageContract = defineFeature({
  when: 'screen',
  state: z.strictObject({}),
  messages: {
    /** Reports what only the screens know: a theme was chosen, help was asked for. Never what was typed. */
    note: command({
      input: z.strictObject({ what: z.enum(['theme', 'help']), key: z.enum([...themeIds, 'search', ...helpPlaces]) }),
      output: z.null(),
      errors: ['usage.unknown'],
    }),
    /** Nothing was found and the person stopped typing: reports the closest theme, never what was typed. */
    nothingFound: command({
      input: z.strictObject({ theme: z.enum([...themeIds, 'none']) }),
      output: z.null(),
      errors: [],
    }),
    /** A card with an emergency number was shown; never which card. */
    urgentHelpShown: command({ input: z.strictObject({}), output: z.null(), errors: [] }),
  },
  events: {},
});
export type UsageContract = typeof usageContract;

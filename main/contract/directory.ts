/**
 * Who can help near here. The screens receive the whole list (`places`, `communes`) and search it themselves, so a
 * keystroke sends no message. They request it again when `revision` or `day` of the state changes.
 */
import { z } from 'zod';
import { command, defineFeature, query } from './define.ts';
import { MOST_SPANS } from './typed-hours.ts';

/**
 * What a person comes for, in the order of the screen. Each need stands for one or two services of the national schema.
 */
export const needIds = [
  'demarches',
  'apprendre',
  'ordinateur',
  'materiel',
  'enfants',
  'travail',
  'securite',
  'loisirs',
] as const;
export const needId = z.enum(needIds);
export type NeedId = z.output<typeof needId>;

/** The kind of place in plain words: each groups several of the hundred national values of `typologie`. */
export const placeKinds = [
  'france-services',
  'solidarites',
  'mediatheque',
  'mairie',
  'social',
  'emploi',
  'jeunes',
  'tiers-lieu',
  'fablab',
  'cafe',
  'reemploi',
  'poste',
  'espace-numerique',
  'bus',
  'association',
  'administration',
  'autre',
] as const;
export const placeKind = z.enum(placeKinds);
export type PlaceKind = z.output<typeof placeKind>;

export const audiences = ['jeunes', 'etudiants', 'familles', 'seniors', 'femmes'] as const;
export type Audience = (typeof audiences)[number];
/** The needs that a place says it can meet. The last two are languages. */
export const cares = ['moteur', 'surdite', 'visuel', 'mental', 'illettrisme', 'anglais', 'autres-langues'] as const;
export type Care = (typeof cares)[number];
export const costs = ['free', 'free-conditions', 'paid'] as const;
export type Cost = (typeof costs)[number];
/** How to get in touch. `no-public`: it does not receive the public. */
export const accesses = ['come', 'phone', 'mail', 'book-online', 'prescription', 'no-public'] as const;
export const supports = ['alone', 'one-to-one', 'group', 'remote'] as const;

/** Such as 2026-11-26. */
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/);
/** Longitude, latitude: the order of GeoJSON and d3-geo. */
export const point = z.tuple([z.number(), z.number()]).readonly();
export type Point = z.output<typeof point>;
/**
 * `[from, to]` in minutes since midnight of a given day, on the clock of the place. Values above 1440 are on a later
 * day.
 */
export const span = z.tuple([z.int(), z.int()]).readonly();
export type Span = z.output<typeof span>;

const identity = {
  id: z.string(),
  name: z.string(),
  kind: placeKind,
  town: z.string(),
  postcode: z.string(),
  /** The INSEE code. */
  commune: z.string(),
};

/** A place with what the cards, the map and the filters need. `null` means "unknown", never "no". */
export const placeSummary = z.strictObject({
  ...identity,
  at: point.nullable(),
  /** False: `at` is the town, not the door. */
  exact: z.boolean(),
  /** Null: its services are unknown. It then matches every need, after the places that say so. */
  needs: z.array(needId).readonly().nullable(),
  /**
   * Spans since midnight of the reply's `day`: those that touch that day or the next, then the first one after them
   * within sixty days. Null: unknown, or written in a way that no program can parse: « Téléphonez avant ».
   */
  opens: z.array(span).readonly().nullable(),
  /** Has dated stops, or moves: `at` is its next stop, or its base. */
  itinerant: z.boolean(),
  costs: z.array(z.enum(costs)).readonly(),
  audiences: z.array(z.enum(audiences)).readonly(),
  cares: z.array(z.enum(cares)).readonly(),
  accesses: z.array(z.enum(accesses)).readonly(),
  /** Null: unknown. */
  byAppointment: z.boolean().nullable(),
  /** Formatted for reading: `04 70 00 00 00`. */
  phone: z.string().nullable(),
});
export type PlaceSummary = z.output<typeof placeSummary>;

export const places = z.strictObject({
  /** The day from which `opens` counts. */
  day,
  /** The name of the public holiday, if `day` is one. */
  holiday: z.string().nullable(),
  places: z.array(placeSummary).readonly(),
});
export type Places = z.output<typeof places>;

/** A commune of the département, for "where do you live". */
export const commune = z.strictObject({
  /** The INSEE code, which looks like a postcode but is not one (03190). */
  code: z.string(),
  name: z.string(),
  postcodes: z.array(z.string()).readonly(),
  /** Null when the kiosk knows no point for it. */
  at: point.nullable(),
  /**
   * `around`: the middle of the known places of its postcode, or of its neighbours. Distances are then shown as «
   * environ ».
   */
  precision: z.enum(['exact', 'around']),
  epci: z.string().nullable(),
  population: z.int().nonnegative(),
});
export type Commune = z.output<typeof commune>;

export const weekDay = z.strictObject({
  date: day,
  today: z.boolean(),
  spans: z.array(span).readonly(),
  holiday: z.string().nullable(),
  /** Why it is closed although it has hours on this weekday: « Congés d’été ». */
  closedFor: z.string().nullable(),
});

export const stop = z.strictObject({
  date: day,
  from: z.int(),
  to: z.int(),
  town: z.string(),
  where: z.string().nullable(),
  at: point.nullable(),
});
export type Stop = z.output<typeof stop>;

export const placeSheet = z.strictObject({
  ...placeSummary.shape,
  day,
  /** One line each: street, complement, postcode and town. Empty when the street is unknown. */
  address: z.array(z.string()).readonly(),
  email: z.string().nullable(),
  websites: z.array(z.string()).readonly(),
  /** The place's description of itself. */
  presentation: z.string().nullable(),
  /** Terms of the national schema: « Aide aux démarches administratives ». */
  services: z.array(z.string()).readonly(),
  supports: z.array(z.enum(supports)).readonly(),
  /** Monday to Sunday of this week; null when `opens` is. */
  week: z.array(weekDay).readonly().nullable(),
  /** The hours as the source wrote them, when no program can parse them. */
  hoursAsWritten: z.string().nullable(),
  /** « Ouvert le premier samedi du mois ». */
  hoursNote: z.string().nullable(),
  /** From today on, the next one first. */
  stops: z.array(stop).readonly(),
  directions: z.string().nullable(),
  accessibility: z.string().nullable(),
  bring: z.array(z.string()).readonly(),
  /** When these facts were last confirmed: 2019, 2024-08 or 2024-08-01; empty when no source says it. */
  checkedOn: z.string(),
  source: z.string(),
  /** The agent changed something. */
  corrected: z.boolean(),
  /** A person reported « Ce n’est plus vrai », and the agent has not checked yet. */
  doubted: z.boolean(),
});
export type PlaceSheet = z.output<typeof placeSheet>;

export const weekdays = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'] as const;
/** For each weekday, its spans in order: `09:00-12:00`. An empty list means "closed". */
export const weeklyHours = z.strictObject(
  Object.fromEntries(weekdays.map((one) => [one, z.array(z.string().max(11)).max(MOST_SPANS).readonly()])) as {
    [D in (typeof weekdays)[number]]: z.ZodReadonly<z.ZodArray<z.ZodString>>;
  },
);
export type WeeklyHours = z.output<typeof weeklyHours>;

/** What the agent may change. Absent fields keep following the imports. */
export const correction = z.strictObject({
  phone: z.string().max(30).nullable().optional(),
  hours: weeklyHours.nullable().optional(),
  hoursNote: z.string().max(200).nullable().optional(),
  address: z.string().max(200).nullable().optional(),
  directions: z.string().max(300).nullable().optional(),
  /** It no longer exists, or no longer helps: hidden from people, kept for the agent. */
  gone: z.boolean().optional(),
});
export type Correction = z.output<typeof correction>;

/** A place as the agent reviews it. */
export const placeInReview = z.strictObject({
  ...identity,
  phone: z.string().nullable(),
  address: z.string().nullable(),
  /** Null when the hours are unknown or are not a plain week; `hoursAsWritten` then has their text. */
  hours: weeklyHours.nullable(),
  hoursAsWritten: z.string().nullable(),
  hoursNote: z.string().nullable(),
  directions: z.string().nullable(),
  gone: z.boolean(),
  checkedOn: z.string(),
  source: z.string(),
  /** How many people reported « Ce n’est plus vrai » since the agent last checked. No date or time is kept. */
  doubts: z.int().nonnegative(),
  /** The fields that the agent changed. */
  corrected: z.array(z.string()).readonly(),
});
export type PlaceInReview = z.output<typeof placeInReview>;

export const directoryContract = defineFeature({
  when: 'screen',
  state: z.strictObject({
    /** Incremented when any place changes. */
    revision: z.int().nonnegative(),
    /** The day of `opens`; changes at midnight. Null until somebody needs it. */
    day: day.nullable(),
    count: z.int().nonnegative(),
    /** Where the kiosk is; null when its configuration does not say. */
    here: point.nullable(),
    /** How many places the agent should check. */
    doubted: z.int().nonnegative(),
  }),
  messages: {
    places: query({ input: z.strictObject({}), output: places, errors: [] }),
    communes: query({ input: z.strictObject({}), output: z.array(commune).readonly(), errors: [] }),
    /** To print it: `printing.prepare` with the source `{kind: 'sheet', sheet: 'place', id}`. */
    sheet: query({ input: z.strictObject({ id: z.string() }), output: placeSheet, errors: ['directory.unknown'] }),
    /** Counts that a need was pressed, and nothing else. */
    needChosen: command({ when: 'session', input: z.strictObject({ need: needId }), output: z.null(), errors: [] }),
    /** Counts that a sheet was opened, once per person and place. */
    viewed: command({
      when: 'session',
      input: z.strictObject({ id: z.string() }),
      output: z.null(),
      errors: ['directory.unknown'],
    }),
    /** « Ce n’est plus vrai ». Counts once per person. */
    doubt: command({
      when: 'session',
      input: z.strictObject({ id: z.string() }),
      output: z.null(),
      errors: ['directory.unknown', 'directory.not-kept'],
    }),
    /** The places with reports first, then those checked longest ago. Agents only, like the next three messages. */
    review: query({
      when: 'always',
      input: z.strictObject({}),
      output: z.array(placeInReview).readonly(),
      errors: ['directory.agent-only'],
    }),
    /** Also clears the reports, since the agent has checked the place. `directory.hours` carries `day`. */
    correct: command({
      when: 'always',
      input: z.strictObject({ id: z.string(), correction }),
      output: z.null(),
      errors: ['directory.agent-only', 'directory.unknown', 'directory.phone', 'directory.hours', 'directory.not-kept'],
    }),
    /** « C’est vérifié, tout est juste »: clears the reports, and the place counts as checked today. */
    confirm: command({
      when: 'always',
      input: z.strictObject({ id: z.string() }),
      output: z.null(),
      errors: ['directory.agent-only', 'directory.unknown', 'directory.not-kept'],
    }),
    /** Restores what the imports say. */
    undoCorrection: command({
      when: 'always',
      input: z.strictObject({ id: z.string() }),
      output: z.null(),
      errors: ['directory.agent-only', 'directory.unknown', 'directory.not-kept'],
    }),
  },
  events: {},
});
export type DirectoryContract = typeof directoryContract;

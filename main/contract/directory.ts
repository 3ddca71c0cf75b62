/**
 * Who can help near here. The screens are given the whole list once (`places`, `communes`), and find in it themselves: a
 * keystroke crosses nothing. They ask again when `revision` or `day` of the state changes.
 */
import { z } from 'zod';
import { command, defineFeature, query } from './define.ts';
import { MOST_SPANS } from './typed-hours.ts';

/** What a person comes for, in the order of the screen. Each is one or two services of the national schema. */
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

/** What kind of place it is, in plain words: the hundred national `typologie` are gathered in these. */
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
/** What a place says it is ready for. The last two are languages. */
export const cares = ['moteur', 'surdite', 'visuel', 'mental', 'illettrisme', 'anglais', 'autres-langues'] as const;
export type Care = (typeof cares)[number];
export const costs = ['free', 'free-conditions', 'paid'] as const;
export type Cost = (typeof costs)[number];
/** How to come in touch. `no-public`: it receives nobody. */
export const accesses = ['come', 'phone', 'mail', 'book-online', 'prescription', 'no-public'] as const;
export const supports = ['alone', 'one-to-one', 'group', 'remote'] as const;

/** As 2026-11-26. */
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/);
/** Longitude, latitude: the order of GeoJSON and of d3-geo. */
export const point = z.tuple([z.number(), z.number()]).readonly();
export type Point = z.output<typeof point>;
/** `[from, to]` in minutes on the clock of the place since midnight of a given day; past midnight is more than 1440. */
export const span = z.tuple([z.int(), z.int()]).readonly();
export type Span = z.output<typeof span>;

const identity = {
  id: z.string(),
  name: z.string(),
  kind: placeKind,
  town: z.string(),
  postcode: z.string(),
  /** INSEE. */
  commune: z.string(),
};

/** A place as the cards, the map and the filters need it. `null` is "not known", never "no". */
export const placeSummary = z.strictObject({
  ...identity,
  at: point.nullable(),
  /** False: `at` is the town, not the door. */
  exact: z.boolean(),
  /** Null: its services are not known. It is found for every need, after those that say so. */
  needs: z.array(needId).readonly().nullable(),
  /**
   * Spans since midnight of the answer's `day`: those that touch that day and the next, then the next one after them within
   * sixty days. Null: not known, or written in a way that no program reads: « Téléphonez avant ».
   */
  opens: z.array(span).readonly().nullable(),
  /** Has dated stops, or moves: `at` is then its next stop, or its base. */
  itinerant: z.boolean(),
  costs: z.array(z.enum(costs)).readonly(),
  audiences: z.array(z.enum(audiences)).readonly(),
  cares: z.array(z.enum(cares)).readonly(),
  accesses: z.array(z.enum(accesses)).readonly(),
  /** Null: not known. */
  byAppointment: z.boolean().nullable(),
  /** As people read it: `04 70 00 00 00`. */
  phone: z.string().nullable(),
});
export type PlaceSummary = z.output<typeof placeSummary>;

export const places = z.strictObject({
  /** What `opens` counts from. */
  day,
  /** The name of the holiday, where `day` is one. */
  holiday: z.string().nullable(),
  places: z.array(placeSummary).readonly(),
});
export type Places = z.output<typeof places>;

/** One of the département's communes, for "where do you live". */
export const commune = z.strictObject({
  /** INSEE: not a postcode, though they look alike (03190). */
  code: z.string(),
  name: z.string(),
  postcodes: z.array(z.string()).readonly(),
  /** Null where the kiosk knows no point for it. */
  at: point.nullable(),
  /** `around`: the middle of the known places of its postcode or of its neighbours: distances are said « environ ». */
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
  /** Why it is closed though the weekday has hours: « Congés d’été ». */
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
  /** Street, complement, postcode and town: one line each. Empty when the street is not known. */
  address: z.array(z.string()).readonly(),
  email: z.string().nullable(),
  websites: z.array(z.string()).readonly(),
  /** What the place says of itself. */
  presentation: z.string().nullable(),
  /** Words of the national schema: « Aide aux démarches administratives ». */
  services: z.array(z.string()).readonly(),
  supports: z.array(z.enum(supports)).readonly(),
  /** Monday to Sunday of this week; null as `opens`. */
  week: z.array(weekDay).readonly().nullable(),
  /** What the source wrote, where no program reads it. */
  hoursAsWritten: z.string().nullable(),
  /** « Ouvert le premier samedi du mois ». */
  hoursNote: z.string().nullable(),
  /** From today on, the nearest first. */
  stops: z.array(stop).readonly(),
  directions: z.string().nullable(),
  accessibility: z.string().nullable(),
  bring: z.array(z.string()).readonly(),
  /** When somebody last said that this is true: 2019, 2024-08 or 2024-08-01; empty where no source says it. */
  checkedOn: z.string(),
  source: z.string(),
  /** The agent changed something. */
  corrected: z.boolean(),
  /** Somebody said « Ce n’est plus vrai », and the agent has not looked yet. */
  doubted: z.boolean(),
});
export type PlaceSheet = z.output<typeof placeSheet>;

export const weekdays = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'] as const;
/** `09:00-12:00`, in order, for each weekday; an empty list is "closed". */
export const weeklyHours = z.strictObject(
  Object.fromEntries(weekdays.map((one) => [one, z.array(z.string().max(11)).max(MOST_SPANS).readonly()])) as {
    [D in (typeof weekdays)[number]]: z.ZodReadonly<z.ZodArray<z.ZodString>>;
  },
);
export type WeeklyHours = z.output<typeof weeklyHours>;

/** What the agent may change; what is absent stays as imports say. */
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

/** A place in the agent's hands. */
export const placeInReview = z.strictObject({
  ...identity,
  phone: z.string().nullable(),
  address: z.string().nullable(),
  /** Null when the hours are unknown, or no plain week: then `hoursAsWritten` says them. */
  hours: weeklyHours.nullable(),
  hoursAsWritten: z.string().nullable(),
  hoursNote: z.string().nullable(),
  directions: z.string().nullable(),
  gone: z.boolean(),
  checkedOn: z.string(),
  source: z.string(),
  /** How many people said « Ce n’est plus vrai » since the agent last looked; no day, no hour. */
  doubts: z.int().nonnegative(),
  /** The fields that the agent changed. */
  corrected: z.array(z.string()).readonly(),
});
export type PlaceInReview = z.output<typeof placeInReview>;

export const directoryContract = defineFeature({
  when: 'screen',
  state: z.strictObject({
    /** Grows when any place changes. */
    revision: z.int().nonnegative(),
    /** The day of `opens`; changes at midnight. */
    day,
    count: z.int().nonnegative(),
    /** Where the kiosk stands; null when its configuration does not say. */
    here: point.nullable(),
    /** Places that the agent should look at. */
    doubted: z.int().nonnegative(),
  }),
  messages: {
    places: query({ input: z.strictObject({}), output: places, errors: [] }),
    communes: query({ input: z.strictObject({}), output: z.array(commune).readonly(), errors: [] }),
    /** On paper: `printing.prepare` with the source `{kind: 'sheet', sheet: 'place', id}`. */
    sheet: query({ input: z.strictObject({ id: z.string() }), output: placeSheet, errors: ['directory.unknown'] }),
    /** A need was pressed: counted, and nothing else. */
    needChosen: command({ when: 'session', input: z.strictObject({ need: needId }), output: z.null(), errors: [] }),
    /** A sheet was opened: counted once a person and a place. */
    viewed: command({
      when: 'session',
      input: z.strictObject({ id: z.string() }),
      output: z.null(),
      errors: ['directory.unknown'],
    }),
    /** « Ce n’est plus vrai ». Twice from the same person is once. */
    doubt: command({
      when: 'session',
      input: z.strictObject({ id: z.string() }),
      output: z.null(),
      errors: ['directory.unknown', 'directory.not-kept'],
    }),
    /** Those in doubt first, then those checked longest ago. Behind the agent's door, like the three that follow. */
    review: query({
      when: 'always',
      input: z.strictObject({}),
      output: z.array(placeInReview).readonly(),
      errors: ['directory.agent-only'],
    }),
    /** Takes the doubts away, too: who corrects has looked. `directory.hours` carries `day`. */
    correct: command({
      when: 'always',
      input: z.strictObject({ id: z.string(), correction }),
      output: z.null(),
      errors: ['directory.agent-only', 'directory.unknown', 'directory.phone', 'directory.hours', 'directory.not-kept'],
    }),
    /** « C’est vérifié, tout est juste »: the doubts go, and the place counts as checked today. */
    confirm: command({
      when: 'always',
      input: z.strictObject({ id: z.string() }),
      output: z.null(),
      errors: ['directory.agent-only', 'directory.unknown', 'directory.not-kept'],
    }),
    /** Back to what the imports say. */
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

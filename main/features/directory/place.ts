/**
 * A place as it is stored: the fields and labels of the national schema (v1.0.2), and fields that the schema lacks. It
 * stores labels and not ids, so that an export also contains the labels that we don't use.
 */
import { z } from 'zod';

const list = z.array(z.string()).readonly();
const maybe = z.string().nullable();
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/);

export const closureSchema = z.strictObject({ from: day, to: day, why: maybe });
export type Closure = z.output<typeof closureSchema>;

export const stopSchema = z.strictObject({
  date: day,
  /** Minutes since midnight. */
  from: z.int().min(0).max(1440),
  to: z.int().min(0).max(2880),
  town: z.string(),
  where: maybe,
  lat: z.number().nullable(),
  lon: z.number().nullable(),
});

export const placeSchema = z.strictObject({
  id: z.string().min(1),
  /** SIRET or RNA. */
  pivot: maybe,
  name: z.string().min(1),
  commune: z.string(),
  postcode: z.string(),
  insee: maybe,
  street: maybe,
  complement: maybe,
  lat: z.number().nullable(),
  lon: z.number().nullable(),
  /** False when the point is the town's and not the door's. */
  exact: z.boolean(),
  typologies: list,
  /** `+33470000000`, or a short number as it is dialled. */
  phone: maybe,
  emails: list,
  websites: list,
  /** In the notation of OpenStreetMap. */
  hours: maybe,
  /** The source's own text, when no program can parse it. */
  hoursAsWritten: maybe,
  hoursNote: maybe,
  summary: maybe,
  detail: maybe,
  source: z.string(),
  moves: z.boolean(),
  parent: maybe,
  /** Date of the last check or update: 2019, 2024-08 or 2024-08-01. */
  updatedOn: z.string().regex(/^\d{4}(-\d\d){0,2}$/),
  services: list,
  audiences: list,
  cares: list,
  costs: list,
  programmes: list,
  labels: list,
  otherLabels: list,
  accesses: list,
  supports: list,
  accessLibre: maybe,
  booking: maybe,
  byAppointment: z.boolean().nullable(),
  closures: z.array(closureSchema).readonly(),
  stops: z.array(stopSchema).readonly(),
  directions: maybe,
  accessibility: maybe,
  bring: list,
});
export type Place = z.output<typeof placeSchema>;

/** A place with only the required fields. */
export const barePlace = (
  parts: Pick<Place, 'id' | 'name' | 'commune' | 'postcode' | 'source' | 'updatedOn'>,
): Place => ({
  pivot: null,
  insee: null,
  street: null,
  complement: null,
  lat: null,
  lon: null,
  exact: false,
  typologies: [],
  phone: null,
  emails: [],
  websites: [],
  hours: null,
  hoursAsWritten: null,
  hoursNote: null,
  summary: null,
  detail: null,
  moves: false,
  parent: null,
  services: [],
  audiences: [],
  cares: [],
  costs: [],
  programmes: [],
  labels: [],
  otherLabels: [],
  accesses: [],
  supports: [],
  accessLibre: null,
  booking: null,
  byAppointment: null,
  closures: [],
  stops: [],
  directions: null,
  accessibility: null,
  bring: [],
  ...parts,
});

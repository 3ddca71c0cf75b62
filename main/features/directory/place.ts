/**
 * A place as the directory keeps it: the fields of the national schema (v1.0.2) with its own labels, and what the schema has
 * no room for. Labels and not ids: what we don't use is exported as it came.
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
  /** False: the point is the town's. */
  exact: z.boolean(),
  typologies: list,
  /** `+33470000000`, or a short number as it is dialled. */
  phone: maybe,
  emails: list,
  websites: list,
  /** In the notation of OpenStreetMap. */
  hours: maybe,
  /** What the source wrote where no program reads it. */
  hoursAsWritten: maybe,
  hoursNote: maybe,
  summary: maybe,
  detail: maybe,
  source: z.string(),
  moves: z.boolean(),
  parent: maybe,
  /** When somebody last said so: 2019, 2024-08 or 2024-08-01. */
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

/** A place of which nothing is known but where it is. */
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

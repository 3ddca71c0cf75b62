/** The map of the département, drawn ahead: the screens and the printed ticket only place their markers on it. */
import { z } from 'zod';
import { defineFeature, query } from './define.ts';
import type { MapPlane } from './map-geometry.ts';

/** An SVG path in the map's own units, one decimal; empty when there is nothing to draw. */
const path = z.string();

/** How a longitude and a latitude become units of the map: `map-geometry.ts` uses it. */
const plane = z.strictObject({ scale: z.number(), x: z.number(), y: z.number() });

export const mapTown = z.strictObject({
  /** INSEE. */
  code: z.string(),
  name: z.string(),
  x: z.number(),
  y: z.number(),
  population: z.int().nonnegative(),
});
export type MapTown = z.output<typeof mapTown>;

export const mapArea = z.strictObject({
  /** SIREN of the EPCI. */
  code: z.string(),
  /** Without « CC du », « CA ». */
  name: z.string(),
  /** Of two tints: neighbours differ wherever two tints allow it. */
  tint: z.union([z.literal(0), z.literal(1)]),
  /** Empty where only its towns are known. */
  path,
  /** Left, top, right, bottom: what to show of the map to see this area. */
  box: z.tuple([z.number(), z.number(), z.number(), z.number()]).readonly(),
});
export type MapArea = z.output<typeof mapArea>;

export const kioskMap = z.strictObject({
  version: z.literal(1),
  departement: z.strictObject({ code: z.string(), name: z.string() }),
  /** Whose outlines these are, as the page says it. */
  source: z.string(),
  width: z.number().positive(),
  height: z.number().positive(),
  plane: plane satisfies z.ZodType<MapPlane>,
  outline: path,
  areas: z.array(mapArea).readonly(),
  /** Between two areas. */
  areaBorders: path,
  /** Between two communes of one area. */
  communeBorders: path,
  rivers: path,
  /** The largest first. */
  towns: z.array(mapTown).readonly(),
});
export type KioskMap = z.output<typeof kioskMap>;

/** The streets around a point, in a plane of their own: north is up, one unit is one metre there. */
export const streetPlan = z.strictObject({
  plane: plane satisfies z.ZodType<MapPlane>,
  /** Left, top, right, bottom: what is known around the point; paths may reach beyond. */
  box: z.tuple([z.number(), z.number(), z.number(), z.number()]).readonly(),
  green: path,
  water: path,
  rivers: path,
  buildings: path,
  rails: path,
  /** Where one walks only. */
  footways: path,
  streets: path,
  /** What crosses the town. */
  roads: path,
  /** The longest first: where a name may stand on its street, and how it turns there (degrees, −90 to 90). */
  names: z
    .array(z.strictObject({ text: z.string(), x: z.number(), y: z.number(), turn: z.number(), length: z.number() }))
    .readonly(),
  /** Whose map this is, as its licence asks it to be said: « © OpenStreetMap ». */
  source: z.string(),
});
export type StreetPlan = z.output<typeof streetPlan>;

export const mapContract = defineFeature({
  when: 'screen',
  state: z.strictObject({}),
  messages: {
    /** Null: no map is known for where this kiosk stands; the list does without. */
    map: query({ input: z.strictObject({}), output: kioskMap.nullable(), errors: [] }),
    /** Null: this place gave the kiosk no map of streets, or none of there. */
    streets: query({
      input: z.strictObject({ at: z.tuple([z.number().min(-180).max(180), z.number().min(-85).max(85)]).readonly() }),
      output: streetPlan.nullable(),
      errors: [],
    }),
  },
  events: {},
});
export type MapContract = typeof mapContract;

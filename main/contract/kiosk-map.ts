/** The map of the département, drawn in advance: the screens and the printed ticket only place markers on it. */
import { z } from 'zod';
import { defineFeature, query } from './define.ts';
import type { MapPlane } from './map-geometry.ts';

/** An SVG path in the map's own units, with one decimal; empty when there is nothing to draw. */
const path = z.string();

/** How longitude and latitude become units of the map; see `map-geometry.ts`. */
const plane = z.strictObject({ scale: z.number(), x: z.number(), y: z.number() });

export const mapTown = z.strictObject({
  /** The INSEE code. */
  code: z.string(),
  name: z.string(),
  x: z.number(),
  y: z.number(),
  population: z.int().nonnegative(),
});
export type MapTown = z.output<typeof mapTown>;

export const mapArea = z.strictObject({
  /** The SIREN of the EPCI. */
  code: z.string(),
  /** Without « CC du », « CA ». */
  name: z.string(),
  /** One of two tints. Neighbours differ wherever two tints allow it. */
  tint: z.union([z.literal(0), z.literal(1)]),
  /** Empty when only its towns are known. */
  path,
  /** Left, top, right, bottom: the part of the map to show for this area. */
  box: z.tuple([z.number(), z.number(), z.number(), z.number()]).readonly(),
});
export type MapArea = z.output<typeof mapArea>;

export const kioskMap = z.strictObject({
  version: z.literal(1),
  departement: z.strictObject({ code: z.string(), name: z.string() }),
  /** The source of the outlines, as it is shown on the page. */
  source: z.string(),
  width: z.number().positive(),
  height: z.number().positive(),
  plane: plane satisfies z.ZodType<MapPlane>,
  outline: path,
  areas: z.array(mapArea).readonly(),
  /** The borders between two areas. */
  areaBorders: path,
  /** The borders between two communes of one area. */
  communeBorders: path,
  rivers: path,
  /** The largest first. */
  towns: z.array(mapTown).readonly(),
});
export type KioskMap = z.output<typeof kioskMap>;

/** The streets around a point, in a plane of their own: north is up, one unit is one metre at that point. */
export const streetPlan = z.strictObject({
  plane: plane satisfies z.ZodType<MapPlane>,
  /** Left, top, right, bottom: the area covered around the point. Paths may extend beyond it. */
  box: z.tuple([z.number(), z.number(), z.number(), z.number()]).readonly(),
  green: path,
  water: path,
  rivers: path,
  buildings: path,
  rails: path,
  /** For pedestrians only. */
  footways: path,
  streets: path,
  /** Main roads. */
  roads: path,
  /**
   * Where the name of a street may be written, and its angle (degrees, −90 to 90): the longest straight parts first,
   * several per street.
   */
  names: z
    .array(z.strictObject({ text: z.string(), x: z.number(), y: z.number(), turn: z.number(), length: z.number() }))
    .readonly(),
  /** The attribution that the licence requires: « © OpenStreetMap ». */
  source: z.string(),
});
export type StreetPlan = z.output<typeof streetPlan>;

export const mapContract = defineFeature({
  when: 'screen',
  state: z.strictObject({}),
  messages: {
    /** Null: there is no map for the kiosk's location. The list then stands alone. */
    map: query({ input: z.strictObject({}), output: kioskMap.nullable(), errors: [] }),
    /** Null: the place provided no street data, or it does not cover this point. */
    streets: query({
      input: z.strictObject({ at: z.tuple([z.number().min(-180).max(180), z.number().min(-85).max(85)]).readonly() }),
      output: streetPlan.nullable(),
      errors: [],
    }),
  },
  events: {},
});
export type MapContract = typeof mapContract;

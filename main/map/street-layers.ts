/**
 * Maps the layers of vector tiles to what we draw. Supports three public schemas, as documented by their authors:
 * Protomaps basemap v4 (docs.protomaps.com/basemaps/layers), OpenMapTiles 3 (openmaptiles.org/schema) and Shortbread 1
 * (shortbread-tiles.org/schema). The schema need not be named: no two of them use the same layer name with different
 * meanings.
 */

/** What we draw, from the bottom layer up. */
export const DRAWN = ['green', 'water', 'rivers', 'buildings', 'rails', 'footways', 'streets', 'roads'] as const;
export type Drawn = (typeof DRAWN)[number];

export type Properties = Readonly<Record<string, string | number | boolean>>;

const ROADS = new Set(['highway', 'major_road', 'motorway', 'trunk', 'primary', 'secondary']);
const RAILS = new Set(['rail', 'narrow_gauge', 'tram', 'light_rail', 'transit']);
const FOOTWAYS = new Set(['path', 'footway', 'steps', 'cycleway', 'track', 'pedestrian', 'bridleway']);
/** Neither a street nor a landmark that helps to find one. */
const UNSEEN = new Set(['ferry', 'aerialway', 'aeroway', 'pier', 'runway', 'taxiway', 'raceway', 'bus_guideway']);
const GREEN = new Set([
  'park',
  'garden',
  'grass',
  'grassland',
  'forest',
  'wood',
  'cemetery',
  'village_green',
  'recreation_ground',
  'allotments',
  'meadow',
  'nature_reserve',
  'playground',
  'pitch',
]);

const wayOf = (kind: string): Drawn | null => {
  if (UNSEEN.has(kind)) return null;
  if (ROADS.has(kind)) return 'roads';
  if (RAILS.has(kind)) return 'rails';
  return FOOTWAYS.has(kind) ? 'footways' : 'streets';
};

const greenOf = (kind: string): Drawn | null => (GREEN.has(kind) ? 'green' : null);

/** A line is a river; a polygon is a lake or a wide river. */
export type Shape = 'line' | 'polygon';

const LAYERS: Readonly<Record<string, (kind: string, shape: Shape) => Drawn | null>> = {
  // Protomaps
  roads: wayOf,
  buildings: (kind) => (kind === 'address' ? null : 'buildings'), // Shortbread too
  landuse: greenOf, // OpenMapTiles too
  landcover: greenOf, // OpenMapTiles too
  water: (_, shape) => (shape === 'line' ? 'rivers' : 'water'), // OpenMapTiles too
  // OpenMapTiles
  transportation: wayOf,
  waterway: () => 'rivers',
  building: () => 'buildings',
  park: () => 'green',
  // Shortbread
  streets: wayOf,
  land: greenOf,
  sites: greenOf,
  water_polygons: () => 'water',
  water_lines: () => 'rivers',
};

/** OpenMapTiles calls it `class`, the other two `kind`. */
const kindOf = (properties: Properties): string => String(properties['kind'] ?? properties['class'] ?? '');

export const drawnAs = (layer: string, properties: Properties, shape: Shape): Drawn | null =>
  Object.hasOwn(LAYERS, layer) ? LAYERS[layer]!(kindOf(properties), shape) : null;

/** The layers whose lines have street names. */
const NAMED = new Set(['roads', 'transportation_name', 'street_labels']);

export const streetName = (layer: string, properties: Properties): string | null => {
  const name = properties['name'];
  return NAMED.has(layer) && typeof name === 'string' && name !== '' && wayOf(kindOf(properties)) !== 'rails'
    ? name
    : null;
};

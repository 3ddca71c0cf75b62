/** A made-up town drawn around a point, in the layers of a public vector tile schema. Lengths are in metres. */
import type { Feature, FeatureCollection, Geometry } from 'geojson';

type Point = readonly [x: number, y: number];
type At = readonly [longitude: number, latitude: number];

/** The layer, key and class names of each schema. */
const SCHEMAS = {
  protomaps: {
    roads: 'roads',
    names: 'roads',
    key: 'kind',
    main: 'major_road',
    street: 'minor_road',
    path: 'path',
    buildings: 'buildings',
    water: 'water',
    green: 'landuse',
  },
  openmaptiles: {
    roads: 'transportation',
    names: 'transportation_name',
    key: 'class',
    main: 'primary',
    street: 'minor',
    path: 'path',
    buildings: 'building',
    water: 'waterway',
    green: 'landcover',
  },
  shortbread: {
    roads: 'streets',
    names: 'street_labels',
    key: 'kind',
    main: 'secondary',
    street: 'residential',
    path: 'footway',
    buildings: 'buildings',
    water: 'water_lines',
    green: 'land',
  },
} as const;
export type TileSchema = keyof typeof SCHEMAS;
export const TILE_SCHEMAS = Object.keys(SCHEMAS) as readonly TileSchema[];

const STREETS: readonly {
  readonly name: string;
  readonly kind: 'main' | 'street' | 'path';
  readonly line: readonly Point[];
}[] = [
  {
    name: 'Avenue du Grand Chêne',
    kind: 'main',
    line: [
      [-420, 90],
      [-120, 60],
      [180, 70],
      [430, 20],
    ],
  },
  {
    name: 'Rue des Écoles',
    kind: 'street',
    line: [
      [-260, 340],
      [-230, 75],
      [-240, -180],
      [-300, -400],
    ],
  },
  {
    name: 'Rue du Marché',
    kind: 'street',
    line: [
      [30, 330],
      [10, 64],
      [0, -40],
      [20, -330],
    ],
  },
  {
    name: 'Rue de la Fontaine',
    kind: 'street',
    line: [
      [-238, -120],
      [5, -110],
      [260, -150],
    ],
  },
  {
    name: 'Rue du Moulin',
    kind: 'street',
    line: [
      [260, 400],
      [240, 62],
      [260, -150],
      [300, -400],
    ],
  },
  {
    name: 'Impasse du Puits',
    kind: 'street',
    line: [
      [10, -215],
      [140, -220],
    ],
  },
  {
    name: '',
    kind: 'path',
    line: [
      [-235, 10],
      [-120, -30],
      [2, -35],
    ],
  },
];
const RIVER: readonly Point[] = [
  [-420, -300],
  [-180, -270],
  [60, -290],
  [240, -260],
  [430, -310],
];
const PARK: readonly Point[] = [
  [-215, 40],
  [-120, 30],
  [-110, -20],
  [-150, -85],
  [-222, -90],
  [-215, 40],
];
const HOUSES: readonly Point[] = Array.from({ length: 26 }, (_, at) => [-190 + (at % 13) * 34, at < 13 ? 105 : -145]);

/** Bounds of the whole drawing around `at`, in degrees: west, south, east, north. */
export const townBounds = (at: At): readonly [number, number, number, number] => {
  const [west, south] = onEarth(at, [-450, -450]);
  const [east, north] = onEarth(at, [450, 450]);
  return [west, south, east, north];
};

const onEarth = ([longitude, latitude]: At, [x, y]: Point): [number, number] => [
  longitude + x / (111_320 * Math.cos((latitude * Math.PI) / 180)),
  latitude + y / 110_574,
];

export const drawnTown = (at: At, schema: TileSchema): Readonly<Record<string, FeatureCollection>> => {
  const words = SCHEMAS[schema];
  const layers: Record<string, Feature[]> = {};
  const add = (layer: string, geometry: Geometry, properties: Record<string, string>): void => {
    (layers[layer] ??= []).push({ type: 'Feature', geometry, properties });
  };
  const line = (points: readonly Point[]): Geometry => ({
    type: 'LineString',
    coordinates: points.map((one) => onEarth(at, one)),
  });
  const ring = (points: readonly Point[]): Geometry => ({
    type: 'Polygon',
    coordinates: [points.map((one) => onEarth(at, one))],
  });
  for (const { name, kind, line: points } of STREETS) {
    const said = name === '' ? {} : { name };
    add(words.roads, line(points), { [words.key]: words[kind], ...(words.names === words.roads ? said : {}) });
    if (words.names !== words.roads && name !== '')
      add(words.names, line(points), { [words.key]: words[kind], ...said });
  }
  add(words.water, line(RIVER), { [words.key]: 'river' });
  add(words.green, ring(PARK), { [words.key]: schema === 'openmaptiles' ? 'grass' : 'park' });
  for (const [x, y] of HOUSES) {
    add(
      words.buildings,
      ring([
        [x, y],
        [x + 20, y],
        [x + 20, y + 16],
        [x, y + 16],
        [x, y],
      ]),
      { [words.key]: 'building' },
    );
  }
  return Object.fromEntries(
    Object.entries(layers).map(([name, features]) => [name, { type: 'FeatureCollection' as const, features }]),
  );
};

/**
 * Turns outlines in degrees into the displayed map. d3-geo fits the plane and writes the paths. TopoJSON knows which
 * lines are shared, so a border is drawn once and neighbours stay joined when lines are simplified.
 */
import { geoMercator, geoPath } from 'd3-geo';
import type { Feature, FeatureCollection, Position } from 'geojson';
import { merge, mesh, neighbors } from 'topojson-client';
import { topology } from 'topojson-server';
import { presimplify, simplify } from 'topojson-simplify';
import type { GeometryCollection, MultiPolygon, Polygon, Topology } from 'topojson-specification';
import type { KioskMap, MapArea, MapTown } from '../contract/kiosk-map.ts';
import { project, type Box, type MapPlane } from '../contract/map-geometry.ts';
import { ringsOf, type Area, type Commune } from './contours.ts';
import { twoTints } from './two-tints.ts';

/** What the official lists say about a commune, whatever the source of its outline. */
export interface CommuneFacts {
  readonly name: string;
  readonly population: number;
  readonly epci: { readonly code: string; readonly name: string } | null;
}

export interface MapInput {
  readonly departement: { readonly code: string; readonly name: string };
  readonly source: string;
  /** Empty when only `outline` and `towns` are known. */
  readonly communes: readonly Commune[];
  readonly outline?: Area;
  readonly rivers: readonly (readonly Position[])[];
  /** The position of a commune's town, which is better than the middle of its outline. */
  readonly towns: ReadonlyMap<string, readonly [number, number]>;
  readonly factsOf: (code: string) => CommuneFacts | undefined;
}

const WIDTH = 1_000;
const MARGIN = 12;
/** Corners with a smaller triangle than this (square units) are invisible at every zoom. */
const CORNER = 1;
/** The margin around the towns of an area without an outline. */
const AROUND = 40;

type Communes = Topology<{ communes: GeometryCollection<{ code: string; epci: string | null }> }>;
type CommuneShape =
  Polygon<{ code: string; epci: string | null }> | MultiPolygon<{ code: string; epci: string | null }>;

const pathOf = geoPath().digits(1);
const drawn = (shape: Parameters<typeof pathOf>[0]): string => pathOf(shape) ?? '';
const rounded = (value: number): number => Math.round(value * 10) / 10;

/** Fits points rather than polygons: d3 takes a polygon with reversed winding for the rest of the Earth. */
const fitPlane = (positions: readonly Position[]): { plane: MapPlane; height: number } => {
  const points = { type: 'MultiPoint' as const, coordinates: positions as Position[] };
  const projection = geoMercator().fitWidth(WIDTH - 2 * MARGIN, points);
  const [[left, top], [, bottom]] = geoPath(projection).bounds(points);
  const [x, y] = projection.translate();
  return {
    plane: { scale: projection.scale(), x: x + MARGIN - left, y: y + MARGIN - top },
    height: Math.ceil(bottom - top + 2 * MARGIN),
  };
};

const onPlane = (plane: MapPlane, shape: Area): Area => {
  const ring = (positions: readonly Position[]): Position[] =>
    positions.map(([longitude = 0, latitude = 0]) => [...project(plane, [longitude, latitude])]);
  return shape.type === 'Polygon'
    ? { type: 'Polygon', coordinates: shape.coordinates.map(ring) }
    : { type: 'MultiPolygon', coordinates: shape.coordinates.map((polygon) => polygon.map(ring)) };
};

/** Borders as the lines that two communes share, without the detail that nobody can see. */
const joined = (communes: readonly (Commune & { readonly area: string | null })[], plane: MapPlane): Communes => {
  const collection: FeatureCollection<Area, { code: string; epci: string | null }> = {
    type: 'FeatureCollection',
    features: communes.map(({ code, area, shape }): Feature<Area, { code: string; epci: string | null }> => ({
      type: 'Feature',
      properties: { code, epci: area },
      geometry: onPlane(plane, shape),
    })),
  };
  const made = topology({ communes: collection }, 1e5) as unknown as Communes;
  return simplify(presimplify(made), CORNER);
};

const shapesOf = (made: Communes): readonly CommuneShape[] =>
  made.objects.communes.geometries.filter(
    (geometry): geometry is CommuneShape => geometry.type === 'Polygon' || geometry.type === 'MultiPolygon',
  );

const boxAround = (points: readonly (readonly [number, number])[]): Box => [
  rounded(Math.min(...points.map(([x]) => x))),
  rounded(Math.min(...points.map(([, y]) => y))),
  rounded(Math.max(...points.map(([x]) => x))),
  rounded(Math.max(...points.map(([, y]) => y))),
];

const widened = ([left, top, right, bottom]: Box, by: number): Box => [left - by, top - by, right + by, bottom + by];

/** Locally, « CC du Bocage Bourbonnais » is called « Bocage Bourbonnais ». */
export const areaName = (name: string): string =>
  name
    .replace(/^(?:CC|CA|CU|METRO|Métropole)\s+/u, '')
    .replace(/^(?:du|des|de la|de l['’]|de|d['’])\s*(?=\p{Lu})/u, '');

const outsideRings = (rings: readonly (readonly Position[])[], [px = 0, py = 0]: Position): boolean => {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const [xi = 0, yi = 0] = ring[i] ?? [];
      const [xj = 0, yj = 0] = ring[j] ?? [];
      if (yi > py !== yj > py && px < ((xj - xi) * (py - yi)) / (yj - yi) + xi) inside = !inside;
    }
  }
  return !inside;
};

/** Rivers are cut at the border of the département. */
const riversWithin = (rivers: MapInput['rivers'], outline: Area, plane: MapPlane): string => {
  const rings = ringsOf(outline);
  const kept: Position[][] = [];
  for (const river of rivers) {
    let run: Position[] = [];
    for (const [longitude = 0, latitude = 0] of river) {
      const at = [...project(plane, [longitude, latitude])];
      if (!outsideRings(rings, at)) run.push(at);
      else if (run.length > 0) {
        kept.push(run);
        run = [];
      }
    }
    kept.push(run);
  }
  return drawn({ type: 'MultiLineString', coordinates: kept.filter((run) => run.length > 1) });
};

interface Drawn {
  readonly outline: Area;
  readonly areaBorders: string;
  readonly communeBorders: string;
  /** By the code of the EPCI. */
  readonly shapes: ReadonlyMap<string, Area>;
  readonly neighbours: (codes: readonly string[]) => readonly (readonly number[])[];
  readonly middles: ReadonlyMap<string, readonly [number, number]>;
}

const drawCommunes = (communes: Parameters<typeof joined>[0], plane: MapPlane): Drawn => {
  const made = joined(communes, plane);
  const shapes = shapesOf(made);
  const byEpci = Map.groupBy(shapes, (shape) => shape.properties?.epci ?? '');
  const around = neighbors(made.objects.communes.geometries);
  const epciAt = made.objects.communes.geometries.map((geometry) => epciOf(geometry) ?? '');
  return {
    outline: merge(made, [...shapes]),
    areaBorders: drawn(mesh(made, made.objects.communes, (a, b) => a !== b && epciOf(a) !== epciOf(b))),
    communeBorders: drawn(mesh(made, made.objects.communes, (a, b) => a !== b && epciOf(a) === epciOf(b))),
    shapes: new Map(
      [...byEpci].filter(([code]) => code !== '').map(([code, members]) => [code, merge(made, [...members])]),
    ),
    neighbours: (codes) =>
      codes.map((code) => {
        const touched = new Set(
          around.flatMap((others, at) => (epciAt[at] === code ? others.map((other) => epciAt[other]) : [])),
        );
        return codes.flatMap((other, index) => (other !== code && touched.has(other) ? [index] : []));
      }),
    middles: new Map(communes.map(({ code, shape }) => [code, pathOf.centroid(onPlane(plane, shape))])),
  };
};

const epciOf = (geometry: { readonly properties?: unknown }): string | null =>
  (geometry.properties as { epci: string | null } | undefined)?.epci ?? null;

export const drawMap = (input: MapInput): KioskMap => {
  const { factsOf } = input;
  const communes = input.communes.map((commune) => ({
    ...commune,
    area: commune.epci ?? factsOf(commune.code)?.epci?.code ?? null,
  }));
  const edge =
    communes.length > 0 ? communes.map(({ shape }) => shape) : [input.outline].filter((one) => one !== undefined);
  const { plane, height } = fitPlane(edge.flatMap((shape) => ringsOf(shape).flat()));
  const drawing = communes.length > 0 ? drawCommunes(communes, plane) : undefined;
  const outline = drawing?.outline ?? onPlane(plane, edge[0]!);
  const towns = townsOf(input, plane, drawing?.middles ?? new Map());
  return {
    version: 1,
    departement: input.departement,
    source: input.source,
    width: WIDTH,
    height,
    plane,
    outline: drawn(outline),
    areas: areasOf(input, towns, drawing),
    areaBorders: drawing?.areaBorders ?? '',
    communeBorders: drawing?.communeBorders ?? '',
    rivers: riversWithin(input.rivers, outline, plane),
    towns,
  };
};

const townsOf = (input: MapInput, plane: MapPlane, middles: Drawn['middles']): readonly MapTown[] => {
  const codes = input.communes.length > 0 ? input.communes.map(({ code }) => code) : [...input.towns.keys()];
  const named = new Map(input.communes.map(({ code, name }) => [code, name]));
  return codes
    .flatMap((code): MapTown[] => {
      const point = input.towns.get(code);
      const at = point ? project(plane, point) : middles.get(code);
      const facts = input.factsOf(code);
      const name = facts?.name ?? named.get(code);
      if (!at || !name) return [];
      return [{ code, name, x: rounded(at[0]), y: rounded(at[1]), population: facts?.population ?? 0 }];
    })
    .sort((a, b) => b.population - a.population || a.code.localeCompare(b.code));
};

const areasOf = (input: MapInput, towns: readonly MapTown[], drawing: Drawn | undefined): readonly MapArea[] => {
  const own = new Map(input.communes.map(({ code, epci }) => [code, epci]));
  const names = new Map<string, string>();
  const members = new Map<string, [number, number][]>();
  for (const { code, x, y } of towns) {
    const epci = input.factsOf(code)?.epci;
    const area = own.get(code) ?? epci?.code;
    if (!area) continue;
    if (epci?.code === area) names.set(area, areaName(epci.name));
    members.set(area, [...(members.get(area) ?? []), [x, y]]);
  }
  const codes = [...names.keys()].sort((a, b) => names.get(a)!.localeCompare(names.get(b)!, 'fr'));
  const tints = twoTints(drawing?.neighbours(codes) ?? codes.map(() => []));
  return codes.map((code, at): MapArea => {
    const shape = drawing?.shapes.get(code);
    const box = shape
      ? boxAround(ringsOf(shape).flat() as [number, number][])
      : widened(boxAround(members.get(code) ?? []), AROUND);
    return { code, name: names.get(code)!, tint: tints[at] ?? 0, path: shape ? drawn(shape) : '', box };
  });
};

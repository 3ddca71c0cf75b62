/** Reads an outline file as published by IGN, Etalab or a département: GeoJSON or TopoJSON, with any column names. */
import type { Feature, GeoJSON, Geometry, MultiPolygon, Polygon, Position } from 'geojson';
import { feature as topojsonFeature } from 'topojson-client';
import type { Topology } from 'topojson-specification';
import { fail, ok, type Result } from '../contract/result.ts';
import { readSystem } from './coordinates.ts';

export type Area = Polygon | MultiPolygon;

export interface Commune {
  readonly code: string;
  readonly name: string | null;
  readonly epci: string | null;
  readonly shape: Area;
}

export interface Contours {
  readonly communes: readonly Commune[];
  /** The outline of a département, if the file has one. */
  readonly departements: readonly { readonly code: string; readonly name: string | null; readonly shape: Area }[];
  readonly rivers: readonly (readonly Position[])[];
  /** What was done to the file, for the report. */
  readonly notes: readonly string[];
}

const COMMUNE_CODE = /^(?:\d{5}|2[AB]\d{3})$/;
const DEPARTEMENT_CODE = /^(?:\d{2}|2[AB]|97\d)$/;
const SIREN = /\b\d{9}\b/;

const CODE_NAMES = ['insee_com', 'code_insee', 'codeinsee', 'code_commune', 'codgeo', 'insee', 'code', 'id'];
const NAME_NAMES = ['nom_officiel', 'nom_com', 'nom_commune', 'libgeo', 'nom_dep', 'nom', 'name', 'libelle'];
const EPCI_NAMES = ['codes_siren_des_epci', 'code_siren_epci', 'siren_epci', 'code_epci', 'codeepci', 'epci'];
const DEPARTEMENT_NAMES = ['insee_dep', 'code_dept', 'code_departement', 'code_insee', 'dep', 'code', 'id'];

type Properties = ReadonlyMap<string, string>;

/** Column names change between editions, in upper or lower case. */
const propertiesOf = (feature: Feature): Properties =>
  new Map(
    [...Object.entries(feature.properties ?? {}), ['id', feature.id] as const]
      .filter(([, value]) => typeof value === 'string' || typeof value === 'number')
      .map(([key, value]) => [key.toLowerCase(), String(value).trim()] as const)
      .reverse(),
  );

const firstThatFits = (properties: Properties, names: readonly string[], fits: RegExp): string | null => {
  for (const name of names) {
    const found = properties.get(name)?.match(fits);
    if (found) return found[0];
  }
  return null;
};

const hasShape = (geometry: Geometry | null): geometry is Area =>
  geometry?.type === 'Polygon' || geometry?.type === 'MultiPolygon';

export const ringsOf = (shape: Area): readonly (readonly Position[])[] =>
  shape.type === 'Polygon' ? shape.coordinates : shape.coordinates.flat();

const convertShape = (shape: Area, convert: (position: Position) => Position): Area => {
  const ring = (positions: readonly Position[]): Position[] => positions.map(convert);
  return shape.type === 'Polygon'
    ? { type: 'Polygon', coordinates: shape.coordinates.map(ring) }
    : { type: 'MultiPolygon', coordinates: shape.coordinates.map((polygon) => polygon.map(ring)) };
};

/** Parses the JSON. An error at the very end of the text means that the file is truncated. */
const parse = (text: string): Result<unknown, string> => {
  if (/^PK/.test(text)) return fail('c’est une archive zip : décompressez-la, puis donnez le fichier .geojson');
  if (/^\s*</.test(text)) return fail('c’est du XML (KML, GML, SVG) : il faut un fichier GeoJSON ou TopoJSON');
  if (text.trim() === '') return fail('le fichier est vide : téléchargez-le à nouveau');
  try {
    return ok(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch (error) {
    // V8 gives the position only sometimes; an error at the first token has none.
    const at = Number(/position (\d+)/.exec(String(error))?.[1] ?? 0);
    const line = text.slice(0, at).split('\n').length;
    const cut = /end of JSON|Unterminated/.test(String(error)) || at >= text.trimEnd().length - 1;
    return fail(
      cut
        ? 'le fichier est coupé avant la fin : téléchargez-le à nouveau'
        : `ligne ${line} : ce n’est pas du JSON. Il faut un fichier GeoJSON ou TopoJSON`,
    );
  }
};

const featuresOf = (data: unknown): Result<readonly Feature[], string> => {
  const { type } = (typeof data === 'object' && data !== null ? data : {}) as { type?: unknown };
  const wrong = fail(
    'ce n’est ni du GeoJSON ni du TopoJSON (« type » n’en dit rien) : il faut des contours de communes',
  );
  try {
    if (type === undefined) return wrong;
    if (type === 'Topology') {
      const topology = data as Topology;
      return ok(
        Object.values(topology.objects).flatMap((object) => {
          const made = topojsonFeature(topology, object);
          return made.type === 'FeatureCollection' ? made.features : [made];
        }),
      );
    }
    const geojson = data as GeoJSON;
    if (geojson.type === 'FeatureCollection') return Array.isArray(geojson.features) ? ok(geojson.features) : wrong;
    if (geojson.type === 'Feature') return ok([geojson]);
    return hasShape(geojson) ? ok([{ type: 'Feature', properties: {}, geometry: geojson }]) : wrong;
  } catch {
    // A topology whose arcs are missing.
    return fail('le TopoJSON est abîmé (des arcs manquent) : téléchargez-le à nouveau');
  }
};

/** GeoJSON before 2016 could name its coordinate system, and ogr2ogr still does. */
const crsOf = (data: unknown): string => {
  const name = (data as { crs?: { properties?: { name?: unknown } } }).crs?.properties?.name;
  return typeof name === 'string' ? name : '';
};

const linesOf = (geometry: Geometry | null): readonly (readonly Position[])[] => {
  if (geometry?.type === 'LineString') return [geometry.coordinates];
  return geometry?.type === 'MultiLineString' ? geometry.coordinates : [];
};

/** Reads one file. The error is a sentence that says what is wrong and what to do. */
export const readContours = (text: string): Result<Contours, string> => {
  const parsed = parse(text);
  if (!parsed.ok) return parsed;
  const features = featuresOf(parsed.value);
  if (!features.ok) return features;
  const shapes = features.value.filter(({ geometry }) => hasShape(geometry));
  const lines = features.value.flatMap(({ geometry }) => linesOf(geometry));
  if (shapes.length === 0 && lines.length === 0) {
    return fail('aucun contour dedans (ni polygone, ni ligne) : il faut les contours des communes, pas leurs centres');
  }
  const system = readSystem(crsOf(parsed.value), [
    ...shapes.flatMap(({ geometry }) => ringsOf(geometry as Area).flat()),
    ...lines.flat(),
  ]);
  if (!system.ok) return system;
  const { convert, note } = system.value;
  const communes: Commune[] = [];
  const departements: Contours['departements'][number][] = [];
  let nameless = 0;
  for (const one of shapes) {
    const properties = propertiesOf(one);
    const shape = convertShape(one.geometry as Area, convert);
    const name = firstThatFits(properties, NAME_NAMES, /^.+$/);
    const code = firstThatFits(properties, CODE_NAMES, COMMUNE_CODE);
    const departement = firstThatFits(properties, DEPARTEMENT_NAMES, DEPARTEMENT_CODE);
    if (code !== null) communes.push({ code, name, epci: firstThatFits(properties, EPCI_NAMES, SIREN), shape });
    else if (departement !== null) departements.push({ code: departement, name, shape });
    // EPCIs are skipped: they are drawn from their communes.
    else if (firstThatFits(properties, [...CODE_NAMES, ...EPCI_NAMES], SIREN) === null) nameless += 1;
  }
  if (communes.length + departements.length + lines.length === 0) {
    return fail(
      'aucun contour ne porte de code Insee (colonne « code » ou « INSEE_COM ») : prenez un fichier officiel',
    );
  }
  const notes = note === null ? [] : [note];
  if (nameless > 0) notes.push(`${nameless} contour(s) sans code Insee laissé(s) de côté`);
  return ok({ communes, departements, rivers: lines.map((line) => line.map(convert)), notes });
};

export const departementOf = (commune: string): string => commune.slice(0, commune.startsWith('97') ? 3 : 2);

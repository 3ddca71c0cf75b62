/** Repairs that need the whole row: the commune, and a point in an impossible location. */
import type { Point } from '../../../contract/directory.ts';
import type { CommuneRegister } from '../communes.ts';
import type { Place } from '../place.ts';

export interface PlaceContext {
  readonly register: CommuneRegister;
  /** The known points of communes. */
  readonly points: ReadonlyMap<string, Point>;
}

type NoteRepair = (column: string, what: string, small?: boolean) => void;

export const mendPlace = (place: Place, context: PlaceContext, note: NoteRepair): Place =>
  mendPoint(mendCommune(place, context, note), context, note);

const mendCommune = (place: Place, { register }: PlaceContext, note: NoteRepair): Place => {
  const { departement } = register;
  const byName = register.byName(place.commune, place.postcode);
  let { postcode } = place;
  // 03190 is Moulins as an INSEE code and Vallon-en-Sully as a postcode.
  if (byName && postcode === byName.code && !byName.postcodes.includes(postcode)) {
    postcode = byName.postcodes[0] ?? postcode;
    note('code_postal', `${place.postcode} est le code INSEE de ${byName.name} ; son code postal est ${postcode}`);
  }
  if (!postcode.startsWith(departement)) {
    note('code_postal', `${place.commune} (${postcode}) est hors du département : gardé`);
    return { ...place, postcode };
  }
  const byCode = place.insee === null ? undefined : register.byCode(place.insee);
  const found = byCode ?? byName;
  if (!found) {
    note('commune', `« ${place.commune} » n’est pas une commune du département : gardée telle quelle`);
    return { ...place, postcode };
  }
  if (byCode && byName && byCode !== byName) {
    note('code_insee', `${byCode.code} est ${byCode.name}, la ligne dit ${byName.name} : ${byName.code} à la place`);
    return { ...place, postcode, insee: byName.code, commune: byName.name };
  }
  if (place.insee !== found.code) note('code_insee', `complété d’après la commune : « ${found.code} »`, true);
  if (place.commune !== found.name) note('commune', `« ${place.commune} » écrit « ${found.name} »`, true);
  return { ...place, postcode, insee: found.code, commune: found.name };
};

/** A rough box around metropolitan France. A point outside it is at sea or a mistake. */
const inMetropole = (lat: number, lon: number): boolean => lat > 41 && lat < 51.6 && lon > -5.6 && lon < 9.8;

/** Approximate straight-line distance, precise enough to notice a point in another town. */
const roughKm = (lat: number, lon: number, [toLon, toLat]: Point): number =>
  Math.hypot((lat - toLat) * 111.2, (lon - toLon) * 111.2 * Math.cos((lat * Math.PI) / 180));

/** A commune of the Allier is about ten kilometres wide. */
const TOO_FAR_KM = 25;

const mendPoint = (place: Place, { points, register }: PlaceContext, note: NoteRepair): Place => {
  const town = place.insee === null ? undefined : points.get(place.insee);
  const home = place.postcode.startsWith(register.departement);
  let { lat, lon } = place;
  const overseas = /^9[78]/.test(place.postcode);
  if (lat !== null && lon !== null && !overseas) {
    if (!inMetropole(lat, lon) && inMetropole(lon, lat)) {
      [lat, lon] = [lon, lat];
      note('latitude', 'latitude et longitude étaient échangées');
    }
    const instead = town ? 'le bourg à la place' : 'retiré';
    if (Math.abs(lat) > 180 || Math.abs(lon) > 180) {
      note('latitude', `${lat}, ${lon} ne sont pas des degrés (Lambert-93 ?), exportez en WGS 84 : ${instead}`);
      lat = lon = null;
    } else if (!inMetropole(lat, lon)) {
      note('latitude', `le point ${lat}, ${lon} est en mer ou hors de France : ${instead}`);
      lat = lon = null;
    } else if (town && roughKm(lat, lon, town) > TOO_FAR_KM) {
      note(
        'latitude',
        `le point est à ${Math.round(roughKm(lat, lon, town))} km de ${place.commune} : le bourg à la place`,
      );
      lat = lon = null;
    } else if (home && !town && farFromAll(lat, lon, points)) {
      note('latitude', `le point ${lat}, ${lon} est hors du département : retiré`);
      lat = lon = null;
    }
  }
  if (lat !== null && lon !== null) return { ...place, lat, lon };
  return town
    ? { ...place, lat: town[1], lon: town[0], exact: false }
    : { ...place, lat: null, lon: null, exact: false };
};

const farFromAll = (lat: number, lon: number, points: ReadonlyMap<string, Point>): boolean =>
  points.size > 0 && [...points.values()].every((point) => roughKm(lat, lon, point) > 2 * TOO_FAR_KM);

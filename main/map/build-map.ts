/** Builds the kiosk's map from outline files, or returns a sentence for each mistake. */
import { fail, ok, type Result } from '../contract/result.ts';
import type { KioskMap } from '../contract/kiosk-map.ts';
import type { Box, XY } from '../contract/map-geometry.ts';
import { departementOf, readContours, ringsOf, type Commune, type Contours } from './contours.ts';
import { drawMap, type MapInput } from './draw-map.ts';
import type { OfficialLists } from './official-lists.ts';

export interface OutlineFile {
  /** The name as the person gave it: mistakes begin with it. */
  readonly name: string;
  readonly text: string;
}

export interface BuiltMap {
  readonly map: KioskMap;
  readonly notes: readonly string[];
}

const together = (read: readonly Contours[]): Contours => ({
  communes: read.flatMap(({ communes }) => communes),
  departements: read.flatMap(({ departements }) => departements),
  rivers: read.flatMap(({ rivers }) => rivers),
  notes: read.flatMap(({ notes }) => notes),
});

/** The requested département, or the only one in the files. */
const chooseDepartement = (all: Contours, wanted: string | undefined): Result<string, string> => {
  const codes = [
    ...new Set([...all.communes.map(({ code }) => departementOf(code)), ...all.departements.map(({ code }) => code)]),
  ].sort();
  if (wanted !== undefined) {
    if (codes.includes(wanted)) return ok(wanted);
    return fail(`aucun contour du département ${wanted} ; il y a : ${codes.slice(0, 12).join(', ')}`);
  }
  const [only] = codes;
  if (only === undefined) return fail('aucun contour de commune : donnez aussi le fichier des communes');
  if (codes.length === 1) return ok(only);
  return fail(`${codes.length} départements dans ces fichiers : dites lequel, par exemple --departement=${only}`);
};

export interface BuildDeps {
  readonly lists: OfficialLists;
  /** Needed when the files contain several. */
  readonly departement?: string | undefined;
  /** The position of towns, by INSEE code of their commune. May contain all of France. */
  readonly towns?: MapInput['towns'];
  /** The source of the outlines; the names of the files when absent. */
  readonly source?: string | undefined;
}

const ownTowns = (towns: MapInput['towns'], departement: string): MapInput['towns'] =>
  new Map([...towns].filter(([code]) => departementOf(code) === departement));

const boundsOf = (communes: Iterable<Commune>): Box => {
  const bounds: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { shape } of communes) {
    for (const [x = 0, y = 0] of ringsOf(shape).flat()) {
      bounds[0] = Math.min(bounds[0], x);
      bounds[1] = Math.min(bounds[1], y);
      bounds[2] = Math.max(bounds[2], x);
      bounds[3] = Math.max(bounds[3], y);
    }
  }
  return bounds;
};
const isIn = ([left, top, right, bottom]: Box, [x, y]: XY): boolean =>
  x >= left && x <= right && y >= top && y <= bottom;

export const buildMap = (
  files: readonly OutlineFile[],
  { lists, departement: wanted, towns = new Map(), source }: BuildDeps,
): Result<BuiltMap, readonly string[]> => {
  const read: Contours[] = [];
  const mistakes: string[] = [];
  for (const { name, text } of files) {
    const contours = readContours(text);
    if (contours.ok) read.push(contours.value);
    else mistakes.push(`${name} : ${contours.error}`);
  }
  if (mistakes.length > 0) return fail(mistakes);
  const all = together(read);
  const chosen = chooseDepartement(all, wanted);
  if (!chosen.ok) return fail([chosen.error]);
  const code = chosen.value;
  const once = new Map(
    all.communes.filter((commune) => departementOf(commune.code) === code).map((commune) => [commune.code, commune]),
  );
  const missed = [...ownTowns(towns, code).values()];
  if (missed.length > 0 && !missed.some((town) => isIn(boundsOf(once.values()), town)) && once.size > 0) {
    return fail([
      `les contours ne sont pas là où est le département ${code} : le système de coordonnées n’est pas reconnu. ` +
        'Convertissez le fichier : ogr2ogr -f GeoJSON -t_srs EPSG:4326 contours-wgs84.json VOTRE_FICHIER',
    ]);
  }
  const outline = all.departements.find((one) => one.code === code)?.shape;
  const communes = [...once.values()];
  const expected = lists.communesOf(code).length;
  const notes = [...all.notes];
  if (communes.length === 0) notes.push('pas de contours de communes : la carte montre le département seul');
  else if (communes.length !== expected && expected > 0) {
    notes.push(`${communes.length} communes dans le fichier, ${expected} dans la liste officielle d’aujourd’hui`);
  }
  const map = drawMap({
    departement: { code, name: lists.departementName(code) ?? code },
    source: source ?? files.map(({ name }) => name.replace(/^.*[\\/]/, '')).join(', '),
    communes,
    ...(outline ? { outline } : {}),
    rivers: all.rivers,
    towns: ownTowns(towns, code),
    factsOf: lists.factsOf,
  });
  return ok({ map, notes });
};

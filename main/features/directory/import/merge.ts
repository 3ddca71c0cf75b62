/**
 * Merges the same place from two sources: field by field the newer one wins, and fills its empty fields from the older.
 */
import { kindOf, phoneAsRead } from '../national-words.ts';
import type { Place } from '../place.ts';
import { comparable } from './mend-values.ts';
import type { Merged, Renamed } from './report.ts';

export interface Sourced {
  readonly place: Place;
  /** Rows of one file with different ids are never merged, however similar they are. */
  readonly file: string;
}

export interface MergeResult {
  readonly places: readonly Place[];
  readonly merged: readonly Merged[];
  /** Different places whose id was already taken. */
  readonly renamed: readonly Renamed[];
}

/** Words that name a kind of place, or nothing at all. They don't distinguish two places. */
const EMPTY = new Set(
  (
    'a au aux d de des du en et l la le les un une sur sous saint sainte st ste ' +
    'antenne bibliotheque bus cafe associatif centre commune communal conseil coworking departementales espace fablab france ' +
    'information jeunesse locale maison maisons mairie mediatheque mediation mission mjc msap msd numerique point poste public ' +
    'recyclerie reseau ressourcerie rfs service services social solidarites telecentre tete'
  ).split(' '),
);

const ownWords = (place: Place): string => {
  const town = new Set(comparable(place.commune).split(' '));
  return comparable(place.name)
    .split(' ')
    .filter((word) => !EMPTY.has(word) && !town.has(word))
    .sort()
    .join(' ');
};

const whereKey = (place: Place): string => place.insee ?? place.postcode;

/** Two places from different sources are the same when they share one of these keys. */
const keysOf = (place: Place): readonly string[] => {
  const where = `${whereKey(place)}|${kindOf(place)}`;
  return [
    `id|${place.id}|${whereKey(place)}`,
    `name|${where}|${ownWords(place)}`,
    ...(place.phone === null ? [] : [`phone|${where}|${place.phone}`]),
    ...(place.pivot === null || place.street === null
      ? []
      : [`pivot|${where}|${place.pivot}|${comparable(place.street)}`]),
  ];
};

const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

const FIELD_WORDS: Partial<Readonly<Record<keyof Place, string>>> = {
  name: 'nom',
  street: 'adresse',
  phone: 'téléphone',
  hours: 'horaires',
  emails: 'e-mail',
  websites: 'site',
  services: 'services',
};

const shown = (field: keyof Place, value: unknown): string =>
  field === 'phone' ? phoneAsRead(String(value)) : Array.isArray(value) ? value.join(', ') : String(value);

/** Fields that belong together: all of them must come from the same source. */
const TOGETHER: readonly (readonly (keyof Place)[])[] = [
  ['lat', 'lon', 'exact'],
  ['hours', 'hoursAsWritten', 'hoursNote'],
  ['street', 'complement'],
];
const LEADER = new Map(TOGETHER.flatMap((group) => group.map((field) => [field, group] as const)));

/** `id` is the id that was there first, since doubts, corrections and links refer to it. */
const join = (
  older: Place,
  newer: Place,
  id: string,
): { readonly place: Place; readonly fields: readonly string[] } => {
  const fields: string[] = [];
  const place: Record<string, unknown> = { ...newer, id };
  for (const field of Object.keys(newer) as (keyof Place)[]) {
    if (field === 'id' || field === 'moves' || field === 'updatedOn' || field === 'source') continue;
    const group = LEADER.get(field) ?? [field];
    // A point at the door beats a town centre, whichever is newer.
    const better = group.includes('lat') ? !newer.exact && older.exact : group.every((one) => isEmpty(newer[one]));
    if (better) place[field] = older[field];
    const words = FIELD_WORDS[field];
    const differ = JSON.stringify(newer[field]) !== JSON.stringify(older[field]);
    if (words !== undefined && differ && !isEmpty(older[field]) && !isEmpty(newer[field])) {
      fields.push(
        `${words} : ${shown(field, newer[field])} (${newer.updatedOn}) plutôt que ${shown(field, older[field])} (${older.updatedOn})`,
      );
    }
  }
  return { place: { ...(place as Place), moves: older.moves || newer.moves }, fields };
};

export const mergePlaces = (all: readonly Sourced[]): MergeResult => {
  const kept: { place: Place; files: Set<string> }[] = [];
  const byKey = new Map<string, number[]>();
  const ids = new Set<string>();
  const merged: Merged[] = [];
  const renamed: Renamed[] = [];
  for (const { place, file } of all) {
    const keys = keysOf(place);
    const at = keys
      .flatMap((key) => byKey.get(key) ?? [])
      .find((index) => {
        const other = kept[index];
        return other !== undefined && (!other.files.has(file) || other.place.id === place.id);
      });
    const other = at === undefined ? undefined : kept[at];
    if (other && at !== undefined) {
      const newerFirst = place.updatedOn >= other.place.updatedOn;
      const joined = newerFirst ? join(other.place, place, other.place.id) : join(place, other.place, other.place.id);
      merged.push({
        kept: joined.place.name,
        other: newerFirst ? other.place.name : place.name,
        fields: joined.fields,
      });
      kept[at] = { place: joined.place, files: other.files.add(file) };
      remember(byKey, keysOf(joined.place), at);
      remember(byKey, keys, at);
      continue;
    }
    // Two places with the same id would be merged by every later import.
    let { id } = place;
    for (let n = 2; ids.has(id); n++) id = `${place.id}-${n}`;
    if (id !== place.id) renamed.push({ name: place.name, from: place.id, to: id });
    ids.add(id);
    kept.push({ place: { ...place, id }, files: new Set([file]) });
    remember(byKey, keys, kept.length - 1);
  }
  return { places: kept.map((one) => one.place), merged, renamed };
};

const remember = (byKey: Map<string, number[]>, keys: readonly string[], at: number): void => {
  for (const key of keys) {
    const known = byKey.get(key);
    if (!known) byKey.set(key, [at]);
    else if (!known.includes(at)) known.push(at);
  }
};

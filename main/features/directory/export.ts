/** Exports the directory in the national schema, for the Cartographie nationale: only rows that its library accepts. */
import { libraryRefusal, toNational, type NationalRow } from './import/library.ts';
import type { Place } from './place.ts';

export interface Exported {
  readonly rows: readonly NationalRow[];
  /** Names of the places left out, and why. */
  readonly left: readonly { readonly name: string; readonly why: string }[];
}

/** In the order of the schema. */
export const NATIONAL_COLUMNS = [
  'id',
  'pivot',
  'nom',
  'commune',
  'code_postal',
  'code_insee',
  'adresse',
  'complement_adresse',
  'latitude',
  'longitude',
  'typologie',
  'telephone',
  'courriels',
  'site_web',
  'horaires',
  'presentation_resume',
  'presentation_detail',
  'source',
  'itinerance',
  'structure_parente',
  'date_maj',
  'services',
  'publics_specifiquement_adresses',
  'prise_en_charge_specifique',
  'frais_a_charge',
  'dispositif_programmes_nationaux',
  'formations_labels',
  'autres_formations_labels',
  'modalites_acces',
  'modalites_accompagnement',
  'fiche_acces_libre',
  'prise_rdv',
] as const satisfies readonly (keyof NationalRow)[];

export const exportPlaces = (places: readonly Place[]): Exported => {
  const rows: NationalRow[] = [];
  const left: { name: string; why: string }[] = [];
  for (const place of places) {
    const refusal = libraryRefusal(place);
    if (place.street === null) left.push({ name: place.name, why: 'son adresse n’est pas connue' });
    else if (refusal) left.push({ name: place.name, why: `${refusal.column} : ${refusal.why}` });
    else rows.push(toNational({ ...place, street: place.street }));
  }
  return { rows, left };
};

/**
 * A spreadsheet takes a cell that starts like this for a formula. Phone numbers are exempt: only digits follow the +.
 */
const FORMULA = /^[=@\t\r]|^[+-](?!\d+$)/;

const cell = (value: string | number | undefined): string => {
  const text = value === undefined ? '' : String(value);
  return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
};

export const toCsv = (rows: readonly NationalRow[]): string =>
  [NATIONAL_COLUMNS.map(cell), ...rows.map((row) => NATIONAL_COLUMNS.map((column) => cell(row[column])))]
    .map((cells) => `${cells.join(',')}\r\n`)
    .join('');

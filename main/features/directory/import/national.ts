/** Converts one row of the national schema to a place: our own repairs and checks first, then the national library. */
import { fail, ok, type Result } from '../../../contract/result.ts';
import type { CommuneRegister } from '../communes.ts';
import type { HoursReader } from '../hours/reader.ts';
import { ACCESSES, AUDIENCES, CARES, COSTS, SERVICES, SUPPORTS } from '../national-words.ts';
import { barePlace, type Place } from '../place.ts';
import { mendPlace, type PlaceContext } from './mend-place.ts';
import { mendHours, withMonthlyDay } from './mend-hours.ts';
import { libraryRefusal, PROGRAMMES, LABELS, TYPOLOGIES } from './library.ts';
import type { Refused, Repair } from './report.ts';
import {
  comparable,
  listIn,
  mendDate,
  mendEmails,
  mendInsee,
  mendNumber,
  mendPhone,
  mendPostcode,
  mendUrls,
  plainText,
} from './mend-values.ts';

export interface RowContext extends PlaceContext {
  readonly register: CommuneRegister;
  readonly reader: HoursReader;
  /** The day of the import. No row can be newer. */
  readonly today: string;
  /** The source for rows that name none. */
  readonly source: string;
}

export interface Taken {
  readonly place: Place;
  readonly repairs: readonly Repair[];
}

/** A row without these is useless. */
export const REQUIRED = ['nom', 'commune', 'code_postal'] as const;

type NoteRepair = (column: string, what: string, small?: boolean) => void;

export const readNational = (
  cells: Readonly<Record<string, string>>,
  line: number,
  context: RowContext,
): Result<Taken, Refused> => {
  const repairs: Repair[] = [];
  const note: NoteRepair = (column, what, small = false) => repairs.push({ line, column, what, small });
  const cell = (column: string): string => {
    const given = cells[column] ?? '';
    const plain = plainText(given);
    if (/[<>]|&[a-z#]+;/i.test(given)) note(column, 'du code HTML a été retiré');
    return /^(null|nan|undefined|n\/a|n\.c\.|nc|-)$/i.test(plain) ? '' : plain;
  };
  const refuse = (column: string, why: string): { readonly ok: false; readonly error: Refused } =>
    fail({ line, column, why });

  const name = cell('nom');
  if (name === '') return refuse('nom', 'le nom manque : sans lui personne ne trouve le lieu');
  const givenPostcode = cell('code_postal');
  const postcode = mendPostcode(givenPostcode);
  if (givenPostcode === '') return refuse('code_postal', 'le code postal manque : cinq chiffres, comme 03000');
  if (postcode.value === undefined) {
    return refuse('code_postal', `« ${givenPostcode} » n’est pas un code postal : cinq chiffres, comme 03000`);
  }
  if (postcode.how !== undefined) note('code_postal', postcode.how);
  const commune = cell('commune');
  if (commune === '') return refuse('commune', 'la commune manque : son nom, comme Moulins');
  const updated = mendDate(cell('date_maj'));
  if (updated.value === undefined && cell('date_maj') !== '') {
    note('date_maj', `« ${cell('date_maj')} » n’est pas une date : la fiche passera après celles qui en ont une`);
  } else if (updated.how !== undefined) note('date_maj', updated.how, true);
  const future = updated.value !== undefined && updated.value > context.today;
  if (future) note('date_maj', `${updated.value ?? ''} est dans le futur : le jour de l’import à la place`);

  const id = cell('id') || `${comparable(name)} ${postcode.value}`.replace(/\s+/g, '-');
  if (cell('id') === '') note('id', `l’identifiant manque : ${id}`);
  const place: Place = {
    ...barePlace({
      id,
      name,
      commune,
      postcode: postcode.value,
      source: cell('source') || context.source,
      // A row without a date counts as older than any other, so that it replaces nothing.
      updatedOn: future ? context.today : (updated.value ?? '1970'),
    }),
    ...contactOf(cell, note),
    ...whereOf(cell, note),
    ...hoursOf(cell, note, context.reader),
    ...listsOf(cell, note),
    summary: cell('presentation_resume') || null,
    detail: cell('presentation_detail') || null,
    parent: cell('structure_parente') || null,
    moves: comparable(cell('itinerance')).includes('itinerant'),
  };
  const mended = mendPlace(place, context, note);
  const refusal = libraryRefusal(mended);
  return refusal === undefined ? ok({ place: mended, repairs }) : refuse(refusal.column, refusal.why);
};

const contactOf = (cell: (column: string) => string, note: NoteRepair): Partial<Place> => {
  const taken = <T>(column: string, read: (text: string) => { value: T | undefined; how?: string }): T | undefined => {
    const text = cell(column);
    if (text === '') return undefined;
    const { value, how } = read(text);
    if (how !== undefined) note(column, how, value !== undefined && !how.includes('«'));
    return value;
  };
  return {
    phone: taken('telephone', mendPhone) ?? null,
    emails: taken('courriels', mendEmails) ?? [],
    websites: taken('site_web', mendUrls) ?? [],
    booking: taken('prise_rdv', mendUrls)?.[0] ?? null,
    accessLibre: taken('fiche_acces_libre', mendUrls)?.[0] ?? null,
  };
};

const whereOf = (cell: (column: string) => string, note: NoteRepair): Partial<Place> => {
  const insee = cell('code_insee') === '' ? undefined : mendInsee(cell('code_insee'));
  if (insee?.how !== undefined) note('code_insee', insee.how);
  const pivot = cell('pivot').replace(/\s/g, '');
  const usable = /^(\d{14}|W[a-zA-Z0-9]{9})$/.test(pivot) && !/^0+$/.test(pivot);
  if (pivot !== '' && !usable && !/^0+$/.test(pivot))
    note('pivot', `« ${pivot} » n’est ni un SIRET ni un numéro RNA, laissé vide`);
  const lat = mendNumber(cell('latitude')) ?? null;
  const lon = mendNumber(cell('longitude')) ?? null;
  if ((lat === null) !== (lon === null)) note('latitude', 'une coordonnée sur deux : aucune n’est gardée');
  const both = lat !== null && lon !== null;
  return {
    insee: insee?.value ?? null,
    pivot: usable ? pivot : null,
    street: cell('adresse') || null,
    complement: cell('complement_adresse') || null,
    lat: both ? lat : null,
    lon: both ? lon : null,
    exact: both,
  };
};

const hoursOf = (cell: (column: string) => string, note: NoteRepair, reader: HoursReader): Partial<Place> => {
  const { hours, asWritten, how } = mendHours(cell('horaires'), reader);
  if (how !== undefined) note('horaires', how, hours === null && asWritten === null);
  const comment = cell('presentation_detail');
  const monthly = /\[/.test(hours ?? '') ? undefined : withMonthlyDay(hours, comment);
  if (monthly) note('presentation_detail', monthly.how);
  return { hours: monthly?.hours ?? hours, hoursAsWritten: asWritten };
};

/** Labels of earlier versions of the schema, with their current equivalents. */
const OLD_LABELS: Readonly<Record<string, string>> = {
  'Réaliser des démarches administratives avec un accompagnement': 'Aide aux démarches administratives',
  'Devenir autonome dans les démarches administratives': 'Aide aux démarches administratives',
  'Accompagner les démarches de santé': 'Aide aux démarches administratives',
  'Prendre en main un ordinateur': 'Maîtrise des outils numériques du quotidien',
  'Prendre en main un smartphone ou une tablette': 'Maîtrise des outils numériques du quotidien',
  'Utiliser le numérique au quotidien': 'Maîtrise des outils numériques du quotidien',
  'Approfondir ma culture numérique': 'Compréhension du monde numérique',
  'Favoriser mon insertion professionnelle': 'Insertion professionnelle via le numérique',
  'Accéder à du matériel': 'Accès internet et matériel informatique',
  'Accéder à une connexion internet': 'Accès internet et matériel informatique',
  "S'équiper en matériel informatique": 'Acquisition de matériel informatique à prix solidaire',
  'Créer avec le numérique': 'Loisirs et créations numériques',
};

/** Maps the comparable form of each label to the label. Built once, since thousands of rows need it. */
const canonOf = (
  labels: readonly string[],
  older: Readonly<Record<string, string>> = {},
): ReadonlyMap<string, string> =>
  new Map([
    ...Object.entries(older).map(([old, today]) => [comparable(old), today] as const),
    ...labels.map((label) => [comparable(label), label] as const),
  ]);

const makeCanons = () =>
  ({
    typologie: canonOf(TYPOLOGIES),
    services: canonOf(Object.keys(SERVICES), OLD_LABELS),
    publics_specifiquement_adresses: canonOf(Object.keys(AUDIENCES)),
    prise_en_charge_specifique: canonOf(Object.keys(CARES)),
    frais_a_charge: canonOf(Object.keys(COSTS)),
    dispositif_programmes_nationaux: canonOf(PROGRAMMES),
    formations_labels: canonOf(LABELS),
    modalites_acces: canonOf(Object.keys(ACCESSES)),
    modalites_accompagnement: canonOf(Object.keys(SUPPORTS)),
  }) as const;

let canons: ReturnType<typeof makeCanons> | undefined;

const listsOf = (cell: (column: string) => string, note: NoteRepair): Partial<Place> => {
  const canon = (canons ??= makeCanons());
  const known = (column: keyof typeof canon): readonly string[] => {
    const text = cell(column);
    if (text === '') return [];
    const found = listIn(text).flatMap((given) => {
      const label = canon[column].get(comparable(given));
      if (label === undefined) note(column, `« ${given} » n’est pas dans le schéma national, retiré`);
      else if (label !== given) note(column, `« ${given} » écrit « ${label} »`, true);
      return label === undefined ? [] : [label];
    });
    return [...new Set(found)];
  };
  return {
    typologies: known('typologie'),
    services: known('services'),
    audiences: known('publics_specifiquement_adresses'),
    cares: known('prise_en_charge_specifique'),
    costs: known('frais_a_charge'),
    programmes: known('dispositif_programmes_nationaux'),
    labels: known('formations_labels'),
    otherLabels: listIn(cell('autres_formations_labels')),
    accesses: known('modalites_acces'),
    supports: known('modalites_accompagnement'),
  };
};

/** Maps the labels of the national schema to the ids of the screens. */
import type { Audience, Care, Cost, NeedId, PlaceKind, PlaceSummary } from '../../contract/directory.ts';

export const SERVICES: Readonly<Record<string, NeedId>> = {
  'Aide aux démarches administratives': 'demarches',
  'Maîtrise des outils numériques du quotidien': 'apprendre',
  'Compréhension du monde numérique': 'apprendre',
  'Accès internet et matériel informatique': 'ordinateur',
  'Acquisition de matériel informatique à prix solidaire': 'materiel',
  'Parentalité et éducation avec le numérique': 'enfants',
  'Insertion professionnelle via le numérique': 'travail',
  'Utilisation sécurisée du numérique': 'securite',
  'Loisirs et créations numériques': 'loisirs',
};

export const AUDIENCES: Readonly<Record<string, Audience>> = {
  Jeunes: 'jeunes',
  Étudiants: 'etudiants',
  'Familles et/ou enfants': 'familles',
  Seniors: 'seniors',
  Femmes: 'femmes',
};

export const CARES: Readonly<Record<string, Care>> = {
  'Handicaps moteurs': 'moteur',
  Surdité: 'surdite',
  'Déficience visuelle': 'visuel',
  'Handicaps mentaux': 'mental',
  Illettrisme: 'illettrisme',
  'Langues étrangères (anglais)': 'anglais',
  'Langues étrangères (autres)': 'autres-langues',
};

export const COSTS: Readonly<Record<string, Cost>> = {
  Gratuit: 'free',
  'Gratuit sous condition': 'free-conditions',
  Payant: 'paid',
};

export const ACCESSES: Readonly<Record<string, PlaceSummary['accesses'][number]>> = {
  'Se présenter': 'come',
  Téléphoner: 'phone',
  'Contacter par mail': 'mail',
  'Prendre un RDV en ligne': 'book-online',
  'Envoyer un mail avec une fiche de prescription': 'prescription',
  "Ce lieu n'accueille pas de public": 'no-public',
};

export const SUPPORTS: Readonly<Record<string, 'alone' | 'one-to-one' | 'group' | 'remote'>> = {
  'En autonomie': 'alone',
  'Accompagnement individuel': 'one-to-one',
  'Dans un atelier collectif': 'group',
  'À distance': 'remote',
};

/** Only the typologies that people distinguish. A place with none of these is « autre ». */
const KINDS: Readonly<Record<string, PlaceKind>> = {
  RFS: 'france-services',
  MSAP: 'france-services',
  MDS: 'solidarites',
  CDAS: 'solidarites',
  DEPT: 'administration',
  CD: 'administration',
  BIB: 'mediatheque',
  MUNI: 'mairie',
  CCAS: 'mairie',
  CIAS: 'mairie',
  CS: 'social',
  CSC: 'social',
  EVS: 'social',
  MQ: 'social',
  MDH: 'social',
  FT: 'emploi',
  CAP_EMPLOI: 'emploi',
  MDE: 'emploi',
  MDEF: 'emploi',
  PLIE: 'emploi',
  AFPA: 'emploi',
  ML: 'jeunes',
  MJC: 'jeunes',
  PIJ_BIJ: 'jeunes',
  E2C: 'jeunes',
  TIERS_LIEUX: 'tiers-lieu',
  FABLAB: 'fablab',
  RESSOURCERIE: 'reemploi',
  LA_POSTE: 'poste',
  EPN: 'espace-numerique',
  EPI: 'espace-numerique',
  ENM: 'bus',
  ASSO: 'association',
  ASSO_CHOMEUR: 'association',
  CAF: 'administration',
  CPAM: 'administration',
  CFP: 'administration',
  CC: 'administration',
  EPCI: 'administration',
  MSA: 'administration',
  PREF: 'administration',
  TIERS_LIEU: 'tiers-lieu',
};

export const kindOf = (place: {
  readonly name: string;
  readonly typologies: readonly string[];
  readonly moves: boolean;
}): PlaceKind => {
  if (place.moves) return 'bus';
  // The schema has no typology for cafés run by associations.
  if (place.typologies.includes('ASSO') && /^caf[ée](?=\s)/i.test(place.name)) return 'cafe';
  return place.typologies.map((one) => KINDS[one]).find((kind) => kind !== undefined) ?? 'autre';
};

export const idsOf = <T>(labels: readonly string[], words: Readonly<Record<string, T>>): readonly T[] => [
  ...new Set(labels.map((label) => words[label]).filter((id) => id !== undefined)),
];

/** Formats a French number in pairs of digits. Foreign and short numbers stay unchanged. */
export const phoneAsRead = (phone: string): string => {
  const french = /^\+33(\d{9})$/.exec(phone);
  return french ? `0${french[1] ?? ''}`.replace(/(\d\d)(?=\d)/g, '$1 ') : phone;
};

/**
 * Sample places for the screens, with known and unknown kinds, hours and facts as in the real directory. Telephone
 * numbers are from the ranges reserved for fiction.
 */
import type {
  Commune,
  PlaceInReview,
  Places,
  PlaceSheet,
  PlaceSummary,
  Span,
} from '../../../main/contract/directory.ts';
import { minuteSince } from '../../../renderer/features/directory/opening-now.ts';

const DAY = 1440;
const iso = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toLocaleDateString('en-CA', { timeZone: 'Europe/Paris' });
const day = iso(0);
/** Hours that are always open now: from two hours ago to two hours from now, on the half hour. */
const now = Math.floor(minuteSince(day, Date.now()) / 30) * 30;
const openNow: readonly Span[] = [[now - 120, now + 150]];
const opensSoon: readonly Span[] = [[now + 60, now + 300]];
const tomorrow: readonly Span[] = [[DAY + 540, DAY + 720]];

const place = (
  id: string,
  name: string,
  kind: PlaceSummary['kind'],
  town: string,
  commune: string,
  postcode: string,
  at: readonly [number, number],
  change: Partial<PlaceSummary> = {},
): PlaceSummary => ({
  id,
  name,
  kind,
  town,
  postcode,
  commune,
  at,
  exact: false,
  needs: ['demarches', 'ordinateur'],
  opens: null,
  itinerant: false,
  costs: ['free'],
  audiences: [],
  cares: [],
  accesses: [],
  byAppointment: null,
  phone: null,
  ...change,
});

export const samplePlaces: Places = {
  day,
  holiday: null,
  places: [
    place(
      'fs-bourbon',
      'France services de Bourbon-l’Archambault',
      'france-services',
      'Bourbon-l’Archambault',
      '03036',
      '03160',
      [3.0561, 46.5862],
      {
        exact: true,
        opens: openNow,
        phone: '04 65 71 00 01',
        cares: ['moteur'],
        accesses: ['come', 'phone'],
        byAppointment: true,
      },
    ),
    place('med-souvigny', 'Médiathèque', 'mediatheque', 'Souvigny', '03275', '03210', [3.1926, 46.5357], {
      opens: openNow,
      phone: '04 65 71 00 02',
    }),
    place('mds-moulins', 'Maison des solidarités', 'solidarites', 'Moulins', '03190', '03000', [3.33243, 46.56459], {
      opens: opensSoon,
      phone: '04 65 71 00 03',
    }),
    place('ml-moulins', 'Mission locale', 'emploi', 'Moulins', '03190', '03000', [3.33243, 46.56459], {
      opens: tomorrow,
      phone: '04 65 71 00 04',
    }),
    place('cs-moulins', 'Centre social', 'social', 'Moulins', '03190', '03000', [3.33243, 46.56459], {
      phone: '04 65 71 00 05',
      needs: null,
    }),
    place(
      'fs-cosne',
      'France services de Cosne-d’Allier',
      'france-services',
      'Cosne-d’Allier',
      '03084',
      '03430',
      [2.8316, 46.4749],
      { opens: tomorrow, phone: '04 65 71 00 06' },
    ),
    place('bus', 'Bourbon’Net, le bus du numérique', 'bus', 'Buxières-les-Mines', '03046', '03440', [2.9595, 46.4688], {
      itinerant: true,
      opens: tomorrow,
    }),
    place('med-vichy', 'Médiathèque de l’Orangerie', 'mediatheque', 'Vichy', '03310', '03200', [3.42577, 46.12709], {
      opens: openNow,
      phone: '04 65 71 00 07',
      cares: ['moteur', 'anglais'],
    }),
    place('fl-montlucon', 'Atelier de fabrication', 'fablab', 'Montluçon', '03185', '03100', [2.60707, 46.34079], {
      needs: ['loisirs'],
      opens: tomorrow,
    }),
    place('mds-lapalisse', 'Maison des solidarités', 'solidarites', 'Lapalisse', '03138', '03120', [3.6381, 46.2502], {
      phone: '04 65 71 00 08',
      needs: null,
    }),
  ],
};

const commune = (
  code: string,
  name: string,
  postcodes: readonly string[],
  at: readonly [number, number],
  population: number,
): Commune => ({
  code,
  name,
  postcodes,
  at,
  precision: 'exact',
  epci: null,
  population,
});
export const sampleCommunes: readonly Commune[] = [
  commune('03036', 'Bourbon-l’Archambault', ['03160'], [3.0561, 46.5862], 2_500),
  commune('03190', 'Moulins', ['03000'], [3.33243, 46.56459], 19_206),
  commune('03310', 'Vichy', ['03200'], [3.42577, 46.12709], 25_115),
  commune('03254', 'Saint-Pourçain-sur-Sioule', ['03500'], [3.29, 46.31], 5_100),
  commune('03297', 'Vallon-en-Sully', ['03190'], [2.6, 46.53], 1_600),
];

const week = [0, 1, 2, 3, 4, 5, 6].map((at) => {
  const days = at - ((new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7);
  const spans: readonly Span[] =
    at > 4
      ? []
      : at === 2
        ? [[540, 720]]
        : [
            [540, 720],
            [810, 1020],
          ];
  return { date: iso(days), today: days === 0, spans, holiday: null, closedFor: null };
});

export const sampleSheet = (id: string): PlaceSheet => {
  const summary = samplePlaces.places.find((one) => one.id === id) ?? samplePlaces.places[0]!;
  const known = summary.opens !== null && !summary.itinerant;
  return {
    ...summary,
    day,
    address: summary.exact ? ['1 place de l’Hôtel-de-Ville', '03160 Bourbon-l’Archambault'] : [],
    email: null,
    websites: [],
    presentation: null,
    services: known ? ['Aide aux démarches administratives', 'Accès internet et matériel informatique'] : [],
    supports: [],
    week: known ? week : null,
    hoursAsWritten: null,
    hoursNote: known ? 'Ouvert aussi le premier samedi du mois.' : null,
    stops: summary.itinerant
      ? [2, 9, 16].map((days) => ({
          date: iso(days),
          from: 570,
          to: 720,
          town: 'Ygrande',
          where: 'place de l’église',
          at: [2.94, 46.55] as const,
        }))
      : [],
    directions: summary.exact ? 'À côté de la mairie. L’arrêt du car est en face.' : null,
    accessibility: null,
    bring: known ? ['Une pièce d’identité', 'Vos courriers', 'Vos mots de passe, si vous en avez'] : [],
    checkedOn: known ? '2024-08-01' : '2019',
    source: known ? 'ANCT, France services' : 'Plan numérique de l’Allier',
    corrected: false,
    doubted: false,
  };
};

export const sampleReview: readonly PlaceInReview[] = samplePlaces.places.map((one, at) => ({
  id: one.id,
  name: one.name,
  kind: one.kind,
  town: one.town,
  postcode: one.postcode,
  commune: one.commune,
  phone: one.phone,
  address: null,
  hours:
    at === 0
      ? {
          mo: ['09:00-12:00', '13:30-17:00'],
          tu: ['09:00-12:00'],
          we: [],
          th: ['09:00-12:00'],
          fr: ['09:00-12:00'],
          sa: [],
          su: [],
        }
      : null,
  hoursAsWritten: null,
  hoursNote: null,
  directions: null,
  gone: false,
  checkedOn: at === 0 ? '2024-08-01' : '2019',
  source: 'Plan numérique de l’Allier',
  doubts: at === 0 ? 2 : 0,
  corrected: at === 1 ? ['phone'] : [],
}));

export const sampleDirectory = {
  revision: 1,
  day,
  count: samplePlaces.places.length,
  here: [3.33243, 46.56459] as const,
  doubted: 1,
};

/** Measures written when a session ends: each counts a person once, however often they did something. */
import { languages, languagesInFrench } from '../contract/languages.ts';
import { textSizes } from '../contract/session.ts';
import { halfDays, halfDayWords } from './half-days.ts';
import { list, none, WHOLE_WEEK, type Measure } from './measure.ts';

export const durationClasses = ['under-2', '2-5', '5-15', '15-30', '30-60', 'over-60'] as const;
export type DurationClass = (typeof durationClasses)[number];
/** Upper bounds, in minutes, of all classes but the last. */
export const DURATION_BOUNDS_MIN = [2, 5, 15, 30, 60] as const;
export const endReasons = ['button', 'quiet', 'time-over', 'woken', 'broken', 'agent'] as const;
/** Classes for a number of pages or documents. */
export const amountClasses = ['1', '2-5', '6-20', 'over-20'] as const;
export type AmountClass = (typeof amountClasses)[number];
/** Upper bounds of all classes but the last. */
export const AMOUNT_BOUNDS = [1, 5, 20] as const;
const pageClasses = { '1': '1 page', '2-5': '2 à 5 pages', '6-20': '6 à 20 pages', 'over-20': 'Plus de 20 pages' };
const documentClasses = {
  '1': '1 document',
  '2-5': '2 à 5 documents',
  '6-20': '6 à 20 documents',
  'over-20': 'Plus de 20 documents',
};
/** What a person did, whatever the amount. */
const actions = ['printed', 'scanned', 'attached', 'obtained', 'kept'] as const;
/** How far a person got who left with nothing. */
export const emptyHandedAt = ['welcome', 'choice', 'search', 'site', 'tutorial', 'document'] as const;

export const sessionMeasures = {
  session: {
    unit: 'sessions',
    keys: none,
    table: null,
    perSession: true,
    sentence: 'Passages à la borne',
    harmless: 'Personne ne s’identifie : on sait combien, jamais qui. ' + WHOLE_WEEK,
  },
  'session.end': {
    unit: 'sessions',
    keys: list(endReasons, {
      button: 'Avec « J’ai fini »',
      quiet: 'La personne est partie',
      'time-over': 'Temps écoulé',
      woken: 'Après une mise en veille',
      broken: 'Sur une panne',
      agent: 'Par l’agent',
    }),
    table: 'ends',
    perSession: true,
    splits: 'session',
    sentence: 'Comment les passages se terminent',
    harmless: 'Six façons de finir, sans heure. ' + WHOLE_WEEK,
  },
  'session.half-day': {
    unit: 'sessions',
    keys: list([...halfDays, 'unknown'], halfDayWords),
    table: 'half-days',
    perSession: true,
    sentence: 'Passages par demi-journée',
    harmless: 'La seule mesure plus fine que la semaine, et elle ne dit rien d’autre que le nombre de passages.',
  },
  'session.duration': {
    unit: 'sessions',
    keys: list(durationClasses, {
      'under-2': 'Moins de 2 min',
      '2-5': '2 à 5 min',
      '5-15': '5 à 15 min',
      '15-30': '15 à 30 min',
      '30-60': '30 à 60 min',
      'over-60': 'Plus d’une heure',
    }),
    table: 'durations',
    perSession: true,
    splits: 'session',
    sentence: 'Durée des passages',
    harmless: 'Six classes larges, jamais une durée exacte. ' + WHOLE_WEEK,
  },
  'session.helped': {
    unit: 'sessions',
    keys: list(['yes', 'no'], { yes: 'Repartis avec quelque chose', no: 'Repartis sans résultat connu' }),
    table: 'helped',
    perSession: true,
    splits: 'session',
    sentence: 'Personnes aidées',
    harmless:
      'Oui ou non, sans dire quoi. Oui : pages imprimées, document mis sur une clé ou joint à un site, demande envoyée ou formulaire auquel le site a répondu, fiche de lieu imprimée, tutoriel terminé. ' +
      WHOLE_WEEK,
  },
  'session.language': {
    unit: 'sessions',
    keys: list(languages, languagesInFrench),
    table: 'languages',
    perSession: true,
    splits: 'session',
    sentence: 'Langue choisie',
    harmless: 'La langue de l’écran, séparée de toute autre mesure. ' + WHOLE_WEEK,
  },
  'session.text-size': {
    unit: 'sessions',
    keys: list(textSizes, { normal: 'Normale', large: 'Grande', larger: 'Plus grande', largest: 'Très grande' }),
    table: 'text-sizes',
    perSession: true,
    splits: 'session',
    sentence: 'Taille du texte choisie',
    harmless: 'La taille du texte à l’écran, séparée de toute autre mesure. ' + WHOLE_WEEK,
  },
  'session.did': {
    unit: 'sessions',
    keys: list(actions, {
      printed: 'Ont imprimé',
      scanned: 'Ont numérisé un papier',
      attached: 'Ont joint un document à un site',
      obtained: 'Ont obtenu un document d’un site',
      kept: 'Ont mis un document sur une clé',
    }),
    table: 'done',
    perSession: true,
    sentence: 'Ce que les personnes ont fait',
    harmless: 'Une fois par personne, séparé de toute autre mesure. ' + WHOLE_WEEK,
  },
  'session.printed': {
    unit: 'sessions',
    keys: list(amountClasses, pageClasses),
    table: 'printed',
    perSession: true,
    splits: 'session.did|printed',
    sentence: 'Pages imprimées par personne',
    harmless: 'Quatre classes larges : une seule personne ne fait pas un grand nombre. ' + WHOLE_WEEK,
  },
  'session.scanned': {
    unit: 'sessions',
    keys: list(amountClasses, pageClasses),
    table: 'scanned',
    perSession: true,
    splits: 'session.did|scanned',
    sentence: 'Pages numérisées par personne',
    harmless: 'Quatre classes larges. ' + WHOLE_WEEK,
  },
  'session.attached': {
    unit: 'sessions',
    keys: list(amountClasses, documentClasses),
    table: 'attached',
    perSession: true,
    splits: 'session.did|attached',
    sentence: 'Documents joints par personne',
    harmless: 'Quatre classes larges, sans nom ni destination. ' + WHOLE_WEEK,
  },
  'session.obtained': {
    unit: 'sessions',
    keys: list(amountClasses, documentClasses),
    table: 'obtained',
    perSession: true,
    splits: 'session.did|obtained',
    sentence: 'Documents obtenus par personne',
    harmless: 'Quatre classes larges, sans nom ni origine. ' + WHOLE_WEEK,
  },
  'session.kept': {
    unit: 'sessions',
    keys: list(amountClasses, documentClasses),
    table: 'kept',
    perSession: true,
    splits: 'session.did|kept',
    sentence: 'Documents mis sur une clé par personne',
    harmless: 'Quatre classes larges ; rien de la clé n’est retenu. ' + WHOLE_WEEK,
  },
  'session.empty-handed': {
    unit: 'sessions',
    keys: list(emptyHandedAt, {
      welcome: 'Sans ouvrir de démarche ni de tutoriel',
      choice: 'En cherchant une démarche ou un lieu',
      search: 'Après une recherche sans réponse',
      site: 'Sur un site (la demande est peut-être partie)',
      tutorial: 'Pendant un tutoriel',
      document: 'Un document en main',
    }),
    table: 'empty-handed',
    perSession: true,
    splits: 'session.helped|no',
    sentence: 'Où sont restées les personnes reparties sans résultat connu',
    harmless: 'Six endroits du parcours, jamais une démarche. ' + WHOLE_WEEK,
  },
} as const satisfies Record<string, Measure>;

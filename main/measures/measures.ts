/**
 * The whole list of what this kiosk counts. The TypeScript types, the pairs that the database lets in, the figures'
 * labels, the tables of the agent's page and the data-protection page all come from here: what is not in this list
 * cannot be written. It lies below the features, so that each of them counts with typed ids.
 */
import { themeIds } from '../contract/catalogue.ts';
import { needIds } from '../contract/directory.ts';
import { languages, textSizes } from '../contract/session.ts';
import { helpPlaces, type Unit } from '../contract/usage.ts';
import { halfDays, halfDayWords } from './half-days.ts';
import { needWords } from './need-words.ts';
import type { TableId } from './tables.ts';
import { themeWords } from './theme-words.ts';
import { wipeNames, wipeWords } from './wipe-names.ts';

/** Where the allowed keys of a measure come from. The open ones are lists of the configuration, never what a person types. */
export type KeySource =
  | { readonly from: 'none' }
  | {
      readonly from: 'list';
      readonly keys: readonly string[];
      /** What the agent reads for each key. */
      readonly words: Readonly<Record<string, string>>;
    }
  | { readonly from: 'demarches' | 'demarche-steps' | 'tutorials' | 'organism-domains' };

export interface Measure {
  readonly unit: Unit;
  readonly keys: KeySource;
  /** Where the agent's page shows it; null: in the headline alone. */
  readonly table: TableId | null;
  /** What the agent reads. */
  readonly sentence: string;
  /** For the data-protection officer: why it says nothing about anyone. */
  readonly harmless: string;
  /** Counted when it shows that the person left with something. */
  readonly helps?: true;
  /** About the machine, never about people: shown as it is. */
  readonly machine?: true;
  /** Written by the end of a session alone. */
  readonly perSession?: true;
  /** No screen counts it yet: pages leave it out rather than show a zero that nobody measured. */
  readonly notYet?: true;
}

/** A key without its words does not compile. */
const list = <const K extends readonly string[]>(
  keys: K,
  words: Readonly<Record<K[number], string>>,
): { readonly from: 'list'; readonly keys: K; readonly words: typeof words } => ({ from: 'list', keys, words });
const none = { from: 'none' } as const;

export const durationClasses = ['under-2', '2-5', '5-15', '15-30', '30-60', 'over-60'] as const;
export type DurationClass = (typeof durationClasses)[number];
/** Upper bounds, in minutes, of all classes but the last. */
export const DURATION_BOUNDS_MIN = [2, 5, 15, 30, 60] as const;
export const endReasons = ['button', 'quiet', 'time-over', 'woken', 'broken', 'agent'] as const;
/** Only what the kiosk itself can see: one that is switched off, or whose configuration cannot be read, counts nothing. */
export const outCauses = ['agent', 'printer', 'network', 'reset'] as const;
/** The steps of a reset, by their names; `other` is what earlier versions had no name for. */
const resetFaults = [...wipeNames, 'other'] as const;

/** What the machine met, whoever was there: each is counted once for as long as it lasts. */
export const machineFaults = ['memory-missing', 'memory-full', 'unwritable', 'clock', 'browser'] as const;

const WHOLE_WEEK = 'Un nombre pour toute la semaine ; petits nombres cachés.';
const OUR_LIST = 'Les noms viennent de la liste de la borne, jamais de ce que la personne tape.';

export const measures = {
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
    sentence: 'Durée des passages',
    harmless: 'Six classes larges, jamais une durée exacte. ' + WHOLE_WEEK,
  },
  'session.helped': {
    unit: 'sessions',
    keys: list(['yes', 'no'], { yes: 'Repartis avec quelque chose', no: 'Repartis sans rien' }),
    table: 'helped',
    perSession: true,
    sentence: 'Personnes aidées',
    harmless: 'Oui ou non : quelque chose a été obtenu. On ne sait pas quoi. ' + WHOLE_WEEK,
  },
  'session.language': {
    unit: 'sessions',
    keys: list(languages, { fr: 'Français', simple: 'Texte simple', en: 'Anglais' }),
    table: 'languages',
    perSession: true,
    sentence: 'Langue choisie',
    harmless: 'La langue de l’écran, séparée de toute autre mesure. ' + WHOLE_WEEK,
  },
  'session.text-size': {
    unit: 'sessions',
    keys: list(textSizes, { normal: 'Normale', large: 'Grande', larger: 'Plus grande', largest: 'Très grande' }),
    table: 'text-sizes',
    perSession: true,
    sentence: 'Taille du texte choisie',
    harmless: 'La taille du texte à l’écran, séparée de toute autre mesure. ' + WHOLE_WEEK,
  },
  'theme.chosen': {
    unit: 'times',
    keys: list([...themeIds, 'search'], { ...themeWords, search: 'Recherche' }),
    table: 'themes',
    sentence: 'Thèmes choisis',
    harmless: 'La carte pressée à l’écran, ou la recherche, jamais les mots cherchés. ' + WHOLE_WEEK,
  },
  'search.nothing': {
    unit: 'times',
    keys: list([...themeIds, 'none'], { ...themeWords, none: 'Autre chose' }),
    table: 'not-found',
    sentence: 'Recherches sans réponse',
    harmless:
      'Le thème dont les mots ressemblent le plus, une fois par personne : jamais ce qui a été tapé. ' + WHOLE_WEEK,
  },
  'demarche.opened': {
    unit: 'times',
    keys: { from: 'demarches' },
    table: 'demarches',
    sentence: 'Démarches ouvertes',
    harmless: OUR_LIST + ' ' + WHOLE_WEEK,
  },
  'demarche.finished': {
    unit: 'times',
    keys: { from: 'demarches' },
    table: 'guides',
    helps: true,
    sentence: 'Guides suivis jusqu’au bout',
    harmless: OUR_LIST + ' ' + WHOLE_WEEK,
  },
  'demarche.left-at-step': {
    unit: 'times',
    keys: { from: 'demarche-steps' },
    table: 'steps',
    sentence: 'Étape où les personnes se sont arrêtées',
    harmless: 'Le numéro d’une étape de notre guide, jamais une page du site. ' + WHOLE_WEEK,
  },
  'pages.printed': {
    unit: 'pages',
    keys: none,
    table: 'done',
    helps: true,
    sentence: 'Pages imprimées',
    harmless: 'Ni titre, ni contenu, ni qui. ' + WHOLE_WEEK,
  },
  'pages.scanned': {
    unit: 'pages',
    keys: none,
    table: 'done',
    sentence: 'Pages numérisées',
    harmless: 'Ni titre, ni contenu, ni qui. ' + WHOLE_WEEK,
  },
  'documents.attached': {
    unit: 'documents',
    keys: none,
    table: 'done',
    helps: true,
    sentence: 'Documents joints à un site',
    harmless: 'Un nombre de documents, sans nom ni destination. ' + WHOLE_WEEK,
  },
  'documents.downloaded': {
    unit: 'documents',
    keys: none,
    table: 'done',
    helps: true,
    sentence: 'Documents obtenus sur un site',
    harmless: 'Un nombre de documents, sans nom ni origine. ' + WHOLE_WEEK,
  },
  'documents.kept': {
    unit: 'documents',
    keys: none,
    table: 'done',
    helps: true,
    sentence: 'Documents mis sur une clé',
    harmless: 'Un nombre de documents ; rien de la clé n’est retenu. ' + WHOLE_WEEK,
  },
  'documents.no-room': {
    unit: 'times',
    keys: none,
    table: 'done',
    sentence: 'Documents refusés, faute de place',
    harmless: 'Combien de fois la place d’un passage était pleine, jamais de quoi. ' + WHOLE_WEEK,
  },
  'tutorial.opened': {
    unit: 'times',
    keys: { from: 'tutorials' },
    table: 'tutorials-opened',
    sentence: 'Tutoriels commencés',
    harmless: OUR_LIST + ' ' + WHOLE_WEEK,
  },
  'tutorial.finished': {
    unit: 'times',
    keys: { from: 'tutorials' },
    table: 'tutorials-finished',
    helps: true,
    sentence: 'Tutoriels terminés',
    harmless: OUR_LIST + ' ' + WHOLE_WEEK,
  },
  'place.need': {
    unit: 'times',
    keys: list(needIds, needWords),
    table: 'needs',
    sentence: 'Aides cherchées près d’ici',
    harmless: 'La carte pressée, parmi huit ; jamais la commune ni le lieu. ' + WHOLE_WEEK,
  },
  'place.viewed': {
    unit: 'times',
    keys: none,
    table: 'done',
    sentence: 'Lieux d’aide consultés',
    harmless: 'Combien de fois l’annuaire a servi, jamais pour quel lieu. ' + WHOLE_WEEK,
  },
  'place.printed': {
    unit: 'times',
    keys: none,
    table: 'done',
    helps: true,
    sentence: 'Fiches de lieux imprimées',
    harmless: 'Combien de fiches, jamais lesquelles. ' + WHOLE_WEEK,
  },
  'place.doubted': {
    unit: 'times',
    keys: none,
    table: 'done',
    sentence: 'Fiches signalées « Ce n’est plus vrai »',
    harmless: 'Combien de fois, jamais pour quel lieu. ' + WHOLE_WEEK,
  },
  'help.asked': {
    unit: 'times',
    keys: list(helpPlaces, {
      welcome: 'À l’accueil',
      choice: 'Au choix de la démarche',
      sheet: 'Sur la fiche d’une démarche',
      site: 'Sur le site',
      printing: 'À l’impression',
      scanning: 'À la numérisation',
      documents: 'Dans les documents',
      other: 'Ailleurs',
    }),
    table: 'help',
    sentence: 'Demandes d’aide',
    harmless: 'Le genre d’écran où l’aide a été demandée, parmi huit. ' + WHOLE_WEEK,
  },
  'help.urgent': {
    unit: 'times',
    keys: none,
    table: 'help',
    sentence: 'Aides d’urgence montrées',
    harmless: 'Une fois par personne au plus : ni les mots tapés, ni le danger, ni le numéro. ' + WHOLE_WEEK,
  },
  'browsing.blocked': {
    unit: 'times',
    keys: { from: 'demarches' },
    table: 'blocked',
    sentence: 'Sorties du site arrêtées',
    harmless: 'Le nom de la démarche, jamais l’adresse demandée. ' + WHOLE_WEEK,
  },
  'browsing.blocked-domain': {
    unit: 'times',
    keys: { from: 'organism-domains' },
    table: 'blocked-domains',
    sentence: 'Sites arrêtés qui pourraient être permis',
    harmless: 'Seulement un site d’organisme public déjà dans nos listes ; les autres ne sont pas notés. ' + WHOLE_WEEK,
  },
  'reset.proven': {
    unit: 'times',
    keys: none,
    table: 'resets',
    sentence: 'Remises à zéro prouvées',
    harmless: 'Un contrôle de la machine entre deux personnes. ' + WHOLE_WEEK,
  },
  'reset.fault': {
    unit: 'times',
    keys: list(resetFaults, { ...wipeWords, other: 'Autre chose' }),
    table: 'reset-faults',
    machine: true,
    sentence: 'Remises à zéro en défaut',
    harmless: 'Le genre de panne, parmi douze ; rien de ce qui restait. Ne concerne personne, donc montré tel quel.',
  },
  'machine.fault': {
    unit: 'times',
    keys: list(machineFaults, {
      'memory-missing': 'Pas de mémoire vive pour les documents',
      'memory-full': 'Mémoire vive pleine',
      unwritable: 'Dossier où rien ne s’écrit (plein, ou en lecture seule)',
      clock: 'Horloge qui saute, ou mise en veille',
      browser: 'Navigateur du site qui ne démarre pas',
    }),
    table: 'machine-faults',
    machine: true,
    sentence: 'Pannes de la borne',
    harmless: 'Le genre de panne de la machine, parmi cinq. Ne concerne personne, donc montré tel quel.',
  },
  'service.out': {
    unit: 'quarter-hours',
    keys: list(outCauses, {
      agent: 'Arrêt demandé par l’agent',
      printer: 'Imprimante',
      network: 'Réseau',
      reset: 'Remise à zéro en défaut',
    }),
    table: 'service',
    machine: true,
    sentence: 'Temps hors service',
    harmless: 'L’état de la machine quand personne ne peut l’utiliser. Ne concerne personne, donc montré tel quel.',
  },
} as const satisfies Record<string, Measure>;

export type MeasureId = keyof typeof measures;
export const measureIds = Object.keys(measures) as readonly MeasureId[];

/** The list keys of a measure as a type: `KeyOf<'session.end'>` is `'button' | 'quiet' | …`. */
export type KeyOf<M extends MeasureId> = (typeof measures)[M]['keys'] extends { readonly keys: readonly (infer K)[] }
  ? K
  : (typeof measures)[M]['keys'] extends { readonly from: 'none' }
    ? ''
    : string;

export const measureOf = (id: string): Measure | undefined =>
  Object.hasOwn(measures, id) ? measures[id as MeasureId] : undefined;

/** The words of one key of a list; undefined for the keys that come from the configuration. */
export const wordsOf = (id: MeasureId, key: string): string | undefined => {
  const { keys }: Measure = measures[id];
  return keys.from === 'list' && Object.hasOwn(keys.words, key) ? keys.words[key] : undefined;
};

/** What a feature may add: the totals of sessions are written by the end of a session alone. */
export type Countable = {
  [M in MeasureId]: (typeof measures)[M] extends { readonly perSession: true } ? never : M;
}[MeasureId];

/** One call: a measure with a key asks for one of its own, and one without takes none. */
export type Count = {
  [M in Countable]: KeyOf<M> extends ''
    ? [measure: M, key?: '' | undefined, n?: number]
    : [measure: M, key: KeyOf<M>, n?: number];
}[Countable];

/** Anonymous counting, as the features see it. */
export interface Counts {
  add(...count: Count): void;
}

/** `measure` or `measure|key`: one cell of the figures. */
export const cellOf = (measure: MeasureId, key = ''): string => (key === '' ? measure : `${measure}|${key}`);

export const partsOf = (cell: string): { readonly measure: MeasureId; readonly key: string } => {
  const bar = cell.indexOf('|');
  return bar < 0
    ? { measure: cell as MeasureId, key: '' }
    : { measure: cell.slice(0, bar) as MeasureId, key: cell.slice(bar + 1) };
};

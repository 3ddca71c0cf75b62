/**
 * The whole list of what this kiosk counts. The TypeScript types, the pairs that the database accepts, the labels of
 * the figures, the tables of the agent's page and the data-protection page all derive from it: what is not in this list
 * cannot be written. This room is below the features, so that each of them counts with typed ids. A new feature
 * declares its measures in its own `counters.ts`, collected by `of-features.ts`.
 */
import { themeIds } from '../contract/catalogue.ts';
import { helpPlaces } from '../contract/usage.ts';
import { halfDays, halfDayWords } from './half-days.ts';
import { list, none, WHOLE_WEEK, type Measure } from './measure.ts';
import { featureMeasures } from './of-features.ts';
import { sessionMeasures } from './session-measures.ts';
import { themeWords } from './theme-words.ts';
import { wipeNames, wipeWords } from './wipe-names.ts';

/** Only what the kiosk can observe: it counts nothing while switched off or while its configuration is unreadable. */
export const outCauses = ['agent', 'printer', 'network', 'reset'] as const;
/** The names of the reset steps. `other` was written by earlier versions for steps without a name. */
const resetFaults = [...wipeNames, 'other'] as const;

/** Faults of the machine, in or out of a session. Each fault is counted once, however long it lasts. */
export const machineFaults = ['memory-missing', 'memory-full', 'unwritable', 'clock', 'browser'] as const;

const OUR_LIST = 'Les noms viennent de la liste de la borne, jamais de ce que la personne tape.';

export const measures = {
  ...sessionMeasures,
  'theme.chosen': {
    unit: 'sessions',
    keys: list([...themeIds, 'search'], { ...themeWords, search: 'Recherche' }),
    table: 'themes',
    sentence: 'Thèmes choisis',
    harmless: 'La carte pressée à l’écran, ou la recherche, jamais les mots cherchés. ' + WHOLE_WEEK,
  },
  'search.nothing': {
    unit: 'sessions',
    keys: list([...themeIds, 'none'], { ...themeWords, none: 'Autre chose' }),
    table: 'not-found',
    sentence: 'Recherches sans réponse',
    harmless:
      'Le thème dont les mots ressemblent le plus, une fois par personne : jamais ce qui a été tapé. ' + WHOLE_WEEK,
  },
  'demarche.opened': {
    unit: 'sessions',
    keys: { from: 'demarches' },
    table: 'demarches',
    sentence: 'Démarches ouvertes',
    harmless: OUR_LIST + ' ' + WHOLE_WEEK,
  },
  'demarche.finished': {
    unit: 'sessions',
    keys: { from: 'demarches' },
    table: 'guides',
    sentence:
      'Démarches menées au bout : le site a dit que la demande est envoyée, a répondu à un formulaire, ou a donné un document',
    harmless: OUR_LIST + ' ' + WHOLE_WEEK,
  },
  'demarche.left-at-step': {
    unit: 'sessions',
    keys: { from: 'demarche-steps' },
    table: 'steps',
    sentence: 'Étape où les personnes se sont arrêtées',
    harmless: 'Le numéro d’une étape de notre guide, jamais une page du site. ' + WHOLE_WEEK,
  },
  'form.sent': {
    unit: 'sessions',
    keys: none,
    table: null,
    neverStored: true,
    helps: true,
    sentence: 'Un site a dit que la demande est envoyée, ou a répondu à un formulaire',
    harmless: 'En mémoire pendant le passage, jamais écrit.',
  },
  'site.opened': {
    unit: 'sessions',
    keys: none,
    table: null,
    neverStored: true,
    sentence: 'Une messagerie a été ouverte',
    harmless: 'En mémoire pendant le passage, jamais écrit.',
  },
  'document.held': {
    unit: 'sessions',
    keys: none,
    table: null,
    neverStored: true,
    sentence: 'Un document est venu d’une clé, ou des pages ont été numérisées',
    harmless: 'En mémoire pendant le passage, jamais écrit.',
  },
  'pages.printed': {
    unit: 'pages',
    keys: none,
    table: null,
    writtenAs: { did: 'session.did|printed', classes: 'session.printed' },
    helps: true,
    sentence: 'Pages imprimées',
    harmless: 'Ni titre, ni contenu, ni qui. ' + WHOLE_WEEK,
  },
  'pages.scanned': {
    unit: 'pages',
    keys: none,
    table: null,
    writtenAs: { did: 'session.did|scanned', classes: 'session.scanned' },
    sentence: 'Pages numérisées',
    harmless: 'Ni titre, ni contenu, ni qui. ' + WHOLE_WEEK,
  },
  'documents.attached': {
    unit: 'documents',
    keys: none,
    table: null,
    writtenAs: { did: 'session.did|attached', classes: 'session.attached' },
    helps: true,
    sentence: 'Documents joints à un site',
    harmless: 'Un nombre de documents, sans nom ni destination. ' + WHOLE_WEEK,
  },
  'documents.downloaded': {
    unit: 'documents',
    keys: none,
    table: null,
    writtenAs: { did: 'session.did|obtained', classes: 'session.obtained' },
    sentence: 'Documents obtenus sur un site',
    harmless: 'Un nombre de documents, sans nom ni origine. ' + WHOLE_WEEK,
  },
  'documents.kept': {
    unit: 'documents',
    keys: none,
    table: null,
    writtenAs: { did: 'session.did|kept', classes: 'session.kept' },
    helps: true,
    sentence: 'Documents mis sur une clé',
    harmless: 'Un nombre de documents ; rien de la clé n’est retenu. ' + WHOLE_WEEK,
  },
  'documents.no-room': {
    unit: 'sessions',
    keys: none,
    table: 'done',
    sentence: 'Documents refusés, faute de place',
    harmless: 'Combien de fois la place d’un passage était pleine, jamais de quoi. ' + WHOLE_WEEK,
  },
  'documents.filled': {
    unit: 'sessions',
    keys: none,
    table: 'done',
    sentence: 'Personnes qui ont rempli un formulaire à l’écran',
    harmless: 'Une fois par personne : ni le formulaire, ni ce qui y est écrit. ' + WHOLE_WEEK,
  },
  'trouble.met': {
    unit: 'sessions',
    keys: list(['print', 'scan'], { print: 'Impressions qui ont échoué', scan: 'Numérisations abandonnées' }),
    table: 'trouble',
    sentence: 'Personnes que la machine a mises en échec',
    harmless: 'Une fois par personne, sans le document ni la cause. ' + WHOLE_WEEK,
  },
  ...featureMeasures,
  'help.asked': {
    unit: 'sessions',
    keys: list(helpPlaces, {
      welcome: 'À l’accueil',
      choice: 'Au choix de la démarche',
      sheet: 'Sur la fiche d’une démarche',
      site: 'Sur le site',
      printing: 'À l’impression',
      scanning: 'À la numérisation',
      documents: 'Dans les documents',
      tutorial: 'Dans un tutoriel',
      other: 'Ailleurs',
    }),
    table: 'help',
    sentence: 'Personnes qui ont demandé l’aide',
    harmless: 'Le genre d’écran où l’aide a été demandée, parmi neuf. ' + WHOLE_WEEK,
  },
  'help.urgent': {
    unit: 'sessions',
    keys: none,
    table: 'help',
    sentence: 'Aides d’urgence montrées',
    harmless: 'Une fois par personne au plus : ni les mots tapés, ni le danger, ni le numéro. ' + WHOLE_WEEK,
  },
  'browsing.blocked': {
    unit: 'sessions',
    keys: { from: 'demarches' },
    table: 'blocked',
    sentence: 'Sorties du site arrêtées',
    harmless: 'Le nom de la démarche, jamais l’adresse demandée. ' + WHOLE_WEEK,
  },
  'browsing.blocked-domain': {
    unit: 'sessions',
    keys: { from: 'organism-domains' },
    table: 'blocked-domains',
    sentence: 'Sites arrêtés qui pourraient être permis',
    harmless: 'Seulement un site d’organisme public déjà dans nos listes ; les autres ne sont pas notés. ' + WHOLE_WEEK,
  },
  'reset.fault': {
    unit: 'times',
    keys: list(resetFaults, { ...wipeWords, other: 'Autre chose' }),
    table: 'reset-faults',
    machine: true,
    sentence: 'Remises à zéro en défaut',
    harmless: 'Le genre de panne, parmi treize ; rien de ce qui restait. Ne concerne personne, donc montré tel quel.',
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
    harmless:
      'Le genre de panne de la machine, parmi cinq. Ne concerne personne, donc montré tel quel ; celle du navigateur, que seule une personne rencontre, quand la semaine est finie.',
  },
  'service.on': {
    unit: 'quarter-hours',
    keys: list(halfDays, halfDayWords),
    table: 'service-on',
    machine: true,
    sentence: 'Temps allumée',
    harmless: 'L’état de la machine, que quelqu’un soit là ou non. Ne concerne personne, donc montré tel quel.',
  },
  /** Beside each quarter of an hour of `service.on`: a week in which both are equal was counted with these rules. */
  'service.rules': {
    unit: 'quarter-hours',
    keys: list(['2'], { '2': 'Règles de décembre 2026' }),
    table: null,
    machine: true,
    sentence: 'Temps compté selon les règles d’aujourd’hui',
    harmless: 'La version du programme qui compte. Ne concerne personne, donc montré tel quel.',
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
    harmless:
      'L’état de la machine quand personne ne peut l’utiliser. Ne concerne personne, donc montré tel quel ; celui du réseau, que des personnes rencontrent, quand la semaine est finie.',
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

/** Measures that are written to the database. The others only exist in memory, during a session. */
export const writtenIds = measureIds.filter((id) => !('writtenAs' in measures[id] || 'neverStored' in measures[id]));

export const measureOf = (id: string): Measure | undefined =>
  Object.hasOwn(measures, id) ? measures[id as MeasureId] : undefined;

/** The words for one key of a list; undefined for keys that come from the configuration. */
export const wordsOf = (id: MeasureId, key: string): string | undefined => {
  const { keys }: Measure = measures[id];
  return keys.from === 'list' && Object.hasOwn(keys.words, key) ? keys.words[key] : undefined;
};

/** What a feature may add. The per-session totals are written only when a session ends. */
export type Countable = {
  [M in MeasureId]: (typeof measures)[M] extends { readonly perSession: true } ? never : M;
}[MeasureId];

/** The arguments of `add`: a measure with keys requires one of them, and a measure without keys accepts none. */
export type Count<C extends Countable = Countable> = {
  [M in C]: KeyOf<M> extends ''
    ? [measure: M, key?: '' | undefined, n?: number]
    : [measure: M, key: KeyOf<M>, n?: number];
}[C];

/** Anonymous counting as a feature sees it. `C` limits it to the counters that the feature names. */
export interface Counts<C extends Countable = Countable> {
  // A property, not a method: methods are bivariant, so this could be passed to code that adds other counters.
  readonly add: (...count: Count<C>) => void;
}

/** `measure` or `measure|key`: one cell of the figures. */
export const cellOf = (measure: MeasureId, key = ''): string => (key === '' ? measure : `${measure}|${key}`);

export const parseCell = (cell: string): { readonly measure: MeasureId; readonly key: string } => {
  const bar = cell.indexOf('|');
  return bar < 0
    ? { measure: cell as MeasureId, key: '' }
    : { measure: cell.slice(0, bar) as MeasureId, key: cell.slice(bar + 1) };
};

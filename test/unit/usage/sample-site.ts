/** A generated kiosk with realistic weeks, for tests, golden pages and measurements. */
import { weekAt, weekIndex, type Week } from '../../../main/features/usage/iso-week.ts';
import type { KnownKeys } from '../../../main/features/usage/known-keys.ts';
import { addKeys, KEY_RANGE } from '../../../main/features/usage/noise.ts';
import { KeyedCells, type Cell, type Count } from '../../../main/features/usage/cells.ts';
import type { Increment } from '../../../main/features/usage/counts-file.ts';
import type { SiteFigures, WeekList } from '../../../main/features/usage/publish.ts';
import { closeSession } from '../../../main/features/usage/session-counts.ts';
import { halfDays } from '../../../main/measures/half-days.ts';
import { helpPlaces } from '../../../main/contract/usage.ts';
import { seeded } from '../../fakes/seeded.ts';

export const sampleKnown: KnownKeys = {
  demarches: [
    {
      id: 'caf-aide-logement',
      title: 'Demander une aide au logement (APL)',
      theme: 'logement',
      steps: 6,
      stepTitles: [
        'Ouvrez la page',
        'Entrez votre numéro',
        'Décrivez le logement',
        'Donnez vos revenus',
        'Vérifiez',
        'Envoyez',
      ],
      stepTexts: [
        'Appuyez sur « Simuler ou demander une aide ».',
        'Il est sur vos courriers de la Caf, en haut à droite : sept chiffres.',
        'L’adresse, la surface et le loyer sont sur votre bail.',
        'Prenez votre avis d’impôt : le site demande les revenus d’il y a deux ans.',
        'Relisez chaque ligne avant de continuer.',
        'Appuyez sur « Envoyer ma demande », puis gardez le numéro qui s’affiche.',
      ],
    },
    { id: 'caf-attestation', title: 'Imprimer une attestation de la Caf', theme: 'social', steps: 4 },
    { id: 'ameli-attestation', title: 'Imprimer une attestation de droits', theme: 'sante', steps: 4 },
    { id: 'ft-actualisation', title: 'S’actualiser à France Travail', theme: 'travail', steps: 5 },
    { id: 'ants-carte-identite', title: 'Préparer une carte d’identité', theme: 'papiers', steps: 5 },
    { id: 'impots-declarer', title: 'Déclarer ses revenus', theme: 'impots', steps: 7 },
    { id: 'mon-espace-sante', title: 'Ouvrir Mon espace santé', theme: 'sante', steps: 0 },
    { id: 'pole-scolaire', title: 'Inscrire un enfant à l’école', theme: 'famille', steps: 0 },
  ],
  tutorials: [
    { id: 'souris', title: 'Se servir de la souris', screens: 6 },
    { id: 'mot-de-passe', title: 'Choisir un mot de passe', screens: 8 },
  ],
  organismDomains: ['msa.fr', 'service-public.fr'],
};

export const sampleList: WeekList = { known: sampleKnown, openHalfDays: halfDays.slice(0, 11) };

export const drawKey = (random: () => number): number => Math.floor(random() * KEY_RANGE);
/** Increments as a kiosk writes them, each with its own random key. */
export const keyed = (cells: Iterable<readonly [Cell, number]>, random: () => number): readonly Increment[] =>
  [...cells].map(([cell, n]) => [cell, n, drawKey(random)]);
export const addGrowths = (all: Map<Cell, Count>, cells: readonly Increment[]): void => {
  for (const [cell, n, key] of cells) {
    const before = all.get(cell) ?? { n: 0, key: 0 };
    all.set(cell, { n: before.n + n, key: addKeys(before.key, key) });
  }
};
const secretOf = (random: () => number): string =>
  Array.from({ length: 4 }, () => drawKey(random).toString(16).padStart(8, '0')).join('');

/** Weeks as in the database, where cells of zero do not exist. */
export const siteOfCounts = (
  weeks: Iterable<readonly [string, Iterable<readonly [Cell, number]>]>,
  current: string,
  change: Partial<SiteFigures> = {},
  random = seeded(5),
): SiteFigures => {
  const all = new Map<Week, KeyedCells>();
  for (const [week, cells] of weeks) {
    const counts = new Map<Cell, Count>();
    addGrowths(counts, keyed([...cells].filter(([, n]) => n > 0), random)); // prettier-ignore
    all.set(week as Week, new KeyedCells(counts, secretOf(random)));
  }
  const first = [...all.keys()].sort()[0] ?? (current as Week);
  return {
    weeks: all,
    startedIn: first,
    keptFrom: first,
    current: current as Week,
    halfDaysOver: 0,
    listOf: () => sampleList,
    ...change,
  };
};

export const sampleSession = (random: () => number): ReadonlyMap<Cell, number> => {
  const heard = new Map<Cell, number>();
  const add = (cell: Cell, n = 1): void => void heard.set(cell, (heard.get(cell) ?? 0) + n);
  const demarche = sampleKnown.demarches[Math.floor(random() ** 1.7 * sampleKnown.demarches.length)];
  if (demarche && random() < 0.85) {
    add(`theme.chosen|${demarche.theme}`);
    add(`demarche.opened|${demarche.id}`);
    if (demarche.steps > 0) {
      if (random() < 0.55) {
        add(`demarche.finished|${demarche.id}`);
        add('form.sent');
      } else add(`demarche.left-at-step|${demarche.id}/${1 + Math.floor(random() ** 0.7 * (demarche.steps - 1))}`);
    }
  }
  if (random() < 0.5) add('pages.printed', 1 + Math.floor(random() * 4));
  if (random() < 0.3) add('pages.scanned', 1 + Math.floor(random() * 3));
  if (random() < 0.25) add('documents.attached', 1 + Math.floor(random() * 2));
  if (random() < 0.12) add(`help.asked|${helpPlaces[Math.floor(random() * helpPlaces.length)]}`);
  if (random() < 0.05) add('browsing.blocked-domain|msa.fr');
  if (random() < 0.08) add('tutorial.opened|souris');
  if (random() < 0.06) add('trouble.met|print');
  if (random() < 0.06) add('search.nothing|logement');
  const half = halfDays[Math.floor(random() * 11)] ?? 'mon-am';
  return closeSession(
    heard,
    {
      reason: random() < 0.8 ? 'button' : 'quiet',
      durationMs: random() ** 2 * 4_000_000,
      language: random() < 0.9 ? 'fr' : 'simple',
      textSize: random() < 0.75 ? 'normal' : 'large',
      half,
    },
    sampleKnown.demarches,
  );
};

export interface SampleSite extends SiteFigures {
  readonly weeks: ReadonlyMap<Week, KeyedCells>;
}

/** The last week is still in progress. */
export const sampleSite = (from: string, weeks: number, perWeek: number, seed = 1): SampleSite => {
  const random = seeded(seed);
  const first = weekIndex(from as Week);
  const all = new Map<Week, KeyedCells>();
  for (let i = 0; i < weeks; i += 1) {
    const cells = new Map<Cell, Count>();
    const sessions = Math.round(perWeek * (0.7 + random() * 0.6));
    for (let s = 0; s < sessions; s += 1) addGrowths(cells, keyed(sampleSession(random), random));
    const machine: (readonly [Cell, number])[] = sampleList.openHalfDays.map((half) => [`service.on|${half}`, 16]);
    if (random() < 0.6) machine.push(['service.out|printer', 1 + Math.floor(random() * 20)]);
    addGrowths(cells, keyed(machine, random));
    addGrowths(cells, [['service.rules|2', 16 * sampleList.openHalfDays.length, 0]]);
    all.set(weekAt(first + i), new KeyedCells(cells, secretOf(random)));
  }
  return {
    weeks: all,
    startedIn: weekAt(first),
    keptFrom: weekAt(first),
    current: weekAt(first + weeks - 1),
    halfDaysOver: 6,
    listOf: () => sampleList,
  };
};

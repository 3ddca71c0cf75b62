/** The page in words: what an agent should know in one minute, and what to do about it. Only from figures that are shown. */
import type { ReportTable } from '../../contract/usage.ts';
import type { Period } from './iso-week.ts';
import type { KnownKeys } from './known-keys.ts';
import {
  atStep,
  beforeName,
  halfDayLabel,
  hours,
  keyLabel,
  lastYearName,
  number,
  periodOpening,
  shownText,
} from './labels.ts';
import { cellOf, outCauses, partsOf } from '../../measures/measures.ts';
import type { Cell } from './publish.ts';
import { isNumber, type Shown } from './suppress.ts';

export interface Scene {
  readonly period: Period;
  readonly underWay: boolean;
  readonly threshold: number;
  readonly absent: 'not-yet' | 'future' | 'erased' | null;
  readonly now: ReadonlyMap<Cell, Shown> | undefined;
  readonly before: ReadonlyMap<Cell, Shown> | undefined;
  readonly year: ReadonlyMap<Cell, Shown> | undefined;
  readonly known: KnownKeys;
  readonly tables: readonly ReportTable[];
}

const ABSENT = {
  'not-yet': 'La borne n’était pas encore en service.',
  future: 'Cette période n’a pas encore commencé.',
  erased: 'Ces chiffres ont plus de 25 mois : ils ont été effacés.',
} as const;

const people = (shown: Shown, threshold: number): string => {
  const text = shownText(shown, threshold);
  const one = shown.kind === 'exact' && shown.n <= 1;
  return shown.kind === 'exact' && shown.n === 0
    ? 'personne n’a été aidé'
    : `${text} ${one ? 'personne a été aidée' : 'personnes ont été aidées'}`;
};

const compare = (scene: Scene, now: Shown, before: Shown | undefined, than: string): string => {
  if (before?.kind !== 'exact') return '';
  // Half a week against a whole one would always look bad.
  if (scene.underWay) return `contre ${number(before.n)} en tout ${than.replace('que ', '')}`;
  if (now.kind !== 'exact') return '';
  const by = now.n - before.n;
  if (by === 0) return `autant ${than}`;
  return `${number(Math.abs(by))} de ${by > 0 ? 'plus' : 'moins'} ${than}`;
};

interface Top {
  readonly cell: Cell;
  readonly n: number;
}
/** The keys of a measure with the largest shown figures. */
const top = (figures: ReadonlyMap<Cell, Shown>, measure: string, many: number): readonly Top[] =>
  [...figures]
    .flatMap(([cell, shown]) =>
      (cell === measure || cell.startsWith(`${measure}|`)) && isNumber(shown) && shown.n > 0
        ? [{ cell, n: shown.n }]
        : [],
    )
    .sort((a, b) => b.n - a.n)
    .slice(0, many);

const stuck = (scene: Scene): Top | undefined =>
  top(scene.now ?? new Map(), 'demarche.left-at-step', 50).find(({ cell }) => {
    const [id = '', step] = partsOf(cell).key.split('/');
    // "Before the first step" of a démarche without a guide is not being stuck.
    return step !== '0' || (scene.known.demarches.find((one) => one.id === id)?.steps ?? 0) > 0;
  });

const outOf = (figures: ReadonlyMap<Cell, Shown>): { readonly quarters: number; readonly cause: string } => {
  const causes = outCauses.map((cause) => {
    const shown = figures.get(cellOf('service.out', cause));
    return { cause, n: shown?.kind === 'exact' ? shown.n : 0 };
  });
  const worst = causes.reduce((a, b) => (b.n > a.n ? b : a));
  return { quarters: causes.reduce((sum, { n }) => sum + n, 0), cause: worst.cause };
};

const list = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} et ${parts.at(-1)}`;

export const speak = (scene: Scene): readonly string[] => {
  const { now, period, threshold, known } = scene;
  if (scene.absent !== null || !now) return [ABSENT[scene.absent ?? 'future']];
  const label = (cell: Cell): string => keyLabel(partsOf(cell).measure, partsOf(cell).key, known);
  const opening = periodOpening(period, scene.underWay);
  const sentences: string[] = [];
  const sessions = now.get('session') ?? { kind: 'hidden' };
  if (!isNumber(sessions)) {
    const few = sessions.kind === 'under' ? `il y a eu moins de ${threshold} passages` : 'il y a eu peu de passages';
    sentences.push(`${opening}, ${few}\u00a0: le reste est masqué, pour ne reconnaître personne.`);
  } else {
    const helped = now.get('session.helped|yes') ?? { kind: 'hidden' };
    const than = compare(scene, helped, scene.before?.get('session.helped|yes'), beforeName(period));
    const year =
      period.kind === 'year' ? '' : compare(scene, helped, scene.year?.get('session.helped|yes'), lastYearName(period));
    if (isNumber(helped))
      sentences.push(
        `${[`${opening}, ${people(helped, threshold)}`, ...(scene.underWay ? [than] : [than, year])].filter(Boolean).join(', ')}.`,
      );
    const passages = `${shownText(sessions, threshold)} passage${isNumber(sessions) && sessions.n > 1 ? 's' : ''}`;
    const busy = top(now, 'session.half-day', 2).filter(({ cell }) => !cell.endsWith('unknown'));
    const when =
      busy.length === 0
        ? ''
        : `\u00a0; le plus de monde\u00a0: ${list(busy.map(({ cell }) => halfDayLabel(partsOf(cell).key).toLowerCase()))}`;
    sentences.push(`${isNumber(helped) ? 'Il y a eu ' : `${opening}, il y a eu `}${passages}${when}.`);
    // Who searches has not told a subject; the démarche they opened is told below.
    const themes = top(now, 'theme.chosen', 4)
      .filter(({ cell }) => !cell.endsWith('|search'))
      .slice(0, 3);
    if (themes.length > 0)
      sentences.push(
        `On est venu surtout pour\u00a0: ${list(themes.map(({ cell, n }) => `${label(cell).toLowerCase()} (${number(n)})`))}.`,
      );
    const opened = top(now, 'demarche.opened', 2);
    if (opened.length > 0)
      sentences.push(
        `${opened.length > 1 ? 'Les démarches les plus ouvertes' : 'La démarche la plus ouverte'}\u00a0: ${list(opened.map(({ cell, n }) => `«\u00a0${label(cell)}\u00a0» (${number(n)})`))}.`,
      );
    const worst = stuck(scene);
    if (worst)
      sentences.push(`On s’est surtout arrêté ${atStep(partsOf(worst.cell).key, known)} (${number(worst.n)} fois).`);
  }
  const out = outOf(now);
  sentences.push(
    out.quarters === 0
      ? 'La borne n’a vu aucune panne.'
      : `La borne a été hors service ${hours(out.quarters)}, surtout\u00a0: ${keyLabel('service.out', out.cause, known).toLowerCase()}.`,
  );
  return sentences;
};

const OUT_ADVICE: Readonly<Record<string, string>> = {
  printer: 'Regardez le papier et l’encre de l’imprimante chaque matin.',
  network: 'Prévenez le service informatique\u00a0: le réseau a manqué.',
  reset: 'Prévenez le service informatique\u00a0: la borne n’a pas toujours pu tout effacer.',
};

/** What to do next week: a sentence with a verb each, the most useful first. */
export const advise = (scene: Scene): readonly string[] => {
  const { now, known } = scene;
  if (!now) return [];
  const advice: string[] = [];
  const worst = stuck(scene);
  if (worst) advice.push(`Proposez votre aide ${atStep(partsOf(worst.cell).key, known)}.`);
  const busy = top(now, 'session.half-day', 1).find(({ cell }) => !cell.endsWith('unknown'));
  if (busy)
    advice.push(`Prévoyez quelqu’un près de la borne le ${halfDayLabel(partsOf(busy.cell).key).toLowerCase()}.`);
  const out = outOf(now);
  const remedy = out.quarters >= 4 ? OUT_ADVICE[out.cause] : undefined;
  if (remedy !== undefined) advice.push(remedy);
  for (const { cell } of top(now, 'browsing.blocked-domain', 2))
    advice.push(`Demandez au service informatique d’ajouter le site ${partsOf(cell).key}.`);
  const help = top(now, 'help.asked', 1)[0];
  if (help)
    advice.push(
      `L’aide est surtout demandée ${keyLabel('help.asked', partsOf(help.cell).key, known).toLowerCase()}\u00a0: proposez la vôtre.`,
    );
  const faults = top(now, 'reset.fault', 1)[0];
  if (faults) advice.push('Signalez les remises à zéro en défaut au service informatique.');
  // A kiosk that is put to sleep at night is not broken.
  const broken = top(now, 'machine.fault', 2).find(({ cell }) => cell !== cellOf('machine.fault', 'clock'));
  if (broken)
    advice.push(
      `Signalez au service informatique\u00a0: ${keyLabel('machine.fault', partsOf(broken.cell).key, known).toLowerCase()}.`,
    );
  return advice.slice(0, 4);
};

/**
 * The report in sentences: what an agent should know in one minute, and what to do about it. It uses only shown
 * figures, and mentions no difference smaller than the noise.
 */
import { cellOf, outCauses, parseCell, type MeasureId } from '../../measures/measures.ts';
import type { Cell } from './cells.ts';
import { differenceOf } from './difference.ts';
import type { Period } from './iso-week.ts';
import { haveSameGuide, keysOf, type KnownKeys } from './known-keys.ts';
import { atStep, beforeName, halfDayLabel, hours, keyLabel, lastYearName, number, periodOpening } from './labels.ts';
import { MAX_NOISE, SURE_FROM } from './noise.ts';
import { rulesOfFigures } from './rules.ts';
import type { ServiceTime } from './service-time.ts';
import { HIDDEN, isNumber, type Shown } from './shown.ts';

type Figures = ReadonlyMap<Cell, Shown>;

export interface ReportContext {
  readonly period: Period;
  readonly underWay: boolean;
  readonly threshold: number;
  readonly absent: 'not-yet' | 'future' | 'erased' | null;
  readonly now: Figures | undefined;
  readonly before: Figures | undefined;
  readonly year: Figures | undefined;
  readonly known: KnownKeys;
  /** What the period before could count. */
  readonly knownBefore: KnownKeys;
  /** Null on the page of all sites, and where it was not counted. */
  readonly service: ServiceTime | null;
  /** How many sites' shown figures were added up; 1 for a figure with a noise of its own. */
  readonly addedSites: number;
}

const ABSENT = {
  'not-yet': 'La borne n’était pas encore en service.',
  future: 'Cette période n’a pas encore commencé.',
  erased: 'Ces chiffres ont plus de 25 mois\u00a0: ils ont été effacés.',
} as const;

/** On a page with weeks that were counted by the rules of before December 2026. */
const EARLIER_RULES =
  'Une partie au moins de ces chiffres date d’avant une mise à jour de la borne\u00a0: voir la dernière étape d’un guide comptait alors comme une démarche menée au bout et comme une aide, recevoir un document aussi comme une aide, une impression abandonnée n’était pas un échec, et internet coupé n’était pas compté.';

/** Explains the noise; on every page. */
export const method = (addedSites: number): string =>
  `Les petits nombres sont légèrement changés au hasard (de ${MAX_NOISE} au plus, dans une semaine${addedSites > 1 ? ' d’un lieu' : ''}), pour que personne ne soit reconnu.`;

/** The number of sessions from which the page says what most people do. A few sessions do not represent the others. */
export const ENOUGH_SESSIONS = 10;

interface Top {
  readonly cell: Cell;
  readonly n: number;
}
/** The keys of a measure with the largest shown figures, without those that may stand for zero. */
const topCells = (figures: Figures, measure: MeasureId, many: number): readonly Top[] =>
  [...figures]
    .flatMap(([cell, shown]) => {
      const ours = cell === measure || cell.startsWith(`${measure}|`);
      const isSure = isNumber(shown) && shown.n >= (shown.kind === 'exact' ? 1 : SURE_FROM);
      return ours && isSure ? [{ cell, n: shown.n }] : [];
    })
    .sort((a, b) => b.n - a.n)
    .slice(0, many);

/**
 * The steps where most people gave up, for guides with steps. Not the last one: nobody knows whether they finished
 * there.
 */
export const stuckAt = ({ now, known }: Pick<ReportContext, 'now' | 'known'>, many: number): readonly Top[] => {
  const last = new Map(known.demarches.map(({ id, steps }) => [id, steps]));
  return topCells(now ?? new Map(), 'demarche.left-at-step', 1_000)
    .filter(({ cell }) => {
      const [id = '', step] = parseCell(cell).key.split('/');
      return Number(step) < (last.get(id) ?? 0);
    })
    .slice(0, many);
};

/** The step to help at. Not one of a guide that changed: nobody knows which of two steps the people stopped at. */
const stepToHelpAt = ({ now, known }: Pick<ReportContext, 'now' | 'known'>): Top | undefined =>
  stuckAt({ now, known }, 1_000).find(({ cell }) => haveSameGuide(known, known, parseCell(cell).key));

const list = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} et ${parts.at(-1)}`;
const persons = (n: number): string => `${number(n)} personne${n > 1 ? 's' : ''}`;
const value = (figures: Figures | undefined, cell: Cell): number => {
  const shown = figures?.get(cell) ?? HIDDEN;
  return isNumber(shown) ? shown.n : 0;
};

/** "12 de plus que la semaine d’avant", for a difference that noise alone cannot make. */
export const comparison = (by: number | undefined, than: string): string => {
  if (by === undefined) return '';
  return by === 0 ? `sans écart net avec ${than}` : `${moreOrLess(by)} que ${than}`;
};
export const moreOrLess = (by: number): string => `${number(Math.abs(by))} de ${by > 0 ? 'plus' : 'moins'}`;

/** True when there are enough sessions to write « surtout » and « le plus ». */
const enoughCame = (now: Figures): boolean => value(now, 'session') >= ENOUGH_SESSIONS;

const howMany = (context: ReportContext, now: Figures): readonly string[] => {
  const { period, threshold } = context;
  const opening = periodOpening(period, context.underWay);
  const sessions = now.get('session') ?? HIDDEN;
  if (sessions.kind === 'under') return [`${opening}, il y a eu moins de ${threshold} passages.`];
  const rest = context.underWay && period.kind === 'week' ? ' La page sera complète quand la semaine sera finie.' : '';
  if (!isNumber(sessions)) return [`${opening}, il y a eu trop peu de passages pour en dire le nombre.${rest}`];
  const passages = `${number(sessions.n)} passage${sessions.n > 1 ? 's' : ''}`;
  const busy = enoughCame(now)
    ? topCells(now, 'session.half-day', 2).filter(({ cell }) => !cell.endsWith('unknown'))
    : [];
  const when =
    busy.length === 0
      ? ''
      : `\u00a0; le plus de monde\u00a0: ${list(busy.map(({ cell }) => halfDayLabel(parseCell(cell).key).toLowerCase()))}`;
  const helped = now.get('session.helped|yes');
  if (!isNumber(helped)) {
    if (!context.underWay)
      return [`${opening}, il y a eu ${passages}${when}\u00a0: trop peu pour dire combien sont repartis aidés.`];
    return [`${opening}, jusqu’à la dernière demi-journée finie, il y a eu ${passages}${when}.${rest}`];
  }
  const than = (other: Figures | undefined): number | undefined =>
    differenceOf(helped, other?.get('session.helped|yes'), period.kind, context.addedSites);
  const compared = context.underWay
    ? []
    : [
        comparison(than(context.before), beforeName(period)),
        period.kind === 'year' ? '' : comparison(than(context.year), lastYearName(period)),
      ];
  const people = helped.n === 0 ? 'personne n’a été aidé' : `${persons(helped.n)} ${helped.n > 1 ? 'ont été aidées' : 'a été aidée'}`; // prettier-ignore
  return [`${[`${opening}, ${people}`, ...compared].filter(Boolean).join(', ')}.`, `Il y a eu ${passages}${when}.`];
};

const openedTitle = (many: boolean, most: boolean): string => {
  if (most) return many ? 'Les démarches les plus ouvertes' : 'La démarche la plus ouverte';
  return many ? 'Les démarches ouvertes' : 'La démarche ouverte';
};

const whatFor = (now: Figures, known: KnownKeys): readonly string[] => {
  const label = (cell: Cell): string => keyLabel(parseCell(cell).measure, parseCell(cell).key, known);
  const sentences: string[] = [];
  // A search gives no theme. The démarches opened from it are in the next sentence.
  const themes = topCells(now, 'theme.chosen', 4).filter(({ cell }) => !cell.endsWith('|search'));
  if (themes.length > 0)
    sentences.push(
      `On est venu ${enoughCame(now) ? 'surtout pour' : 'pour'}\u00a0: ${list(themes.slice(0, 3).map(({ cell, n }) => `${label(cell).toLowerCase()} (${number(n)})`))}.`,
    );
  const opened = topCells(now, 'demarche.opened', 2);
  if (opened.length > 0)
    sentences.push(
      `${openedTitle(opened.length > 1, enoughCame(now))}\u00a0: ${list(opened.map(({ cell, n }) => `«\u00a0${label(cell)}\u00a0» (${number(n)})`))}.`,
    );
  return sentences;
};

const whatFailed = (context: ReportContext, now: Figures): readonly string[] => {
  const { known } = context;
  const label = (cell: Cell): string => keyLabel(parseCell(cell).measure, parseCell(cell).key, known).toLowerCase();
  const sentences: string[] = [];
  const worst = stuckAt(context, 1)[0];
  if (worst)
    sentences.push(
      `On s’est ${enoughCame(now) ? 'surtout ' : ''}arrêté ${atStep(parseCell(worst.cell).key, known)} (${persons(worst.n)}).`,
    );
  const unfound = topCells(now, 'search.nothing', 3);
  if (unfound.length > 0)
    sentences.push(
      `Cherché sans rien trouver\u00a0: ${list(unfound.map(({ cell, n }) => `${label(cell)} (${number(n)})`))}.`,
    );
  const empty = value(now, 'session.helped|no');
  const where = topCells(now, 'session.empty-handed', 2);
  if (empty >= SURE_FROM)
    sentences.push(
      `${persons(empty)} ${empty > 1 ? 'sont reparties' : 'est repartie'} sans résultat connu${where.length === 0 ? '' : `, surtout\u00a0: ${list(where.map(({ cell, n }) => `${label(cell)} (${number(n)})`))}`}.`,
    );
  const trouble = topCells(now, 'trouble.met', 2);
  if (trouble.length > 0)
    sentences.push(
      `La borne a mis en échec\u00a0: ${list(trouble.map(({ cell, n }) => `${label(cell)} (${persons(n)})`))}.`,
    );
  return sentences;
};

interface Machine {
  /** Quarters of an hour out of service, the longest first. Two causes may have lasted at the same time. */
  readonly out: readonly { readonly cause: string; readonly n: number }[];
  readonly faults: number;
}

const machineOf = (context: ReportContext, now: Figures): Machine => {
  const sum = (measure: MeasureId): number =>
    keysOf(measure, context.known).reduce((n, key) => n + value(now, cellOf(measure, key)), 0);
  return {
    out: outCauses
      .map((cause) => ({ cause, n: value(now, cellOf('service.out', cause)) }))
      .filter(({ n }) => n > 0)
      .sort((a, b) => b.n - a.n),
    faults: sum('machine.fault') + sum('reset.fault'),
  };
};

const inService = ({ service, underWay }: ReportContext): readonly string[] => {
  if (service === null || service.open === 0) return [];
  const { open, on, quarters, off } = service;
  const halves = `les demi-journées d’ouverture${underWay ? ' déjà finies' : ''}`;
  if (on === 0) return [`La borne est restée éteinte pendant toutes ${halves}.`];
  const share = `${number(on)} demi-journée${on > 1 ? 's' : ''} sur ${number(open)}`;
  const names = list(off.map((half) => halfDayLabel(half).toLowerCase()));
  return [
    `Pendant ${halves}, la borne a été allumée ${hours(quarters)}\u00a0: ${share}.${names === '' ? '' : ` Elle était éteinte\u00a0: ${names}.`}`,
  ];
};

/** True when the figure is shown, and too small to be sure that it is not zero. */
const isFew = (figures: Figures, cell: Cell): boolean => {
  const shown = figures.get(cell);
  return isNumber(shown) && shown.n < SURE_FROM;
};

const ofTheMachine = (context: ReportContext, now: Figures): readonly string[] => {
  const { known, service } = context;
  const { out, faults } = machineOf(context, now);
  const incidents = faults === 0 ? '' : `${number(faults)} incident${faults > 1 ? 's' : ''} de la machine`;
  const causes = out.map(({ cause, n }) => `${keyLabel('service.out', cause, known).toLowerCase()} (${hours(n)})`);
  const sentences = [...inService(context)];
  if (out.length > 0)
    sentences.push(`Hors service\u00a0: ${list(causes)}${incidents === '' ? '' : `\u00a0; et ${incidents}`}.`);
  else if (incidents !== '') sentences.push(`Il y a eu ${incidents}.`);
  // Not said while failed prints may be hidden or were not counted, nor about a kiosk that was off all the time.
  else if (
    rulesOfFigures(now) === 'today' &&
    service?.on !== 0 &&
    keysOf('trouble.met', known).every((key) => isFew(now, cellOf('trouble.met', key)))
  )
    sentences.push(
      service !== null && service.on < service.open
        ? 'Allumée, elle n’a vu aucune panne.'
        : 'La borne n’a vu aucune panne.',
    );
  return sentences;
};

/** Follows up last week's advice: how many people still stopped at that step, if its guide is the same. */
const sinceAdvice = (context: ReportContext, now: Figures): readonly string[] => {
  if (context.period.kind !== 'week' || context.underWay || !context.before) return [];
  const worst = stepToHelpAt({ now: context.before, known: context.knownBefore });
  const then = worst && context.before.get(worst.cell);
  const since = worst && now.get(worst.cell);
  if (!worst || !isNumber(then) || !isNumber(since)) return [];
  const { key } = parseCell(worst.cell);
  if (!haveSameGuide(context.known, context.knownBefore, key)) return [];
  const opened = cellOf('demarche.opened', key.split('/')[0]);
  const by = differenceOf(since, then, 'week', context.addedSites) ?? 0;
  const fewerCame = (differenceOf(now.get(opened), context.before.get(opened), 'week', context.addedSites) ?? 0) < 0;
  const better = fewerCame ? 'mais moins de personnes ont ouvert cette démarche' : 'cela va mieux';
  const said = by === 0 ? 'l’écart est trop petit pour conclure' : by < 0 ? better : 'cela ne va pas mieux';
  return [
    `Conseil de la semaine d’avant, aider ${atStep(key, context.known)}\u00a0: ${persons(then.n)} s’y étaient arrêtées, puis ${number(since.n)}\u00a0; ${said}.`,
  ];
};

export const sentencesFor = (context: ReportContext): readonly string[] => {
  const { now } = context;
  if (context.absent !== null || !now) return [ABSENT[context.absent ?? 'future']];
  // "0 passage" would read as a kiosk that nobody wanted.
  if (context.service?.neverOn === true)
    return [`${periodOpening(context.period, false)}, la borne est restée éteinte\u00a0: rien n’a été compté.`];
  return [
    ...howMany(context, now),
    ...whatFor(now, context.known),
    ...whatFailed(context, now),
    ...ofTheMachine(context, now),
    ...(rulesOfFigures(now) === 'today' || (context.underWay && context.period.kind === 'week') ? [] : [EARLIER_RULES]),
    ...sinceAdvice(context, now),
  ];
};

const OUT_ADVICE: Readonly<Record<string, string>> = {
  printer: 'Regardez le papier et l’encre de l’imprimante chaque matin.',
  network: 'Prévenez le service informatique\u00a0: le réseau a manqué.',
  reset: 'Prévenez le service informatique\u00a0: la borne n’a pas toujours pu tout effacer.',
};

/** Up to three actions for next week, the most useful first, each a sentence with a verb. */
export const advise = (context: ReportContext): readonly string[] => {
  const { now, known } = context;
  if (!now) return [];
  const advice: string[] = [];
  const worst = stepToHelpAt(context);
  if (worst) advice.push(`Proposez votre aide ${atStep(parseCell(worst.cell).key, known)}.`);
  const off = context.service?.off ?? [];
  if (off.length > 2) advice.push('Allumez la borne à chaque demi-journée d’ouverture.');
  else if (off.length > 0)
    advice.push(`Allumez la borne ${list(off.map((half) => `le ${halfDayLabel(half).toLowerCase()}`))}.`);
  const [longest] = machineOf(context, now).out;
  const remedy = longest && longest.n >= 4 ? OUT_ADVICE[longest.cause] : undefined;
  if (remedy !== undefined) advice.push(remedy);
  if (topCells(now, 'reset.fault', 1)[0]) advice.push('Signalez les remises à zéro en défaut au service informatique.');
  // Putting the kiosk to sleep at night counts as a clock fault, but needs no repair.
  const broken = topCells(now, 'machine.fault', 2).find(({ cell }) => cell !== cellOf('machine.fault', 'clock'));
  if (broken)
    advice.push(
      `Signalez au service informatique\u00a0: ${keyLabel('machine.fault', parseCell(broken.cell).key, known).toLowerCase()}.`,
    );
  if (topCells(now, 'trouble.met', 1)[0]) advice.push('Restez près de l’imprimante et du scanner quand on s’en sert.');
  const busy = enoughCame(now) && topCells(now, 'session.half-day', 1).find(({ cell }) => !cell.endsWith('unknown'));
  if (busy)
    advice.push(`Prévoyez quelqu’un près de la borne le ${halfDayLabel(parseCell(busy.cell).key).toLowerCase()}.`);
  for (const { cell } of topCells(now, 'browsing.blocked-domain', 1))
    advice.push(`Demandez au service informatique d’ajouter le site ${parseCell(cell).key}.`);
  const help = enoughCame(now) ? topCells(now, 'help.asked', 1)[0] : undefined;
  if (help)
    advice.push(
      `L’aide est surtout demandée ${keyLabel('help.asked', parseCell(help.cell).key, known).toLowerCase()}\u00a0: proposez la vôtre.`,
    );
  return advice.slice(0, 3);
};

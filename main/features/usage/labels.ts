/** The agent's French words for keys, periods and figures. */
import type { Unit } from '../../contract/usage.ts';
import { halfDayWords } from '../../measures/half-days.ts';
import { wordsOf, type MeasureId } from '../../measures/measures.ts';
import { daysOf, lastYear, moreWeeksIn, previousPeriod, weeksOf, type Period, type Week } from './iso-week.ts';
import type { KnownDemarche, KnownKeys } from './known-keys.ts';

import type { Shown } from './shown.ts';

/** Plural names of the units. */
export const unitWords: Readonly<Record<Unit, string>> = {
  sessions: 'personnes',
  times: 'fois',
  pages: 'pages',
  documents: 'documents',
  'quarter-hours': 'quarts d’heure',
};

export const halfDayLabel = (key: string): string => wordsOf('session.half-day', key) ?? halfDayWords.unknown;

interface Step {
  readonly demarche: Pick<KnownDemarche, 'title' | 'steps' | 'stepTexts' | 'guideChanged'>;
  readonly step: number;
  readonly named: string | undefined;
}
const stepOf = (key: string, known: KnownKeys): Step => {
  const [id = '', step = '0'] = key.split('/');
  const demarche = known.demarches.find((one) => one.id === id);
  return {
    demarche: demarche ?? { title: id, steps: 0 },
    step: Number(step),
    named: demarche?.stepTitles?.[Number(step) - 1],
  };
};

/** A step as part of a sentence: "à l’étape 2 (Entrez votre numéro) de « Demander une aide »". */
export const atStep = (key: string, known: KnownKeys): string => {
  const { demarche, step, named } = stepOf(key, known);
  const whole = `«\u00a0${demarche.title}\u00a0»${demarche.guideChanged ? ', dont le guide a changé' : ''}`;
  return step === 0
    ? `avant la première étape de ${whole}`
    : `à l’étape ${step}${named === undefined ? '' : ` (${named})`} de ${whole}`;
};

/** The text that the person saw at a step; empty before the first, and when there were several. */
export const stepText = (key: string, known: KnownKeys): string => {
  const { demarche, step } = stepOf(key, known);
  return demarche.stepTexts?.[step - 1] ?? '';
};

export const keyLabel = (measure: MeasureId, key: string, known: KnownKeys): string => {
  const title = (id: string): string => known.demarches.find((one) => one.id === id)?.title ?? id;
  const tutorialTitle = (id: string): string => known.tutorials.find((one) => one.id === id)?.title ?? id;
  switch (measure) {
    case 'demarche.opened':
    case 'demarche.finished':
    case 'browsing.blocked':
      return title(key);
    case 'demarche.left-at-step': {
      const { demarche, step, named } = stepOf(key, known);
      const last = step === demarche.steps ? ', la dernière' : '';
      const name = named === undefined ? '' : ` (${named})`;
      const where = step === 0 ? 'avant la première étape' : `étape ${step}${name}${last}`;
      return `${demarche.title}\u00a0: ${where}${demarche.guideChanged ? ' (le guide a changé)' : ''}`;
    }
    case 'tutorial.opened':
    case 'tutorial.finished':
    case 'tutorial.help':
      return tutorialTitle(key);
    case 'tutorial.left-at-screen': {
      const [id = '', screen = ''] = key.split('/');
      return `${tutorialTitle(id)}\u00a0: écran ${screen}`;
    }
    default:
      return wordsOf(measure, key) ?? key;
  }
};

const NBSP = '\u00a0';
let numbers: Intl.NumberFormat | undefined;
/** U+00A0 rather than the narrow space of Intl: every font has it. */
export const number = (n: number): string =>
  (numbers ??= new Intl.NumberFormat('fr-FR')).format(n).replaceAll('\u202f', NBSP);

export const shownText = (shown: Shown, threshold: number): string => {
  switch (shown.kind) {
    case 'exact':
    case 'about':
      return number(shown.n);
    case 'under':
      return `moins de ${threshold}`;
    case 'hidden':
      return 'non montré';
  }
};

export const hours = (quarters: number): string => {
  const whole = Math.floor(quarters / 4);
  const minutes = (quarters % 4) * 15;
  if (whole === 0) return `${minutes}${NBSP}min`;
  return minutes === 0 ? `${number(whole)}${NBSP}h` : `${number(whole)}${NBSP}h${NBSP}${minutes}`;
};

const dayMonth = (date: Date, parts: { readonly month?: 'long'; readonly year?: 'numeric' }): string =>
  new Intl.DateTimeFormat('fr-FR', { timeZone: 'UTC', day: 'numeric', ...parts })
    .format(date)
    .replace(/^1(?=\D|$)/, '1er');

export const periodTitle = (period: Period): string => {
  if (period.kind === 'year') return `Année ${period.id}`;
  if (period.kind === 'month') {
    const first = new Date(`${period.id}-01T00:00:00Z`);
    const name = new Intl.DateTimeFormat('fr-FR', { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(first);
    const weeks = weeksOf(period).map((week) => Number(week.slice(6)));
    return `${name.charAt(0).toUpperCase()}${name.slice(1)} (semaines ${weeks[0]} à ${weeks.at(-1)})`;
  }
  const { monday, sunday } = daysOf(period.id as Week);
  const sameYear = monday.getUTCFullYear() === sunday.getUTCFullYear();
  const sameMonth = sameYear && monday.getUTCMonth() === sunday.getUTCMonth();
  const first = dayMonth(monday, sameMonth ? {} : sameYear ? { month: 'long' } : { month: 'long', year: 'numeric' });
  const last = dayMonth(sunday, { month: 'long', year: 'numeric' });
  return `Semaine ${Number(period.id.slice(6))}${NBSP}: du lundi ${first} au dimanche ${last}`;
};

/** "Cette semaine", "En novembre 2026"…: the first words of the page. */
export const periodOpening = (period: Period, isCurrent: boolean): string => {
  if (period.kind === 'week') return isCurrent ? 'Cette semaine' : `En semaine ${Number(period.id.slice(6))}`;
  if (period.kind === 'year') return `En ${period.id}`;
  const first = new Date(`${period.id}-01T00:00:00Z`);
  return `En ${new Intl.DateTimeFormat('fr-FR', { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(first)}`;
};

const BEFORE = { week: 'la semaine d’avant', month: 'le mois d’avant', year: 'l’année d’avant' } as const;
const LAST_YEAR = {
  week: 'la même semaine de l’an dernier',
  month: 'le même mois de l’an dernier',
  year: BEFORE.year,
} as const;

/** A month has four or five whole weeks, and a year 52 or 53: a difference may be that week alone. */
const ofOtherLength = (period: Period, other: Period): string => {
  const more = moreWeeksIn(other, period);
  return more === 0 ? '' : `, qui avait une semaine de ${more > 0 ? 'plus' : 'moins'}`;
};
export const beforeName = (period: Period): string =>
  `${BEFORE[period.kind]}${ofOtherLength(period, previousPeriod(period))}`;
export const lastYearName = (period: Period): string =>
  `${LAST_YEAR[period.kind]}${ofOtherLength(period, lastYear(period))}`;

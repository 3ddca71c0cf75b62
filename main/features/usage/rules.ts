/**
 * By which rules a week or a longer period was counted. Until December 2026, showing the last step of a guide counted
 * as help and had no key of its own, a document that a site sent counted as help, mailboxes counted as démarches, a
 * print that was given up did not count as a failure, nor an internet line that was down as an outage. What was counted
 * then stays as it is, and is not compared with what is counted today. Pure.
 */
import { halfDays } from '../../measures/half-days.ts';
import { cellOf, parseCell, type MeasureId } from '../../measures/measures.ts';
import type { Cell } from './cells.ts';
import { isNumber, type Shown } from './shown.ts';

const TODAY = cellOf('service.rules', '2');
const HALVES = halfDays.map((half) => cellOf('service.on', half));

/** `both`: the program was updated in the period, or not at all sites. */
export type Rules = 'today' | 'earlier' | 'both';

export const rulesOf = (countOf: (cell: Cell) => number): Rules => {
  const today = countOf(TODAY);
  if (today === 0) return 'earlier';
  return today >= HALVES.reduce((sum, cell) => sum + countOf(cell), 0) ? 'today' : 'both';
};

type Figures = ReadonlyMap<Cell, Shown>;
export const rulesOfFigures = (figures: Figures): Rules =>
  rulesOf((cell) => {
    const shown = figures.get(cell);
    return isNumber(shown) ? shown.n : 0;
  });

const CHANGED: ReadonlySet<MeasureId> = new Set([
  'session.helped',
  'session.empty-handed',
  'demarche.opened',
  'demarche.finished',
  'demarche.left-at-step',
  'trouble.met',
  'service.out',
]);

/** The figures of another period to compare with, without those that were counted by other rules. */
export const comparable = (now: Figures | undefined, other: Figures | undefined): Figures | undefined => {
  if (!now || !other) return other;
  const rules = rulesOfFigures(now);
  if (rules !== 'both' && rules === rulesOfFigures(other)) return other;
  return new Map([...other].filter(([cell]) => !CHANGED.has(parseCell(cell).measure)));
};

/** Turns the counts of one session, kept in memory only, into the cells that its end adds to the week. Pure. */
import { cellOf, measureOf, parseCell, type MeasureId } from '../../measures/measures.ts';
import {
  AMOUNT_BOUNDS,
  amountClasses,
  DURATION_BOUNDS_MIN,
  durationClasses,
  type AmountClass,
  type DurationClass,
  type emptyHandedAt,
  type endReasons,
} from '../../measures/session-measures.ts';
import type { Language } from '../../contract/languages.ts';
import type { TextSize } from '../../contract/session.ts';
import type { HalfDay } from '../../measures/half-days.ts';
import type { KnownDemarche } from './known-keys.ts';
import type { Cell } from './cells.ts';

export type EndReason = (typeof endReasons)[number];

export interface SessionEnd {
  readonly reason: EndReason;
  readonly durationMs: number;
  readonly language: Language;
  readonly textSize: TextSize;
  readonly half: HalfDay | 'unknown';
}

export const durationClass = (durationMs: number): DurationClass => {
  const at = DURATION_BOUNDS_MIN.findIndex((bound) => durationMs < bound * 60_000);
  return durationClasses[at < 0 ? DURATION_BOUNDS_MIN.length : at] ?? 'over-60';
};

export const amountClass = (n: number): AmountClass => {
  const at = AMOUNT_BOUNDS.findIndex((bound) => n <= bound);
  return amountClasses[at < 0 ? AMOUNT_BOUNDS.length : at] ?? 'over-20';
};

/**
 * What a session adds to the week: one for each thing that this person did, however often. The parts of a whole must
 * add up to it even when events are missing (a site that crashed reports no end). A missing end counts as "left before
 * the first step".
 */
export const closeSession = (
  recorded: ReadonlyMap<Cell, number>,
  end: SessionEnd,
  demarches: readonly KnownDemarche[],
): ReadonlyMap<Cell, number> => {
  const cells = new Map<Cell, number>();
  const add = (cell: Cell): void => void cells.set(cell, 1);
  for (const [cell, n] of recorded) {
    const measure = measureOf(parseCell(cell).measure);
    if (measure?.writtenAs) {
      add(measure.writtenAs.did);
      add(`${measure.writtenAs.classes}|${amountClass(n)}`);
    } else if (!measure?.neverStored && !OUTCOMES.has(parseCell(cell).measure)) add(cell);
  }
  for (const id of openedTutorials(recorded)) {
    add(cellOf('tutorial.opened', id));
    const screen = furthest(recorded, 'tutorial.left-at-screen', id);
    if (recorded.has(cellOf('tutorial.finished', id))) add(cellOf('tutorial.finished', id));
    else if (screen !== undefined) add(cellOf('tutorial.left-at-screen', `${id}/${screen}`));
  }
  for (const { id } of demarches) {
    const reached = furthest(recorded, 'demarche.left-at-step', id);
    const finished = cellOf('demarche.finished', id);
    if (reached === undefined && !recorded.has(cellOf('demarche.opened', id))) continue;
    add(cellOf('demarche.opened', id));
    add(recorded.has(finished) ? finished : cellOf('demarche.left-at-step', `${id}/${reached ?? 0}`));
  }
  const helped = [...recorded.keys()].some((cell) => measureOf(parseCell(cell).measure)?.helps === true);
  add('session');
  add(cellOf('session.end', end.reason));
  add(cellOf('session.half-day', end.half));
  add(cellOf('session.duration', durationClass(end.durationMs)));
  add(cellOf('session.helped', helped ? 'yes' : 'no'));
  add(cellOf('session.language', end.language));
  add(cellOf('session.text-size', end.textSize));
  if (!helped) add(cellOf('session.empty-handed', placeLeft([...recorded.keys(), ...cells.keys()])));
  return cells;
};

/** For each démarche or tutorial opened, `closeSession` writes "opened" and exactly one of its ends. */
const OUTCOMES: ReadonlySet<MeasureId> = new Set([
  'demarche.opened',
  'demarche.finished',
  'demarche.left-at-step',
  'tutorial.opened',
  'tutorial.finished',
  'tutorial.left-at-screen',
]);

const openedTutorials = (recorded: ReadonlyMap<Cell, number>): ReadonlySet<string> =>
  new Set(
    [...recorded.keys()]
      .map(parseCell)
      .filter(({ measure }) => measure.startsWith('tutorial.') && OUTCOMES.has(measure))
      .map(({ key }) => key.split('/')[0] ?? ''),
  );

/** A person who comes back to a démarche or a tutorial counts once, at the furthest step they reached. */
const furthest = (
  recorded: ReadonlyMap<Cell, number>,
  measure: 'demarche.left-at-step' | 'tutorial.left-at-screen',
  id: string,
): number | undefined => {
  const prefix = cellOf(measure, `${id}/`);
  const steps = [...recorded.keys()]
    .filter((cell) => cell.startsWith(prefix))
    .map((cell) => Number(cell.slice(prefix.length)));
  return steps.length === 0 ? undefined : Math.max(...steps);
};

/** How far a person got who left with nothing. */
const placeLeft = (cells: readonly Cell[]): (typeof emptyHandedAt)[number] => {
  const heard = new Set(cells.map((cell) => parseCell(cell).measure));
  const did = (...any: readonly MeasureId[]): boolean => any.some((measure) => heard.has(measure));
  if (did('session.did', 'trouble.met', 'document.held', 'documents.filled', 'documents.no-room')) return 'document';
  if (did('demarche.opened', 'site.opened')) return 'site';
  if (did('tutorial.opened')) return 'tutorial';
  if (did('search.nothing')) return 'search';
  return did('theme.chosen', 'place.need', 'place.viewed', 'help.urgent') ? 'choice' : 'welcome';
};

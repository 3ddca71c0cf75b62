/** One session's counts, in memory alone, and what its end makes of them. Pure but for its own map. */
import type { endReasons } from '../../measures/measures.ts';
import {
  measureOf,
  partsOf,
  cellOf,
  durationClasses,
  DURATION_BOUNDS_MIN,
  type DurationClass,
} from '../../measures/measures.ts';
import type { Language, TextSize } from '../../contract/session.ts';
import type { HalfDay } from '../../measures/half-days.ts';
import type { KnownDemarche } from './known-keys.ts';
import type { Cell } from './publish.ts';

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

/**
 * What a session adds to the week. Every split must sum to its total, whatever was heard during the session (a site that
 * crashed says nothing of its end): what is missing is "left before the first step".
 */
export const closeSession = (
  heard: ReadonlyMap<Cell, number>,
  end: SessionEnd,
  demarches: readonly KnownDemarche[],
): ReadonlyMap<Cell, number> => {
  const cells = new Map(heard);
  const add = (cell: Cell, n: number): void => void (n > 0 && cells.set(cell, (cells.get(cell) ?? 0) + n));
  const take = (cell: Cell): number => {
    const n = cells.get(cell) ?? 0;
    cells.delete(cell);
    return n;
  };
  for (const { id, steps } of demarches) {
    const last = cellOf('demarche.left-at-step', `${id}/${steps}`);
    if (steps > 0) add(cellOf('demarche.finished', id), take(last));
    const outcomes = [...cells]
      .filter(([cell]) => cell === cellOf('demarche.finished', id) || cell.startsWith(`demarche.left-at-step|${id}/`))
      .reduce((sum, [, n]) => sum + n, 0);
    const opened = cellOf('demarche.opened', id);
    const missing = (cells.get(opened) ?? 0) - outcomes;
    if (missing > 0) add(cellOf('demarche.left-at-step', `${id}/0`), missing);
    else add(opened, -missing);
  }
  const helped = [...cells.keys()].some((cell) => measureOf(partsOf(cell).measure)?.helps === true);
  add('session', 1);
  add(cellOf('session.end', end.reason), 1);
  add(cellOf('session.half-day', end.half), 1);
  add(cellOf('session.duration', durationClass(end.durationMs)), 1);
  add(cellOf('session.helped', helped ? 'yes' : 'no'), 1);
  add(cellOf('session.language', end.language), 1);
  add(cellOf('session.text-size', end.textSize), 1);
  return cells;
};

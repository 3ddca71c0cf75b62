/** The stops of a place that moves, such as a bus. */
import type { Point } from '../../contract/directory.ts';
import type { CommuneRegister } from './communes.ts';
import type { Place } from './place.ts';

/** Finds the point of a town by the name that a calendar gives. */
export const townFinder =
  ({ register, points }: { readonly register: CommuneRegister; readonly points: ReadonlyMap<string, Point> }) =>
  (name: string): Point | null =>
    points.get(register.byName(name, null)?.code ?? '') ?? null;

/** Number of stops of a day that are over at a given minute. When it grows, a bus has left. */
export const stopsOver = (places: readonly Place[], day: string, minute: number): number =>
  places.reduce((n, { stops }) => n + stops.filter(({ date, to }) => date === day && to <= minute).length, 0);

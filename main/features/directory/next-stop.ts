/** Where what travels stands next. */
import type { Point } from '../../contract/directory.ts';
import type { CommuneRegister } from './communes.ts';
import type { Place } from './place.ts';

/** Where a town is, by its name as a calendar writes it. */
export const townFinder =
  ({ register, points }: { readonly register: CommuneRegister; readonly points: ReadonlyMap<string, Point> }) =>
  (name: string): Point | null =>
    points.get(register.byName(name, null)?.code ?? '') ?? null;

/** How many stops of a day are over at a minute of it: one more, and a bus has left. */
export const stopsOver = (places: readonly Place[], day: string, minute: number): number =>
  places.reduce((n, { stops }) => n + stops.filter(({ date, to }) => date === day && to <= minute).length, 0);

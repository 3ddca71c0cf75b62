/** The points of communes: from the towns on the map, else from a place in that commune. */
import type { Point } from '../../contract/directory.ts';
import type { Place } from './place.ts';

export const knownPoints = (
  places: readonly Place[],
  towns: ReadonlyMap<string, Point>,
): ReadonlyMap<string, Point> => {
  const points = new Map<string, Point>(towns);
  for (const { insee, lat, lon, moves } of places) {
    if (insee !== null && lat !== null && lon !== null && !moves && !points.has(insee)) points.set(insee, [lon, lat]);
  }
  return points;
};

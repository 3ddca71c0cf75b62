/** Which part of the map is shown: around the results, all of it, or one area. */
import type { KioskMap } from '../../../main/contract/kiosk-map.ts';
import { fitView, project, type Box } from '../../../main/contract/map-geometry.ts';
import type { Point } from '../../../main/contract/directory.ts';

/** The smallest part of the map that is shown: a place needs its surroundings to be recognised. */
const LEAST = 230;
const ROOM = 0.16;

type View = 'near' | 'all' | { readonly area: string };

const wholeOf = (map: KioskMap): Box => [0, 0, map.width, map.height];

function boxOf(map: KioskMap, points: readonly Point[]): Box {
  const at = points.map((point) => project(map.plane, point));
  const xs = at.map(([x]) => x);
  const ys = at.map(([, y]) => y);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const wide = Math.max((right - left) * (1 + 2 * ROOM), LEAST);
  const high = Math.max((bottom - top) * (1 + 2 * ROOM), LEAST * 0.7);
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  return [x - wide / 2, y - high / 2, x + wide / 2, y + high / 2];
}

export function viewOf(
  map: KioskMap,
  view: View,
  near: readonly Point[],
): (shape: { readonly width: number; readonly height: number }) => Box {
  const area = typeof view === 'object' ? map.areas.find(({ code }) => code === view.area) : undefined;
  const box = area ? area.box : view === 'near' && near.length > 0 ? boxOf(map, near) : wholeOf(map);
  return (shape) => {
    const fitted = fitView(box, shape);
    // When the view is larger than the map, both sides would be empty: show the whole map instead.
    return fitted[2] - fitted[0] > map.width * 1.02 && fitted[3] - fitted[1] > map.height * 1.02
      ? fitView(wholeOf(map), shape)
      : fitted;
  };
}

export function nameOfView(map: KioskMap, view: View): string {
  const area = typeof view === 'object' ? map.areas.find(({ code }) => code === view.area) : undefined;
  return area?.name ?? map.departement.name;
}

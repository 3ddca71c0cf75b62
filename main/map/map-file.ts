/**
 * Finds the kiosk's map: the one that the IT department built, in the configuration folder, else the one from the
 * build.
 */
import { join } from 'node:path';
import { kioskMap, type KioskMap } from '../contract/kiosk-map.ts';
import { project, type XY } from '../contract/map-geometry.ts';
import type { Files } from '../platform/files.ts';

/** In the configuration folder. */
export const MAP_FILE = 'map.json';
/** In the build's output folder: every département, by its code. */
export const SHIPPED_MAPS_FILE = 'maps.json';

const readOne = (data: unknown): KioskMap | null => {
  const read = kioskMap.safeParse(data);
  return read.success ? read.data : null;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null; // the caller falls back to another map, or none
  }
};

const COORDINATES = /-?\d+(?:\.\d+)?,-?\d+(?:\.\d+)?/g;

/** The even-odd rule over all the rings of the path. `draw-map.ts` only writes M, L and Z. */
const contains = ({ outline, plane }: KioskMap, point: XY): boolean => {
  const [px, py] = project(plane, point);
  let inside = false;
  for (const ring of outline.split('Z')) {
    const corners = (ring.match(COORDINATES) ?? []).map((pair) => pair.split(',').map(Number));
    for (let i = 0, j = corners.length - 1; i < corners.length; j = i, i += 1) {
      const [xi = 0, yi = 0] = corners[i] ?? [];
      const [xj = 0, yj = 0] = corners[j] ?? [];
      if (yi > py !== yj > py && px < ((xj - xi) * (py - yi)) / (yj - yi) + xi) inside = !inside;
    }
  }
  return inside;
};

export interface MapPlaces {
  readonly configDir: string;
  /** The build's output folder. */
  readonly built: string;
}

export const readMap = async (
  deps: { readonly files: Pick<Files, 'readText'>; readonly onUnreadable: () => void } & MapPlaces,
  here: XY | null,
): Promise<KioskMap | null> => {
  const own = await deps.files.readText(join(deps.configDir, MAP_FILE));
  if (own.ok) {
    const map = readOne(parsed(own.value));
    if (map) return map;
    deps.onUnreadable();
  }
  if (here === null) return null;
  const shipped = await deps.files.readText(join(deps.built, SHIPPED_MAPS_FILE));
  const maps = shipped.ok ? parsed(shipped.value) : null;
  for (const data of Object.values((maps ?? {}) as Record<string, unknown>)) {
    const map = readOne(data);
    if (map && contains(map, here)) return map;
  }
  return null;
};

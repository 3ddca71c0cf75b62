/** Finds places: by need, by what the person wants to be sure of, the nearest first. Nothing leaves the screen's process. */
import type { Audience, Care, NeedId, PlaceSummary, Point } from '../../../main/contract/directory.ts';
import { openingAt } from './opening-now.ts';

export interface Wanted {
  /** Null: any help. */
  readonly need: NeedId | null;
  readonly openNow: boolean;
  readonly free: boolean;
  readonly audience: Audience | null;
  /** Accessibility and languages: all of them. */
  readonly cares: readonly Care[];
  /** True: only where an appointment can be made; false: only where none is needed. */
  readonly byAppointment: boolean | null;
}

export const anyHelp: Wanted = {
  need: null,
  openNow: false,
  free: false,
  audience: null,
  cares: [],
  byAppointment: null,
};

export interface Found {
  readonly place: PlaceSummary;
  /** As the crow flies; null when one of the two points is not known. */
  readonly km: number | null;
  /** False: the place does not say what it does, so the person should phone first. */
  readonly sure: boolean;
}

export interface Finder {
  /** The nearest to `from` first; those that do not say what they do come last. */
  (wanted: Wanted, from: Point | null, minute: number): readonly Found[];
}

const EARTH_KM = 6371;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** As the crow flies, in kilometres. */
export function distanceKm([lonA, latA]: Point, [lonB, latB]: Point): number {
  const half =
    Math.sin(radians(latB - latA) / 2) ** 2 +
    Math.cos(radians(latA)) * Math.cos(radians(latB)) * Math.sin(radians(lonB - lonA) / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(half)));
}

/** Above what a sort key needs of a place's rank. */
const RANKS = 2 ** 20;
/** Further than any two points of Earth, for those of unknown point. */
const NOWHERE_M = 2 ** 26;

const byName = (places: readonly PlaceSummary[]): readonly PlaceSummary[] => {
  const { compare } = new Intl.Collator('fr');
  return [...places].sort((a, b) => compare(a.name, b.name));
};

/** Ten thousand places are measured and sorted within a frame: numbers alone, metres above and the rank by name below. */
const nearestFirst = (places: readonly PlaceSummary[], from: Point | null): Float64Array<ArrayBuffer> => {
  const keys = new Float64Array(places.length);
  for (const [rank, { at }] of places.entries()) {
    const metres = from && at ? Math.round(distanceKm(from, at) * 1000) : NOWHERE_M;
    keys[rank] = metres * RANKS + rank;
  }
  return keys.sort();
};

/** A place that says nothing of itself is only hidden by what must be certain: open now, free, an appointment. */
const suits = (place: PlaceSummary, wanted: Wanted, minute: number): boolean =>
  (wanted.need === null || place.needs === null || place.needs.includes(wanted.need)) &&
  (!wanted.openNow || openingAt(place.opens, minute).state === 'open') &&
  (!wanted.free || place.costs.includes('free') || place.costs.includes('free-conditions')) &&
  (wanted.audience === null || place.audiences.length === 0 || place.audiences.includes(wanted.audience)) &&
  wanted.cares.every((care) => place.cares.includes(care)) &&
  (wanted.byAppointment === null || place.byAppointment === wanted.byAppointment) &&
  !place.accesses.includes('no-public');

/** Distances are worked out once for a point: a filter then costs one walk through the list. */
export function makeFinder(places: readonly PlaceSummary[]): Finder {
  const named = byName(places);
  let order = new Float64Array(0);
  let measuredFrom: Point | null | undefined;
  return (wanted, from, minute) => {
    if (measuredFrom === undefined || !samePoint(measuredFrom, from)) {
      order = nearestFirst(named, from);
      measuredFrom = from;
    }
    const sure: Found[] = [];
    const unsure: Found[] = [];
    for (const key of order) {
      const metres = Math.floor(key / RANKS);
      const place = named[key - metres * RANKS];
      if (!place || !suits(place, wanted, minute)) continue;
      const certain = wanted.need === null || place.needs !== null;
      const km = metres === NOWHERE_M ? null : metres / 1000;
      (certain ? sure : unsure).push({ place, km, sure: certain });
    }
    return unsure.length === 0 ? sure : sure.concat(unsure);
  };
}

const samePoint = (a: Point | null, b: Point | null): boolean =>
  a === b || (a !== null && b !== null && a[0] === b[0] && a[1] === b[1]);

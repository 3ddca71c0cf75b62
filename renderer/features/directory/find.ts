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

interface Measured {
  readonly place: PlaceSummary;
  readonly km: number | null;
}

const byDistance = (places: readonly PlaceSummary[], from: Point | null): readonly Measured[] => {
  const names = new Intl.Collator('fr');
  return places
    .map((place) => ({ place, km: from && place.at ? distanceKm(from, place.at) : null }))
    .sort(
      (a, b) => (a.km ?? Number.MAX_VALUE) - (b.km ?? Number.MAX_VALUE) || names.compare(a.place.name, b.place.name),
    );
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
  let measured: readonly Measured[] = [];
  let measuredFrom: Point | null | undefined;
  return (wanted, from, minute) => {
    if (measuredFrom === undefined || !samePoint(measuredFrom, from)) {
      measured = byDistance(places, from);
      measuredFrom = from;
    }
    const sure: Found[] = [];
    const unsure: Found[] = [];
    for (const { place, km } of measured) {
      if (!suits(place, wanted, minute)) continue;
      const certain = wanted.need === null || place.needs !== null;
      (certain ? sure : unsure).push({ place, km, sure: certain });
    }
    return [...sure, ...unsure];
  };
}

const samePoint = (a: Point | null, b: Point | null): boolean =>
  a === b || (a !== null && b !== null && a[0] === b[0] && a[1] === b[1]);

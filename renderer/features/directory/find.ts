/** Finds places by need and filters, the nearest first. Runs in the screen's process; nothing is sent. */
import type { Audience, Care, NeedId, PlaceSummary, Point } from '../../../main/contract/directory.ts';
import { isOpenAt } from './opening-now.ts';

export interface Wanted {
  /** Null: any kind of help. */
  readonly need: NeedId | null;
  readonly openNow: boolean;
  readonly free: boolean;
  readonly audience: Audience | null;
  /** Accessibility and languages: a place must have all of them. */
  readonly cares: readonly Care[];
  /** True: only places that give appointments; false: only places that need none. */
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
  /** As the crow flies; null when either point is unknown. */
  readonly km: number | null;
  /** False when the place does not say which help it gives, so the person should phone first. */
  readonly sure: boolean;
}

/** The first matches, and how many there are in all. */
export interface FoundPlaces {
  readonly total: number;
  readonly first: readonly Found[];
}

export interface Finder {
  /** The `most` nearest to `from`. Places that do not say what they do come last. */
  (wanted: Wanted, from: Point | null, minute: number, most: number): FoundPlaces;
}

const EARTH_KM = 6371;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/**
 * The point on a sphere of radius one. Chord lengths grow with surface distances and need no trigonometry per place.
 */
const onUnitSphere = ([lon, lat]: Point): readonly [number, number, number] => {
  const wide = Math.cos(radians(lat));
  return [wide * Math.cos(radians(lon)), wide * Math.sin(radians(lon)), Math.sin(radians(lat))];
};

const kmOfChord = (squared: number): number => 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(squared) / 2));

const squaredChord = (ax: number, ay: number, az: number, bx: number, by: number, bz: number): number =>
  (ax - bx) ** 2 + (ay - by) ** 2 + (az - bz) ** 2;

/** As the crow flies, in kilometres. */
export function distanceKm(a: Point, b: Point): number {
  return kmOfChord(squaredChord(...onUnitSphere(a), ...onUnitSphere(b)));
}

/** Longer than any chord of the sphere: places without a known point sort after all others. */
const NOWHERE = 5;

const byName = (places: readonly PlaceSummary[]): readonly PlaceSummary[] => {
  const { compare } = new Intl.Collator('fr');
  return [...places].sort((a, b) => compare(a.name, b.name));
};

type Measure = (from: Point | null) => Float64Array;

/** The distance of every place, computed once for each point: a change of filter then only walks the list. */
const makeMeasure = (places: readonly PlaceSummary[]): Measure => {
  const unitVectors = new Float64Array(places.length * 3);
  for (const [rank, { at }] of places.entries()) if (at) unitVectors.set(onUnitSphere(at), rank * 3);
  const lines = new Float64Array(places.length);
  let measuredFrom: Point | null | undefined;
  return (from) => {
    if (measuredFrom !== undefined && samePoint(measuredFrom, from)) return lines;
    measuredFrom = from;
    lines.fill(NOWHERE);
    if (!from) return lines;
    const [x, y, z] = onUnitSphere(from);
    for (let rank = 0; rank < lines.length; rank += 1) {
      if (!places[rank]!.at) continue;
      lines[rank] = squaredChord(
        x,
        y,
        z,
        unitVectors[rank * 3]!,
        unitVectors[rank * 3 + 1]!,
        unitVectors[rank * 3 + 2]!,
      );
    }
    return lines;
  };
};

const samePoint = (a: Point | null, b: Point | null): boolean =>
  a === b || (a !== null && b !== null && a[0] === b[0] && a[1] === b[1]);

/** The nearest few. `ranks` are in the order of the names, which decides between places at the same distance. */
const nearestOf = (ranks: readonly number[], lines: Float64Array, most: number): readonly number[] => {
  const nearest: number[] = [];
  let farthest = Infinity;
  for (const rank of ranks) {
    const line = lines[rank]!;
    if (line >= farthest) continue;
    let at = nearest.length;
    while (at > 0 && lines[nearest[at - 1]!]! > line) at -= 1;
    nearest.splice(at, 0, rank);
    if (nearest.length > most) nearest.pop();
    if (nearest.length === most) farthest = lines[nearest.at(-1)!]!;
  }
  return nearest;
};

/**
 * A place that gives no details passes the filters on need and audience. It is hidden by the filters that must be
 * certain: open now, free, accessibility and languages, appointment.
 */
const suits = (place: PlaceSummary, wanted: Wanted, minute: number): boolean =>
  (wanted.need === null || place.needs === null || place.needs.includes(wanted.need)) &&
  (!wanted.openNow || isOpenAt(place.opens, minute)) &&
  (!wanted.free || place.costs.includes('free') || place.costs.includes('free-conditions')) &&
  (wanted.audience === null || place.audiences.length === 0 || place.audiences.includes(wanted.audience)) &&
  wanted.cares.every((care) => place.cares.includes(care)) &&
  (wanted.byAppointment === null || place.byAppointment === wanted.byAppointment) &&
  !place.accesses.includes('no-public');

/**
 * The matching places, split by whether they say what they do. Cached until the filters change: typing a commune only
 * moves the origin.
 */
const makeChooser = (places: readonly PlaceSummary[]) => {
  let asked = '';
  let sure: number[] = [];
  let unsure: number[] = [];
  return (wanted: Wanted, minute: number) => {
    const asks = JSON.stringify([wanted, wanted.openNow ? minute : null]);
    if (asks !== asked) {
      [sure, unsure] = [[], []];
      for (let rank = 0; rank < places.length; rank += 1) {
        const place = places[rank]!;
        if (suits(place, wanted, minute)) (wanted.need === null || place.needs !== null ? sure : unsure).push(rank);
      }
      asked = asks;
    }
    return { sure, unsure };
  };
};

/** Creates objects only for the places that are shown. */
export function makeFinder(places: readonly PlaceSummary[]): Finder {
  const named = byName(places);
  const measure = makeMeasure(named);
  const choose = makeChooser(named);
  return (wanted, from, minute, most) => {
    const lines = measure(from);
    const { sure, unsure } = choose(wanted, minute);
    const foundIn = (ranks: readonly number[], certain: boolean): readonly Found[] =>
      nearestOf(ranks, lines, most).map((rank) => ({
        place: named[rank]!,
        km: lines[rank] === NOWHERE ? null : kmOfChord(lines[rank]!),
        sure: certain,
      }));
    return {
      total: sure.length + unsure.length,
      first: [...foundIn(sure, true), ...foundIn(unsure, false)].slice(0, most),
    };
  };
}

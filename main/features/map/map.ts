/** The map of the département, read on first use. It holds nothing about a person. */
import type { KioskMap, MapContract, StreetPlan } from '../../contract/kiosk-map.ts';
import { ok } from '../../contract/result.ts';
import type { Feature } from '../feature.ts';

type At = readonly [longitude: number, latitude: number];

export interface KioskMapFeature extends Feature<MapContract> {
  /** The same map, for printing. */
  readonly map: () => Promise<KioskMap | null>;
  /** The streets around a point; null when there are none. */
  readonly streets: (at: At) => Promise<StreetPlan | null>;
}

export const createMap = (deps: {
  readonly read: () => Promise<KioskMap | null>;
  readonly streets: (at: At) => Promise<StreetPlan | null>;
}): KioskMapFeature => {
  let read: Promise<KioskMap | null> | undefined;
  const map = (): Promise<KioskMap | null> => (read ??= deps.read());
  return {
    handlers: { map: async () => ok(await map()), streets: async ({ at }) => ok(await deps.streets(at)) },
    initial: {},
    map,
    streets: deps.streets,
    stop: async () => undefined,
  };
};

/** The map of the département, read when somebody first looks at it. Nothing of a person is in it. */
import type { KioskMap, MapContract } from '../../contract/kiosk-map.ts';
import { ok } from '../../contract/result.ts';
import type { Feature } from '../feature.ts';

export interface KioskMapFeature extends Feature<MapContract> {
  /** The same map, for what is printed. */
  readonly map: () => Promise<KioskMap | null>;
}

export const createMap = (deps: { readonly read: () => Promise<KioskMap | null> }): KioskMapFeature => {
  let read: Promise<KioskMap | null> | undefined;
  const map = (): Promise<KioskMap | null> => (read ??= deps.read());
  return {
    handlers: { map: async () => ok(await map()) },
    initial: {},
    map,
    stop: async () => undefined,
  };
};

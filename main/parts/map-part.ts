/** The map of where this kiosk stands, the IT department's own, else the one that the build made; and its streets, if any. */
import { resolve } from 'node:path';
import { createMap, type KioskMapFeature } from '../features/map/map.ts';
import type { MapPlaces } from '../map/map-file.ts';
import type { Streets, StreetsFault } from '../map/street-plan.ts';
import type { PartSystem } from './system.ts';

/** Opened when a first place is looked at. A file that can't be read is told once; the places do without. */
const streetsOf = (system: PartSystem, configDir: string): KioskMapFeature['streets'] => {
  const named = system.config.site.directory.streets;
  if (named === null) return async () => null;
  const told = (fault: StreetsFault): null => {
    system.logger.log('map.streets-unreadable', { fault });
    return null;
  };
  let opened: Promise<Streets | null> | undefined;
  const open = async (): Promise<Streets | null> => {
    const { openStreets } = await import('../map/street-plan.ts');
    const streets = await openStreets(system.files, resolve(configDir, named));
    return streets.ok ? streets.value : told(streets.error);
  };
  return async (at) => {
    const plan = await (await (opened ??= open()))?.plan(at);
    return plan === undefined ? null : plan.ok ? plan.value : told(plan.error);
  };
};

export const openMap = (system: PartSystem, places: MapPlaces): KioskMapFeature =>
  createMap({
    streets: streetsOf(system, places.configDir),
    async read() {
      const { readMap } = await import('../map/map-file.ts');
      const { coordinates } = system.config.site;
      return readMap(
        { ...places, files: system.files, onUnreadable: () => system.logger.log('map.unreadable') },
        coordinates === null ? null : [coordinates.lon, coordinates.lat],
      );
    },
  });

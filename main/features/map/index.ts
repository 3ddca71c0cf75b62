/** The map of where this kiosk stands: the IT department's own, else the one that the build made. */
import { createMap, type KioskMapFeature } from './map.ts';
import type { MapPlaces } from '../../map/map-file.ts';
import type { KioskSystem } from '../system.ts';

export const openMap = (system: KioskSystem, places: MapPlaces): KioskMapFeature =>
  createMap({
    async read() {
      const { readMap } = await import('../../map/map-file.ts');
      const { coordinates } = system.config.site;
      return readMap(
        { ...places, files: system.files, onUnreadable: () => system.logger.log('map.unreadable') },
        coordinates === null ? null : [coordinates.lon, coordinates.lat],
      );
    },
  });

/** The map of where this kiosk stands: the IT department's own, else the one that the build made. */
import { dirname } from 'node:path';
import { defineFeature } from '../feature.ts';
import { mapEvents } from './events.ts';
import { createMap } from './map.ts';

export const mapFeature = defineFeature({
  name: 'map',
  counters: [],
  events: mapEvents,
  open: ({ files, logger, config, configDir, screens }) =>
    createMap({
      async read() {
        const { readMap } = await import('../../map/map-file.ts');
        const { coordinates } = config.site;
        return readMap(
          { files, configDir, built: dirname(screens), onUnreadable: () => logger.log('map.unreadable') },
          coordinates === null ? null : [coordinates.lon, coordinates.lat],
        );
      },
    }),
});

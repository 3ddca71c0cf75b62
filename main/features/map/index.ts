/**
 * The map around this kiosk: the IT department's own map, else the one from the build. Also the streets, if configured.
 */
import { dirname, resolve } from 'node:path';
import type { Streets, StreetsFault } from '../../map/street-plan.ts';
import { defineFeature } from '../feature.ts';
import type { KioskSystem } from '../system.ts';
import { mapEvents } from './events.ts';
import { createMap, type KioskMapFeature } from './map.ts';

/** Opened when the first place is viewed. An unreadable file is logged, and places are then shown without streets. */
const streetsOf = ({ files, logger, config, configDir }: KioskSystem): KioskMapFeature['streets'] => {
  const named = config.site.directory.streets;
  if (named === null) return async () => null;
  const logFault = (fault: StreetsFault): null => {
    logger.log('map.streets-unreadable', { fault });
    return null;
  };
  let opened: Promise<Streets | null> | undefined;
  const open = async (): Promise<Streets | null> => {
    const { openStreets } = await import('../../map/street-plan.ts');
    const streets = await openStreets(files, resolve(configDir, named));
    return streets.ok ? streets.value : logFault(streets.error);
  };
  return async (at) => {
    const plan = await (await (opened ??= open()))?.plan(at);
    return plan === undefined ? null : plan.ok ? plan.value : logFault(plan.error);
  };
};

export const mapFeature = defineFeature({
  name: 'map',
  counters: [],
  events: mapEvents,
  open: (system) => {
    const { files, logger, config, configDir, screens } = system;
    return createMap({
      streets: streetsOf(system),
      async read() {
        const { readMap } = await import('../../map/map-file.ts');
        const { coordinates } = config.site;
        return readMap(
          { files, configDir, built: dirname(screens), onUnreadable: () => logger.log('map.unreadable') },
          coordinates === null ? null : [coordinates.lon, coordinates.lat],
        );
      },
    });
  },
});

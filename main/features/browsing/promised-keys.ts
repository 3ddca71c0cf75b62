/** The keys that organisms promised for a host, whatever the démarche: `pins` of `bundles.yaml`. Empty: none promised any. */
import { covers } from '../../config/domains.ts';
import type { KioskConfig } from '../../config/kiosk-config.ts';

export const promisedKeys = (bundles: KioskConfig['bundles'], host: string): readonly string[] =>
  Object.values(bundles)
    .filter(({ domains, pins }) => pins.length > 0 && domains.some((domain) => covers(domain, host)))
    .flatMap(({ pins }) => pins);

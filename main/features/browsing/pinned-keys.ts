/**
 * The pinned public keys of a host, from `pins` in `bundles.yaml`, for every démarche. Empty: the host is not pinned.
 */
import { covers } from '../../config/domains.ts';
import type { KioskConfig } from '../../config/kiosk-config.ts';

export const pinnedKeys = (bundles: KioskConfig['bundles'], host: string): readonly string[] =>
  Object.values(bundles)
    .filter(({ domains, pins }) => pins.length > 0 && domains.some((domain) => covers(domain, host)))
    .flatMap(({ pins }) => pins);

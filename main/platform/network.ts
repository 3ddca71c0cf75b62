/**
 * Whether this machine is on a network at all. We never probe the internet: whether a site answers is for the browser
 * to find out.
 */
import { networkInterfaces } from 'node:os';

/** True when an interface has an address that other machines could reach (neither loopback nor link-local IPv6). */
export const isOnNetwork = (): boolean =>
  Object.values(networkInterfaces()).some((addresses) =>
    addresses?.some(({ internal, address }) => !internal && !address.startsWith('fe80:')),
  );

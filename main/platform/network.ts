/** Whether this machine is on a network at all. What lies beyond is the sites' own affair: we ask nobody. */
import { networkInterfaces } from 'node:os';

/** An address that others could answer, on an interface that is up. */
export const isOnNetwork = (): boolean =>
  Object.values(networkInterfaces()).some((addresses) =>
    addresses?.some(({ internal, address }) => !internal && !address.startsWith('fe80:')),
  );

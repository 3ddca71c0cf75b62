/** Finds the driverless scanners announced on the network (`_uscan._tcp`, `_uscans._tcp`). */
import type { BrowseServices } from '../../platform/network/dns-sd.ts';
import type { FoundScanner } from '../scanner.ts';

const LISTEN_MS = 2_500;

/**
 * `rs` is the resource path ("eSCL"), `ty` make and model. IPv4 addresses are preferred, because `.local` names need a
 * resolver.
 */
export const esclAddress = (
  service: { host: string; port: number; addresses: readonly string[]; txt: Readonly<Record<string, string>> },
  secure: boolean,
): string => {
  const address = service.addresses.find((one) => /^\d+(\.\d+){3}$/.test(one)) ?? service.host.replace(/\.$/, '');
  const path = (service.txt['rs'] ?? 'eSCL').replace(/^\/+|\/+$/g, '');
  return `${secure ? 'https' : 'http'}://${address}:${service.port}/${path}`;
};

export const findEsclScanners = async (browse: BrowseServices): Promise<readonly FoundScanner[]> => {
  const [plain, secure] = await Promise.all([browse('uscan', LISTEN_MS), browse('uscans', LISTEN_MS)]);
  const found = new Map<string, FoundScanner>();
  // The same device announces both: prefer TLS.
  for (const [services, isSecure] of [
    [secure, true],
    [plain, false],
  ] as const)
    for (const service of services) {
      if (found.has(service.host)) continue;
      found.set(service.host, {
        kind: 'escl',
        address: esclAddress(service, isSecure),
        name: service.txt['ty'] ?? service.name,
        identity: service.host.replace(/\.$/, ''),
      });
    }
  return [...found.values()];
};

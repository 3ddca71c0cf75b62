import type { CertificatePins } from '../../main/devices/ipp/client.ts';

/** Certificates that are forgotten with the test. */
export const memoryPins = (): CertificatePins => {
  const seen = new Map<string, string>();
  return {
    read: async (host) => seen.get(host),
    write: async (host, sha256) => void seen.set(host, sha256),
  };
};

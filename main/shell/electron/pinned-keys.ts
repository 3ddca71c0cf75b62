/** Checks pinned keys inside the TLS handshake, so a host with a wrong key receives no data. */
import { keyHash } from '../../platform/network/tls-keys.ts';
import { keysHold } from '../guest/certificate-pins.ts';
import type { BrowsingSession, CertificateVerifyProc } from './electron-api.ts';

type Certificate = Parameters<CertificateVerifyProc>[0]['certificate'];

/** Electron's documented results: -3 uses Chromium's own verdict; -202 is Chromium's error for an unknown authority. */
const AS_CHROMIUM_SAYS = -3;
const REFUSED = -202;
const LONGEST_CHAIN = 8;

const keysOf = (certificate: Certificate): readonly string[] => {
  const keys: string[] = [];
  for (let at: Certificate | undefined = certificate; at && keys.length < LONGEST_CHAIN; at = at.issuerCert)
    keys.push(keyHash(at.data));
  return keys;
};

/** The keys in a chain; none if it cannot be parsed. */
const readKeys = (certificate: Certificate): readonly string[] => {
  try {
    return keysOf(certificate);
  } catch {
    return [];
  }
};

export const holdToPinnedKeys = (session: BrowsingSession, pinsFor: (host: string) => readonly string[]): void => {
  session.setCertificateVerifyProc(({ hostname, certificate }, callback) => {
    const pins = pinsFor(hostname);
    callback(pins.length === 0 || keysHold(pins, readKeys(certificate)) ? AS_CHROMIUM_SAYS : REFUSED);
  });
};

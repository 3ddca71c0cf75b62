/** Reads the certificate chain that a TLS server presents. No request is sent. */
import { createHash, X509Certificate } from 'node:crypto';
import { Socket } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { mappedEndpoint } from './resolve-host.ts';
import { connectTo, endBehind, type ProxyAddress, type TunnelEnd } from './tunnel-end.ts';

/** SHA-256 of the public key (SPKI), base64: it stays the same when a certificate is renewed with the same key. */
export const keyHash = (certificate: X509Certificate | Uint8Array | string): string => {
  const read = certificate instanceof X509Certificate ? certificate : new X509Certificate(certificate);
  return createHash('sha256')
    .update(read.publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');
};

const ANSWERS_WITHIN_MS = 5_000;
/** Real chains are short; this stops a circular one. */
const LONGEST_CHAIN = 8;

const chainOf = (socket: TLSSocket): readonly string[] => {
  const keys: string[] = [];
  let certificate = socket.getPeerX509Certificate();
  while (certificate && keys.length < LONGEST_CHAIN) {
    keys.push(keyHash(certificate));
    certificate = certificate.issuerCertificate;
  }
  return keys;
};

/** Undefined: no answer, or not TLS. The browser validates the certificate, not this function. */
const askServer = async <T>(host: string, end: TunnelEnd, read: (socket: TLSSocket) => T): Promise<T | undefined> => {
  const near = await connectTo(end, ANSWERS_WITHIN_MS);
  if (!(near instanceof Socket)) return undefined;
  return new Promise((resolve) => {
    const socket = connect({ socket: near, servername: host, rejectUnauthorized: false });
    const give = (found: T | undefined): void => {
      resolve(found);
      near.destroy();
    };
    near.setTimeout(ANSWERS_WITHIN_MS, () => give(undefined));
    socket.once('error', () => give(undefined));
    socket.once('secureConnect', () => give(read(socket)));
  });
};

/** Where a host answers, without a lookup of ours. */
export const endOf = (
  hostRules: string | undefined,
  host: string,
  port: number,
  proxy: ProxyAddress | undefined,
): TunnelEnd => {
  const mapped = mappedEndpoint(hostRules, host);
  if (mapped) return { addresses: [mapped.address], port: mapped.port };
  return proxy ? endBehind(proxy, host, port) : { addresses: [host], port };
};

export const askKeys = (host: string, end: TunnelEnd): Promise<readonly string[] | undefined> =>
  askServer(host, end, chainOf);

/** From when on the server's certificate is valid, in milliseconds since 1970. */
export const askValidFrom = (host: string, end: TunnelEnd): Promise<number | undefined> =>
  askServer(host, end, (socket) => Date.parse(socket.getPeerX509Certificate()?.validFrom ?? ''));

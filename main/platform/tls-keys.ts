/** Reads the certificate chain that a TLS server presents. No request is sent. */
import { createHash, X509Certificate } from 'node:crypto';
import { connect, type TLSSocket } from 'node:tls';

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

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
const askServer = <T>(host: string, endpoint: Endpoint, read: (socket: TLSSocket) => T): Promise<T | undefined> =>
  new Promise((resolve) => {
    const socket = connect({
      host: endpoint.address,
      port: endpoint.port,
      servername: host,
      rejectUnauthorized: false,
    });
    const end = (found: T | undefined): void => {
      resolve(found);
      socket.destroy();
    };
    socket.setTimeout(ANSWERS_WITHIN_MS, () => end(undefined));
    socket.once('error', () => end(undefined));
    socket.once('secureConnect', () => end(read(socket)));
  });

export const askKeys = (host: string, endpoint: Endpoint): Promise<readonly string[] | undefined> =>
  askServer(host, endpoint, chainOf);

/** From when on the server's certificate is valid, in milliseconds since 1970. */
export const askValidFrom = (host: string, endpoint: Endpoint): Promise<number | undefined> =>
  askServer(host, endpoint, (socket) => Date.parse(socket.getPeerX509Certificate()?.validFrom ?? ''));

/**
 * Where a host is reached: at its own addresses, or behind the proxy of the place. Many administrations let nothing out
 * but through theirs, which is then asked for a tunnel (`CONNECT`, RFC 9110, 9.3.6).
 */
import { Socket } from 'node:net';
import { CONNECTS_WITHIN_MS, connectToFirst, type ConnectFailure } from './first-connection.ts';

/** A proxy of the local network. `host`: its name or its address. */
export interface ProxyAddress {
  readonly host: string;
  readonly port: number;
}

export interface TunnelEnd {
  /** Best first; numeric, but for a proxy's name. */
  readonly addresses: readonly string[];
  readonly port: number;
  /** The addresses are those of a proxy, which reaches this host: `www.caf.fr:443`. */
  readonly behind?: string;
}

/**
 * `no-proxy`: the place's proxy does not answer, or not in a way that we understand, so nothing of the internet can be
 * reached. Its refusal comes with its status: 403 for what it filters, 407 when it asks for a password, 511 when it
 * wants a sign-in.
 */
export type TunnelFailure = ConnectFailure | 'no-proxy' | { readonly proxyStatus: number };

/** `addresses`: those of the proxy, if they are known; otherwise each connection looks up its name. */
export const endBehind = (
  proxy: ProxyAddress,
  host: string,
  port: number,
  addresses: readonly string[] = [proxy.host],
): TunnelEnd => ({
  addresses,
  port: proxy.port,
  behind: `${host}:${port}`,
});

/** From here on it is the site that does not answer, or its name that is unknown. Some go beyond the standard's 5xx. */
const SITE_UNANSWERED = 500;
/** The exception: `511 Network Authentication Required` (RFC 6585), of a network with a sign-in page. */
export const WANTS_SIGN_IN = 511;

const tunnelOver = async (socket: Socket, behind: string, withinMs: number): Promise<Socket | TunnelFailure> => {
  const { request } = await import('node:http'); // as in connect-proxy.ts: too slow for the startup path
  const { promise, resolve } = Promise.withResolvers<Socket | TunnelFailure>();
  const asked = request({
    createConnection: () => socket,
    method: 'CONNECT',
    path: behind,
    headers: { host: behind },
    // Some proxies end lines with LF alone, or send a Content-Length beside a Transfer-Encoding. Accepting that is a
    // risk where a connection carries several messages, and two programs may disagree on where one ends. Here it
    // carries one answer, of which we only read the status. TLS between browser and site protects what follows.
    insecureHTTPParser: true,
  });
  const give = (outcome: Socket | TunnelFailure): void => {
    clearTimeout(deadline);
    if (outcome !== socket) socket.destroy();
    resolve(outcome);
  };
  const deadline = setTimeout(() => give('unanswered'), withinMs);
  asked.on('connect', ({ statusCode = 0 }, _socket, head) => {
    // After a CONNECT, Node ends its parser at the first response, even an interim one (100, 103).
    if (statusCode < 200) return give('no-proxy');
    const isSites = statusCode >= SITE_UNANSWERED && statusCode !== WANTS_SIGN_IN;
    if (statusCode > 299) return give(isSites ? 'unanswered' : { proxyStatus: statusCode });
    if (head.length > 0) socket.unshift(head);
    give(socket);
  });
  asked.on('error', () => give('no-proxy')); // it closed, does not speak HTTP, or sends more than 16 KB of headers
  asked.end();
  return promise;
};

/** `withinMs`: for each of the two connections. */
export const connectTo = async (
  { addresses, port, behind }: TunnelEnd,
  withinMs = CONNECTS_WITHIN_MS,
): Promise<Socket | TunnelFailure> => {
  const near = await connectToFirst(addresses, port, withinMs);
  if (behind === undefined) return near;
  return typeof near === 'string' ? 'no-proxy' : tunnelOver(near, behind, withinMs);
};

/** Why no tunnel leads there; undefined when one does. It is closed at once. */
export const tunnelFault = async (end: TunnelEnd): Promise<TunnelFailure | undefined> => {
  const far = await connectTo(end);
  if (!(far instanceof Socket)) return far;
  far.destroy();
  return undefined;
};

/**
 * A forward proxy on the loopback that only carries tunnels (`CONNECT`). The client names a host; `route` resolves it
 * to addresses, and the proxy connects to exactly those, or asks the proxy of the place for the host. Plain HTTP
 * requests are dropped, except for the certificate that a site forgot to send.
 */
import type { IncomingMessage, Server } from 'node:http';
import { Socket, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { askInTurn } from './first-connection.ts';
import { fetchIssuer, issuerUrl } from './issuer-certificate.ts';
import { connectTo, type TunnelEnd, type TunnelFailure } from './tunnel-end.ts';

export interface ConnectProxyDeps {
  /** Undefined: tunnels to this host are refused. */
  readonly route: (host: string, port: number) => Promise<TunnelEnd | undefined>;
  /** Whether a connection from this port of the loopback may use the proxy. */
  readonly mayUse: (fromPort: number, proxyPort: number) => Promise<boolean>;
  /** `route` allowed the host, but the connection failed. */
  readonly onFailure: (host: string, failure: TunnelFailure) => void;
  readonly onConnected: (host: string) => void;
}

export interface ConnectProxy {
  readonly port: number;
  /** Closes every tunnel. */
  stop(): void;
}

/** How long a server that neither sends nor takes anything keeps its tunnel. An idle tunnel has no limit. */
export interface SilenceLimits {
  /** Once the browser has closed. Node keeps the other half open, and only the server could close that. */
  readonly leftMs: number;
  /** While bytes wait for it. The browser is not read meanwhile, so we would not hear that it closed. */
  readonly stuckMs: number;
}

const SILENCE: SilenceLimits = { leftMs: 10_000, stuckMs: 60_000 };
const CLOSES_WITHIN_MS = 1_000;

const hostAndPort = (authority: string): { readonly host: string; readonly port: number } | undefined => {
  const [, host = '', port = ''] = /^(\[[\da-f:.]+\]|[^:@/?#\s[\]]+):(\d{1,5})$/i.exec(authority) ?? [];
  const number = Number(port);
  return host === '' || number < 1 || number > 65_535 ? undefined : { host: host.toLowerCase(), port: number };
};

/**
 * The client closes first, then the connection is reset. If both sides closed it normally, the kernel would list it for
 * another minute (TIME_WAIT), and a page can be refused hundreds of times a second.
 */
const refuse = (near: Socket, status: string): void => {
  const reset = (): void => void near.resetAndDestroy();
  const timer = setTimeout(reset, CLOSES_WITHIN_MS);
  near.once('close', () => clearTimeout(timer));
  near.once('end', reset);
  near.write(`HTTP/1.1 ${status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
  near.resume(); // without reading, we would not hear that it closes
};

export const openConnectProxy = async (deps: ConnectProxyDeps, silence = SILENCE): Promise<ConnectProxy> => {
  const { createServer } = await import('node:http'); // loads all of Node's HTTP code: too slow for the startup path
  const open = new Set<Duplex>();
  const keep = (socket: Duplex): void => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
  };
  const allowed = new WeakMap<Duplex, Promise<boolean>>();
  let port = 0;

  const tunnel = async (authority: string, near: Socket, head: Buffer): Promise<void> => {
    if (!(await allowed.get(near))) return void near.destroy();
    const wanted = hostAndPort(authority);
    if (wanted === undefined) return refuse(near, '400 Bad Request');
    const end = await deps.route(wanted.host, wanted.port);
    if (end === undefined) return refuse(near, '403 Forbidden');
    const far = await connectTo(end);
    if (!(far instanceof Socket)) {
      deps.onFailure(wanted.host, far);
      return refuse(near, '502 Bad Gateway');
    }
    deps.onConnected(wanted.host);
    keep(far);
    if (near.destroyed) return void far.destroy();
    near.setNoDelay(true);
    near.once('close', () => far.destroy());
    // The last bytes may still wait for a browser that is slow to read.
    far.once('close', () => near.destroySoon());
    far.setTimeout(silence.stuckMs);
    near.once('end', () => far.setTimeout(silence.leftMs)); // counts from the server's last byte: none is cut
    far.on('timeout', () => {
      if (near.readableEnded || far.writableLength > 0) far.destroy();
    });
    near.write('HTTP/1.1 200 Connection established\r\n\r\n');
    if (head.length > 0) far.write(head);
    near.pipe(far);
    far.pipe(near);
  };

  const issuerFor = async (request: IncomingMessage): Promise<Buffer | undefined> => {
    const url = issuerUrl(request);
    if (url === undefined || !(await allowed.get(request.socket))) return undefined;
    const { addresses = [], port: at = 80, behind } = (await deps.route(url.hostname, 80)) ?? {};
    return askInTurn(addresses, (address) => fetchIssuer(url, { address, port: at, isProxy: behind !== undefined }));
  };

  const server: Server = createServer({ keepAlive: false });
  server.on('connection', (socket) => {
    keep(socket);
    const may = deps.mayUse(socket.remotePort ?? 0, port).catch(() => false);
    allowed.set(socket, may);
    void may.then((yes) => {
      if (!yes) socket.resetAndDestroy();
    });
  });
  server.on('request', (request, response) => {
    const nothing = (): void => void request.socket.destroy();
    issuerFor(request).then((certificate) => {
      if (certificate === undefined) return nothing();
      response.setHeader('content-type', 'application/pkix-cert').setHeader('connection', 'close').end(certificate);
    }, nothing);
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  server.on('connect', (request, socket, head) => {
    tunnel(request.url ?? '', socket as Socket, head).catch(() => socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  port = (server.address() as AddressInfo).port;
  return {
    port,
    stop() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
};

/**
 * A proxy on the loopback between the kiosk and a real printer. It injects the fault that a test chooses: a cut body, a
 * late reply, garbage, HTTP errors, another certificate. Everything else passes through unchanged.
 */
import {
  createServer as createHttpServer,
  request,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer, type Server, type Socket } from 'node:net';
import { generate } from 'selfsigned';
import { freePort } from './process.ts';

export type Fault =
  | { readonly kind: 'http'; readonly status: number }
  /**
   * Replies with a long body as soon as the request begins, and may close the connection while the request is still
   * being sent.
   */
  | { readonly kind: 'refuse'; readonly status: number; readonly saysBytes: number; readonly hangsUp?: boolean }
  /** Closes the connection after this many bytes of the request. */
  | { readonly kind: 'cut-request'; readonly afterBytes: number }
  /** The printer receives the whole request; its reply is dropped. */
  | { readonly kind: 'lose-reply' }
  | { readonly kind: 'cut-reply'; readonly afterBytes: number }
  | { readonly kind: 'garbage' }
  | { readonly kind: 'not-http' }
  | { readonly kind: 'late'; readonly ms: number }
  | { readonly kind: 'silent' }
  /** A well-formed reply of this status, instead of the printer's. */
  | { readonly kind: 'ipp'; readonly status: number }
  /** The printer's reply with its bytes changed. */
  | { readonly kind: 'rewrite'; readonly change: (reply: Buffer) => Buffer };

export const OP = {
  printJob: 0x0002,
  validateJob: 0x0004,
  createJob: 0x0005,
  sendDocument: 0x0006,
  cancelJob: 0x0008,
  getJob: 0x0009,
  getJobs: 0x000a,
  getPrinter: 0x000b,
} as const;

export interface BadNetwork {
  readonly port: number;
  readonly uri: string;
  readonly secureUri: string;
  /** Sets the rule that chooses a fault for each request; undefined lets the request pass. */
  onOperation(rule: (operation: number, nth: number) => Fault | undefined): void;
  /** Operations seen, in order. */
  seen(): readonly number[];
  useNewCertificate(): Promise<void>;
  /** Connections to the address are refused from now on. */
  unplug(): Promise<void>;
  plugIn(): Promise<void>;
  stop(): Promise<void>;
}

const certificate = async (): Promise<{ key: string; cert: string }> => {
  const made = await generate([{ name: 'commonName', value: 'localhost' }], { keySize: 2048 });
  return { key: made.private, cert: made.cert };
};

const ippReply = (asked: Buffer, status: number): Buffer => {
  const head = Buffer.from(asked.subarray(0, 8));
  head.writeUInt16BE(status, 2);
  return Buffer.concat([
    head,
    Buffer.from([0x01]),
    attribute(0x47, 'attributes-charset', 'utf-8'),
    attribute(0x48, 'attributes-natural-language', 'en'),
    Buffer.from([0x03]),
  ]);
};

export const attribute = (tag: number, name: string, value: string | Buffer): Buffer => {
  const text = Buffer.from(value);
  const head = Buffer.alloc(3);
  head.writeUInt8(tag, 0);
  head.writeUInt16BE(Buffer.byteLength(name), 1);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(text.length, 0);
  return Buffer.concat([head, Buffer.from(name), length, text]);
};

/** Rewrites a reply so that `printer-state-reasons` has exactly these values. */
export const withReasons =
  (...reasons: readonly string[]) =>
  (reply: Buffer): Buffer => {
    const name = 'printer-state-reasons';
    const at = reply.indexOf(name);
    if (at < 0) return reply;
    let end = at + name.length;
    end += 2 + reply.readUInt16BE(end);
    // Further values of the same attribute have an empty name.
    while (reply[end] === 0x44 && reply.readUInt16BE(end + 1) === 0) end += 5 + reply.readUInt16BE(end + 3);
    const values = reasons.map((reason, index) => attribute(0x44, index === 0 ? name : '', reason));
    return Buffer.concat([reply.subarray(0, at - 3), ...values, reply.subarray(end)]);
  };

export const startBadNetwork = async (printerPort: number): Promise<BadNetwork> => {
  let rule: (operation: number, nth: number) => Fault | undefined = () => undefined;
  const seen: number[] = [];
  const counts = new Map<number, number>();
  const sockets = new Set<Socket>();

  const forward = (incoming: IncomingMessage, body: Buffer): Promise<{ status: number; type: string; body: Buffer }> =>
    new Promise((resolve, reject) => {
      const outgoing = request(
        {
          host: '127.0.0.1',
          port: printerPort,
          method: incoming.method,
          path: incoming.url,
          headers: {
            'content-type': 'application/ipp',
            'content-length': String(body.length),
            host: `localhost:${printerPort}`,
          },
          agent: false,
        },
        (response) => {
          const pieces: Buffer[] = [];
          response.on('data', (piece: Buffer) => pieces.push(piece));
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 502,
              type: response.headers['content-type'] ?? '',
              body: Buffer.concat(pieces),
            }),
          );
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });

  const reply = (response: ServerResponse, body: Buffer): void => {
    response.writeHead(200, { 'content-type': 'application/ipp', 'content-length': String(body.length) });
    response.end(body);
  };

  const listener: RequestListener = (incoming, response) => {
    const pieces: Buffer[] = [];
    let size = 0;
    let fault: Fault | undefined;
    let decided = false;
    const decide = (): void => {
      const start = Buffer.concat(pieces);
      if (decided || start.length < 4) return;
      decided = true;
      const operation = start.readUInt16BE(2);
      const nth = (counts.get(operation) ?? 0) + 1;
      counts.set(operation, nth);
      seen.push(operation);
      fault = rule(operation, nth);
      if (fault?.kind === 'refuse') refuse(fault);
    };
    const refuse = ({ status, saysBytes, hangsUp }: Fault & { kind: 'refuse' }): void => {
      response.writeHead(status, { 'content-type': 'text/html', 'content-length': String(saysBytes) });
      response.write(Buffer.alloc(hangsUp === true ? saysBytes / 2 : saysBytes, 'x'), () => {
        if (hangsUp === true) incoming.socket.destroy();
      });
    };
    incoming.on('data', (piece: Buffer) => {
      pieces.push(piece);
      size += piece.length;
      decide();
      if (fault?.kind === 'cut-request' && size >= fault.afterBytes) incoming.socket.destroy();
    });
    incoming.on('error', () => undefined);
    incoming.on('end', () => void answer().catch(() => incoming.socket.destroy()));
    const answer = async (): Promise<void> => {
      decide();
      const body = Buffer.concat(pieces);
      if (fault?.kind === 'http') {
        response.writeHead(
          fault.status,
          fault.status === 426 ? { upgrade: 'TLS/1.2, HTTP/1.1', connection: 'Upgrade' } : {},
        );
        return void response.end();
      }
      if (fault?.kind === 'garbage') return reply(response, Buffer.from('<html>Bienvenue sur votre imprimante</html>'));
      if (fault?.kind === 'not-http') return void incoming.socket.end('@PJL INFO STATUS\r\n');
      if (fault?.kind === 'refuse') return void response.end();
      if (fault?.kind === 'silent' || fault?.kind === 'cut-request') return;
      if (fault?.kind === 'ipp') return reply(response, ippReply(body, fault.status));
      if (fault?.kind === 'late') await new Promise((resolve) => setTimeout(resolve, (fault as { ms: number }).ms));
      const real = await forward(incoming, body);
      if (fault?.kind === 'lose-reply') return void incoming.socket.destroy();
      if (fault?.kind === 'cut-reply') {
        response.writeHead(200, { 'content-type': 'application/ipp', 'content-length': String(real.body.length) });
        response.write(real.body.subarray(0, fault.afterBytes), () => incoming.socket.destroy());
        return;
      }
      if (fault?.kind === 'rewrite') return reply(response, fault.change(real.body));
      response.writeHead(real.status, { 'content-type': real.type, 'content-length': String(real.body.length) });
      response.end(real.body);
    };
  };

  const plain = createHttpServer(listener);
  let secure = createHttpsServer(await certificate(), listener);
  // HTTP and TLS share a port, as on a printer. The first byte of a TLS handshake never starts an HTTP request.
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.once('data', (first) => {
      socket.pause();
      socket.unshift(first);
      (first[0] === 0x16 ? secure : plain).emit('connection', socket);
      process.nextTick(() => socket.resume());
    });
  });
  const listen = (at: number): Promise<void> =>
    new Promise((resolve) => server.listen(at, '127.0.0.1', () => resolve()));
  const unplug = async (): Promise<void> => {
    if (!server.listening) return;
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  const port = await freePort(); // nobody else takes it while it is unplugged
  await listen(port);
  return {
    port,
    uri: `ipp://localhost:${port}/ipp/print`,
    secureUri: `ipps://localhost:${port}/ipp/print`,
    onOperation: (next) => {
      rule = next;
      counts.clear();
    },
    seen: () => seen,
    useNewCertificate: async () => {
      secure = createHttpsServer(await certificate(), listener);
    },
    unplug,
    plugIn: async () => (server.listening ? undefined : listen(port)),
    stop: unplug,
  };
};

/**
 * One connection to an X server, over its own protocol: requests are numbered by their order, replies carry that
 * number, and events arrive in between. What to request is decided by the callers (`windows.ts`).
 */
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';

export interface XDisplay {
  /** As in `$DISPLAY`: `:0`, `:10.0`, `host:1`. */
  readonly name: string;
  /** `$XAUTHORITY`; `~/.Xauthority` when absent. */
  readonly authority?: string | undefined;
}

export interface XConnection {
  readonly root: number;
  /** An id for a resource that we are about to create. */
  newId(): number;
  /** Sends a request that has no reply. Errors are ignored: the window may have gone. */
  tell(opcode: number, detail: number, body: Buffer): void;
  /** Sends several such requests of one kind, in one round trip. Returns which of them the server accepted. */
  sendChecked(opcode: number, bodies: readonly Buffer[]): Promise<readonly boolean[]>;
  /**
   * Sends a request and returns its reply; undefined when the server answers with an error. Rejects when the server is
   * gone.
   */
  ask(opcode: number, detail: number, body: Buffer): Promise<Buffer | undefined>;
  onEvent(listener: (event: Buffer) => void): void;
  onEnd(listener: () => void): void;
  end(): void;
}

const COOKIE = 'MIT-MAGIC-COOKIE-1';
const ANY_FAMILY = 65_535;
const LOCAL_FAMILY = 256;
const CONNECT_TIMEOUT_MS = 5_000;
/** Replies and extension events carry their extra length. */
const GENERIC_EVENT = 35;
/** Every error, event and reply is at least this long. */
const UNIT = 32;
const REPLY = 1;
const SEQUENCES = 65_536;
const GET_INPUT_FOCUS = 43;

/** The protocol pads to four bytes. */
export const padded = (length: number): number => Math.ceil(length / 4) * 4;
export const words = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => bytes.writeUInt32LE(value >>> 0, i * 4));
  return bytes;
};

export const readAuthority = (authority: XDisplay['authority']): Buffer => {
  try {
    return readFileSync(authority ?? join(homedir(), '.Xauthority'));
  } catch {
    return Buffer.alloc(0); // a display without access control (a virtual one) needs no cookie
  }
};

/** The authority file is a list of entries: a family, then four fields, each a big-endian length and its bytes. */
const cookieFor = (display: string, authority: string | undefined): Buffer => {
  const file = readAuthority(authority);
  let at = 0;
  const number = (): number => file.readUInt16BE((at += 2) - 2);
  const field = (): Buffer => {
    const length = number();
    return file.subarray(at, (at += length));
  };
  let found = Buffer.alloc(0);
  while (at + 2 <= file.length) {
    const family = number();
    const [address, shown, kind, secret] = [field(), field(), field(), field()];
    const here = family === ANY_FAMILY || (family === LOCAL_FAMILY && address.toString('latin1') === hostname());
    const mine = kind.toString('latin1') === COOKIE && ['', display].includes(shown.toString('latin1'));
    if (mine && (here || found.length === 0)) found = Buffer.from(secret);
  }
  return found;
};

const setupRequest = (cookie: Buffer): Buffer => {
  const kind = cookie.length > 0 ? COOKIE : '';
  const bytes = Buffer.alloc(12 + padded(kind.length) + padded(cookie.length));
  bytes.write('l', 0, 'latin1'); // least significant byte first
  bytes.writeUInt16LE(11, 2);
  bytes.writeUInt16LE(kind.length, 6);
  bytes.writeUInt16LE(cookie.length, 8);
  bytes.write(kind, 12, 'latin1');
  cookie.copy(bytes, 12 + padded(kind.length));
  return bytes;
};

/**
 * After the eight-byte header: numbers, the vendor's name, pixmap formats, then the first screen, which starts with its
 * root.
 */
const rootOf = (welcome: Buffer): number =>
  welcome.readUInt32LE(32 + padded(welcome.readUInt16LE(16)) + 8 * welcome.readUInt8(21));

/** Resource ids of a client start at the first word; the mask in the second word gives the range. */
const idsOf = (welcome: Buffer): { readonly base: number; readonly mask: number } => ({
  base: welcome.readUInt32LE(4),
  mask: welcome.readUInt32LE(8),
});

const socketTo = (display: XDisplay): { readonly socket: Socket; readonly number: string } => {
  const [, host = '', number = ''] = /^(.*):(\d+)(?:\.\d+)?$/.exec(display.name) ?? [];
  if (number === '') throw new Error('no X display is named');
  const path = `/tmp/.X11-unix/X${number}`;
  const socket = host === '' || host === 'unix' ? connect(path) : connect({ host, port: 6_000 + Number(number) });
  return { socket, number };
};

export const connectX = (display: XDisplay): Promise<XConnection> =>
  new Promise((resolve, reject) => {
    const { socket, number } = socketTo(display);
    const waiting = new Map<number, (reply: Buffer | undefined) => void>();
    const eventListeners: ((event: Buffer) => void)[] = [];
    const endListeners: (() => void)[] = [];
    const refusals = new Set<(error: Error) => void>();
    let buffered = Buffer.alloc(0);
    let sent = 0;
    let ended = false;

    /** The requests of one turn go to the server in one write: the facts of all windows are a hundred requests. */
    const gather = (): void => {
      if (socket.writableCorked > 0) return;
      socket.cork();
      process.nextTick(() => socket.uncork());
    };
    const send = (opcode: number, detail: number, body: Buffer): number => {
      gather();
      const head = Buffer.alloc(4);
      head.writeUInt8(opcode, 0);
      head.writeUInt8(detail, 1);
      head.writeUInt16LE(1 + body.length / 4, 2);
      socket.write(Buffer.concat([head, body]));
      sent = (sent + 1) % SEQUENCES;
      return sent;
    };
    let made = 0;
    const ask: XConnection['ask'] = (opcode, detail, body) =>
      new Promise((answered, refused) => {
        if (ended) return refused(new Error('the X server is gone'));
        refusals.add(refused);
        waiting.set(send(opcode, detail, body), (reply) => {
          refusals.delete(refused);
          answered(reply);
        });
      });
    const connection = (root: number, ids: ReturnType<typeof idsOf>): XConnection => ({
      root,
      ask,
      newId() {
        if (++made > ids.mask) throw new Error('the X server gave us no more numbers');
        return (ids.base | made) >>> 0;
      },
      tell: (opcode, detail, body) => void send(opcode, detail, body),
      async sendChecked(opcode, bodies) {
        const taken = bodies.map(() => true);
        const numbers = bodies.map((body, at) => {
          const number = send(opcode, 0, body);
          waiting.set(number, () => (taken[at] = false));
          return number;
        });
        // Replies come in the order of the requests: what was not refused by now was accepted.
        await ask(GET_INPUT_FOCUS, 0, Buffer.alloc(0));
        for (const number of numbers) waiting.delete(number);
        return taken;
      },
      onEvent: (listener) => void eventListeners.push(listener),
      onEnd: (listener) => void endListeners.push(listener),
      end() {
        socket.uncork();
        socket.destroy();
      },
    });

    /** Length of the first message; undefined when not enough has arrived to know it. */
    const nextMessageLength = (welcomed: boolean): number | undefined => {
      if (!welcomed) return buffered.length < 8 ? undefined : 8 + buffered.readUInt16LE(6) * 4;
      if (buffered.length < UNIT) return undefined;
      return [REPLY, GENERIC_EVENT].includes(buffered.readUInt8(0)) ? UNIT + buffered.readUInt32LE(4) * 4 : UNIT;
    };
    let welcomed = false;
    const take = (message: Buffer): void => {
      if (!welcomed) {
        if (message.readUInt8(0) !== 1) return void socket.destroy(new Error('the X server does not let us in'));
        welcomed = true;
        socket.setTimeout(0);
        return resolve(connection(rootOf(message.subarray(8)), idsOf(message.subarray(8))));
      }
      const kind = message.readUInt8(0);
      if (kind > REPLY) return eventListeners.forEach((listener) => listener(message));
      const sequence = message.readUInt16LE(2);
      waiting.get(sequence)?.(kind === REPLY ? message : undefined);
      waiting.delete(sequence);
    };
    socket.on('data', (chunk: Buffer) => {
      buffered = Buffer.concat([buffered, chunk]);
      for (
        let size = nextMessageLength(welcomed);
        size !== undefined && buffered.length >= size;
        size = nextMessageLength(welcomed)
      ) {
        const message = buffered.subarray(0, size);
        buffered = buffered.subarray(size);
        take(message);
      }
    });
    let fault = new Error('the X server hung up');
    socket.on('error', (error) => (fault = error));
    socket.on('close', () => {
      ended = true;
      reject(fault);
      for (const refuse of refusals) refuse(fault);
      for (const listener of endListeners) listener();
    });
    socket.setTimeout(CONNECT_TIMEOUT_MS, () => socket.destroy(new Error('the X server does not answer')));
    socket.write(setupRequest(cookieFor(number, display.authority)));
  });

const ANSWERS_WITHIN_MS = 2_000;

/** A connection for a few requests. One to a server that hangs is ended, which rejects every pending request. */
export const withServer = async <T>(display: XDisplay, work: (x: XConnection) => Promise<T>): Promise<T> => {
  const x = await connectX(display);
  const timer = setTimeout(() => x.end(), ANSWERS_WITHIN_MS);
  try {
    return await work(x);
  } finally {
    clearTimeout(timer);
    x.end();
  }
};

const INTERN_ATOM = 16;
const QUERY_EXTENSION = 98;

const named = (name: string): Buffer => {
  const body = Buffer.alloc(4 + padded(name.length));
  body.writeUInt16LE(name.length, 0);
  body.write(name, 4, 'latin1');
  return body;
};

/** The server's atom for a name; undefined when it refuses to give one. */
export const atomOf = async (x: XConnection, name: string): Promise<number | undefined> =>
  (await x.ask(INTERN_ATOM, 0, named(name)))?.readUInt32LE(8);

/** The first byte of the requests of an extension. Rejects when the server has no such extension. */
export const extensionOf = async (x: XConnection, name: string): Promise<number> => {
  const reply = await x.ask(QUERY_EXTENSION, 0, named(name));
  if (reply?.readUInt8(8) !== 1) throw new Error(`this X server has no ${name}`);
  return reply.readUInt8(9);
};

/**
 * The time limits of one exchange with a device that never falls silent. The server is real, the limits' clock is not.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemHttp, type HttpRequest } from '../../../../main/platform/network/http.ts';
import type { Result } from '../../../../main/contract/result.ts';

const MINUTE_MS = 60_000;
let server: Server;
let onRequest: (request: IncomingMessage, response: ServerResponse) => void;

beforeEach(async () => {
  server = createServer((request, response) => onRequest(request, response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(async () => {
  vi.useRealTimers();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

/** Sends a request, and reports how it ended; undefined while it has not. */
const exchange = (request: Partial<HttpRequest> = {}) => {
  const end: { result?: Result<{ readonly status: number }, { readonly kind: string }> } = {};
  const ended = systemHttp({
    method: 'GET',
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    idleTimeoutMs: 10 * MINUTE_MS,
    ...request,
  }).then((result) => (end.result = result));
  return { end, ended };
};
/** A result that was given now would be there. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

describe('a response that comes byte by byte', () => {
  /** Begins a request whose response has begun and goes on. */
  const trickling = async (request: Partial<HttpRequest>) => {
    let response: ServerResponse | undefined;
    onRequest = (_, answer) => {
      response = answer;
      answer.write('a');
    };
    const first = Promise.withResolvers<void>();
    const made = exchange({ ...request, onBytes: () => first.resolve() });
    await first.promise;
    return { ...made, response: response! };
  };

  it('ends after 30 seconds', async () => {
    // Longer than a test may last: the limit on silence is real, and must not end this one.
    const { end, ended } = await trickling({ idleTimeoutMs: 29_000 });
    vi.advanceTimersByTime(29_999);
    await settle();
    expect(end.result).toBeUndefined();
    vi.advanceTimersByTime(1);
    expect(await ended).toEqual({ ok: false, error: { kind: 'timeout', status: 200 } });
  });

  it('may take as long as the caller allows', async () => {
    const { end, ended, response } = await trickling({ responseTimeoutMs: 5 * MINUTE_MS });
    vi.advanceTimersByTime(5 * MINUTE_MS - 1);
    await settle();
    expect(end.result).toBeUndefined();
    response.end('b');
    expect(await ended).toMatchObject({ ok: true, value: { status: 200 } });
  });

  it('may be silent at its beginning for as long as the caller allows', async () => {
    const { end, ended, response } = await trickling({ idleTimeoutMs: 2 * MINUTE_MS });
    vi.advanceTimersByTime(2 * MINUTE_MS - 1);
    await settle();
    expect(end.result).toBeUndefined();
    response.end();
    expect(await ended).toMatchObject({ ok: true });
  });
});

describe('a request that the device reads slowly', () => {
  /** Sends a document, one piece at each call of `send`. The device has received the first one. */
  const sending = async () => {
    const arrived = Promise.withResolvers<void>();
    onRequest = (request, response) => {
      request.on('data', () => arrived.resolve());
      request.on('end', () => response.end('printed'));
    };
    const pieces = [Promise.withResolvers<Uint8Array | undefined>()];
    const body = async function* (): AsyncGenerator<Uint8Array> {
      for (let at = 0; ; at += 1) {
        const piece = await pieces[at]!.promise;
        if (piece === undefined) return;
        yield piece;
      }
    };
    const made = exchange({ method: 'POST', body: body() });
    const send = (piece: Uint8Array | undefined): void => {
      pieces.push(Promise.withResolvers());
      pieces.at(-2)!.resolve(piece);
    };
    send(new Uint8Array(1));
    await arrived.promise;
    return { ...made, send };
  };

  it('may be sent for as long as a print may last', async () => {
    const { end, ended, send } = await sending();
    for (let minute = 0; minute < 59; minute += 1) {
      vi.advanceTimersByTime(MINUTE_MS);
      send(new Uint8Array(1));
      await settle();
    }
    expect(end.result).toBeUndefined();
    send(undefined);
    expect(await ended).toMatchObject({ ok: true, value: { status: 200 } });
  });

  it('ends after an hour', async () => {
    const { end, ended } = await sending();
    vi.advanceTimersByTime(60 * MINUTE_MS - 1);
    await settle();
    expect(end.result).toBeUndefined();
    vi.advanceTimersByTime(1);
    expect(await ended).toEqual({ ok: false, error: { kind: 'timeout' } });
  });
});

describe('a device that does not answer', () => {
  it('has no connection when none opens: nobody has its address any more', async () => {
    const { ended } = exchange();
    // Before the connection had a chance to open.
    for (let turn = 0; turn < 1000 && vi.getTimerCount() === 0; turn += 1) await Promise.resolve();
    vi.advanceTimersByTime(5000);
    expect(await ended).toEqual({ ok: false, error: { kind: 'no-connection' } });
  });

  it('is slow when it takes the connection and does not begin TLS', async () => {
    const taken = Promise.withResolvers<void>();
    const silent = createTcpServer((socket) => {
      socket.on('error', () => undefined);
      taken.resolve();
    });
    await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening));
    const { ended } = exchange({ url: `https://127.0.0.1:${(silent.address() as AddressInfo).port}/` });
    await taken.promise;
    await settle();
    vi.advanceTimersByTime(5000);
    expect(await ended).toEqual({ ok: false, error: { kind: 'timeout' } });
    silent.close();
  });
});

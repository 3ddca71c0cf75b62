import { readFile } from 'node:fs/promises';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import {
  openConnectProxy,
  type ConnectProxy,
  type ConnectProxyDeps,
} from '../../../../main/platform/network/connect-proxy.ts';
import { readOwner, socketOwners } from '../../../../main/platform/network/socket-owner.ts';

const opened: { close(): void }[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
});

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** Says back what it hears. */
const openEcho = async (): Promise<{ readonly port: number; readonly reached: () => number }> => {
  let reached = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    reached += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push({
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  });
  return { port: portOf(server), reached: () => reached };
};

const openProxy = async (deps: Partial<ConnectProxyDeps>): Promise<ConnectProxy> => {
  const proxy = await openConnectProxy({
    route: async () => undefined,
    mayUse: async () => true,
    onFailure: () => undefined,
    onConnected: () => undefined,
    ...deps,
  });
  opened.push({ close: proxy.stop });
  return proxy;
};

/** All that comes back for `text`, until `wanted` is part of it or the other side closes. */
const exchange = (
  port: number,
  text: string,
  wanted?: string,
): Promise<{ readonly text: string; readonly socket: Socket }> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    opened.push({ close: () => socket.destroy() });
    let heard = '';
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      heard += chunk.toString('latin1');
      if (wanted !== undefined && heard.includes(wanted)) resolve({ text: heard, socket });
      if (/^HTTP\/1\.1 [45]\d\d .*\r\n\r\n$/s.test(heard)) socket.end(); // a refused browser closes
    });
    socket.on('close', () => resolve({ text: heard, socket }));
    socket.write(text);
  });

const CONNECT = 'CONNECT un.exemple.test:443 HTTP/1.1\r\nhost: un.exemple.test:443\r\n\r\n';

it('carries bytes to the address that was judged, whatever the name would say now', async () => {
  const echo = await openEcho();
  const asked: unknown[] = [];
  const proxy = await openProxy({
    route: async (host, port) => {
      asked.push([host, port]);
      return { addresses: ['127.0.0.1'], port: echo.port };
    },
  });
  const { text } = await exchange(proxy.port, `${CONNECT}hello`, 'hello');
  expect(text).toBe('HTTP/1.1 200 Connection established\r\n\r\nhello');
  expect(asked).toEqual([['un.exemple.test', 443]]);
});

it('tries the next address when nobody answers at the first', async () => {
  const echo = await openEcho();
  const proxy = await openProxy({ route: async () => ({ addresses: ['::1', '127.0.0.1'], port: echo.port }) });
  expect((await exchange(proxy.port, `${CONNECT}hello`, 'hello')).text).toContain('hello');
});

it('connects nobody where no route leads', async () => {
  const echo = await openEcho();
  const proxy = await openProxy({});
  const { text } = await exchange(proxy.port, CONNECT.replace('443', String(echo.port)));
  expect(text).toMatch(/^HTTP\/1\.1 403 /);
  expect(echo.reached()).toBe(0);
});

it('says when nobody answers where the route leads', async () => {
  const failures: unknown[] = [];
  const proxy = await openProxy({
    route: async () => ({ addresses: ['127.0.0.1'], port: 1 }),
    onFailure: (...failure) => failures.push(failure),
  });
  expect((await exchange(proxy.port, CONNECT)).text).toMatch(/^HTTP\/1\.1 502 /);
  expect(failures).toEqual([['un.exemple.test', 'refused']]);
});

it.each([
  ['a plain request', 'GET http://un.exemple.test/ HTTP/1.1\r\nhost: un.exemple.test\r\n\r\n'],
  [
    'an upgrade',
    'GET http://un.exemple.test/ HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n',
  ],
  ['no HTTP at all', '\x16\x03\x01\x00'],
])('leaves %s unanswered', async (_what, text) => {
  const proxy = await openProxy({ route: async () => ({ addresses: ['127.0.0.1'], port: 1 }) });
  expect((await exchange(proxy.port, text)).text).not.toMatch(/ 2\d\d /);
});

it.each(['un.exemple.test', 'un.exemple.test:0', 'un.exemple.test:70000', 'a@b:443', 'un.exemple.test:443/x', ':443'])(
  'refuses the destination %s unasked',
  async (destination) => {
    let asked = 0;
    const proxy = await openProxy({ route: async () => void (asked += 1) });
    const { text } = await exchange(proxy.port, `CONNECT ${destination} HTTP/1.1\r\nhost: x\r\n\r\n`);
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(asked).toBe(0);
  },
);

it('serves only whom it is for', async () => {
  const echo = await openEcho();
  const proxy = await openProxy({
    route: async () => ({ addresses: ['127.0.0.1'], port: echo.port }),
    mayUse: async (fromPort, toPort) => (await socketOwners()(fromPort, toPort)) === (process.getuid?.() ?? -1) + 1,
  });
  expect((await exchange(proxy.port, CONNECT)).text).toBe('');
  expect(echo.reached()).toBe(0);
});

it('closes every tunnel when it is stopped', async () => {
  const echo = await openEcho();
  const proxy = await openProxy({ route: async () => ({ addresses: ['127.0.0.1'], port: echo.port }) });
  const { socket } = await exchange(proxy.port, `${CONNECT}hello`, 'hello');
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  proxy.stop();
  await closed;
});

it('knows whose socket speaks to it', async () => {
  const echo = await openEcho();
  const socket = connect(echo.port, '127.0.0.1');
  opened.push({ close: () => socket.destroy() });
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
  expect(await socketOwners()(socket.localPort ?? 0, echo.port)).toBe(process.getuid?.());
  expect(await socketOwners()(socket.localPort ?? 0, 1)).toBeUndefined();
});

it('reads the account of a socket, not of its other end', () => {
  const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 22761 1 0000000000000000 100 0 0 10 0
   1: 0100007F:1F90 0100007F:C738 01 00000000:00000000 00:00000000 00000000     0        0 30344 1 0000000000000000 20 4 30 10 -1
   2: 0100007F:C738 0100007F:1F90 01 00000000:00000000 00:00000000 00000000   998        0 30343 1 0000000000000000 20 4 28 10 -1
`;
  expect(readOwner(table, 0xc738, 0x1f90)).toBe(998);
  expect(readOwner(table, 0x1f90, 0xc738)).toBe(0);
  expect(readOwner(table, 0xc739, 0x1f90)).toBeUndefined();
});

it('reads the table once for all the connections that come meanwhile', async () => {
  const row = (port: number): string =>
    `   0: 0100007F:${port.toString(16).toUpperCase()} 0100007F:1F90 01 0:0 00:0 0 ${port} 0 1 1\n`;
  let reads = 0;
  let connected = '';
  const owner = socketOwners(async () => {
    reads += 1;
    const table = connected;
    await new Promise((resolve) => setImmediate(resolve));
    return table;
  });
  connected += row(0xc001);
  const first = owner(0xc001, 0x1f90);
  await Promise.resolve(); // its read has started, so it does not show the others
  const others = Array.from({ length: 50 }, (_, index) => {
    connected += row(0xc100 + index);
    return owner(0xc100 + index, 0x1f90);
  });
  expect(await Promise.all([first, ...others])).toEqual([0xc001, ...Array.from({ length: 50 }, (_, i) => 0xc100 + i)]);
  expect(reads).toBe(2);
});

it('looks again for a row that was missed', async () => {
  const tables = ['', '   0: 0100007F:C001 0100007F:1F90 01 0:0 00:0 0 998 0 1 1\n'];
  const owner = socketOwners(async () => tables.shift() ?? '');
  expect(await owner(0xc001, 0x1f90)).toBe(998);
  expect(await owner(0xc001, 0x1f90)).toBeUndefined();
});

it('asks nothing for a connection before it knows whose it is', async () => {
  const whose = Promise.withResolvers<boolean>();
  let asked = 0;
  const proxy = await openProxy({ route: async () => void (asked += 1), mayUse: () => whose.promise });
  const answer = exchange(proxy.port, CONNECT);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(asked).toBe(0);
  whose.resolve(true);
  expect((await answer).text).toMatch(/ 403 /);
});

it.runIf(process.platform === 'linux')('leaves nothing behind of a refused connection', async () => {
  const proxy = await openProxy({});
  for (let i = 0; i < 20; i++) expect((await exchange(proxy.port, CONNECT)).text).toMatch(/ 403 /);
  const end = `0100007F:${proxy.port.toString(16).toUpperCase().padStart(4, '0')} `;
  const left = async (): Promise<number> =>
    (await readFile('/proc/net/tcp', 'latin1')).split('\n').filter((row) => row.includes(end)).length;
  await expect.poll(left).toBe(1); // the proxy listens
});

it('resets a refused connection that its client keeps open', async () => {
  const proxy = await openProxy({});
  const socket = connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true });
  opened.push({ close: () => socket.destroy() });
  socket.on('error', () => undefined);
  socket.resume();
  socket.write(CONNECT);
  await new Promise<void>((resolve) => socket.once('close', () => resolve()));
});

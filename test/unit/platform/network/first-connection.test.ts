import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { askInTurn, connectToFirst, familiesInTurn } from '../../../../main/platform/network/first-connection.ts';

const opened: (() => unknown)[] = [];
afterEach(() => {
  for (const close of opened.splice(0)) close();
});

const kept = (socket: Socket): Socket => {
  opened.push(() => socket.destroy());
  return socket.on('error', () => undefined);
};

const listen = async (server: Server, host: string, port = 0): Promise<number> => {
  server.listen(port, host);
  await once(server, 'listening');
  opened.push(() => server.close());
  return (server.address() as AddressInfo).port;
};

/** Takes up connections only after `BUSY_MS`: until then its queue is full, as if a packet of each were lost. */
const BUSY_MS = 900;
const openBusy = async (): Promise<number> => {
  const program = `
    const server = require('node:net').createServer((socket) => socket.on('error', () => undefined).resume());
    server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(server.address().port));
    process.stdin.on('end', () => process.exit());
    process.stdin.once('data', () => {
      require('node:fs').writeSync(1, 'busy');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${BUSY_MS});
    });`;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['pipe', 'pipe', 'inherit'] });
  opened.push(() => child.stdin.end());
  const [first] = (await once(child.stdout, 'data')) as [Buffer];
  child.stdin.write('x');
  await once(child.stdout, 'data');
  const port = Number(first.toString());
  for (let filler = 0; filler < 4; filler += 1) kept(connect(port, '127.0.0.1'));
  return port;
};

const addressOf = (outcome: Awaited<ReturnType<typeof connectToFirst>>): string | undefined =>
  typeof outcome === 'string' ? outcome : kept(outcome).remoteAddress;

it('still waits for an address that is slow when the others lead nowhere', async () => {
  const port = await openBusy();
  expect(addressOf(await connectToFirst(['127.0.0.1', '::1'], port))).toBe('127.0.0.1');
});

it('does not wait for an address that is slow when another answers', async () => {
  const port = await openBusy();
  await listen(createServer(), '127.0.0.2', port);
  expect(addressOf(await connectToFirst(['127.0.0.1', '127.0.0.2'], port))).toBe('127.0.0.2');
});

// A broadcast address cannot be reached by TCP (ENETUNREACH), as any address while the router has no line.
const UNREACHABLE = '127.255.255.255';
it.each([
  ['refused', ['127.0.0.1', '::1', '127.0.0.2']],
  ['refused', ['127.0.0.1', UNREACHABLE]],
  ['unanswered', [UNREACHABLE, UNREACHABLE]],
] as const)('is %s once no address is left: %s', async (failure, addresses) => {
  expect(await connectToFirst(addresses, 1)).toBe(failure);
});

it('is refused at once without an address', async () => {
  expect(await connectToFirst([], 443)).toBe('refused');
});

it.each([
  [
    ['a::1', 'a::2', 'a::3', '1.0.0.1', '1.0.0.2'],
    ['a::1', '1.0.0.1', 'a::2', '1.0.0.2', 'a::3'],
  ],
  [
    ['1.0.0.1', 'a::1', 'a::2', 'a::3'],
    ['1.0.0.1', 'a::1', 'a::2', 'a::3'],
  ],
  [['1.0.0.1'], ['1.0.0.1']],
  [[], []],
])('tries both families in turn: %s', (addresses, order) => {
  expect(familiesInTurn(addresses)).toEqual(order);
});

it('tries no other address once it is connected, even if that connection breaks', async () => {
  let reached = 0;
  const port = await listen(
    createServer((socket) => void setTimeout(() => socket.resetAndDestroy(), 20)),
    '127.0.0.1',
  );
  await listen(
    createServer(() => void (reached += 1)),
    '127.0.0.2',
    port,
  );
  const socket = await connectToFirst(['127.0.0.1', '127.0.0.2'], port);
  if (typeof socket === 'string') throw new Error(socket);
  kept(socket);
  await new Promise<void>((resolve) => socket.once('close', () => resolve()));
  expect(reached).toBe(0);
});

it('asks IPv4 first, then the others until one answers, and not for ever', async () => {
  const asked: string[] = [];
  const ask = (answers: string) => (address: string) => {
    asked.push(address);
    return Promise.resolve(address === answers ? 'yes' : undefined);
  };
  expect(await askInTurn(['a::1', 'a::2', '1.0.0.1', 'a::3'], ask('a::1'))).toBe('yes');
  expect(asked.splice(0)).toEqual(['1.0.0.1', 'a::1']);
  expect(await askInTurn(['a::1', 'a::2', '1.0.0.1', 'a::3'], ask('a::3'))).toBeUndefined();
  expect(asked).toHaveLength(3);
});

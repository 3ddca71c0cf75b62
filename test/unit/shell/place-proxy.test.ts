/** A place where everything goes through a proxy: another maker's, on the loopback. */
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { decide, proxyFor, type Journey } from '../../../main/features/browsing/journey-policy.ts';
import { askKeys, askValidFrom } from '../../../main/platform/network/tls-keys.ts';
import { endBehind, type ProxyAddress } from '../../../main/platform/network/tunnel-end.ts';
import type { HostResolver } from '../../../main/platform/network/resolve-host.ts';
import { openGuestEgress, type GuestEgress, type GuestEgressDeps } from '../../../main/shell/guest/guest-egress.ts';
import { watchSilence, type SilenceWatch } from '../../../main/shell/guest/silence.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';
import { makeCertificate } from '../../fixtures/sites/certificate.ts';
import { openPlaceProxy, type PlaceProxy } from '../../harness/place-proxy.ts';

const HOST = 'www.un.test';
const stops: (() => unknown)[] = [];
let proxy: PlaceProxy;
let site: { readonly server: Server; readonly port: number; reached: number };
let egress: GuestEgress;
let clock: ManualClock;
let silence: SilenceWatch;
let refused: string[];
let faults: (number | undefined)[];

const portOf = (server: Server | HttpServer): number => (server.address() as AddressInfo).port;
const listening = async <S extends Server | HttpServer>(server: S): Promise<S> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => server.close());
  return server;
};

beforeEach(async () => {
  [refused, faults] = [[], []];
  clock = createManualClock();
  silence = watchSilence(clock);
  proxy = await openPlaceProxy();
  stops.push(() => proxy.stop());
  const server = await listening(
    createServer((socket) => {
      site.reached += 1;
      socket.on('error', () => undefined);
      socket.end('there');
    }),
  );
  site = { server, port: portOf(server), reached: 0 };
});
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const knowsNobody = (): HostResolver => ({ resolve: async () => undefined, stop: () => undefined });
const open = async (deps: Partial<GuestEgressDeps> = {}, at: ProxyAddress = proxy): Promise<void> => {
  const journey: Journey = { domains: ['un.test', 'deux.test'], localHosts: ['intra.test'], frames: [], proxy: at };
  egress = await openGuestEgress({
    clock,
    policy: () => ({ decide: (request) => decide(request, journey), proxyFor: (host) => proxyFor(host, journey) }),
    openResolver: knowsNobody,
    mapped: () => undefined,
    validFrom: async () => undefined,
    mayUse: async () => true,
    isOnNetwork: () => true,
    silence,
    onRefused: (reason) => refused.push(reason),
    onProxyFault: (status) => faults.push(status),
    onCertificateRefused: () => undefined,
    ...deps,
  });
  stops.push(egress.stop);
};

/** All that comes back for `text`. */
const send = (text: string): Promise<Buffer> =>
  new Promise((resolve) => {
    const socket = connect(egress.port, '127.0.0.1');
    const pieces: Buffer[] = [];
    socket.on('error', () => undefined);
    socket.on('data', (piece: Buffer) => {
      pieces.push(piece);
      if (/^HTTP\/1\.1 [45]\d\d /.test(piece.toString('latin1'))) socket.end(); // a refused browser closes
    });
    socket.on('close', () => resolve(Buffer.concat(pieces)));
    socket.write(text);
  });
const ask = async (to: string): Promise<string> =>
  (await send(`CONNECT ${to} HTTP/1.1\r\nhost: ${to}\r\n\r\n`)).toString('latin1');

it('reaches a site whose name only the proxy knows', async () => {
  await open();
  expect(await ask(`${HOST}:${site.port}`)).toBe('HTTP/1.1 200 Connection established\r\n\r\nthere');
  expect(proxy.asked).toEqual([`${HOST}:${site.port}`]);
  expect([faults, refused, egress.faultAt(HOST), silence.silence()]).toEqual([[], [], undefined, undefined]);
});

it('waits half a second for a name server that never answers, and then lets the proxy find the name', async () => {
  await open({ openResolver: () => ({ resolve: () => new Promise(() => undefined), stop: () => undefined }) });
  const answer = ask(`${HOST}:${site.port}`);
  await expect.poll(() => (clock.advance(100), clock.monotonicMs() >= 500 && site.reached)).toBe(1);
  expect(await answer).toContain('there');
  expect(await ask(`${HOST}:${site.port}`)).toContain('there'); // not again: nobody moves the clock now
});

it('judges a name that was late once its answer is there', async () => {
  const answer = Promise.withResolvers<readonly string[]>();
  await open({ openResolver: () => ({ resolve: () => answer.promise, stop: () => undefined }) });
  const first = ask(`${HOST}:${site.port}`);
  await expect.poll(() => (clock.advance(100), site.reached)).toBe(1);
  expect(await first).toContain('there');
  answer.resolve(['10.1.2.3']);
  expect(await ask(`${HOST}:${site.port}`)).toMatch(/ 403 /);
  expect([refused, site.reached]).toEqual([['local-network'], 1]);
});

it('judges a late name whose first lookup gave up, once a later one has an answer', async () => {
  const neverStarted = Promise.withResolvers<readonly string[]>();
  const later = [undefined, ['10.1.2.3']];
  let lookups = 0;
  const resolve: HostResolver['resolve'] = async () => {
    lookups += 1;
    return lookups === 1 ? neverStarted.promise : later[Math.min(lookups - 2, 1)];
  };
  await open({ openResolver: () => ({ resolve, stop: () => undefined }) });
  const passes = async (): Promise<boolean> => (await ask(`${HOST}:${site.port}`)).includes('there');

  const first = passes();
  await expect.poll(() => (clock.advance(100), site.reached)).toBe(1);
  expect(await first).toBe(true);
  neverStarted.resolve([]);
  expect([await passes(), lookups]).toEqual([true, 2]);
  // No name server answered: it is not asked for at every request.
  expect([await passes(), lookups]).toEqual([true, 2]);
  await clock.advance(60_000);
  expect([await passes(), lookups]).toEqual([true, 3]);
  expect([await passes(), refused]).toEqual([false, ['local-network']]);
});

it('looks up the proxy’s own name apart from those that pages ask for', async () => {
  const asked: string[][] = [];
  const openResolver = (): HostResolver => {
    const mine: string[] = [];
    asked.push(mine);
    return {
      resolve: async (host) => (mine.push(host), host === 'mandataire.test' ? ['127.0.0.1'] : undefined),
      stop: () => undefined,
    };
  };
  await open({ openResolver }, { host: 'mandataire.test', port: proxy.port });
  expect(await ask(`${HOST}:${site.port}`)).toContain('there');
  expect(asked).toEqual([[HOST], ['mandataire.test']]);
});

it.each<[string, () => ReturnType<HostResolver['resolve']>]>([
  ['has no turn', async () => []],
  ['gets no answer', async () => undefined],
  ['hangs', () => new Promise(() => undefined)],
])('keeps the addresses of the proxy when a later lookup of its name %s', async (_how, later) => {
  let lookups = 0;
  const resolve: HostResolver['resolve'] = async (host) => {
    if (host !== 'mandataire.test') return undefined;
    lookups += 1;
    return lookups === 1 ? ['127.0.0.1'] : later();
  };
  await open(
    { openResolver: () => ({ resolve, stop: () => undefined }) },
    { host: 'mandataire.test', port: proxy.port },
  );
  expect(await ask(`${HOST}:${site.port}`)).toContain('there');
  const second = ask(`${HOST}:${site.port}`);
  await expect.poll(() => (clock.advance(100), site.reached)).toBe(2);
  expect([(await second).includes('there'), lookups, faults]).toEqual([true, 2, []]);
});

it('refuses a name that the place knows as a machine of its own', async () => {
  await open({ openResolver: () => ({ resolve: async () => ['10.1.2.3'], stop: () => undefined }) });
  expect(await ask('intra.ailleurs.test:443')).toMatch(/ 403 /);
  expect([refused, proxy.asked]).toEqual([['local-network'], []]);
});

it.each(['10.1.2.3', '169.254.169.254', '[fd00::1]', 'imprimante', 'imprimante.local'])(
  'asks the proxy for no %s',
  async (host) => {
    await open();
    expect(await ask(`${host}:443`)).toMatch(/ 403 /);
    expect([refused, proxy.asked]).toEqual([['local-network'], []]);
  },
);

it('reaches a machine of the local network without the proxy', async () => {
  await open({ openResolver: () => ({ resolve: async () => ['127.0.0.1'], stop: () => undefined }) });
  expect(await ask(`intra.test:${site.port}`)).toContain('there');
  expect(proxy.asked).toEqual([]);
});

it.each([
  [403, 'refused', undefined],
  [407, 'offline', { several: false }],
  [302, 'refused', undefined],
  [511, 'offline', { several: false }],
] as const)('of a proxy that says %i to a site of the démarche, the log tells', async (status, fault, outage) => {
  await open();
  proxy.says(status);
  expect(await ask(`${HOST}:443`)).toMatch(/ 502 /);
  expect(await ask('mesures.ailleurs.test:443')).toMatch(/ 502 /);
  expect([egress.faultAt(HOST), faults]).toEqual([fault, [status]]);
  expect(silence.silence()).toEqual(outage);
});

it('tells why the keys of a site could not be read', async () => {
  const keyed = {
    decide: () => ({ allow: true }) as const,
    pinsFor: () => ['right'],
    proxyFor: () => proxy,
  };
  await open({ policy: () => keyed, keysOf: async () => undefined });
  proxy.says(407);
  expect(await ask(`${HOST}:443`)).toMatch(/ 403 /);
  expect([egress.faultAt(HOST), faults]).toEqual(['offline', [407]]);
});

it('blames no proxy where there is no network', async () => {
  await open({ isOnNetwork: () => false }, { host: '127.0.0.1', port: 1 });
  expect(await ask(`${HOST}:443`)).toMatch(/ 502 /);
  expect([egress.faultAt(HOST), faults]).toEqual(['offline', []]);
});

it.each([502, 503, 593])('takes a %i of the proxy for a site that does not answer', async (status) => {
  await open();
  proxy.says(status);
  expect(await ask(`${HOST}:443`)).toMatch(/ 502 /);
  expect([egress.faultAt(HOST), faults, silence.silence()?.several]).toEqual(['refused', [], false]);
  await ask('deux.test:443');
  expect([egress.faultAt('deux.test'), silence.silence()?.several]).toEqual(['offline', true]);
});

it('knows that nothing can be reached when the proxy is away, or is no proxy', async () => {
  await open({}, { host: '127.0.0.1', port: site.port });
  expect(await ask(`${HOST}:443`)).toMatch(/ 502 /);
  site.server.close();
  await open({}, { host: '127.0.0.1', port: site.port });
  expect(await ask(`${HOST}:443`)).toMatch(/ 502 /);
  expect([egress.faultAt(HOST), faults]).toEqual(['offline', [undefined, undefined]]);
});

const answering = async (answer: string): Promise<ProxyAddress> => {
  const server = await listening(
    createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(answer));
    }),
  );
  return { host: '127.0.0.1', port: portOf(server) };
};

it.each([
  ['of HTTP/1.0', 'HTTP/1.0 200 Connection established\r\n\r\n'],
  ['with lines that end in LF alone', 'HTTP/1.1 200 OK\nvia: un\n\n'],
  ['with two lengths', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ncontent-length: 0\r\n\r\n'],
])('understands an answer of the proxy %s', async (_what, head) => {
  await open({}, await answering(`${head}there`));
  expect(await ask(`${HOST}:443`)).toBe('HTTP/1.1 200 Connection established\r\n\r\nthere');
  expect(faults).toEqual([]);
});

it.each([
  ['an interim response', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\nthere'],
  ['another protocol', 'SSH-2.0-un\r\n'],
  ['an endless header', `HTTP/1.1 200 OK\r\nvia: ${'un '.repeat(10_000)}\r\n\r\nthere`],
])('does not take %s of the proxy for its refusal', async (_what, answer) => {
  await open({}, await answering(answer));
  expect(await ask(`${HOST}:443`)).toMatch(/ 502 /);
  expect([egress.faultAt(HOST), faults]).toEqual(['offline', [undefined]]);
});

it('fetches the certificate that a site forgot to send', async () => {
  const { cert } = await makeCertificate(['une-autorite.test']);
  const asked: unknown[] = [];
  const server = await listening(
    createHttpServer(({ url, headers }, response) => {
      asked.push([url, headers.host]);
      response.writeHead(404).end(cert);
    }),
  );
  await open({}, { host: '127.0.0.1', port: portOf(server) });
  await send('GET http://une-autorite.test/ac.der HTTP/1.1\r\nhost: une-autorite.test\r\n\r\n');
  expect(asked).toEqual([['http://une-autorite.test/ac.der', 'une-autorite.test']]);
});

it('reads a certificate behind the proxy', async () => {
  const { key, cert, spki } = await makeCertificate([HOST]);
  const server = await listening(createTlsServer({ key, cert }));
  const end = endBehind(proxy, HOST, portOf(server));
  expect(await askKeys(HOST, end)).toEqual([spki]);
  expect(await askValidFrom(HOST, end)).toBeLessThan(Date.now());
  proxy.says(403);
  expect(await askKeys(HOST, end)).toBeUndefined();
});

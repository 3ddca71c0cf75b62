import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decide } from '../../../main/features/browsing/journey-policy.ts';
import type { HostResolver } from '../../../main/platform/network/resolve-host.ts';
import { openGuestEgress, type GuestEgress, type GuestEgressDeps } from '../../../main/shell/guest/guest-egress.ts';
import { watchSilence, type SilenceWatch } from '../../../main/shell/guest/silence.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

let server: Server;
let port: number;
let reached: number;
let egress: GuestEgress | undefined;
let refused: string[];
let silence: SilenceWatch;
let codes: string[];

beforeEach(async () => {
  reached = 0;
  [refused, codes] = [[], []];
  silence = watchSilence(createManualClock());
  server = createServer((socket) => {
    reached += 1;
    socket.on('error', () => undefined);
    socket.end('there');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterEach(() => {
  egress?.stop();
  server.close();
});

const journey = (localHosts: readonly string[] = []) => ({ domains: ['exemple.test'], localHosts, frames: [] });

const names = (resolve: HostResolver['resolve']) => (): HostResolver => ({ resolve, stop: () => undefined });

const open = async (deps: Partial<GuestEgressDeps> = {}): Promise<GuestEgress> =>
  (egress = await openGuestEgress({
    clock: createManualClock(),
    policy: () => ({ decide: (request) => decide(request, journey()) }),
    openResolver: names(async () => ['127.0.0.1']),
    mapped: () => undefined,
    keysOf: async () => undefined,
    validFrom: async () => undefined,
    mayUse: async () => true,
    isOnNetwork: () => true,
    silence,
    onRefused: (reason) => refused.push(reason),
    onProxyFault: () => undefined,
    onCertificateRefused: (code) => codes.push(code),
    ...deps,
  }));

/** The proxy's response to the browser's CONNECT request for that host. */
const ask = (to: string): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(egress?.port ?? 0, '127.0.0.1');
    let heard = '';
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      heard += chunk.toString('latin1');
      if (/^HTTP\/1\.1 [45]\d\d .*\r\n\r\n$/s.test(heard)) socket.end(); // a refused browser closes
    });
    socket.on('close', () => resolve(heard));
    socket.write(`CONNECT ${to} HTTP/1.1\r\nhost: ${to}\r\n\r\n`);
  });

it.each([
  ['a name that resolves to the loopback', ['127.0.0.1']],
  ['a name that resolves to the local network', ['192.168.1.1']],
  ['a name that resolves to a public and a local address', ['203.0.114.7', '10.0.0.1']],
])('refuses %s', async (_what, addresses) => {
  await open({ openResolver: names(async () => addresses) });
  expect(await ask(`un.exemple.test:${port}`)).toMatch(/ 403 /);
  expect([refused, reached]).toEqual([['local-network'], 0]);
});

it.each(['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '0.0.0.0', 'localhost', '169.254.169.254', '2130706433'])(
  'refuses %s, given without a domain name',
  async (host) => {
    await open({ openResolver: names(async () => []) });
    expect(await ask(`${host}:${port}`)).toMatch(/ 403 /);
    expect([refused, reached]).toEqual([['local-network'], 0]);
  },
);

it.each([
  ['203.0.114.7', []],
  ['[2606:4700::7]', []],
  ['un.exemple.test', ['2606:4700::7']],
  ['un.exemple.test', ['203.0.114.8', '203.0.114.7']],
])('refuses %s (%s), where the kiosk or a neighbour has that public address', async (host, addresses) => {
  const near = { ...journey(), isNeighbour: (address: string) => address.endsWith('7') };
  await open({
    policy: () => ({ decide: (request) => decide(request, near) }),
    openResolver: names(async () => addresses),
    mapped: () => ({ address: '127.0.0.1', port }), // the loopback stands for it
  });
  expect(await ask(`${host}:443`)).toMatch(/ 403 /);
  expect([refused, reached]).toEqual([['local-network'], 0]);
});

it('resolves a name once, and connects to that address', async () => {
  const answers = [['127.0.0.1'], ['10.0.0.1']];
  await open({
    policy: () => ({ decide: (request) => decide(request, journey(['un.exemple.test'])) }),
    openResolver: names(async () => answers.shift() ?? []),
  });
  expect(await ask(`un.exemple.test:${port}`)).toContain('there');
  expect(answers).toHaveLength(1);
});

it('lets nothing out before the guest has a policy', async () => {
  await open({ policy: () => ({ decide: () => ({ allow: false, reason: 'outside-journey' }) }) });
  expect(await ask(`un.exemple.test:${port}`)).toMatch(/ 403 /);
  expect(reached).toBe(0);
});

it('enforces a pinned key on every kind of connection', async () => {
  const keyed = { decide: () => ({ allow: true }) as const, pinsFor: () => ['right'] };
  await open({ policy: () => keyed, keysOf: async () => ['wrong'] });
  expect(await ask(`un.exemple.test:${port}`)).toMatch(/ 403 /);
  expect([refused, reached, egress?.faultAt('un.exemple.test')]).toEqual([['certificate'], 0, 'certificate']);
  egress?.stop();
  await open({ policy: () => keyed, keysOf: async () => undefined });
  expect(await ask(`un.exemple.test:${port}`)).toMatch(/ 403 /);
  expect([refused, reached, egress?.faultAt('un.exemple.test')]).toEqual([['certificate'], 0, 'refused']);
  egress?.stop();
  await open({ policy: () => keyed, keysOf: async () => ['right'] });
  expect(await ask(`un.exemple.test:${port}`)).toContain('there');
});

it('asks for the keys of the port that it connects to', async () => {
  await open({
    policy: () => ({ decide: () => ({ allow: true }), pinsFor: () => ['right'] }),
    keysOf: async (_host, at) => [at === port ? 'wrong' : 'right'],
  });
  expect(await ask(`un.exemple.test:${port}`)).toMatch(/ 403 /);
  expect([refused, reached]).toEqual([['certificate'], 0]);
});

it('reads a certificate only where the guest itself may connect', async () => {
  const asked: unknown[] = [];
  const validFrom = async (...ends: unknown[]) => asked.push(...ends);
  const any = () => ({ decide: () => ({ allow: true }) as const });
  await open({ policy: any, validFrom, openResolver: names(async () => ['203.0.113.7', '203.0.113.8']) });
  expect(await egress?.certificateFrom('https://un.exemple.test/a?b')).toBe(2);
  expect(asked).toEqual(['un.exemple.test', { addresses: ['203.0.113.7', '203.0.113.8'], port: 443 }]);
  expect(await egress?.certificateFrom('http://un.exemple.test/')).toBeUndefined();
  egress?.stop();
  await open({ validFrom, openResolver: names(async () => ['192.168.1.1']) });
  expect(await egress?.certificateFrom('https://un.exemple.test/')).toBeUndefined();
  expect([refused, asked.length]).toEqual([['local-network'], 2]);
});

it('knows why a site was not reached', async () => {
  const any = () => ({ decide: () => ({ allow: true }) as const });
  await open({ policy: any, openResolver: names(async () => []) });
  await ask('un.exemple.test:443');
  expect(egress?.faultAt('un.exemple.test')).toBe('name-not-found');
  egress?.stop();
  await open({ policy: any, openResolver: names(async () => []), isOnNetwork: () => false });
  await ask('un.exemple.test:443');
  expect(egress?.faultAt('un.exemple.test')).toBe('offline');
  egress?.stop();
  await open({ policy: any });
  await ask('un.exemple.test:1');
  expect(egress?.faultAt('un.exemple.test')).toBe('refused');
  expect(egress?.faultAt('deux.exemple.test')).toBeUndefined();
});

it('follows the demonstration’s host mapping', async () => {
  await open({ mapped: () => ({ address: '127.0.0.1', port }), openResolver: names(async () => []) });
  expect(await ask('un.exemple.test:443')).toContain('there');
  egress?.stop();
  await open({ mapped: () => null, openResolver: names(async () => []) });
  expect(await ask('un.exemple.test:443')).toMatch(/ 403 /);
  expect(egress?.faultAt('un.exemple.test')).toBe('name-not-found');
});

it('looks up nothing for a guest that ended', async () => {
  let stopped = false;
  await open({ openResolver: () => ({ resolve: async () => [], stop: () => void (stopped = true) }) });
  egress?.stop();
  expect(stopped).toBe(true);
});

it('asks no host for its keys when its name leads nowhere', async () => {
  let asked = 0;
  await open({
    policy: () => ({ decide: () => ({ allow: true }), pinsFor: () => ['right'] }),
    openResolver: names(async () => []),
    keysOf: async () => void (asked += 1),
  });
  expect(await ask('un.exemple.test:443')).toMatch(/ 403 /);
  expect([asked, egress?.faultAt('un.exemple.test')]).toEqual([0, 'name-not-found']);
});

const ofTwoSites = (localHosts: readonly string[] = [], oftenFiltered = false): Pick<GuestEgressDeps, 'policy'> => {
  const two = { domains: ['un.test', 'deux.test', 'intra.test'], localHosts, frames: [] };
  return { policy: () => ({ decide: (request) => decide(request, two), oftenFiltered }) };
};
const nobody = names(async () => undefined);
const faultsAfter = async (...hosts: readonly string[]): Promise<readonly unknown[]> => {
  for (const host of hosts) expect(await ask(`${host}:443`)).toMatch(/ 403 /);
  return hosts.map((host) => egress?.faultAt(host));
};

it('says that the internet does not answer once two sites of the démarche did not', async () => {
  await open({ ...ofTwoSites(), openResolver: nobody });
  expect(await faultsAfter('www.un.test', 'un.test', 'www.deux.test')).toEqual(['refused', 'refused', 'offline']);
  expect(silence.silence()?.several).toBe(true);
});

it('does not say it of names that a filter leads to an address of its own', async () => {
  await open({ ...ofTwoSites(), openResolver: names(async () => ['0.0.0.0']) });
  await faultsAfter('www.un.test', 'www.deux.test');
  expect(silence.silence()).toBeUndefined();
});

it('does not say it once the cable is plugged in again', async () => {
  await open({ ...ofTwoSites(), openResolver: nobody, isOnNetwork: () => false });
  expect(await faultsAfter('www.un.test', 'www.deux.test')).toEqual(['offline', 'offline']);
  expect(silence.silence()).toBeUndefined();
});

it('does not say it for what pages load from elsewhere, nor for names that do not exist', async () => {
  await open({ ...ofTwoSites(), openResolver: nobody });
  await faultsAfter('stats.trois.test', 'stats.quatre.test');
  egress?.stop();
  await open({ ...ofTwoSites(), openResolver: names(async () => []) });
  expect(await faultsAfter('www.un.test', 'www.deux.test')).toEqual(['name-not-found', 'name-not-found']);
  expect(silence.silence()).toBeUndefined();
});

it('says it no more once a connection to any site is open', async () => {
  silence.unanswered('un.test');
  silence.unanswered('deux.test');
  await open({ ...ofTwoSites(), openResolver: names(async () => []), mapped: () => ({ address: '127.0.0.1', port }) });
  expect(await ask('stats.trois.test:443')).toContain('there');
  expect(silence.silence()).toBeUndefined();
});

it('learns nothing about the internet from a host of the local network', async () => {
  await open({ ...ofTwoSites(['intra.test']), openResolver: nobody });
  await faultsAfter('intra.test', 'www.un.test');
  expect(silence.silence()?.several).toBe(false);
  egress?.stop();
  await open(ofTwoSites(['intra.test']));
  expect(await ask(`intra.test:${port}`)).toContain('there');
  expect(silence.silence()?.several).toBe(false);
});

// A broadcast address cannot be reached by TCP (ENETUNREACH), as any address while the router has no line.
it.each([
  ['refuses the connection', '127.0.0.1', 'refused', false],
  ['cannot be reached', '127.255.255.255', 'offline', true],
] as const)('of a second site that %s', async (_how, address, fault, several) => {
  silence.unanswered('deux.test');
  await open({ ...ofTwoSites(), openResolver: names(async () => []), mapped: () => ({ address, port: 1 }) });
  expect(await ask('www.un.test:443')).toMatch(/ 502 /);
  expect([egress?.faultAt('www.un.test'), silence.silence()?.several]).toEqual([fault, several]);
});

describe('where something else answers in the place of the sites', () => {
  const UNKNOWN = 'cert-authority-invalid';
  const INTERCEPTED = { several: true, intercepted: true };
  const refusedOf = (...hosts: readonly string[]): readonly unknown[] =>
    hosts.map((host) => egress?.certificateRefused(host, UNKNOWN));

  it('says so once two sites had another certificate, until a page comes', async () => {
    await open(ofTwoSites());
    expect(refusedOf('www.un.test', 'un.test', 'www.deux.test', 'www.un.test')).toEqual([
      'certificate',
      'certificate',
      'intercepted',
      'intercepted',
    ]);
    expect([silence.silence(), codes]).toEqual([INTERCEPTED, [UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN]]);
    silence.answered(); // it takes every connection
    expect(silence.silence()).toEqual(INTERCEPTED);
    egress?.pageCame('www.un.test');
    expect([silence.silence(), refusedOf('www.deux.test')]).toEqual([undefined, ['certificate']]);
  });

  it('does not say so of wrong dates, nor of a machine of the place', async () => {
    await open(ofTwoSites(['intra.test']));
    const dates = ['www.un.test', 'www.deux.test'].map((host) => egress?.certificateRefused(host, 'cert-date-invalid'));
    expect(dates).toEqual(['certificate-date', 'certificate-date']);
    expect(refusedOf('intra.test', 'www.un.test')).toEqual(['certificate', 'certificate']);
    refusedOf('www.deux.test');
    egress?.pageCame('intra.test');
    expect(silence.silence()).toEqual(INTERCEPTED);
  });

  it('says so of names that lead into the local network', async () => {
    await open({ ...ofTwoSites(), openResolver: names(async () => ['10.0.0.1']) });
    await faultsAfter('www.un.test', 'stats.trois.test');
    expect(silence.silence()).toBeUndefined();
    await faultsAfter('www.deux.test');
    expect(silence.silence()).toEqual(INTERCEPTED);
  });

  it('does not say so of sites that networks filter one by one', async () => {
    await open({ ...ofTwoSites([], true), openResolver: names(async () => ['10.0.0.1']) });
    await faultsAfter('www.un.test', 'www.deux.test');
    expect([refusedOf('www.un.test', 'www.deux.test'), silence.silence()]).toEqual([
      ['certificate', 'certificate'],
      undefined,
    ]);
  });
});

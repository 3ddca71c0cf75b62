import { beforeEach, describe, expect, it } from 'vitest';
import { BLANK_PAGE, gateRequests } from '../../../main/shell/electron/request-gate.ts';
import type { GuestPolicy, GuestRequest } from '../../../main/shell/port.ts';
import { FakeSession } from '../../fakes/electron/fake-session.ts';

let session: FakeSession;
let addresses: Map<string, readonly string[]>;
let policy: GuestPolicy | undefined;
let seen: GuestRequest[];
let blocked: GuestRequest[];
let bugs: unknown[];

beforeEach(() => {
  session = new FakeSession('guest-1');
  addresses = new Map();
  seen = [];
  blocked = [];
  bugs = [];
  policy = {
    decide(request) {
      seen.push(request);
      if (request.address?.startsWith('192.168.') === true) return { allow: false, reason: 'local-network' };
      return request.url.startsWith('https://') ? { allow: true } : { allow: false, reason: 'not-https' };
    },
  };
  gateRequests(session, {
    policy: () => policy,
    resolve: async (host) => addresses.get(host) ?? [],
    onBlocked: (request) => blocked.push(request),
    refusePage: (refuse) => refuse(),
    onBug: (error) => bugs.push(error),
  });
});

describe('request gate', () => {
  it.each([
    ['mainFrame', 'main-frame'],
    ['subFrame', 'frame'],
    ['script', 'resource'],
    ['image', 'resource'],
    ['xhr', 'resource'],
    ['webSocket', 'resource'],
    ['ping', 'resource'],
    ['other', 'resource'],
  ])('judges a %s as %s', async (type, kind) => {
    await session.request('http://caf.test/', type);
    expect(blocked).toEqual([{ kind, url: 'http://caf.test/' }]);
  });

  it('lets through what the policy allows', async () => {
    expect(await session.request('https://caf.test/')).toBe(true);
    expect(blocked).toEqual([]);
  });

  it('refuses a name that resolves to an address of the local network', async () => {
    addresses.set('rebind.test', ['203.0.113.5', '192.168.1.1']);
    expect(await session.request('https://rebind.test/', 'xhr')).toBe(false);
    expect(blocked).toHaveLength(1);
    expect(seen.map(({ address }) => address)).toEqual([undefined, '203.0.113.5', '192.168.1.1']);
  });

  it('leaves an unknown name to the way out, which reports it', async () => {
    expect(await session.request('https://nowhere.test/')).toBe(true);
  });

  it('before a journey is chosen, lets only our own blank page through', async () => {
    policy = undefined;
    expect(await session.request('https://caf.test/')).toBe(false);
    expect(bugs).toEqual([]);
    expect(await session.request(BLANK_PAGE)).toBe(true);
    expect(await session.request(`${BLANK_PAGE}<script>`)).toBe(false);
  });

  it('refuses a resource type that a newer Electron adds', async () => {
    expect(await session.request('https://caf.test/', 'telepathy')).toBe(false);
    expect(await session.request('https://caf.test/', 'constructor')).toBe(false);
  });

  it('refuses when the policy throws, and reports the error', async () => {
    policy = {
      decide: () => {
        throw new Error('broken policy');
      },
    };
    expect(await session.request('https://caf.test/')).toBe(false);
    expect(String(bugs[0])).toContain('broken policy');
  });
});

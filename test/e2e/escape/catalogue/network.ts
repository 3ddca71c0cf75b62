/** Host names that resolve to the local network, and certificates whose key is not pinned. */
import { carrierTricks } from '../../../fixtures/sites/hostile/carriers.ts';
import type { Attempt } from '../attempt.ts';
import { CHANGING_HOST, localHost, localNames, PUBLIC_HOST } from '../local-names.ts';
import { rightPinned, wronglyPinned } from '../pinned-sites.ts';
import { Untried } from '../patience.ts';
import { comesTrue, type Fixture } from '../fixture.ts';

const cover = (fixture: Fixture): string => fixture.visit()?.cover.kind ?? 'no site';
const askedAt = (fixture: Fixture, host: string): boolean => fixture.requests().some((one) => one.host === host);

/** The site belongs to the journey, so the person reads that it cannot be found. */
const notFound = async (fixture: Fixture): Promise<string | undefined> =>
  (await comesTrue(() => cover(fixture) === 'unreachable', 3_000)) &&
  fixture.log().some((one) => one.event === 'guest.site-at-local-address')
    ? undefined
    : `our own page was not shown (${cover(fixture)})`;
const refusedFor = (fixture: Fixture, reason: string): number =>
  fixture.log().filter((one) => one.event === 'guest.request-refused' && one['reason'] === reason).length;
const refusedLocal = (fixture: Fixture): number => refusedFor(fixture, 'local-network');
const partsRefused = async (fixture: Fixture): Promise<string | undefined> =>
  (await comesTrue(() => refusedLocal(fixture) >= 3, 3_000))
    ? undefined
    : `only ${refusedLocal(fixture)} requests were refused`;

const names: readonly Attempt[] = Object.keys(localNames).flatMap((name): Attempt[] => [
  {
    name: `names/page/${name}`,
    what: `a page at a name that stands for a ${name} address`,
    page: `/local/nom-page?nom=${localHost(name)}`,
    follows: true,
    waitMs: 500,
    mustHold: notFound,
    ...(name === 'metadata' ? { fast: true as const } : {}),
  },
  {
    name: `names/parts/${name}`,
    what: `parts of a page at a name that stands for a ${name} address`,
    page: `/local/nom?nom=${localHost(name)}`,
    follows: true,
    waitMs: 700,
    mustHold: partsRefused,
  },
]);

const throughRedirect: Attempt = {
  name: 'names/page/redirected',
  what: 'a redirect to a name that stands for the metadata service',
  page: `/local/nom-redirige?nom=${localHost('metadata')}`,
  follows: true,
  waitMs: 500,
  mustHold: notFound,
};

/** A WebSocket bypasses the request gate, but goes through the same proxy as everything else. */
const sockets: readonly Attempt[] = [
  {
    name: 'names/socket',
    what: 'a WebSocket to a name that stands for an address of the local network',
    page: `/local/nom-socket?nom=${localHost('private-10')}`,
    waitMs: 1_000,
    mustHold: async (fixture) =>
      (await comesTrue(() => fixture.witness().some((one) => one.said === 'refuse'), 3_000))
        ? undefined
        : 'the page did not see the refusal',
  },
];

const RTC_MS = 2_600;
const webrtc: readonly Attempt[] = [
  {
    name: 'webrtc/addresses',
    what: 'WebRTC: the addresses of the machine',
    page: '/local/webrtc?adresses',
    waitMs: RTC_MS,
    async mustHold(fixture) {
      await comesTrue(() => fixture.witness().some((one) => one.said === 'fait'), 3_000);
      const learned = fixture.witness().find((one) => one.said === 'fait')?.detail;
      if (learned === undefined) return 'the page never reported a result';
      return learned.startsWith('0 :') ? undefined : `the page learned: ${learned}`;
    },
  },
  {
    name: 'webrtc/stun',
    what: 'WebRTC contacts a STUN server on the local network',
    page: '/local/webrtc-stun?port={port}&seul',
    waitMs: RTC_MS,
  },
];

/** A TURN relay is reached over plain TCP, so no certificate check stops the connection. */
const relays: readonly Attempt[] = (['loopback', 'private-10', 'loopback-six', 'mixed'] as const).map((name) => ({
  name: `turn/${name}`,
  what: `a TURN relay over TCP, by a name that stands for a ${name} address`,
  page: `/local/webrtc-relais?nom=${localHost(name)}&port={port}`,
  waitMs: 3_200,
  ...(name === 'loopback' ? { fast: true as const } : {}),
}));

const hints: readonly Attempt[] = (['private-192', 'metadata'] as const).map((name) => ({
  name: `hints/${name}`,
  what: `preconnect, prefetch, preload, speculation rules and a beacon to a name that stands for a ${name} address`,
  page: `/local/annonces?nom=${localHost(name)}&port={port}`,
  waitMs: 2_000,
}));

/** No refusal means that nothing was requested: a request that got through would have reached the listener. */
const wasRefused = async (fixture: Fixture): Promise<undefined> => {
  if (!(await comesTrue(() => refusedLocal(fixture) > 0, 3_000))) throw new Untried('nothing was requested');
  return undefined;
};

/** Each kind of request, with proof that it was sent. */
const carriers: readonly Attempt[] = carrierTricks
  .filter(({ path }) => !/(ecrite|change)$/.test(path))
  .map(({ path, what }) => ({
    name: `carriers/${path.slice('/porteurs/'.length)}`,
    what,
    page: `${path}?nom=${localHost('private-10')}`,
    // An event source reconnects by itself, which would count as the next attempt's request.
    ...(path.endsWith('/evenements') ? {} : { follows: true as const }),
    do: async (fixture) => {
      if (await comesTrue(() => refusedLocal(fixture) > 0, 1_500)) return;
      await fixture.press(); // some kinds need a user gesture
      await comesTrue(() => refusedLocal(fixture) > 0, 2_000);
    },
    waitMs: 100,
    mustHold: wasRefused,
  }));

/** Unusual spellings of the machine's own address. */
const SPELLED = {
  decimal: '2130706433',
  hexadecimal: '0x7f000001',
  octal: '0177.0.0.1',
  short: '127.1',
  zeros: '0.0.0.0',
  far: '127.255.255.254',
  final: 'localhost.',
  below: 'a.b.localhost',
  kiosk: 'kiosk.localhost',
  six: '[::1]',
  'six-long': '[0:0:0:0:0:0:0:1]',
  any: '[::]',
  mapped: '[::ffff:7f00:1]',
  'mapped-dotted': '[::ffff:127.0.0.1]',
  translated: '[64:ff9b::7f00:1]',
  wide: '１２７.０.０.１',
  circled: '①②⑦.⓪.⓪.①',
} as const;
const spellings: readonly Attempt[] = Object.entries(SPELLED).map(([name, host]) => ({
  name: `spelled/${name}`,
  what: `the machine itself, spelled ${host}: sockets, parts, a relay, then a page`,
  page: `/porteurs/ecrite?hote=${host}&port={port}`,
  follows: true,
  waitMs: 2_000,
  mustHold: (fixture) => (cover(fixture) === 'blocked' ? undefined : wasRefused(fixture)),
}));

const rebinding: Attempt = {
  name: 'names/rebinding',
  what: 'a name that stands for a public address at first, then for the local network',
  page: `/porteurs/change?nom=${CHANGING_HOST}`,
  chromiumOnly:
    'Electron resolves a name at the request and again at the connection: it has changed by then and is never reached',
  do: (fixture) => comesTrue(() => refusedLocal(fixture) > 1, 4_000),
  mustHold(fixture) {
    const reached = fixture.requests().filter((one) => one.host === CHANGING_HOST).length;
    if (reached === 0) throw new Untried('the name was never reached, not even at first');
    return reached === 1 && refusedLocal(fixture) > 1 ? undefined : `it was reached ${reached} times`;
  },
};

/** If everything were refused, the attempts above would prove nothing. */
const control: Attempt = {
  name: 'names/control',
  what: 'a name that stands for a public address passes',
  page: `/local/nom-page?nom=${PUBLIC_HOST}`,
  do: (fixture) => comesTrue(() => askedAt(fixture, PUBLIC_HOST), 3_000),
  mustHold: (fixture) => (askedAt(fixture, PUBLIC_HOST) ? undefined : 'a public site could not be reached'),
};

const certificateRefused = (fixture: Fixture): string | undefined => {
  if (askedAt(fixture, wronglyPinned)) return 'a request was sent to a site with the wrong key';
  const { kind, fault } = fixture.visit()?.cover ?? {};
  return kind === 'unreachable' && fault === 'certificate' ? undefined : `our own page was not shown (${kind})`;
};

const pins: readonly Attempt[] = [
  {
    name: 'pins/page',
    what: 'a site whose key is not the pinned one',
    page: `/vers?u=https://${wronglyPinned}/`,
    do: (fixture) => comesTrue(() => cover(fixture) === 'unreachable', 5_000),
    mustHold: certificateRefused,
    fast: true,
  },
  {
    name: 'pins/parts',
    what: 'parts of a page from a site whose key is not the pinned one',
    page: `/local/nom?nom=${wronglyPinned}`,
    chromiumOnly: 'Electron refuses a key once a connection, not once a request',
    waitMs: 1_000,
    async mustHold(fixture) {
      await comesTrue(() => refusedFor(fixture, 'certificate') >= 5, 3_000);
      if (fixture.requests().some((one) => one.host === wronglyPinned))
        return 'a request was sent to a site with the wrong key';
      const refused = refusedFor(fixture, 'certificate');
      return refused >= 5 ? undefined : `${refused} of 5 requests were refused`;
    },
  },
  {
    name: 'pins/control',
    what: 'a site with the pinned key passes',
    page: `/vers?u=https://${rightPinned}/`,
    do: (fixture) => comesTrue(() => askedAt(fixture, rightPinned), 5_000),
    mustHold: (fixture) => (askedAt(fixture, rightPinned) ? undefined : 'a site with the right key was refused'),
  },
];

export const network: readonly Attempt[] = [
  ...names,
  throughRedirect,
  control,
  ...sockets,
  ...webrtc,
  ...relays,
  ...hints,
  ...carriers,
  ...spellings,
  rebinding,
  ...pins,
];

/** Names that lead to the local network, and keys that an organism did not promise. */
import { carrierTricks } from '../../../fixtures/sites/farceur/carriers.ts';
import type { Attempt } from '../attempt.ts';
import { CHANGING_HOST, localHost, localNames, PUBLIC_HOST } from '../local-names.ts';
import { rightPinned, wronglyPinned } from '../pinned-sites.ts';
import { Untried } from '../patience.ts';
import { until, type Stage } from '../stage.ts';

const cover = (stage: Stage): string => stage.visit()?.cover.kind ?? 'no site';
const askedAt = (stage: Stage, host: string): boolean => stage.requests().some((one) => one.host === host);

const blocked = async (stage: Stage): Promise<string | undefined> =>
  (await until(() => cover(stage) === 'blocked', 3_000)) ? undefined : `our own page was not shown (${cover(stage)})`;
const refusedFor = (stage: Stage, reason: string): number =>
  stage.log().filter((one) => one.event === 'guest.request-refused' && one['reason'] === reason).length;
const refusedLocal = (stage: Stage): number => refusedFor(stage, 'local-network');
const partsRefused = async (stage: Stage): Promise<string | undefined> =>
  (await until(() => refusedLocal(stage) >= 3, 3_000))
    ? undefined
    : `only ${refusedLocal(stage)} requests were refused`;

const names: readonly Attempt[] = Object.keys(localNames).flatMap((name): Attempt[] => [
  {
    name: `names/page/${name}`,
    what: `a page at a name that stands for a ${name} address`,
    page: `/local/nom-page?nom=${localHost(name)}`,
    follows: true,
    waitMs: 500,
    mustHold: blocked,
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
  mustHold: blocked,
};

/** A WebSocket passes no gate of ours, but the same way out as all else. */
const sockets: readonly Attempt[] = [
  {
    name: 'names/socket',
    what: 'a WebSocket to a name that stands for an address of the local network',
    page: `/local/nom-socket?nom=${localHost('private-10')}`,
    waitMs: 1_000,
    mustHold: async (stage) =>
      (await until(() => stage.witness().some((one) => one.said === 'refuse'), 3_000))
        ? undefined
        : 'the page was not told that it is refused',
  },
];

const RTC_MS = 2_600;
const webrtc: readonly Attempt[] = [
  {
    name: 'webrtc/addresses',
    what: 'WebRTC: the addresses of the machine',
    page: '/local/webrtc?adresses',
    waitMs: RTC_MS,
    async mustHold(stage) {
      await until(() => stage.witness().some((one) => one.said === 'fait'), 3_000);
      const told = stage.witness().find((one) => one.said === 'fait')?.detail;
      if (told === undefined) return 'the page never came to an end';
      return told.startsWith('0 :') ? undefined : `the page was told: ${told}`;
    },
  },
  { name: 'webrtc/stun', what: 'WebRTC asks a neighbour', page: '/local/webrtc-stun?port={port}&seul', waitMs: RTC_MS },
];

/** A relay is spoken to in plain TCP: no certificate stands in its way. */
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

/** Without a refusal nothing was asked for; had it been, and let through, the listener would have been reached. */
const wasRefused = async (stage: Stage): Promise<undefined> => {
  if (!(await until(() => refusedLocal(stage) > 0, 3_000))) throw new Untried('nothing was asked for');
  return undefined;
};

/** Each way of asking, with the proof that it did ask. */
const carriers: readonly Attempt[] = carrierTricks
  .filter(({ path }) => !/(ecrite|change)$/.test(path))
  .map(({ path, what }) => ({
    name: `carriers/${path.slice('/porteurs/'.length)}`,
    what,
    page: `${path}?nom=${localHost('private-10')}`,
    // One that asks again by itself would ask for the next one too.
    ...(path.endsWith('/evenements') ? {} : { follows: true as const }),
    do: async (stage) => {
      if (await until(() => refusedLocal(stage) > 0, 1_500)) return;
      await stage.press(); // some ways wait for a hand
      await until(() => refusedLocal(stage) > 0, 2_000);
    },
    waitMs: 100,
    mustHold: wasRefused,
  }));

/** The machine itself, as nobody writes it. */
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
  mustHold: (stage) => (cover(stage) === 'blocked' ? undefined : wasRefused(stage)),
}));

const rebinding: Attempt = {
  name: 'names/rebinding',
  what: 'a name that stands for a public address at first, then for the local network',
  page: `/porteurs/change?nom=${CHANGING_HOST}`,
  chromiumOnly:
    'Electron asks for a name at the request and again at the connection: it changed in between, and is never reached',
  do: (stage) => until(() => refusedLocal(stage) > 1, 4_000),
  mustHold(stage) {
    const reached = stage.requests().filter((one) => one.host === CHANGING_HOST).length;
    if (reached === 0) throw new Untried('the name led nowhere from the start');
    return reached === 1 && refusedLocal(stage) > 1 ? undefined : `it was reached ${reached} times`;
  },
};

/** Were everything refused, the attempts above would say nothing. */
const control: Attempt = {
  name: 'names/control',
  what: 'a name that stands for a public address passes',
  page: `/local/nom-page?nom=${PUBLIC_HOST}`,
  do: (stage) => until(() => askedAt(stage, PUBLIC_HOST), 3_000),
  mustHold: (stage) => (askedAt(stage, PUBLIC_HOST) ? undefined : 'a public site could not be reached'),
};

const certificateRefused = (stage: Stage): string | undefined => {
  if (askedAt(stage, wronglyPinned)) return 'a site with the wrong key was asked for something';
  const { kind, fault } = stage.visit()?.cover ?? {};
  return kind === 'unreachable' && fault === 'certificate' ? undefined : `our own page was not shown (${kind})`;
};

const pins: readonly Attempt[] = [
  {
    name: 'pins/page',
    what: 'a site whose key its organism did not promise',
    page: `/vers?u=https://${wronglyPinned}/`,
    do: (stage) => until(() => cover(stage) === 'unreachable', 5_000),
    mustHold: certificateRefused,
    fast: true,
  },
  {
    name: 'pins/parts',
    what: 'parts of a page that come with a key not promised',
    page: `/local/nom?nom=${wronglyPinned}`,
    chromiumOnly: 'Electron refuses a key once a connection, not once a request',
    waitMs: 1_000,
    async mustHold(stage) {
      await until(() => refusedFor(stage, 'certificate') >= 5, 3_000);
      if (stage.requests().some((one) => one.host === wronglyPinned))
        return 'a site with the wrong key was asked for something';
      const refused = refusedFor(stage, 'certificate');
      return refused >= 5 ? undefined : `${refused} of 5 requests were refused`;
    },
  },
  {
    name: 'pins/control',
    what: 'a site with the key its organism promised passes',
    page: `/vers?u=https://${rightPinned}/`,
    do: (stage) => until(() => askedAt(stage, rightPinned), 5_000),
    mustHold: (stage) => (askedAt(stage, rightPinned) ? undefined : 'a site with the right key was refused'),
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

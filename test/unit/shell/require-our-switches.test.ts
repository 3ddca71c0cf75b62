import { connect } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  requireOurCache,
  requireOurProxy,
  requireOurUrls,
  requireOurWebRtc,
} from '../../../main/shell/chromium/require-our-switches.ts';
import type { CdpSession } from '../../../main/shell/guest/cdp-session.ts';
import { closedEgress, type ClosedEgress } from '../../../main/shell/guest/guest-egress.ts';
import { watchSilence } from '../../../main/shell/guest/silence.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';

let clock: ManualClock;
let egress: ClosedEgress;
let logged: string[];
let cacheIsThere: boolean;

const logger = { log: (event: string) => void logged.push(event) };

beforeEach(async () => {
  clock = createManualClock();
  logged = [];
  cacheIsThere = true;
  egress = await closedEgress({
    clock,
    logger,
    openResolver: () => ({ resolve: async () => [], stop: () => undefined }),
    mapped: () => undefined,
    keysOf: async () => undefined,
    validFrom: async () => undefined,
    mayUse: async () => true,
    isOnNetwork: () => true,
    silence: watchSilence(clock),
  });
});
afterEach(() => egress.stop());

/** A browser's request through the proxy that it uses. */
const connectTo = (host: string): Promise<void> =>
  new Promise((resolve) => {
    const socket = connect(egress.port, '127.0.0.1', () => socket.write(`CONNECT ${host}:443 HTTP/1.1\r\n\r\n`));
    socket.on('error', () => undefined);
    socket.on('data', () => socket.end());
    socket.on('close', () => resolve());
  });

/** `requests`: what the browser does with a request for a name. `callsAlone`: WebRTC finds an address of its own. */
const session = (requests: (host: string) => Promise<void>, callsAlone: unknown = false): CdpSession =>
  ({
    async send(_command: string, { expression }: { expression: string }) {
      const url = /fetch\("([^"]+)"/.exec(expression)?.[1];
      if (url === undefined) return { result: { type: typeof callsAlone, value: callsAlone } };
      await requests(new URL(url).hostname);
      return { result: {} };
    },
  }) as unknown as CdpSession;

const check = async (page: CdpSession): Promise<boolean> => {
  const deps = { clock, logger, egress, files: { exists: async () => cacheIsThere } };
  await requireOurProxy(deps, page);
  await requireOurCache(deps, '/memory/profile');
  return requireOurWebRtc(deps, page);
};

it('accepts a browser that sends through us, twice', async () => {
  expect(await check(session(connectTo))).toBe(true);
  await requireOurProxy({ clock, logger, egress }, session(connectTo));
  expect(logged).toEqual([]);
});

it('accepts one that has no network: whether its calls pass us by is to be seen later', async () => {
  const calls = { send: async () => ({ result: { type: 'undefined' } }) } as unknown as CdpSession;
  expect(await requireOurWebRtc({ clock, logger }, calls)).toBe(false);
  expect(logged).toEqual([]);
});

it.each([
  ['nothing', async () => undefined],
  ['another name', () => connectTo('autre.invalid')],
  ['the same name with a longer end', (host: string) => connectTo(`${host}.exemple`)],
])('refuses a browser of which we hear %s', async (_what, requests) => {
  await expect(check(session(requests))).rejects.toThrow('does not use our proxy');
  expect(logged).toEqual(['guest.past-the-kiosk']);
});

it('refuses one that has stopped while it waited', async () => {
  await check(session(connectTo));
  const later = requireOurProxy(
    { clock, logger, egress },
    session(async () => undefined),
  );
  await expect(later).rejects.toThrow('does not use our proxy');
});

it('blames no policy for a browser that ended, or does not answer', async () => {
  await expect(check(session(() => Promise.reject(new Error('it is gone'))))).rejects.toThrow('it is gone');
  const silent = expect(check(session(() => new Promise(() => undefined)))).rejects.toThrow();
  await clock.advance(9_000);
  await silent;
  expect(logged).toEqual([]);
  await connectTo('apres.invalid'); // refused as ever
  expect(logged).toEqual(['guest.request-refused']);
});

it.each([[true], [null], ['false']])('refuses one whose calls find an address of their own: %s', async (found) => {
  await expect(check(session(connectTo, found))).rejects.toThrow('calls past our proxy');
  expect(logged).toEqual(['guest.calls-past-the-kiosk']);
});

it('refuses one that has its cache elsewhere', async () => {
  cacheIsThere = false;
  await expect(check(session(connectTo))).rejects.toThrow('outside its profile');
  expect(logged).toEqual(['guest.cache-elsewhere']);
});

it.each([
  ['accepts', 'refuses the scheme', true, []],
  ['refuses', 'would open another program', false, ['guest.opens-other-programs']],
])('%s a browser that %s', async (_, _what, refuses, lines) => {
  const page = { send: async () => ({ result: { value: refuses } }) } as unknown as CdpSession;
  const isOurs = await requireOurUrls({ clock, logger }, page).then(
    () => true,
    () => false,
  );
  expect([isOurs, logged]).toEqual([refuses, lines]);
});

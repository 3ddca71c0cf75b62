import { setTimeout as wait } from 'node:timers/promises';
import type { Lookup } from '../../../main/platform/network/resolve-host.ts';

/**
 * Host names that resolve to the local network, as a resolver on site might answer. The kiosk's request gate gets one
 * address of each kind; the browser's connection would end at the listener that nothing may reach.
 */
export const LOCAL_DOMAIN = 'interne-exemple.test';

export const localNames = {
  loopback: ['127.0.0.1'],
  'loopback-far': ['127.8.9.10'],
  'loopback-six': ['::1'],
  'this-host': ['0.0.0.0'],
  'private-10': ['10.1.2.3'],
  'private-172': ['172.31.255.254'],
  'private-192': ['192.168.1.1'],
  'link-local': ['169.254.7.7'],
  metadata: ['169.254.169.254'],
  cgnat: ['100.64.0.9'],
  multicast: ['224.0.0.251'],
  broadcast: ['255.255.255.255'],
  'unique-local-six': ['fd12:3456:789a::1'],
  'link-local-six': ['fe80::1'],
  'mapped-six': ['::ffff:192.168.1.1'],
  'nat64-six': ['64:ff9b::c0a8:101'],
  // The browser may pick the second one, so one local address is enough to refuse.
  mixed: ['203.0.114.7', '10.0.0.1'],
} as const;

export const localHost = (name: string): string => `${name}.${LOCAL_DOMAIN}`;
/** The control: a public address passes, so that the refusals above mean something. */
export const PUBLIC_HOST = `public.${LOCAL_DOMAIN}`;
const PUBLIC_ADDRESS = '203.0.114.9';

/** Resolves to a public address the first time, then to the local network. */
export const CHANGING_HOST = `change.${LOCAL_DOMAIN}`;
let changed = false;

/** Undefined: not one of these names. */
export const addressesOf = (host: string): readonly string[] | undefined => {
  if (host === PUBLIC_HOST) return [PUBLIC_ADDRESS];
  if (host === CHANGING_HOST) {
    const addresses = changed ? localNames['private-10'] : [PUBLIC_ADDRESS];
    changed = true;
    return addresses;
  }
  const name = host.endsWith(`.${LOCAL_DOMAIN}`) ? host.slice(0, -LOCAL_DOMAIN.length - 1) : undefined;
  return name !== undefined && Object.hasOwn(localNames, name)
    ? localNames[name as keyof typeof localNames]
    : undefined;
};

/** A zone of the misbehaving site whose name server is dead. */
const DEAD_ZONE = 'muet.hostile-exemple.test';
const HANGS_MS = 20_000;
/** A host of the misbehaving site with as many public addresses as a DNS answer holds. */
const CROWDED_HOST = 'foule.hostile-exemple.test';
const CROWD = Array.from({ length: 4_000 }, (_, index) => `203.0.${114 + (index >> 8)}.${index & 255}`);
/** Half of libuv's threads (`THREADS_ENV`). */
const SYSTEM_THREADS = 16;

/**
 * The system's lookup as libuv runs it: a bounded number of names at a time, first in, first out, and none can be
 * cancelled. Knows one name: the sites are mapped.
 */
export const escapeLookup = (): Lookup => {
  const queue: (() => Promise<void>)[] = [];
  let busy = 0;
  const next = async (): Promise<void> => {
    const job = busy < SYSTEM_THREADS ? queue.shift() : undefined;
    if (!job) return;
    busy += 1;
    await job();
    busy -= 1;
    void next();
  };
  return (host) =>
    new Promise((resolve, reject) => {
      queue.push(async () => {
        if (host === CROWDED_HOST) return resolve(CROWD);
        const isDead = host.endsWith(`.${DEAD_ZONE}`);
        if (isDead) await wait(HANGS_MS, undefined, { ref: false });
        reject(Object.assign(new Error(`no address for ${host}`), { code: isDead ? 'EAI_AGAIN' : 'ENOTFOUND' }));
      });
      void next();
    });
};

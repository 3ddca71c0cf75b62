/**
 * Resolves host names through the system and caches the answers for a minute, because the request gate asks at every
 * request. Also applies the demonstration's host rules.
 */
import { lookup } from 'node:dns/promises';
import type { Clock } from './clock.ts';
import type { Endpoint } from './tls-keys.ts';

const CACHE_MS = 60_000;
const GIVE_UP_MS = 4_000;
/** Bounds the cache against a page that resolves endless names: the oldest entries are evicted. */
const MAX_CACHED = 1_000;

export const createHostResolver = (clock: Clock): ((host: string) => Promise<readonly string[]>) => {
  const cache = new Map<string, { readonly atMs: number; readonly addresses: Promise<readonly string[]> }>();
  return (host) => {
    const now = clock.monotonicMs();
    const cached = cache.get(host);
    if (cached && now - cached.atMs < CACHE_MS) return cached.addresses;
    const found = lookup(host, { all: true }).then(
      (rows) => rows.map((row) => row.address),
      () => [], // unknown name: the browser reports it itself
    );
    const bounded = Promise.race([
      found,
      new Promise<readonly string[]>((resolve) => {
        const cancel = clock.after(GIVE_UP_MS, () => resolve([]));
        void found.then(cancel);
      }),
    ]);
    cache.delete(host); // move it to the end, as the newest entry
    cache.set(host, { atMs: now, addresses: bounded });
    const [oldest] = cache.keys();
    if (cache.size > MAX_CACHED && oldest !== undefined) cache.delete(oldest);
    return bounded;
  };
};

/** Where the demonstration sites are served: the target of the last rule (`MAP *.test 127.0.0.1:4433`). */
export const demoEndpoint = (hostRules: string | undefined): Endpoint | undefined => {
  const [, address, port] = /(\d+\.\d+\.\d+\.\d+):(\d+)$/.exec(hostRules ?? '') ?? [];
  return address === undefined ? undefined : { address, port: Number(port) };
};

const ruleFor = (hostRules: string | undefined, host: string): string | undefined =>
  (hostRules ?? '').split(',').find((rule) => {
    const pattern = /^MAP (\S+) /.exec(rule)?.[1];
    if (pattern === '*') return true;
    return pattern?.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern;
  });

/**
 * The endpoint that the demonstration's rules give for a name; `null` for none (`~NOTFOUND`), undefined when no rule
 * matches.
 */
export const mappedEndpoint = (hostRules: string | undefined, host: string): Endpoint | null | undefined => {
  const rule = ruleFor(hostRules, host);
  return rule === undefined ? undefined : (demoEndpoint(rule) ?? null);
};

/**
 * Whether a demonstration rule matches this name. Such a name is never looked up: the demonstration works without a
 * network, and without the seconds lost when a name server does not answer.
 */
export const isMapped = (hostRules: string | undefined, host: string): boolean =>
  ruleFor(hostRules, host) !== undefined;

/** Looks up a name with `ask`, unless a demonstration rule matches it: then the list is empty. */
export const unlessMapped =
  (hostRules: string | undefined, ask: (host: string) => Promise<readonly string[]>) =>
  async (host: string): Promise<readonly string[]> =>
    isMapped(hostRules, host) ? [] : ask(host);

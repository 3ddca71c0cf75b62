/**
 * Names → addresses, as the system resolves them, remembered for a minute: the gate asks for every request. And where the
 * demonstration's rules lead its own names.
 */
import { lookup } from 'node:dns/promises';
import type { Clock } from './clock.ts';
import type { Endpoint } from './tls-keys.ts';

const REMEMBER_MS = 60_000;
const GIVE_UP_MS = 4_000;
/** Of a page that asks for names without end only the latest are remembered. */
const MOST_KNOWN = 1_000;

export const createHostResolver = (clock: Clock): ((host: string) => Promise<readonly string[]>) => {
  const known = new Map<string, { readonly atMs: number; readonly addresses: Promise<readonly string[]> }>();
  return (host) => {
    const now = clock.monotonicMs();
    const before = known.get(host);
    if (before && now - before.atMs < REMEMBER_MS) return before.addresses;
    const found = lookup(host, { all: true }).then(
      (rows) => rows.map((row) => row.address),
      () => [], // unknown name: the browser will say so itself
    );
    const bounded = Promise.race([
      found,
      new Promise<readonly string[]>((resolve) => {
        const cancel = clock.after(GIVE_UP_MS, () => resolve([]));
        void found.then(cancel);
      }),
    ]);
    known.delete(host); // to be the latest again
    known.set(host, { atMs: now, addresses: bounded });
    const [oldest] = known.keys();
    if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest);
    return bounded;
  };
};

/** Where the demonstration sites are served: the last of the rules (`MAP *.test 127.0.0.1:4433`). */
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

/** Where the demonstration's rules lead a name; `null` for nowhere (`~NOTFOUND`), undefined where no rule is about it. */
export const mappedEndpoint = (hostRules: string | undefined, host: string): Endpoint | null | undefined => {
  const rule = ruleFor(hostRules, host);
  return rule === undefined ? undefined : (demoEndpoint(rule) ?? null);
};

/**
 * Whether the demonstration says where a name leads. Nobody else is asked about it then: it works without a network, and
 * without the seconds that a network takes whose name server is silent.
 */
export const isMapped = (hostRules: string | undefined, host: string): boolean =>
  ruleFor(hostRules, host) !== undefined;

/** What a name stands for: nothing where the demonstration says where it leads, else what is asked. */
export const unlessMapped =
  (hostRules: string | undefined, ask: (host: string) => Promise<readonly string[]>) =>
  async (host: string): Promise<readonly string[]> =>
    isMapped(hostRules, host) ? [] : ask(host);

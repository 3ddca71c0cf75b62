/**
 * Resolves the host names that guests ask for through the system, and caches the answers for a minute, because the
 * request gate asks at every request. Also applies the demonstration's host rules.
 */
import { lookup as systemLookup } from 'node:dns/promises';
import type { Clock } from '../clock.ts';

/** Where a demonstration site is served. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** Rejects with the code `ENOTFOUND` when the name does not exist. */
export type Lookup = (host: string) => Promise<readonly string[]>;

type Answer = readonly string[] | undefined;

/** The names of one guest. */
export interface HostResolver {
  /**
   * Empty when the name does not exist, or could not be looked up in time; undefined when no name server answered. A
   * name server that gets no answer itself says so (SERVFAIL): that counts as none. Windows says of both that the name
   * does not exist.
   */
  readonly resolve: (host: string) => Promise<Answer>;
  /** Names that still wait are never looked up. */
  stop(): void;
}

const CACHE_MS = 60_000;
const FAILED_FOR_MS = 5_000;
/** For a name that still waits its turn. */
const STARTS_WITHIN_MS = 4_000;
/** From the start of its lookup. glibc asks the second name server after 5 s, the third after 10. */
const ANSWERS_WITHIN_MS = 12_000;
/** Bounds the cache against a page that resolves endless names: the oldest entries are evicted. */
const MAX_CACHED = 1_000;

/**
 * The system's lookup can't be cancelled: if a name server is dead, it occupies a thread of libuv for 5 to 20 seconds,
 * even when nobody waits for the answer any more. libuv has 16 threads for names (`supervised-process.ts`), and
 * requests can't be removed from its queue, so we keep our own. Limiting one guest to half of the threads costs an
 * honest page little: 60 hosts of 40 ms each take 0.3 s.
 */
const MOST_OF_A_GUEST = 8;
/**
 * An answer may hold thousands of addresses. Each is judged at every request and connection, and tried when one is
 * made. The system puts the best ones first, and either family may be unreachable, so we keep some of both.
 */
const MOST_OF_A_FAMILY = 8;
/** Leaves 4 threads to ourselves (a printer by its name), and 4 to the guest that follows one whose names hang. */
const MOST_OF_ALL_GUESTS = 12;

interface Name {
  readonly host: string;
  /** Until when its answer is used. */
  untilMs: number;
  readonly answer: PromiseWithResolvers<Answer>;
  /** When its lookup started. */
  startedMs?: number;
  /** How many requests wait for the answer. */
  askers: number;
}

interface GuestNames {
  readonly known: Map<string, Name>;
  readonly waiting: Set<Name>;
  inFlight: number;
}

const lookUp: Lookup = async (host) => (await systemLookup(host, { all: true })).map((row) => row.address);

const bestOf = (addresses: readonly string[]): readonly string[] => {
  const kept = { four: 0, six: 0 };
  return addresses.filter((one) => ++kept[one.includes(':') ? 'six' : 'four'] <= MOST_OF_A_FAMILY);
};

/** All guests' resolvers share the system's threads. */
export const hostResolvers = (clock: Clock, ask: Lookup = lookUp): (() => HostResolver) => {
  const guests = new Set<GuestNames>();
  let inFlight = 0;

  const drop = ({ known, waiting }: GuestNames, name: Name): void => {
    waiting.delete(name);
    if (known.get(name.host) === name) known.delete(name.host);
  };

  const find = async (guest: GuestNames, name: Name): Promise<void> => {
    guest.waiting.delete(name);
    name.startedMs = clock.monotonicMs();
    guest.inFlight += 1;
    inFlight += 1;
    try {
      name.answer.resolve(bestOf(await ask(name.host)));
    } catch (error) {
      const isUnknown = (error as NodeJS.ErrnoException).code === 'ENOTFOUND';
      // No server answered: ask again soon, but not at once. The gate and then the egress ask for the same page, and
      // the person would wait twice.
      if (!isUnknown) name.untilMs = clock.monotonicMs() + FAILED_FOR_MS;
      name.answer.resolve(isUnknown ? [] : undefined);
    }
    guest.inFlight -= 1;
    inFlight -= 1;
    findNext();
  };

  const findNext = (): void => {
    while (inFlight < MOST_OF_ALL_GUESTS) {
      const [guest] = [...guests]
        .filter((one) => one.waiting.size > 0 && one.inFlight < MOST_OF_A_GUEST)
        .sort((a, b) => a.inFlight - b.inFlight);
      const [name] = guest?.waiting ?? [];
      if (!guest || !name) return;
      void find(guest, name);
    }
  };

  const resolveFor = (guest: GuestNames, host: string): Promise<Answer> => {
    const { known, waiting } = guest;
    const now = clock.monotonicMs();
    let name = known.get(host);
    if (!name || now >= name.untilMs) {
      name = { host, untilMs: now + CACHE_MS, answer: Promise.withResolvers(), askers: 0 };
      known.delete(host); // move it to the end, as the newest entry
      known.set(host, name);
      const [oldest] = known.keys();
      if (known.size > MAX_CACHED && oldest !== undefined) known.delete(oldest);
      waiting.add(name);
      findNext();
    }
    const asked = name;
    asked.askers += 1;
    return new Promise((resolve) => {
      const giveUp = (): void => {
        const leftMs = asked.startedMs === undefined ? 0 : asked.startedMs + ANSWERS_WITHIN_MS - clock.monotonicMs();
        if (leftMs > 0) {
          cancel = clock.after(leftMs, giveUp);
          return;
        }
        asked.askers -= 1;
        if (asked.askers === 0 && waiting.has(asked)) drop(guest, asked);
        resolve(asked.startedMs === undefined ? [] : undefined);
      };
      let cancel = clock.after(STARTS_WITHIN_MS, giveUp);
      void asked.answer.promise.then((addresses) => {
        cancel();
        resolve(addresses);
      });
    });
  };

  return () => {
    const guest: GuestNames = { known: new Map(), waiting: new Set(), inFlight: 0 };
    guests.add(guest);
    return {
      resolve: (host) => resolveFor(guest, host),
      stop() {
        guests.delete(guest);
        guest.waiting.clear();
      },
    };
  };
};

/** Where the demonstration sites are served: the target of the last rule (`MAP *.test 127.0.0.1:4433`). */
const demoEndpoint = (hostRules: string | undefined): Endpoint | undefined => {
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

/** Names that a demonstration rule matches are not looked up: their list is empty. */
export const unlessMapped =
  (hostRules: string | undefined, open: () => HostResolver): (() => HostResolver) =>
  () => {
    const names = open();
    return { ...names, resolve: async (host) => (isMapped(hostRules, host) ? [] : names.resolve(host)) };
  };

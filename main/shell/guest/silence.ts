/**
 * Whether the internet answers, as far as the sites that people open show it: we never probe it. The machine keeps its
 * address on the local network when only the line behind the router is down. And where a network wants people to sign
 * in (a captive portal), or inspects TLS with an authority that this PC does not know, every connection opens, but to
 * something else than the site.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { registeredName } from '../../config/domains.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Silence } from '../port.ts';

export interface SilenceWatch {
  /** No name server answered for this site, or nothing at its addresses did. */
  unanswered(host: string): void;
  /** A connection to the internet was opened. */
  answered(): void;
  /** Something else answered in the place of this site: its certificate is not the site's, or its address is local. */
  intercepted(host: string): void;
  /** A page of a site came, under its own certificate. */
  pageCame(): void;
  silence(): Silence | undefined;
}

/** A single site may be down by itself, with its own name servers. */
const SEVERAL = 2;
/** Two sites that do not answer at ten and at four are not one outage. */
const TOGETHER_MS = 60 * 60_000;

interface FewSites {
  add(host: string): void;
  clear(): void;
  count(): number;
}

/** `forgets`: also several of them, an hour after the last. Nothing else may end what they show. */
const rememberFew = (clock: Clock, forgets: boolean): FewSites => {
  const key = randomBytes(32);
  /** Enough to tell two sites apart. Their names would say where a person of an earlier session went. */
  const nameless = (host: string): string => createHmac('sha256', key).update(registeredName(host)).digest('base64');
  const sites = new Set<string>();
  let firstMs = 0;
  let lastMs = 0;
  const count = (): number => {
    const sinceMs = sites.size < SEVERAL ? firstMs : forgets ? lastMs : Infinity;
    if (clock.monotonicMs() - sinceMs > TOGETHER_MS) sites.clear();
    return sites.size;
  };
  return {
    add(host) {
      const isFirst = count() === 0;
      lastMs = clock.monotonicMs();
      if (isFirst) firstMs = lastMs;
      if (sites.size < SEVERAL) sites.add(nameless(host));
    },
    clear: () => sites.clear(),
    count,
  };
};

export const watchSilence = (clock: Clock): SilenceWatch => {
  const silent = rememberFew(clock, false);
  const intercepted = rememberFew(clock, true);
  return {
    unanswered: silent.add,
    answered: silent.clear,
    intercepted: intercepted.add,
    pageCame: intercepted.clear,
    silence() {
      if (intercepted.count() >= SEVERAL) return { several: true, intercepted: true };
      return silent.count() === 0 ? undefined : { several: silent.count() >= SEVERAL };
    },
  };
};

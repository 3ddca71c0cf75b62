/**
 * Whether the internet answers, as far as the sites that people open show it: we never probe it. The machine keeps its
 * address on the local network when only the line behind the router is down.
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
  silence(): Silence | undefined;
}

/** A single site may be down by itself, with its own name servers. */
const SEVERAL = 2;
/** Two sites that do not answer at ten and at four are not one outage. */
const TOGETHER_MS = 60 * 60_000;

export const watchSilence = (clock: Clock): SilenceWatch => {
  const key = randomBytes(32);
  /** Enough to tell two sites apart. Their names would say where a person of an earlier session went. */
  const nameless = (host: string): string => createHmac('sha256', key).update(registeredName(host)).digest('base64');
  const sites = new Set<string>();
  let firstMs = 0;
  const forgetOld = (): void => {
    if (sites.size < SEVERAL && clock.monotonicMs() - firstMs > TOGETHER_MS) sites.clear();
  };
  return {
    unanswered(host) {
      forgetOld();
      if (sites.size === 0) firstMs = clock.monotonicMs();
      if (sites.size < SEVERAL) sites.add(nameless(host));
    },
    answered: () => sites.clear(),
    silence() {
      forgetOld();
      return sites.size === 0 ? undefined : { several: sites.size >= SEVERAL };
    },
  };
};

/**
 * Keys that an organisme pinned for its sites (`pins` of a bundle). One match in the chain is enough, leaf or
 * authority.
 */
import type { Clock } from '../../platform/clock.ts';

export const keysHold = (pins: readonly string[], keys: readonly string[]): boolean =>
  pins.length === 0 || keys.some((key) => pins.includes(key));

export type AskKeys = (host: string) => Promise<readonly string[] | undefined>;

const REMEMBER_MS = 60_000;

/** A page makes many requests to one host, so its keys are cached for a minute. */
export const rememberKeys = (clock: Clock, ask: AskKeys): AskKeys => {
  const known = new Map<string, { readonly atMs: number; readonly keys: ReturnType<AskKeys> }>();
  return (host) => {
    const now = clock.monotonicMs();
    const before = known.get(host);
    if (before && now - before.atMs < REMEMBER_MS) return before.keys;
    const keys = ask(host).then((found) => {
      // It did not answer, for a moment perhaps: « Réessayer » asks again.
      if (found === undefined && known.get(host) === mine) known.delete(host);
      return found;
    });
    const mine = { atMs: now, keys };
    known.set(host, mine);
    return keys;
  };
};

/** The host of an https or wss URL; undefined for URLs without a certificate. */
export const keyedHost = (address: string): string | undefined => {
  if (!URL.canParse(address)) return undefined;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || protocol === 'wss:' ? hostname : undefined;
};

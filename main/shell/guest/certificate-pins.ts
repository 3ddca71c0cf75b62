/**
 * Keys that an organisme pinned for its sites (`pins` of a bundle). One match in the chain is enough, leaf or
 * authority.
 */
import type { Clock } from '../../platform/clock.ts';
import type { ProxyAddress } from '../../platform/network/tunnel-end.ts';

export const keysHold = (pins: readonly string[], keys: readonly string[]): boolean =>
  pins.length === 0 || keys.some((key) => pins.includes(key));

/** A host may have another certificate at each of its ports. */
export type AskKeys = (host: string, port: number, proxy?: ProxyAddress) => Promise<readonly string[] | undefined>;

const REMEMBER_MS = 60_000;

/** A page makes many requests to one host, so its keys are cached for a minute. */
export const rememberKeys = (clock: Clock, ask: AskKeys): AskKeys => {
  const known = new Map<string, { readonly atMs: number; readonly keys: ReturnType<AskKeys> }>();
  return (host, port, proxy) => {
    const now = clock.monotonicMs();
    const end = `${host}:${port}`;
    const before = known.get(end);
    if (before && now - before.atMs < REMEMBER_MS) return before.keys;
    const keys = ask(host, port, proxy).then((found) => {
      // It did not answer, for a moment perhaps: « Réessayer » asks again.
      if (found === undefined && known.get(end) === mine) known.delete(end);
      return found;
    });
    const mine = { atMs: now, keys };
    known.set(end, mine);
    return keys;
  };
};

const HTTPS_PORT = 443;

/** The host and port of an https or wss URL; undefined for URLs without a certificate. */
export const keyedEnd = (address: string): { readonly host: string; readonly port: number } | undefined => {
  if (!URL.canParse(address)) return undefined;
  const { protocol, hostname: host, port } = new URL(address);
  return protocol === 'https:' || protocol === 'wss:' ? { host, port: Number(port) || HTTPS_PORT } : undefined;
};

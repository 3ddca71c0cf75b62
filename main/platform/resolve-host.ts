/** Names → addresses, as the system resolves them, remembered for a minute: the gate asks for every request. */
import { lookup } from 'node:dns/promises';
import type { Clock } from './clock.ts';

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

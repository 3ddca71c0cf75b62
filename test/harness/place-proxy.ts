/** A proxy as a place has one, by another maker: it knows the names of sites, which nobody else here does. */
import { lookup } from 'node:dns';
import { RequestError, Server } from 'proxy-chain';
import type { ProxyAddress } from '../../main/platform/network/tunnel-end.ts';

export interface PlaceProxy extends ProxyAddress {
  /** What it was asked to reach: `un.exemple.test:443`. */
  readonly asked: readonly string[];
  /** From now on it answers this instead; undefined: it lets everything pass. */
  says(status: number | undefined): void;
  stop(): Promise<void>;
}

export const openPlaceProxy = async (): Promise<PlaceProxy> => {
  const asked: string[] = [];
  let status: number | undefined;
  const proxy = new Server({
    host: '127.0.0.1',
    port: 0,
    prepareRequestFunction({ hostname, port }) {
      asked.push(`${hostname}:${port}`);
      if (status !== undefined) throw new RequestError('no', status);
      return {
        dnsLookup: ((_host: string, ...more: [never, never]) => lookup('127.0.0.1', ...more)) as typeof lookup,
      };
    },
  });
  await proxy.listen();
  return {
    host: '127.0.0.1',
    port: proxy.port,
    asked,
    says: (next) => void (status = next),
    stop: async () => void (await proxy.close(true)),
  };
};

/** Services announced on the local network (DNS-SD over multicast). Listening only, for a bounded time. */
import type { EventEmitter } from 'node:events';
import type { Bonjour } from 'bonjour-service';
import type { Clock } from './clock.ts';

export interface AnnouncedService {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly addresses: readonly string[];
  readonly txt: Readonly<Record<string, string>>;
}

/**
 * Options of the underlying socket (`multicast-dns`): the address it binds, the one it sends to, whether it joins the
 * group.
 */
export interface DnsSocketOptions {
  readonly bind?: string;
  readonly ip?: string;
  readonly port?: number;
  readonly multicast?: boolean;
}

/**
 * `type` without underscore or protocol: `ipp`, `ipps`, `uscan`. Never rejects: a network without multicast returns an
 * empty list.
 */
export type BrowseServices = (type: string, forMs: number) => Promise<readonly AnnouncedService[]>;

/** More than any site has. A neighbour may announce names without end: the search then stops. */
const MAX_SERVICES = 256;

const socketOf = (bonjour: Bonjour): EventEmitter =>
  (bonjour as unknown as { readonly server: { readonly mdns: EventEmitter } }).server.mdns;

export const browseServices =
  (clock: Clock, options: DnsSocketOptions = {}): BrowseServices =>
  async (type, forMs) => {
    const library = await import('bonjour-service'); // loaded only when a device search runs
    return new Promise((resolve) => {
      const found = new Map<string, AnnouncedService>();
      let bonjour: Bonjour | undefined;
      const finish = (): void => {
        bonjour?.destroy();
        bonjour = undefined;
        resolve([...found.values()]);
      };
      try {
        // The options go to the multicast socket; the library's types only describe services.
        bonjour = new library.Bonjour(options, () => undefined);
        // Its own callback hears nothing of the socket: a port that another program keeps to itself would end our process.
        socketOf(bonjour).on('error', finish);
        bonjour.find({ type }, (service) => {
          if (found.size >= MAX_SERVICES) return finish();
          const txt = Object.fromEntries(
            Object.entries((service.txt ?? {}) as Record<string, unknown>).map(([key, value]) => [key, String(value)]),
          );
          const addresses = [...(service.addresses ?? [])];
          if (addresses.length === 0 && service.referer) addresses.push(service.referer.address);
          found.set(service.fqdn, { name: service.name, host: service.host, port: service.port, addresses, txt });
        });
        clock.after(forMs, finish);
      } catch {
        finish();
      }
    });
  };

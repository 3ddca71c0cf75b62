/**
 * Services announced on the local network (DNS-SD over multicast). Listening only, for a bounded time. Anybody may send
 * a packet, and it is read in the main process: its size is bounded, and the work grows with its records, not with
 * their square.
 */
import type { Socket } from 'node:dgram';
import { networkInterfaces } from 'node:os';
import type { default as dns, DnsRecord } from 'dns-packet';
import type { Clock } from '../clock.ts';

export interface AnnouncedService {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly addresses: readonly string[];
  readonly txt: Readonly<Record<string, string>>;
}

/** The address that the socket binds, the one it sends to, their port, and whether it joins the group. */
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

const GROUP = '224.0.0.251';
const PORT = 5353;
/** RFC 6762 §17. A name in a longer packet may take thousands of steps to read, and there may be thousands of names. */
const MAX_PACKET_BYTES = 9000;
/** More than any site has. A neighbour may announce names without end: the search then stops. */
const MAX_SERVICES = 256;
const MAX_ADDRESSES = 8;

/**
 * What `records` announce of this type: each pointer to a service whose place is in the same packet (RFC 6763 §12.1).
 */
export const servicesIn = (
  records: readonly DnsRecord[],
  type: string,
  sender: string,
): readonly AnnouncedService[] => {
  const ending = `._${type}._tcp.local`;
  const pointers = new Map<string, string>();
  const places = new Map<string, { readonly port: number; readonly target: string }>();
  const texts = new Map<string, readonly Buffer[]>();
  const addresses = new Map<string, string[]>();
  for (const record of records) {
    if (record.ttl === 0) continue; // it says goodbye
    const name = record.name.toLowerCase();
    if (record.type === 'PTR') {
      if (name === ending.slice(1)) pointers.set(record.data.toLowerCase(), record.data);
    } else if (record.type === 'SRV') places.set(name, record.data);
    else if (record.type === 'TXT') texts.set(name, record.data);
    else if (record.type === 'A' || record.type === 'AAAA') {
      const known = addresses.get(name) ?? [];
      addresses.set(name, known);
      if (known.length < MAX_ADDRESSES) known.push(record.data);
    }
  }
  return [...pointers].flatMap(([key, name]) => {
    const place = places.get(key);
    if (place === undefined || !key.endsWith(ending)) return [];
    return {
      name: name.slice(0, -ending.length),
      host: place.target,
      port: place.port,
      addresses: addresses.get(place.target.toLowerCase()) ?? [sender],
      txt: Object.fromEntries((texts.get(key) ?? []).map(keyAndValue)),
    };
  });
};

const keyAndValue = (bytes: Buffer): readonly [string, string] => {
  const text = bytes.toString();
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
};

export const readPacket = (
  { decode }: Pick<typeof dns, 'decode'>,
  packet: Buffer,
  type: string,
  sender: string,
): readonly AnnouncedService[] => {
  if (packet.length > MAX_PACKET_BYTES) return [];
  try {
    const { type: kind, answers, additionals } = decode(packet);
    return kind === 'response' ? servicesIn([...answers, ...additionals], type, sender) : [];
  } catch {
    return []; // not a packet of this protocol
  }
};

/** On every network of this PC. One that is going away is left out. */
const joinGroup = (socket: Socket, group: string): void => {
  const networks = Object.values(networkInterfaces()).flatMap(
    (network) => network?.filter(({ family }) => family === 'IPv4').slice(0, 1) ?? [],
  );
  for (const { address } of networks) {
    try {
      socket.addMembership(group, address);
    } catch {
      // an interface that just went away, or has no multicast
    }
  }
  socket.setMulticastTTL(255);
  // A printer on a cable announces itself on this PC, also when there is no network.
  if (networks.every(({ internal }) => internal)) socket.setMulticastInterface('127.0.0.1');
};

export const browseServices =
  (clock: Clock, { bind, ip = GROUP, port = PORT, multicast = true }: DnsSocketOptions = {}): BrowseServices =>
  async (type, forMs) => {
    // loaded only when a device search runs
    const [{ createSocket }, { default: library }] = await Promise.all([import('node:dgram'), import('dns-packet')]);
    return new Promise((resolve) => {
      const found = new Map<string, AnnouncedService>();
      const socket = createSocket({ type: 'udp4', reuseAddr: true });
      let over = false;
      const finish = (): void => {
        if (over) return;
        over = true;
        cancel();
        socket.close();
        resolve([...found.values()]);
      };
      const cancel = clock.after(forMs, finish);
      // Another program may keep the port to itself.
      socket.on('error', finish);
      socket.on('message', (packet, sender) => {
        for (const service of over ? [] : readPacket(library, packet, type, sender.address)) {
          // Somebody else may announce the same name: both are kept.
          const key = [service.name, service.host, service.port, service.addresses[0]].join(' ');
          if (!found.has(key) && found.size >= MAX_SERVICES) return finish();
          found.set(key, service);
        }
      });
      socket.bind(port, bind, () => {
        try {
          if (multicast) joinGroup(socket, ip);
        } catch {
          return finish(); // no network at all
        }
        const query = library.encode({ type: 'query', questions: [{ name: `_${type}._tcp.local`, type: 'PTR' }] });
        socket.send(query, port, ip, () => undefined); // without a network, nothing is found
      });
    });
  };

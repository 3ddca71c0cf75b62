/**
 * The networks of this machine. We never probe the internet: whether a site answers is for the browser to find out.
 */
import { BlockList, isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { Clock } from '../clock.ts';

/** Windows gives itself an IPv4 one when no DHCP server answers. */
const LINK_LOCAL = /^(?:fe80:|169\.254\.)/i;

/** True when an interface has an address that other machines could reach (neither loopback nor link-local). */
export const isOnNetwork = (read = networkInterfaces): boolean =>
  Object.values(read()).some((addresses) =>
    addresses?.some(({ internal, address }) => !internal && !LINK_LOCAL.test(address)),
  );

/** An address may change while the program runs. */
const READ_EVERY_MS = 5_000;
/** An IPv6 network is no smaller, even where DHCPv6 gives an interface one address alone (`/128`). */
const LONGEST_PREFIX = { IPv4: 32, IPv6: 64 } as const;

type Family = keyof typeof LONGEST_PREFIX;

const typeOf = (family: Family): 'ipv4' | 'ipv6' => (family === 'IPv6' ? 'ipv6' : 'ipv4');

/**
 * One list for each family: a list would compare an IPv4 address with the IPv6 networks too, and `::/64` has them all.
 */
type Networks = Readonly<Record<Family, BlockList>>;

const networksOf = (interfaces: ReturnType<typeof networkInterfaces>): Networks => {
  const networks = { IPv4: new BlockList(), IPv6: new BlockList() };
  for (const { address, family, cidr } of Object.values(interfaces).flatMap((addresses) => addresses ?? [])) {
    const prefix = Number(cidr?.split('/')[1] ?? LONGEST_PREFIX[family]);
    networks[family].addSubnet(address, Math.min(prefix, LONGEST_PREFIX[family]), typeOf(family));
  }
  return networks;
};

/**
 * Whether this machine has this address, or reaches it without a router. With IPv6 the computers, printers and routers
 * of a local network have public addresses, which nothing else tells from those of sites.
 */
export const neighbours = (clock: Clock, read = networkInterfaces): ((address: string) => boolean) => {
  let networks = networksOf({});
  let readMs = -Infinity;
  return (address) => {
    if (clock.monotonicMs() - readMs >= READ_EVERY_MS) {
      networks = networksOf(read());
      readMs = clock.monotonicMs();
    }
    const family = isIPv6(address) ? 'IPv6' : 'IPv4';
    return networks[family].check(address, typeOf(family));
  };
};

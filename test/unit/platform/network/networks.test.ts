import { expect, it } from 'vitest';
import { isOnNetwork, neighbours } from '../../../../main/platform/network/networks.ts';
import { createManualClock } from '../../../fakes/manual-clock.ts';

type Interfaces = Parameters<typeof neighbours>[1];
type Row = readonly [family: 'IPv4' | 'IPv6', cidr: string];

const interfaces = (...rows: readonly Row[]): NonNullable<Interfaces> => {
  const all = rows.map(([family, cidr]) => ({
    address: cidr.split('/')[0] ?? '',
    netmask: '',
    mac: '02:00:00:00:00:01',
    internal: false,
    ...(family === 'IPv6' ? { family, scopeid: 0 } : { family }),
    cidr,
  }));
  return () => ({ eth0: all.slice(0, 1), wlan0: all.slice(1), down: undefined });
};

const near = interfaces(
  ['IPv6', '::1/128'], // an IPv4 address, written as an IPv6 one, begins like it
  ['IPv4', '127.0.0.1/8'],
  ['IPv6', '2606:4700:1:2:a:b:c:d/64'],
  ['IPv6', '2606:4700:1:3::5/128'], // given by DHCPv6
  ['IPv6', '2606:4700:8::1/48'],
  ['IPv4', '203.0.114.7/29'],
  ['IPv4', '203.0.115.7/32'],
);

it.each([
  ['2606:4700:1:2:a:b:c:d', true],
  ['2606:4700:1:2::1', true],
  ['2606:4700:1:3::1', true],
  ['2606:4700:8:ffff::9', true],
  ['2606:4700:1:4::1', false],
  ['2606:4700:9::1', false],
  ['203.0.114.7', true],
  ['203.0.114.6', true],
  ['203.0.114.8', false],
  ['203.0.115.7', true],
  ['203.0.115.6', false],
  ['185.11.125.117', false],
])('%s is a neighbour: %s', (address, is) => {
  expect(neighbours(createManualClock(), near)(address)).toBe(is);
});

it('reads the interfaces again after some seconds, not at each request', async () => {
  const clock = createManualClock();
  let reads = 0;
  let now = near;
  const isNeighbour = neighbours(clock, () => {
    reads += 1;
    return now();
  });
  for (let i = 0; i < 100; i++) isNeighbour('2606:4700:1:2::1');
  expect(reads).toBe(1);
  now = interfaces(['IPv6', '2606:4700:5::1/64']);
  await clock.advance(5_000);
  expect([isNeighbour('2606:4700:1:2::1'), isNeighbour('2606:4700:5::2'), reads]).toEqual([false, true, 2]);
});

it('knows this machine, and no site', () => {
  const isNeighbour = neighbours(createManualClock());
  expect(['127.0.0.1', '185.11.125.117', '2606:4700::6810:84e5'].map(isNeighbour)).toEqual([true, false, false]);
});

it.each<readonly [on: boolean, rows: readonly Row[]]>([
  [true, [['IPv4', '192.168.1.10/24']]],
  [true, [['IPv6', '2001:db8::10/64']]],
  [
    true,
    [
      ['IPv6', 'fe80::10/64'],
      ['IPv4', '10.0.0.5/8'],
    ],
  ],
  [true, [['IPv4', '169.253.0.1/16']]],
  [false, []],
  [false, [['IPv6', 'fe80::10/64']]],
  [false, [['IPv4', '169.254.7.9/16']]], // no DHCP server answered
  [
    false,
    [
      ['IPv4', '169.254.7.9/16'],
      ['IPv6', 'fe80::10/64'],
    ],
  ],
])('is on a network: %s, with %j', (on, rows) => {
  expect(isOnNetwork(interfaces(...rows))).toBe(on);
});

it('is not on a network with the loopback only', () => {
  const loopback = interfaces(['IPv4', '127.0.0.1/8'])().eth0?.map((one) => ({ ...one, internal: true }));
  expect(isOnNetwork(() => ({ lo: loopback }))).toBe(false);
});

import { expect, it } from 'vitest';
import { neighbours } from '../../../main/platform/network.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

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

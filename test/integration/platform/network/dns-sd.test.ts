/** A search for devices while a neighbour announces far too many. */
import { createSocket } from 'node:dgram';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { systemClock } from '../../../../main/platform/clock.ts';
import { browseServices } from '../../../../main/platform/network/dns-sd.ts';

const [BIND, PORT] = ['127.0.0.4', 5398];
const TYPE = '_uscan._tcp.local';

const bytes = (...numbers: readonly number[]): Buffer =>
  Buffer.from(numbers.flatMap((number) => [number >> 8, number & 255]));
const nameOf = (name: string): Buffer =>
  Buffer.concat([
    ...name.split('.').flatMap((label) => [Buffer.from([label.length]), Buffer.from(label)]),
    Buffer.from([0]),
  ]);
const record = (name: string, type: number, data: Buffer): Buffer =>
  Buffer.concat([nameOf(name), bytes(type, 1, 0, 120, data.length), data]);

/** One response that announces `count` scanners: a PTR and an SRV record for each. */
const announcement = (from: number, count: number): Buffer =>
  Buffer.concat([
    bytes(0, 0x84_00, 0, 2 * count, 0, 0),
    ...Array.from({ length: count }, (_, i) => `faux ${from + i}.${TYPE}`).flatMap((name) => [
      record(TYPE, 12, nameOf(name)),
      record(name, 33, Buffer.concat([bytes(0, 0, 80), nameOf('h.local')])),
    ]),
  ]);

const search = async (packets: readonly Buffer[]): Promise<readonly string[]> => {
  const neighbour = createSocket('udp4');
  const found = browseServices(systemClock, { bind: BIND, ip: BIND, port: PORT, multicast: false })('uscan', 1_500);
  try {
    await wait(300);
    for (const packet of packets) neighbour.send(packet, PORT, BIND);
    return (await found).map(({ name }) => name);
  } finally {
    neighbour.close();
  }
};

/** Each of this many announcements has as many devices as a packet of multicast DNS may hold. */
const announcements = (count: number): readonly Buffer[] =>
  Array.from({ length: count }, (_, i) => announcement(i * 50, 50));

it('finds every device of a large site', async () => {
  expect(await search(announcements(4))).toHaveLength(200);
});

it('keeps no more than that, however many are announced', async () => {
  expect(await search(announcements(12))).toHaveLength(256);
});

/** As many pointers as a datagram holds, all to one long name in capitals that has no place. */
const hostile = (): Buffer => {
  const first = record(TYPE, 12, nameOf(`${'A'.repeat(63)}.${'B'.repeat(63)}.${'C'.repeat(63)}.${'D'.repeat(40)}`));
  const toFirst = Buffer.concat([bytes(0xc0_0c, 12, 1, 0, 120, 2), bytes(0xc0_00 + 12 + nameOf(TYPE).length + 10)]);
  const count = Math.floor((65_000 - 12 - first.length) / toFirst.length);
  return Buffer.concat([bytes(0, 0x84_00, 0, count + 1, 0, 0), first, Buffer.alloc(count * toFirst.length, toFirst)]);
};

it('is not held up by one packet of thousands of pointers', async () => {
  expect(await search([hostile(), announcement(0, 1)])).toEqual(['faux 0']);
});

it('finds nothing, and breaks nothing, when another program keeps the port to itself', async () => {
  const other = createSocket('udp4'); // without `reuseAddr`
  await new Promise<void>((resolve) => other.bind(PORT + 1, BIND, resolve));
  try {
    expect(await browseServices(systemClock, { bind: BIND, port: PORT + 1, multicast: false })('ipp', 500)).toEqual([]);
  } finally {
    other.close();
  }
});

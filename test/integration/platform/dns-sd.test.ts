/** A search for devices while a neighbour announces far too many. */
import { createSocket } from 'node:dgram';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { systemClock } from '../../../main/platform/clock.ts';
import { browseServices } from '../../../main/platform/dns-sd.ts';

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

it('finds every device of a large site', async () => {
  expect(await search([announcement(0, 100), announcement(100, 100)])).toHaveLength(200);
});

it('keeps no more than that, however many are announced', async () => {
  const names = await search(Array.from({ length: 6 }, (_, i) => announcement(i * 100, 100)));
  expect(names).toHaveLength(256);
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

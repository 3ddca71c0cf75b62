import dns, { type DnsRecord } from 'dns-packet';
import { describe, expect, it, vi } from 'vitest';
import { readPacket, servicesIn } from '../../../../main/platform/network/dns-sd.ts';

const TYPE = '_ipp._tcp.local';
const ttl = 120;
const pointer = (name: string): DnsRecord => ({ name: TYPE, type: 'PTR', ttl, data: `${name}.${TYPE}` });
const place = (name: string, target = 'hp.local', port = 631): DnsRecord => ({
  name: `${name}.${TYPE}`,
  type: 'SRV',
  ttl,
  data: { port, target },
});
const text = (name: string, ...pairs: readonly string[]): DnsRecord => ({
  name: `${name}.${TYPE}`,
  type: 'TXT',
  ttl,
  data: pairs.map((pair) => Buffer.from(pair)),
});
const address = (data: string, name = 'hp.local'): DnsRecord => ({ name, type: 'A', ttl, data });
const response = (answers: readonly DnsRecord[], additionals: readonly DnsRecord[] = []): Buffer =>
  dns.encode({ type: 'response', answers, additionals });
const read = (packet: Buffer) => readPacket(dns, packet, 'ipp', '10.0.0.9');

describe('a packet of announcements', () => {
  it('holds the name of a service, its place and its text', () => {
    const more = [place('HP v1.2 (étage)'), text('HP v1.2 (étage)', 'UUID=u-7', 'rp=ipp/print=x', 'bare', 'none=')];
    expect(read(response([pointer('HP v1.2 (étage)')], [...more, address('10.0.0.7')]))).toEqual([
      {
        name: 'HP v1.2 (étage)',
        host: 'hp.local',
        port: 631,
        addresses: ['10.0.0.7'],
        txt: { UUID: 'u-7', rp: 'ipp/print=x', bare: '', none: '' },
      },
    ]);
  });

  it('is believed about its sender when it gives no address', () => {
    expect(read(response([pointer('HP')], [place('HP')]))).toMatchObject([{ addresses: ['10.0.0.9'] }]);
  });

  it('names things in capitals or not', () => {
    const shouted: DnsRecord = {
      name: `hp.${TYPE}`.toUpperCase(),
      type: 'SRV',
      ttl,
      data: { port: 1, target: 'HP.local' },
    };
    expect(read(response([pointer('Hp'), shouted, address('10.0.0.7')]))).toMatchObject([
      { name: 'Hp', port: 1, addresses: ['10.0.0.7'] },
    ]);
  });

  it.each<readonly [string, Buffer]>([
    [
      'a service of another type',
      response([{ name: '_http._tcp.local', type: 'PTR', ttl, data: `HP.${TYPE}` }, place('HP')]),
    ],
    ['a service without a place', response([pointer('HP'), text('HP', 'UUID=u-7')])],
    ['a place that nothing points to', response([place('HP')])],
    ['a service that leaves', response([{ name: TYPE, type: 'PTR', ttl: 0, data: `HP.${TYPE}` }, place('HP')])],
    ['a pointer out of the type', response([{ name: TYPE, type: 'PTR', ttl, data: 'hp.local' }])],
    ['a question', dns.encode({ type: 'query', answers: [pointer('HP'), place('HP')] })],
    ['a cut packet', response([pointer('HP'), place('HP')]).subarray(0, -3)],
    ['no packet', Buffer.from('bonjour')],
  ])('holds nothing when it is %s', (_what, packet) => {
    expect(read(packet)).toEqual([]);
  });

  it('is not even decoded when it is longer than a packet of multicast DNS may be', () => {
    const long = Array.from({ length: 600 }, (_, at) => pointer(`HP ${at}`));
    const packet = response([pointer('HP'), place('HP'), ...long]);
    expect(packet.length).toBeGreaterThan(9000);
    const decode = vi.fn(dns.decode);
    expect(readPacket({ decode }, packet, 'ipp', '10.0.0.9')).toEqual([]);
    expect(decode).not.toHaveBeenCalled();
  });

  it('costs as many steps as it has records, not their square', () => {
    let steps = 0;
    const counted = <T extends object>(record: T): T =>
      new Proxy(record, {
        get: (target, key) => {
          steps += 1;
          return Reflect.get(target, key) as unknown;
        },
      });
    const names = Array.from({ length: 300 }, (_, at) => `${'H'.repeat(60)}${at}`);
    const records = [...names.map(pointer), ...names.map((name) => place(name))];
    const many = [...records, ...names.map((_, at) => address(`10.0.${at >> 8}.${at & 255}`))].map(counted);
    const services = servicesIn(many, 'ipp', '10.0.0.9');
    expect(services).toHaveLength(300);
    expect(services[299]?.addresses).toHaveLength(8);
    expect(steps).toBeLessThan(10 * many.length);
  });
});

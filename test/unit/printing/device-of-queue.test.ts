import { describe, expect, it } from 'vitest';
import { parseIppAddress } from '../../../main/devices/ipp/address.ts';
import { IppClient } from '../../../main/devices/ipp/client.ts';
import { deviceBehind, deviceOfQueue } from '../../../main/devices/ipp/device-of-queue.ts';
import { silentLogger } from '../../../main/log/logger.ts';
import type { BrowseServices } from '../../../main/platform/network/dns-sd.ts';
import type { Http } from '../../../main/platform/network/http.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { attribute } from '../../harness/printing/bad-network.ts';
import { OWNER } from '../../harness/printing/owner.ts';
import { memoryPins } from '../../fakes/memory-pins.ts';

const announced: BrowseServices = async (type) =>
  type === 'ipps'
    ? [
        {
          name: 'Canon TS5000',
          host: 'a.local',
          port: 631,
          addresses: ['10.0.0.7'],
          txt: { UUID: 'u-7', rp: 'ipp/print' },
        },
        { name: 'Accueil (2)', host: 'b.local', port: 631, addresses: ['10.0.0.8'], txt: { rp: 'ipp/print' } },
      ]
    : [];
const nobody: BrowseServices = async () => [];

describe('where a queue sends its jobs', () => {
  it.each([
    ['ipp://10.0.0.9/ipp/print', 'http://10.0.0.9:631/ipp/print'],
    ['ipps://imprimante.local:443/ipp/print?waitjob=false', 'https://imprimante.local/ipp/print'],
    ['ipp://localhost:60000/ipp/print', 'http://localhost:60000/ipp/print'],
    ['dnssd://Canon%20TS5000._ipps._tcp.local/?uuid=u-7', 'https://10.0.0.7:631/ipp/print'],
    ['dnssd://Autre%20nom._ipp._tcp.local/?uuid=u-7', 'https://10.0.0.7:631/ipp/print'],
    ['dnssd://Accueil%20(2)._ipp._tcp.local/', 'https://10.0.0.8:631/ipp/print'],
    // What `driverless` and cups-browsed set up names the service too.
    ['ipps://Accueil%20(2)._ipps._tcp.local/', 'https://10.0.0.8:631/ipp/print'],
    ['ipp://Accueil%20(2)._ipp._tcp.local:631/ipp/print', 'https://10.0.0.8:631/ipp/print'],
    // Anybody can announce that name, and the printer of that UUID may only be off.
    ['dnssd://Canon%20TS5000._ipps._tcp.local/?uuid=u-absent', undefined],
    ['dnssd://Canon%20TS5000._pdl-datastream._tcp.local/?uuid=u-7', undefined],
    ['dnssd://Absente._ipp._tcp.local/', undefined],
    ['dnssd://%E0%A4%A._ipp._tcp.local/', undefined],
    ['usb://HP/LaserJet%201020?serial=1', undefined],
    ['socket://10.0.0.9:9100', undefined],
    ['lpd://10.0.0.9/file', undefined],
    ['hp:/net/HP_LaserJet?ip=10.0.0.9', undefined],
    ['implicitclass://accueil/', undefined],
    ['ipp://agent:secret@10.0.0.9/ipp/print', undefined],
  ])('%s', async (uri, expected) => {
    expect((await deviceBehind(uri, announced))?.addresses[0]?.httpUrl).toBe(expected);
  });

  it('never mistakes the “localhost” of a print server for this PC', async () => {
    const asked: string[] = [];
    const http: Http = async ({ url }) => {
      asked.push(url);
      return { ok: false, error: { kind: 'refused' } };
    };
    const behind = (queue: string): Promise<IppClient | undefined> => {
      const address = parseIppAddress(queue);
      if (address === undefined) throw new Error(queue);
      const client = new IppClient({ http, pins: memoryPins(), logger: silentLogger, owner: OWNER }, address);
      const deps = { client, clock: createManualClock(), browse: nobody };
      return deviceOfQueue(deps, 'ipp://localhost:60000/ipp/print');
    };
    await behind('ipp://serveur.local/printers/etage');
    expect(asked).toEqual([]);
    await behind('ipp://127.0.0.1/printers/accueil');
    expect(asked).toEqual(['http://localhost:60000/ipp/print']);
  });

  it('is the printer whose certificate was first seen, whoever else announces its UUID', async () => {
    const certificates = new Map([
      ['10.0.0.66:631', 'b'.repeat(64)],
      ['10.0.0.7:631', 'a'.repeat(64)],
    ]);
    const answered: string[] = [];
    const http: Http = async ({ url, body, trust }) => {
      const { host } = new URL(url);
      const fingerprint = certificates.get(host);
      const wanted = trust?.sha256;
      if (url.startsWith('https:') && wanted !== undefined && wanted !== fingerprint)
        return { ok: false, error: { kind: 'certificate-changed' } };
      answered.push(url);
      const head = Buffer.from((body as readonly Uint8Array[])[0]!.subarray(0, 8));
      head.writeUInt16BE(0, 2);
      const reply = Buffer.concat([head, Buffer.from([4]), attribute(0x41, 'printer-info', 'x'), Buffer.from([3])]);
      const seen = url.startsWith('https:') && fingerprint !== undefined ? { fingerprint } : {};
      return { ok: true, value: { status: 200, headers: {}, body: reply, ...seen } };
    };
    const at = (address: string) => ({
      name: 'X',
      host: 'x.local',
      port: 631,
      addresses: [address],
      txt: { UUID: 'u-7' },
    });
    let services: Readonly<Record<string, readonly ReturnType<typeof at>[]>> = { ipps: [at('10.0.0.7')] };
    const pins = memoryPins();
    const queue = parseIppAddress('ipp://localhost/printers/accueil');
    if (queue === undefined) throw new Error('no queue');
    const behind = (): Promise<IppClient | undefined> =>
      deviceOfQueue(
        {
          client: new IppClient({ http, pins, logger: silentLogger, owner: OWNER }, queue),
          clock: createManualClock(),
          browse: async (type) => services[type] ?? [],
        },
        'dnssd://X._ipp._tcp.local/?uuid=u-7',
      );
    expect((await behind())?.address.host).toBe('10.0.0.7:631');
    services = { ipp: [at('10.0.0.66'), at('10.0.0.7')] };
    answered.length = 0;
    expect((await behind())?.address).toMatchObject({ host: '10.0.0.7:631', secure: true });
    expect(answered).toEqual(['https://10.0.0.7:631/ipp/print']);
    services = { ipps: [at('10.0.0.66')], ipp: [at('10.0.0.66')] };
    expect(await behind()).toBeUndefined();
  });
});

import { Bonjour } from 'bonjour-service';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parseIppAddress } from '../../../main/devices/ipp/address.ts';
import { IppClient } from '../../../main/devices/ipp/client.ts';
import { findCupsQueues, findNetworkPrinters } from '../../../main/devices/ipp/find-ipp-printers.ts';
import { openPrinter, type OpenPrinterDeps } from '../../../main/devices/open-printer.ts';
import { silentLogger } from '../../../main/log/logger.ts';
import { browseServices } from '../../../main/platform/network/dns-sd.ts';
import { systemClock } from '../../../main/platform/clock.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { systemHttp } from '../../../main/platform/network/http.ts';
import { run } from '../../../main/platform/run.ts';
import { missingForCups, startCups, type TestCups } from '../../harness/printing/cups.ts';
import { OWNER } from '../../harness/printing/owner.ts';
import {
  missingPrograms,
  startPrinterFixture,
  type PrinterFixture,
  type TestPrinter,
} from '../../harness/printing/printer-fixture.ts';
import { memoryPins } from '../../fakes/memory-pins.ts';

const missing = [...missingPrograms(), ...missingForCups()];
if (missing.length > 0) console.warn(`SKIPPED: finding printers, without ${missing.join(', ')}`);

describe.skipIf(missing.length > 0)('finding the printer', () => {
  let fixture: PrinterFixture;
  let cups: TestCups;
  let machine: TestPrinter;
  let deps: OpenPrinterDeps;
  /** The addresses that were asked, in order. */
  const requests: string[] = [];
  beforeAll(async () => {
    fixture = await startPrinterFixture();
    cups = await startCups(fixture.env);
    machine = await fixture.printer();
    deps = {
      clock: systemClock,
      logger: silentLogger,
      files: systemFiles,
      http: (request) => {
        requests.push(request.url);
        return systemHttp(request);
      },
      run,
      pins: memoryPins(),
      owner: OWNER,
      raster: { rgb: async () => new Uint8Array(), jpeg: async () => new Uint8Array() },
      browse: async () => [],
      cups: cups.uri,
      ownFolder: 'unused',
    };
  }, 60_000);
  afterAll(async () => {
    await cups.stop();
    await fixture.stop();
  });
  const added: string[] = [];
  const addQueue = async (name: string): Promise<void> => {
    await cups.addQueue(name, machine.uri);
    added.push(name);
  };
  afterEach(() => {
    for (const name of added.splice(0)) cups.run('lpadmin', '-x', name);
  });
  const address = (uri: string) => {
    const parsed = parseIppAddress(uri);
    if (parsed === undefined) throw new Error(uri);
    return parsed;
  };

  it('reports "no printer" while there is none, and finds a queue added later', async () => {
    // One that was found before would be called unreachable.
    const printer = openPrinter({ ...deps, pins: memoryPins() }, { kind: 'auto', uri: null });
    expect(await printer?.describe()).toMatchObject({ ok: false, error: { code: 'printer.none' } });
    await addQueue('accueil');
    expect(await printer?.describe()).toMatchObject({ ok: true, value: { countsPages: true } });
  });

  it('talks to the machine rather than its queue, and to the queue when the machine is unreachable', async () => {
    await addQueue('accueil');
    const printer = openPrinter(deps, { kind: 'auto', uri: null });
    expect(await printer?.describe()).toMatchObject({ ok: true, value: { model: expect.not.stringContaining('Raw') } });
    requests.length = 0;
    await printer?.status();
    expect(requests).toEqual([machine.uri.replace('ipp:', 'http:')]);
    await machine.powerOff();
    const again = openPrinter(deps, { kind: 'auto', uri: null });
    expect(await again?.describe()).toMatchObject({
      ok: true,
      value: { model: 'Local Raw Printer', countsPages: false },
    });
    await machine.powerOn();
  });

  it('prefers the default queue of CUPS', async () => {
    await addQueue('accueil');
    await addQueue('zebre');
    cups.run('lpadmin', '-d', 'zebre');
    const client = new IppClient(
      { http: systemHttp, pins: memoryPins(), logger: silentLogger, owner: OWNER },
      address(cups.uri),
    );
    const queues = await findCupsQueues(client);
    expect(queues.map(({ name, from }) => [name, from])).toEqual([
      ['zebre', 'cups-default'],
      ['accueil', 'cups'],
    ]);
    expect(queues[0]?.uri).toBe(`${cups.uri}/printers/zebre`);
  });

  it('leaves out the queues that cups-browsed makes of what is announced', async () => {
    await addQueue('voisin');
    cups.run('lpadmin', '-p', 'voisin', '-o', 'cups-browsed-default=true');
    const client = new IppClient(
      { http: systemHttp, pins: memoryPins(), logger: silentLogger, owner: OWNER },
      address(cups.uri),
    );
    expect((await findCupsQueues(client)).map(({ name }) => name)).not.toContain('voisin');
  });

  it('has no queue on a PC without CUPS', async () => {
    const client = new IppClient(
      { http: systemHttp, pins: memoryPins(), logger: silentLogger, owner: OWNER },
      address('ipp://127.0.0.1:9/'),
    );
    expect(await findCupsQueues(client)).toEqual([]);
  });

  it('finds a printer announced on the network', async () => {
    const port = machine.port;
    // The real protocol, unicast between two loopback addresses, so that no multicast leaves this PC.
    const between = (bind: string, ip: string) => ({ bind, ip, port: 5399, multicast: false });
    const announcer = new Bonjour(between('127.0.0.2', '127.0.0.3') as object);
    try {
      announcer.publish({
        name: `Essai ${port}`,
        type: 'ipp',
        port,
        host: 'localhost',
        txt: { rp: 'ipp/print', UUID: `u-${port}` },
        disableIPv6: true,
      });
      const found = await findNetworkPrinters(async (type, forMs) =>
        type === 'ipp' ? browseServices(systemClock, between('127.0.0.3', '127.0.0.2'))(type, forMs) : [],
      );
      const ours = found.find(({ name }) => name === `Essai ${port}`);
      expect(ours?.uri).toMatch(new RegExp(`^ipp://[\\d.]+:${port}/ipp/print$`));
    } finally {
      await new Promise<void>((resolve) => announcer.unpublishAll(() => resolve()));
      announcer.destroy();
    }
  });

  it('follows the configuration: an invalid address means no printer', async () => {
    const wrong = openPrinter(deps, { kind: 'ipp', uri: 'imprimante' });
    expect(await wrong?.status()).toMatchObject({ ok: false, error: { code: 'printer.none' } });
    const queue = openPrinter(deps, { kind: 'cups-lp', uri: '; rm -rf /' });
    expect(await queue?.status()).toMatchObject({ ok: false, error: { code: 'printer.none' } });
    const fixed = openPrinter(deps, { kind: 'ipp', uri: machine.uri });
    expect(await fixed?.status()).toMatchObject({ ok: true });
  });
});

/** A guest's only way out is our proxy, which judges each connection by the addresses that it leads to. */
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { decide } from '../../../main/features/browsing/journey-policy.ts';
import { silentLogger } from '../../../main/log/logger.ts';
import { systemClock } from '../../../main/platform/clock.ts';
import { systemElectronShell } from '../../../main/shell/electron/system-electron.ts';
import { createFakeElectron } from '../../fakes/electron/fake-electron.ts';
import { openKiosk, openVisit, policy, type FakeKiosk, type FakeVisit } from './fake-kiosk.ts';

let kiosk: FakeKiosk;
let visit: FakeVisit;
beforeEach(async () => {
  kiosk = await openKiosk();
  visit = await openVisit(kiosk);
});

describe('the way out of a guest', () => {
  it.each([
    'https://caf.test/',
    'http://caf.test/',
    'wss://caf.test/',
    'https://127.0.0.1:631/',
    'https://localhost/',
    'ws://[::1]:8080/',
    'http://169.254.169.254/latest/meta-data/',
  ])('is our own proxy for %s', (url) => {
    expect(visit.session.routeOf(url)).toBe(`http://127.0.0.1:${kiosk.egresses[0]?.port}`);
  });

  it('is there before anything is loaded', async () => {
    const routes: (string | undefined)[] = [];
    kiosk.fake.onContents = (contents, partition) => {
      contents.load = async () => void routes.push(kiosk.fake.sessions.get(partition)?.routeOf('https://caf.test/'));
    };
    await openVisit(kiosk);
    expect(routes).toEqual([`http://127.0.0.1:${kiosk.egresses[1]?.port}`]);
  });

  it('refuses everything until the guest is assigned, and then follows that journey’s policy', async () => {
    await kiosk.shell.warmUp();
    const warm = kiosk.egresses[1];
    expect(warm?.opened).toEqual([]);
    await openVisit(kiosk);
    expect(kiosk.egresses).toHaveLength(2);
    expect(warm?.opened).toEqual([policy]);
  });

  it('is closed with the guest, and with one that could not be armed', async () => {
    await visit.guest.close();
    expect(kiosk.egresses[0]?.stopped).toBe(true);
    kiosk.fake.onContents = (contents) => void (contents.load = () => Promise.reject(new Error('no renderer')));
    await expect(openVisit(kiosk)).rejects.toThrow('no renderer');
    expect(kiosk.egresses[1]?.stopped).toBe(true);
  });

  it('reports why a connection failed: the browser only knows that it did', () => {
    kiosk.egresses[0]?.faults.set('caf.test', 'name-not-found');
    const { debugger: cdp } = visit.page;
    const request = { url: 'https://caf.test/' };
    cdp.tell('Network.requestWillBeSent', { requestId: 'r', type: 'Document', frameId: 'main-frame', request });
    cdp.tell('Network.loadingFailed', { requestId: 'r', errorText: 'net::ERR_TUNNEL_CONNECTION_FAILED' });
    expect(visit.events).toEqual([{ kind: 'load-failed', url: 'https://caf.test/', fault: 'name-not-found' }]);
  });
});

it('leaves Chromium no resolver: only the way out resolves names', () => {
  expect(kiosk.fake.app.hostResolver).toEqual({
    secureDnsMode: 'secure',
    secureDnsServers: ['https://127.0.0.1:9/dns-query'],
  });
});

it('does not use QUIC, which our proxy cannot carry', () => {
  expect([...kiosk.fake.app.switches.keys()]).toContain('disable-quic');
});

it('gives each guest a way out of its own', async () => {
  await openVisit(kiosk);
  expect(new Set(kiosk.egresses.map(({ port }) => port)).size).toBe(2);
});

describe('the way out of a guest on this machine', () => {
  const tunnelTo = (port: number, to: string): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1');
      let response = '';
      socket.on('error', () => undefined);
      socket.on('data', (chunk: Buffer) => void (response += chunk.toString('latin1')));
      socket.on('close', () => resolve(response.split('\r\n', 1)[0] ?? ''));
      socket.write(`CONNECT ${to} HTTP/1.1\r\nhost: ${to}\r\n\r\n`);
    });

  it('opens no tunnel to the machine, its network or their names, and none at all after the guest', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pn-way-out-'));
    const fake = createFakeElectron();
    fake.app.becomeReady();
    const shell = systemElectronShell(fake.api)({ clock: systemClock, logger: silentLogger, folder });
    const quiet = { serve: async () => undefined, onMessage() {}, onReady() {}, onClosed() {} };
    await shell.openKioskView({ ...quiet, window: { width: 800, height: 600 } });
    const journey = { domains: ['exemple.test', 'localhost'], localHosts: [], frames: [] };
    const guest = await shell.openGuest({
      policy: { decide: (request) => decide(request, journey) },
      on: () => undefined,
    });
    const port = Number(new URL(fake.sessions.get(guest.id)?.routeOf('https://exemple.test/') ?? '').port);
    for (const to of ['127.0.0.1:631', '192.168.1.1:443', '169.254.169.254:80', '[::1]:8080', 'localhost:443'])
      expect(await tunnelTo(port, to)).toContain(' 403 ');
    await guest.close();
    expect(await tunnelTo(port, '127.0.0.1:631')).toBe('');
    await shell.close();
    rmSync(folder, { recursive: true, force: true });
  });
});

/**
 * Neither browser makes network requests on its own. Every host name resolves to a local server that records the calls.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentLogger } from '../../../main/log/logger.ts';
import { systemClock } from '../../../main/platform/clock.ts';
import { openDisplay, type Display } from '../../../main/npm-scripts/display.ts';
import { createSystemChromiumShell } from '../../../main/shell/chromium/system-chromium.ts';
import type { Shell } from '../../../main/shell/port.ts';
import { until } from '../../harness/until.ts';

/** Chromium makes its own requests in its first seconds. */
const LISTEN_MS = 12_000;
const NAME = /[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|net|org|test)\b/;

let display: Display;
let ears: Server;
let shell: Shell;
let folder: string;
const called: string[] = [];

beforeAll(async () => {
  display = await openDisplay({ existing: undefined, size: '1280x800' });
  process.env['DISPLAY'] = display.name;
  ears = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (hello: Buffer) => {
      called.push(NAME.exec(hello.toString('latin1'))?.[0] ?? 'somebody');
      socket.destroy();
    });
  }).listen(0, '127.0.0.1');
  await until('the ears', () => ears.listening);
  folder = mkdtempSync('/dev/shm/pns-');
  chmodSync(folder, 0o777);
  shell = createSystemChromiumShell({
    clock: systemClock,
    logger: silentLogger,
    folder,
    hostRules: `MAP * 127.0.0.1:${(ears.address() as AddressInfo).port}`,
  });
});
afterAll(async () => {
  await shell?.close();
  ears?.close();
  await display?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('makes no network request on its own', async () => {
  await shell.openKioskView({
    serve: async () => ({ type: 'text/html', body: Buffer.from('<!doctype html><title>x</title>') }),
    onMessage: () => undefined,
    onReady: () => undefined,
    onClosed: () => undefined,
  });
  const guest = await shell.openGuest({
    on: () => undefined,
    policy: { decide: () => ({ allow: true }) },
  });
  await new Promise((resolve) => setTimeout(resolve, LISTEN_MS));
  expect(called).toEqual([]);
  // Check that the server would have recorded a request.
  void guest.navigate('https://ailleurs.test/').catch(() => undefined);
  await until('the one whom a person calls', () => called.includes('ailleurs.test'), 20_000);
});

import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { openConnectProxy, type SilenceLimits } from '../../../../main/platform/network/connect-proxy.ts';

const opened: (() => unknown)[] = [];
afterEach(() => {
  for (const close of opened.splice(0)) close();
});

const NEVER_MS = 60_000;
const MORE_THAN_SYSTEMS_HOLD = 64 * 1024 * 1024;

/** A browser's end of a tunnel to a site that does `serve`. The browser can close its sending half alone. */
const openTunnel = async (serve: (site: Socket) => unknown, silence: Partial<SilenceLimits>): Promise<Socket> => {
  const site = createServer({ allowHalfOpen: true }, (socket) => {
    opened.push(() => socket.destroy());
    socket.on('error', () => undefined);
    serve(socket);
  });
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  const proxy = await openConnectProxy(
    {
      route: async () => ({ addresses: ['127.0.0.1'], port: (site.address() as AddressInfo).port }),
      mayUse: async () => true,
      onFailure: () => undefined,
      onConnected: () => undefined,
    },
    { leftMs: NEVER_MS, stuckMs: NEVER_MS, ...silence },
  );
  const browser = connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true });
  browser.on('error', () => undefined);
  opened.push(
    () => browser.destroy(),
    () => proxy.stop(),
    () => site.close(),
  );
  browser.write('CONNECT site.test:443 HTTP/1.1\r\nhost: site.test:443\r\n\r\n');
  const [answer] = (await once(browser, 'data')) as [Buffer];
  expect(answer.toString('latin1')).toMatch(/ 200 /);
  return browser;
};

it('ends a tunnel whose browser has closed, when the site keeps silent', async () => {
  const browser = await openTunnel((site) => site.resume(), { leftMs: 100 });
  browser.end();
  await once(browser, 'end');
});

it('passes on what the site still sends after the browser has closed its half', async () => {
  const browser = await openTunnel(
    async (site) => {
      site.resume();
      await once(site, 'end');
      for (let piece = 0; piece < 6; piece++) {
        await wait(100);
        site.write(String(piece));
      }
      site.end();
    },
    { leftMs: 300 },
  );
  let heard = '';
  browser.on('data', (piece: Buffer) => void (heard += piece.toString('latin1')));
  browser.end();
  await once(browser, 'end');
  expect(heard).toBe('012345');
});

it('ends a tunnel whose site takes nothing of what waits for it', async () => {
  const browser = await openTunnel((site) => site.pause(), { stuckMs: 200 });
  const closed = new Promise<void>((resolve) => browser.once('close', () => resolve()));
  browser.resume().write(Buffer.alloc(MORE_THAN_SYSTEMS_HOLD));
  await closed;
});

it('keeps a tunnel that is idle', async () => {
  const browser = await openTunnel((site) => site.pipe(site), { leftMs: 50, stuckMs: 50 });
  await wait(300);
  browser.write('hello');
  const [answer] = (await once(browser, 'data')) as [Buffer];
  expect(answer.toString('latin1')).toBe('hello');
});

import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { openConnectProxy } from '../../../../main/platform/network/connect-proxy.ts';

const READS_AFTER_MS = 150;

interface Passed {
  /** How many bytes reached the browser. */
  readonly bytes: number;
  /** Whether the site had closed before the browser read on. */
  readonly hadClosed: boolean;
}

/** A site sends that many bytes and closes, to a browser that does not read for a moment. */
const pass = async (length: number): Promise<Passed> => {
  let siteClosed = false;
  const site = createServer((socket) => {
    socket.on('error', () => undefined).on('close', () => (siteClosed = true));
    socket.end(Buffer.alloc(length, 1));
  });
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  const proxy = await openConnectProxy({
    route: async () => ({ addresses: ['127.0.0.1'], port: (site.address() as AddressInfo).port }),
    mayUse: async () => true,
    onFailure: () => undefined,
    onConnected: () => undefined,
  });
  let heard = '';
  let bytes = 0;
  try {
    const browser = connect(proxy.port, '127.0.0.1').on('error', () => undefined);
    const closed = once(browser, 'close');
    browser.write('CONNECT site.test:443 HTTP/1.1\r\nhost: site.test:443\r\n\r\n');
    await new Promise<void>((resolve) =>
      browser.once('data', (piece: Buffer) => {
        browser.pause();
        heard = piece.toString('latin1');
        resolve();
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, READS_AFTER_MS));
    const hadClosed = siteClosed;
    browser.on('data', (piece: Buffer) => void (bytes += piece.length)).resume();
    await closed;
    return { bytes: bytes + heard.length - (heard.indexOf('\r\n\r\n') + 4), hadClosed };
  } finally {
    proxy.stop();
    site.close();
  }
};

const STEP = 8_192;

it('passes on all that a site sent before it closed, to a browser that is slow to read', async () => {
  // The system's buffers hold some megabytes. What just exceeds them waits in the proxy when the site has closed: the
  // most that a site can send before it closes is searched for, and then a little less of it at a time.
  let [fits, tooMuch] = [1, 4_096];
  while (tooMuch - fits > 1) {
    const middle = Math.floor((fits + tooMuch) / 2);
    if ((await pass(middle * STEP)).hadClosed) fits = middle;
    else tooMuch = middle;
  }
  const lengths = Array.from({ length: 8 }, (_, less) => (fits - less) * STEP);
  const passed: number[] = [];
  for (const length of lengths) passed.push((await pass(length)).bytes);
  expect(passed).toEqual(lengths);
});

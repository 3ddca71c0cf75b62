import { X509Certificate } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { openConnectProxy, type ConnectProxy } from '../../../../main/platform/network/connect-proxy.ts';

const certificate = async (cA: boolean): Promise<Buffer> => {
  const made = await generate([{ name: 'commonName', value: 'une-autorite.test' }], {
    keyType: 'ec',
    extensions: [{ name: 'basicConstraints', cA }],
  });
  return new X509Certificate(made.cert).raw;
};

let authority: Buffer;
let nobody: Buffer;
beforeAll(async () => {
  [authority, nobody] = await Promise.all([certificate(true), certificate(false)]);
});

let server: Server | undefined;
let proxy: ConnectProxy | undefined;
let asked: IncomingMessage[] = [];
afterEach(() => {
  proxy?.stop();
  server?.close();
  asked = [];
});

/** What a browser behind the proxy gets for `request`, when the host of its URL answers with `serve`. */
const ask = async (request: string, serve: (response: ServerResponse) => unknown): Promise<Buffer> => {
  const listening = (server = createServer((incoming, response) => {
    asked.push(incoming);
    serve(response);
  }));
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  proxy = await openConnectProxy({
    route: async (host, port) =>
      host === 'une-autorite.test' && port === 80
        ? { addresses: ['127.0.0.1'], port: (listening.address() as AddressInfo).port }
        : undefined,
    mayUse: async () => true,
    onFailure: () => undefined,
    onConnected: () => undefined,
  });
  const browser = connect(proxy.port, '127.0.0.1');
  browser.on('error', () => undefined);
  const pieces: Buffer[] = [];
  browser.on('data', (piece: Buffer) => pieces.push(piece));
  browser.write(request);
  await new Promise<void>((resolve) => browser.once('close', () => resolve()));
  return Buffer.concat(pieces);
};

const get = (url: string, ...headers: string[]): string =>
  [`GET ${url} HTTP/1.1`, 'host: une-autorite.test', ...headers, '', ''].join('\r\n');
const URL_IN_CERTIFICATE = 'http://une-autorite.test/ac.der?v=1';

it('fetches the certificate that a site forgot to send', async () => {
  const answer = await ask(get(URL_IN_CERTIFICATE, 'user-agent: a browser'), (response) => response.end(authority));
  expect(answer.toString('latin1')).toMatch(/^HTTP\/1\.1 200 /);
  expect(answer.subarray(-authority.length).equals(authority)).toBe(true);
  expect(asked.map(({ url, headers }) => [url, headers.host, headers['user-agent']])).toEqual([
    ['/ac.der?v=1', 'une-autorite.test', undefined],
  ]);
});

it.each<readonly [string, (response: ServerResponse) => unknown]>([
  ['a page', (response) => response.end('<title>Gagné</title>')],
  ['a certificate that may sign no other', (response) => response.end(nobody)],
  ['a certificate with an error', (response) => response.writeHead(404).end(authority)],
  ['a redirect', (response) => response.writeHead(302, { location: URL_IN_CERTIFICATE }).end()],
  ['more than a certificate', (response) => response.end(Buffer.concat([authority, Buffer.alloc(70_000)]))],
  ['nothing', (response) => response.destroy()],
])('passes on nothing of %s', async (_what, serve) => {
  expect((await ask(get(URL_IN_CERTIFICATE), serve)).toString('latin1')).toBe('');
  expect(asked).toHaveLength(1);
});

it.each([
  ['with a cookie', get(URL_IN_CERTIFICATE, 'cookie: a=1')],
  ['from a page', get(URL_IN_CERTIFICATE, 'referer: https://un.exemple.test/')],
  ['from a script', get(URL_IN_CERTIFICATE, 'origin: https://un.exemple.test')],
  ['with a body', get(URL_IN_CERTIFICATE, 'content-length: 1') + 'a'],
  ['that sends', get(URL_IN_CERTIFICATE).replace('GET', 'POST')],
  ['to another port', get('http://une-autorite.test:8080/ac.der')],
  ['with a password', get('http://un:deux@une-autorite.test/ac.der')],
  ['over another scheme', get('ftp://une-autorite.test/ac.der')],
  ['to the proxy itself', get('/ac.der')],
  ['to a host that is refused', get('http://un-voisin.test/ac.der')],
])('asks nobody for a request %s', async (_what, request) => {
  expect((await ask(request, (response) => response.end(authority))).toString('latin1')).toBe('');
  expect(asked).toEqual([]);
});

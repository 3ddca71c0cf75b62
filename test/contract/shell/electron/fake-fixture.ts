/**
 * Replaces `../fixture.ts` for the suite on the recording fake: the whole Electron adapter on the demonstration sites.
 * The fake calls the session's handlers in Electron's order (request, certificate, response) and talks to the real
 * server in between, through the session's proxy. Its pages run no script.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { request as ask } from 'node:http';
import { request } from 'node:https';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type DetailedPeerCertificate } from 'node:tls';
import { silentLogger } from '../../../../main/log/logger.ts';
import { systemClock } from '../../../../main/platform/clock.ts';
import { keyHash } from '../../../../main/platform/network/tls-keys.ts';
import { prepareApp } from '../../../../main/shell/electron/prepare-app.ts';
import { systemElectronShell } from '../../../../main/shell/electron/system-electron.ts';
import type { FakeContents } from '../../../fakes/electron/fake-contents.ts';
import { createFakeElectron } from '../../../fakes/electron/fake-electron.ts';
import type { FakeSession } from '../../../fakes/electron/fake-session.ts';
import { startSites } from '../../../fixtures/sites/serve.ts';
import type { ShellFixture } from '../fixture.ts';

export type { ShellFixture } from '../fixture.ts';

export const shellName: string = 'Electron, faked';

const pem = ({ raw }: DetailedPeerCertificate): string =>
  `-----BEGIN CERTIFICATE-----\n${raw.toString('base64')}\n-----END CERTIFICATE-----\n`;

interface Fetched {
  readonly status: number;
  readonly type: string;
  readonly cookies: readonly string[];
}

/** Chromium's only error for a proxy that opened no tunnel. */
const tunnel = (proxy: string, { hostname }: URL): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const { hostname: host, port } = new URL(proxy);
    const asked = ask({ host, port, method: 'CONNECT', path: `${hostname}:443`, agent: false });
    asked.once('error', () => reject(new Error('net::ERR_PROXY_CONNECTION_FAILED')));
    asked.once('connect', ({ statusCode }, socket) => {
      if (statusCode === 200) resolve(socket as Socket);
      else reject(new Error('net::ERR_TUNNEL_CONNECTION_FAILED'));
    });
    asked.end();
  });

/**
 * A key trusted by the switch is accepted before the session is asked: Chromium wraps the verifier in
 * `IgnoreErrorsCertVerifier`, outside Electron's own
 * (`network_service_allow_remote_certificate_verification_logic.patch`).
 */
const verdictOf = async (session: FakeSession, hostname: string, data: string, trusted: string): Promise<string> => {
  if (keyHash(data) === trusted) return 'right';
  // No certificate authority vouches for it.
  return (await session.certificateVerdict(hostname, { data })) === 0 ? 'right' : 'wrong';
};

/** Sends nothing until the session has seen the host's certificate. */
const fetchFrom = async (url: URL, session: FakeSession, trusted: string): Promise<Fetched> => {
  const proxy = session.routeOf(url.href);
  // The demonstration's host names resolve only through the proxy that maps them.
  if (proxy === undefined) throw new Error('net::ERR_NAME_NOT_RESOLVED');
  const socket = connect({ socket: await tunnel(proxy, url), servername: url.hostname, rejectUnauthorized: false });
  return new Promise((resolve, reject) => {
    const headers = {
      host: url.host,
      'user-agent': session.userAgent,
      cookie: session.cookieList.map(({ name, value }) => `${name}=${value}`).join('; '),
    };
    const path = `${url.pathname}${url.search}`;
    const asked = request({ path, headers, createConnection: () => socket });
    asked.once('error', reject);
    asked.once('response', (response) => {
      response.resume();
      const { 'content-type': type = '', 'set-cookie': cookies = [] } = response.headers;
      resolve({ status: response.statusCode ?? 0, type, cookies });
    });
    socket.once('secureConnect', () => {
      const data = pem(socket.getPeerCertificate(true));
      void verdictOf(session, url.hostname, data, trusted).then((verdict) => {
        if (verdict === 'wrong') asked.destroy(new Error('net::ERR_CERT_AUTHORITY_INVALID'));
        else asked.end();
      });
    });
  });
};

const browse = async (contents: FakeContents, session: FakeSession, url: string, trusted: string): Promise<void> => {
  if (!url.startsWith('https:')) return;
  const { debugger: cdp } = contents;
  const id = `request-${contents.loads.length}`;
  const request_ = { url };
  cdp.tell('Network.requestWillBeSent', { requestId: id, type: 'Document', frameId: 'main-frame', request: request_ });
  const fails = (errorText: string): never => {
    cdp.tell('Network.loadingFailed', { requestId: id, errorText });
    throw new Error(errorText);
  };
  if (!(await session.request(url))) return fails('net::ERR_BLOCKED_BY_CLIENT');
  const fetched = await fetchFrom(new URL(url), session, trusted).catch((error: unknown) =>
    fails(error instanceof Error ? error.message : String(error)),
  );
  for (const cookie of fetched.cookies) {
    const [name = '', value = ''] = cookie.split(';', 1)[0]?.split('=') ?? [];
    session.cookieList = [...session.cookieList, { name, value, sameSite: 'lax' }];
  }
  if ((await session.answer({ url, type: fetched.type, status: fetched.status }, contents)) !== 'page') return;
  cdp.tell('Network.responseReceived', { requestId: id, response: { url, status: fetched.status } });
  cdp.tell('Page.frameNavigated', { frame: { id: 'main-frame', loaderId: id, url } });
  cdp.answers.set('Runtime.evaluate', async () => ({ result: { value: false } }));
  cdp.tell('Page.domContentEventFired', {});
  contents.fire('did-navigate', {}, url, fetched.status, 'OK');
};

export const openFixture = async (): Promise<ShellFixture> => {
  const sites = await startSites();
  const folder = mkdtempSync(join(tmpdir(), 'pns-'));
  const fake = createFakeElectron();
  fake.onContents = (contents, partition) => {
    contents.load = (url) => {
      const session = fake.sessions.get(partition);
      return session === undefined ? Promise.resolve() : browse(contents, session, url, sites.spki);
    };
  };
  prepareApp(fake.api, { trustedSpki: sites.spki });
  fake.app.becomeReady();
  const shell = systemElectronShell(fake.api)({
    clock: systemClock,
    logger: silentLogger,
    folder,
    hostRules: `MAP *.test 127.0.0.1:${sites.port}`,
  });
  return {
    shell,
    sites,
    folder,
    async close() {
      await shell.close();
      await sites.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

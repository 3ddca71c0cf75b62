/**
 * Takes the place of `../stage.ts` for the suite on the recording fake: Electron's adapter whole, on the demonstration sites. The fake asks
 * the session's handlers in Electron's order (request, key of the host, answer) and speaks to the real server in between; its pages run no
 * script.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';
import { silentLogger } from '../../../../main/log/logger.ts';
import { systemClock } from '../../../../main/platform/clock.ts';
import { prepareApp } from '../../../../main/shell/electron/prepare-app.ts';
import { systemElectronShell } from '../../../../main/shell/electron/system-electron.ts';
import type { FakeContents } from '../../../fakes/electron/fake-contents.ts';
import { createFakeElectron } from '../../../fakes/electron/fake-electron.ts';
import type { FakeSession } from '../../../fakes/electron/fake-session.ts';
import { startSites, type Sites } from '../../../fixtures/sites/serve.ts';
import type { Stage } from '../stage.ts';

export type { Stage } from '../stage.ts';

export const stageName: string = 'Electron, faked';

const REFUSED = -202;
const pem = ({ raw }: DetailedPeerCertificate): string =>
  `-----BEGIN CERTIFICATE-----\n${raw.toString('base64')}\n-----END CERTIFICATE-----\n`;

interface Fetched {
  readonly status: number;
  readonly type: string;
  readonly cookies: readonly string[];
}

/** Nothing is sent before the key of the host was shown to the session. */
const fetchFrom = (url: URL, session: FakeSession, sites: Pick<Sites, 'port'>): Promise<Fetched> =>
  new Promise((resolve, reject) => {
    const headers = {
      host: url.host,
      'user-agent': session.userAgent,
      cookie: session.cookieList.map(({ name, value }) => `${name}=${value}`).join('; '),
    };
    const asked = request({
      host: '127.0.0.1',
      port: sites.port,
      path: `${url.pathname}${url.search}`,
      servername: url.hostname,
      headers,
      rejectUnauthorized: false,
      agent: false,
    });
    asked.once('error', reject);
    asked.once('response', (response) => {
      response.resume();
      const { 'content-type': type = '', 'set-cookie': cookies = [] } = response.headers;
      resolve({ status: response.statusCode ?? 0, type, cookies });
    });
    asked.once('socket', (socket) =>
      socket.once('secureConnect', () => {
        const data = pem((socket as TLSSocket).getPeerCertificate(true));
        void session.certificateVerdict(url.hostname, { data }).then((verdict) => {
          if (verdict === REFUSED) asked.destroy(new Error('net::ERR_CERT_AUTHORITY_INVALID'));
          else asked.end();
        });
      }),
    );
  });

const browse = async (contents: FakeContents, session: FakeSession, url: string, sites: Sites): Promise<void> => {
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
  const fetched = await fetchFrom(new URL(url), session, sites).catch((error: unknown) =>
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

export const openStage = async (): Promise<Stage> => {
  const sites = await startSites();
  const folder = mkdtempSync(join(tmpdir(), 'pns-'));
  const fake = createFakeElectron();
  fake.onContents = (contents, partition) => {
    contents.load = (url) => {
      const session = fake.sessions.get(partition);
      return session === undefined ? Promise.resolve() : browse(contents, session, url, sites);
    };
  };
  prepareApp(fake.api, {});
  const shell = systemElectronShell(fake.api)({ clock: systemClock, logger: silentLogger, folder });
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

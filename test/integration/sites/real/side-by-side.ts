/** Loads one page in the guest and in plain Chromium, and collects the signals that each reports. */
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { silentLogger } from '../../../../main/log/logger.ts';
import { systemClock } from '../../../../main/platform/clock.ts';
import { openDisplay } from '../../../../main/npm-scripts/display.ts';
import { createSystemChromiumShell } from '../../../../main/shell/chromium/system-chromium.ts';
import { makeCertificate } from '../../../fixtures/sites/certificate.ts';
import { openPlainChromium } from './plain-chromium.ts';
import { UNDER_POLICIES } from '../../../harness/under-policies.ts';

const HOST = 'signaux-exemple.test';
/** Of a frame of another site. */
const OTHER = 'cadre-exemple.test';
const ANSWERS_WITHIN_MS = 30_000;

export type Table = Readonly<Record<string, string>>;

export interface SideBySide {
  /** In the guest, as an installed kiosk shows it. */
  guest(): Promise<Table>;
  /** In the browser as its package installs it, with no debugger attached. */
  plain(): Promise<Table>;
  stop(): Promise<void>;
}

export const openSideBySide = async (script: string): Promise<SideBySide> => {
  const folder = mkdtempSync(join(tmpdir(), 'pn-beside-'));
  chmodSync(folder, 0o777);
  const bundle = join(folder, 'page.js');
  await build({ entryPoints: [script], bundle: true, format: 'iife', target: 'esnext', outfile: bundle });
  const code = readFileSync(bundle, 'utf8');
  const { key, cert, spki } = await makeCertificate([HOST, OTHER]);
  let answered: PromiseWithResolvers<{ headers: Table; table: Table }> = Promise.withResolvers();
  let headers: Table = {};
  const server: Server = createServer({ key, cert }, (request, response) => {
    if (request.method === 'POST') {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        response.end();
        answered.resolve({ headers, table: JSON.parse(body) as Table });
      });
    } else if (request.url === '/page.js') {
      response.setHeader('content-type', 'text/javascript').end(code);
    } else {
      // A frame asks for another path.
      if (request.url === '/')
        headers = Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [`header ${name}`, String(value)]),
        );
      response
        .setHeader('content-type', 'text/html; charset=utf-8')
        .end(
          `<!doctype html><html lang="fr"><title>Signaux</title><link rel="icon" href="data:,"><body data-other="https://${OTHER}"><script src="/page.js"></script>`,
        );
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const rules = `MAP *.test 127.0.0.1:${(server.address() as AddressInfo).port}`;
  const display = await openDisplay({ existing: undefined, size: '1280x800' });
  process.env['DISPLAY'] = display.name;

  const heard = async (): Promise<Table> => {
    const timer = setTimeout(() => answered.reject(new Error('the page said nothing')), ANSWERS_WITHIN_MS);
    const { table, headers: sent } = await answered.promise;
    clearTimeout(timer);
    return { ...sent, ...table };
  };

  return {
    async guest() {
      answered = Promise.withResolvers();
      const shell = createSystemChromiumShell({
        clock: systemClock,
        logger: silentLogger,
        folder,
        hostRules: rules,
        trustedSpki: spki,
        ...UNDER_POLICIES,
      });
      try {
        const guest = await shell.openGuest({
          on: () => undefined,
          policy: { decide: () => ({ allow: true }) },
        });
        await guest.show({ x: 0, y: 96, width: 1280, height: 704 });
        await guest.navigate(`https://${HOST}/`);
        return await heard();
      } finally {
        await shell.close();
      }
    },
    async plain() {
      answered = Promise.withResolvers();
      const stop = openPlainChromium({ folder, rules, spki, address: `https://${HOST}/` });
      try {
        return await heard();
      } finally {
        await stop();
      }
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await display.stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
    },
  };
};

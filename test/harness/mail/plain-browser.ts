/** The distribution's Chromium, headless, for tests that use a site outside the kiosk. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';
import { killGroup } from '../../../main/platform/processes.ts';
import { findChromium } from '../../../main/shell/chromium/system-chromium.ts';
import type { Sites } from '../../fixtures/sites/serve.ts';
import { ownAccount } from './own-account.ts';

export interface PlainBrowser {
  /** A new browser context, without the cookies of earlier ones. */
  person(): Promise<BrowserContext>;
  stop(): Promise<void>;
}

const STARTS_WITHIN_MS = 30_000;

export const startPlainBrowser = async (sites: Pick<Sites, 'port' | 'spki'>): Promise<PlainBrowser> => {
  const account = ownAccount();
  const home = mkdtempSync(join(tmpdir(), 'pn-plain-'));
  // Both this process and the browser must be able to write here, whatever their accounts.
  const downloads = join(home, 'downloads');
  mkdirSync(downloads);
  chmodSync(downloads, 0o777);
  if (account.ids) chownSync(home, account.ids.uid, account.ids.gid);
  const [program = '', ...args] = [
    ...account.command,
    findChromium() ?? 'chromium',
    '--headless=new',
    '--remote-debugging-port=0',
    `--user-data-dir=${home}`,
    '--no-first-run',
    `--host-resolver-rules=MAP *.test 127.0.0.1:${sites.port}`,
    `--ignore-certificate-errors-spki-list=${sites.spki}`,
    'about:blank',
  ];
  const child = spawn(program, args, {
    env: { ...process.env, HOME: home },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const gone = once(child, 'exit');
  const end = async (): Promise<void> => {
    if (child.pid !== undefined) killGroup(child.pid, 'SIGKILL');
    await gone;
    rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  };
  try {
    const endpoint = await new Promise<string>((found, failed) => {
      let said = '';
      const timer = setTimeout(() => failed(new Error(`chromium did not start: ${said}`)), STARTS_WITHIN_MS);
      child.stderr.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
        if (address === undefined) return;
        clearTimeout(timer);
        found(address);
      });
      child.once('exit', () => failed(new Error(`chromium did not start: ${said}`)));
    });
    const browser = await chromium.connectOverCDP(endpoint, { artifactsDir: downloads });
    return {
      person: () => browser.newContext({ locale: 'fr-FR', viewport: { width: 1280, height: 900 } }),
      async stop() {
        await browser.close();
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
};

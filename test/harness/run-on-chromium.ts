/**
 * Runs the kiosk in this process on the distribution's Chromium. Playwright connects to each of its two browsers
 * through that browser's own port.
 */
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { ANY_PORT, browserPorts } from './browser-ports.ts';
import type { JoinedKiosk, KioskParams } from './joined-kiosk.ts';
import { UNDER_POLICIES } from './under-policies.ts';
import { until } from './until.ts';
import { visibleGuest } from './x-windows.ts';

const root = join(import.meta.dirname, '..', '..');
const WITHIN_MS = 15_000;

const pageOf = async (browser: Browser): Promise<Page> =>
  until('a page', () => browser.contexts().flatMap((context) => context.pages())[0], WITHIN_MS);

/** The built files written by `main/npm-scripts/build.ts`, not the sources. */
const built = async () => ({
  ...((await import(
    /* @vite-ignore */ join(root, 'dist/main/process/kiosk-start.js')
  )) as typeof import('../../main/process/kiosk-start.ts')),
  ...((await import(
    /* @vite-ignore */ join(root, 'dist/main/shell/chromium/system-chromium.js')
  )) as typeof import('../../main/shell/chromium/system-chromium.ts')),
});

export const runOnChromium = async (given: KioskParams): Promise<JoinedKiosk> => {
  const { argv, display, folder, state, demoSites, demoConfigDir, lines } = given;
  const joined = new Map<string, Browser>();
  const { start, browserUser, createSystemChromiumShell } = await built();
  const started = await start(argv, {
    out: { write: () => undefined },
    err: { write: (text) => void lines.push(...text.trim().split('\n')) },
    demoSites,
    demoConfigDir,
    guestAccount: browserUser,
    places: { state, memory: [folder] },
    makeShell: (choice) =>
      createSystemChromiumShell({
        ...choice,
        folder,
        extraSwitches: () => [ANY_PORT],
        // As on an installed kiosk, where these once kept it from starting.
        ...UNDER_POLICIES,
      }),
  });
  if (started.code !== 0) {
    await started.kiosk?.stop();
    throw new Error(`the kiosk did not start:\n${lines.join('\n')}`);
  }
  const join_ = async (url: string): Promise<Browser> => {
    const known = joined.get(url);
    if (known?.isConnected()) return known;
    const browser = await chromium.connectOverCDP(url, { noDefaults: true });
    joined.set(url, browser);
    return browser;
  };
  const kioskPort = await until('the kiosk view', () => browserPorts(folder)[0], WITHIN_MS);

  return {
    screens: await pageOf(await join_(kioskPort.url)),
    siteRect: async () => visibleGuest(display),
    endWanted: started.endWanted ?? new Promise(() => undefined),
    guestPage: (host) =>
      until(
        'the site',
        async () => {
          for (const { url } of browserPorts(folder).filter((one) => one.profile !== kioskPort.profile)) {
            const browser = await join_(url).catch(() => undefined);
            const page = browser?.contexts().flatMap((context) => context.pages())[0];
            if (page && /^https:/.test(page.url()) && (host === undefined || new URL(page.url()).hostname === host))
              return page;
          }
          return undefined;
        },
        WITHIN_MS,
      ),
    async stop() {
      for (const browser of joined.values()) await browser.close().catch(() => undefined);
      await started.kiosk?.stop();
    },
  };
};

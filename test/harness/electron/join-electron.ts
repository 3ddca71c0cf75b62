/**
 * Connects Playwright to a running Electron: one browser, whose pages are our screens, the sites and the preloaded
 * guest.
 */
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { chromium, type Browser, type Page } from 'playwright-core';
import { until } from '../until.ts';

const KIOSK_HOST = 'kiosk.localhost';
const STARTS_WITHIN_MS = 30_000;

/** Electron prints its debugging port to stderr and writes it to no file. Every other line is the kiosk's log. */
export const listen = (
  child: Pick<ChildProcess, 'stderr' | 'once'>,
  lines: string[],
  withinMs = STARTS_WITHIN_MS,
): Promise<string> =>
  new Promise((resolve, reject) => {
    const fail = (why: string): void => reject(new Error(`${why}:\n${lines.slice(-20).join('\n')}`));
    const timer = setTimeout(() => fail('no debugging port was opened'), withinMs);
    child.once('exit', () => fail('the program ended'));
    if (!child.stderr) return fail('the program cannot be heard');
    createInterface({ input: child.stderr }).on('line', (line) => {
      lines.push(line);
      const port = /^DevTools listening on (ws:\S+)$/.exec(line)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(port);
    });
  });

export interface Joined {
  readonly browser: Browser;
  readonly screens: Page;
  guestPage(host?: string): Promise<Page>;
}

export const joinElectron = async (url: string): Promise<Joined> => {
  const browser = await chromium.connectOverCDP(url, { noDefaults: true });
  const find = (is: (address: URL) => boolean): Page | undefined =>
    browser
      .contexts()
      .flatMap((context) => context.pages())
      .findLast((page) => URL.canParse(page.url()) && is(new URL(page.url())));
  const screens = await until('our screens', () => find(({ host }) => host === KIOSK_HOST), STARTS_WITHIN_MS);
  return {
    browser,
    screens,
    guestPage: (on) =>
      until('the site', () =>
        find(({ protocol, host }) => protocol === 'https:' && (on === undefined ? host !== KIOSK_HOST : host === on)),
      ),
  };
};

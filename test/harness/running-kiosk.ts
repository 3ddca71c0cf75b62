/**
 * The real kiosk as it ships (built, sandbox on, lock on) on a display of its own, plus one thing that only tests have:
 * a debugging port, so that Playwright can join its two browsers. `npm test` and `npm run tour` build it first.
 */
import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { openDisplay, type Display } from '../../main/setup/display.ts';
import { startSites } from '../fixtures/sites/serve.ts';

export interface RunningKiosk {
  readonly display: string;
  readonly sites: Awaited<ReturnType<typeof startSites>>;
  /** Our own screens. */
  readonly screens: Page;
  /** The page of the site that is open. */
  guestPage(): Promise<Page>;
  /** Log lines so far, parsed. */
  log(): readonly { readonly event: string; readonly [field: string]: unknown }[];
  /** The folder that holds the profiles. */
  readonly folder: string;
  /** What outlives a run: figures, the agent's board and passphrase. */
  readonly state: string;
  /** The agent asked for its end, or for a fresh start. */
  readonly endWanted: Promise<'quit' | 'restart'>;
  stop(): Promise<void>;
}

export interface RunOptions {
  readonly size?: string;
  readonly configDir?: string;
  /** Names that lead elsewhere than to the demonstration sites: `MAP nobody.test ~NOTFOUND`. */
  readonly otherHosts?: readonly string[];
  /** A folder that the caller keeps, to start again on. */
  readonly state?: string;
}

const root = join(import.meta.dirname, '..', '..');
export const demoConfig = join(root, 'test/fixtures/demo');

const poll = async <T>(
  what: string,
  probe: () => Promise<T | undefined> | T | undefined,
  withinMs = 15_000,
): Promise<T> => {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const found = await probe();
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`never came: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

/** The address of a browser's port, as it writes it into its profile; newest profile last. */
const ports = (folder: string): readonly { readonly profile: string; readonly url: string }[] =>
  readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((profile) => existsSync(join(profile, 'DevToolsActivePort')))
    .sort((a, b) => statSync(a).birthtimeMs - statSync(b).birthtimeMs)
    .map((profile) => {
      const [port, path] = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n');
      return { profile, url: `ws://127.0.0.1:${port}${path}` };
    });

const pageOf = async (browser: Browser): Promise<Page> =>
  poll('a page', () => browser.contexts().flatMap((context) => context.pages())[0]);

/** The files that `main/setup/build.ts` wrote, not their sources. */
const built = async () => ({
  ...((await import(/* @vite-ignore */ join(root, 'dist/main/start.js'))) as typeof import('../../main/start.ts')),
  ...((await import(
    /* @vite-ignore */ join(root, 'dist/main/shell/chromium/system-chromium.js')
  )) as typeof import('../../main/shell/chromium/system-chromium.ts')),
});

export const runKiosk = async (options: RunOptions = {}): Promise<RunningKiosk> => {
  const display: Display = await openDisplay({
    existing: undefined,
    size: options.size ?? process.env['PICTURE_SIZE'] ?? '1920x1080',
  });
  process.env['DISPLAY'] = display.name;
  const sites = await startSites();
  const folder = mkdtempSync('/dev/shm/pnt-');
  chmodSync(folder, 0o777);
  const state = options.state ?? join(folder, 'state');
  const lines: string[] = [];
  const joined = new Map<string, Browser>();
  const { start, browserUser, createSystemChromiumShell } = await built();
  const started = await start(options.configDir === undefined ? ['--demo'] : [`--config=${options.configDir}`], {
    out: { write: () => undefined },
    err: { write: (text) => void lines.push(...text.trim().split('\n')) },
    demoSites: {
      hostRules: [...(options.otherHosts ?? []), `MAP *.test 127.0.0.1:${sites.port}`].join(','),
      trustedSpki: sites.spki,
    },
    demoConfigDir: demoConfig,
    guestAccount: browserUser,
    places: { state, memory: [folder] },
    makeShell: (choice) =>
      createSystemChromiumShell({ ...choice, folder, extraSwitches: () => ['--remote-debugging-port=0'] }),
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
  const kioskPort = await poll('the kiosk view', () => ports(folder)[0]);
  const screens = await pageOf(await join_(kioskPort.url));

  return {
    display: display.name,
    sites,
    screens,
    folder,
    state,
    endWanted: started.endWanted ?? new Promise(() => undefined),
    guestPage: () =>
      poll('the site', async () => {
        for (const { url } of ports(folder).filter((one) => one.profile !== kioskPort.profile)) {
          const browser = await join_(url).catch(() => undefined);
          const page = browser?.contexts().flatMap((context) => context.pages())[0];
          if (page && /^https:/.test(page.url())) return page;
        }
        return undefined;
      }),
    log: () =>
      lines
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as { event: string; [field: string]: unknown }),
    async stop() {
      for (const browser of joined.values()) await browser.close().catch(() => undefined);
      await started.kiosk?.stop();
      await sites.stop();
      await display.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/**
 * Runs the real kiosk as it ships (built, sandbox on, lock on) on its own display, on either shell. The only difference
 * is a debugging port for Playwright. `npm test` and `npm run tour` build the kiosk first.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDisplay, type Display } from '../../main/npm-scripts/display.ts';
import { startSites, type SitesOptions } from '../fixtures/sites/serve.ts';
import { runOnElectron } from './electron/run-on-electron.ts';
import type { JoinedKiosk, KioskParams } from './joined-kiosk.ts';
import { quickConfig } from './quick-config.ts';
import { runOnChromium } from './run-on-chromium.ts';

export interface RunningKiosk extends JoinedKiosk {
  readonly display: string;
  readonly sites: Awaited<ReturnType<typeof startSites>>;
  /** Log lines so far, parsed. */
  log(): readonly { readonly event: string; readonly [field: string]: unknown }[];
  /** Messages printed for the person who started the kiosk, line by line, without the log lines. */
  said(): readonly string[];
  /** The folder with the browser profiles. */
  readonly folder: string;
  /** The folder for data that outlives a run: figures, the agent's messages and passphrase. */
  readonly state: string;
}

export interface RunOptions {
  /** Defaults to the distribution's Chromium. */
  readonly shell?: 'chromium' | 'electron';
  readonly size?: string;
  /** The caller's own display, instead of a virtual one of that size. */
  readonly onDisplay?: string;
  readonly configDir?: string;
  /** Extra host rules for names that do not lead to the demonstration sites, such as `MAP nobody.test ~NOTFOUND`. */
  readonly otherHosts?: readonly string[];
  /** Options for the demonstration sites: a webmail behind one of their names, a listener for the mail they send. */
  readonly sites?: SitesOptions;
  /** Keeps the pauses meant for people. */
  readonly atPersonsPace?: boolean;
  /** The caller's own state folder, so that a second kiosk can start on the same state. */
  readonly state?: string;
}

declare global {
  var runningKiosks: Set<RunningKiosk> | undefined;
}
/**
 * Those that the test file under way has started and not stopped. Global, because Vitest loads this module once for its
 * runner and once for the tests.
 */
export const runningKiosks = (globalThis.runningKiosks ??= new Set<RunningKiosk>());

const root = join(import.meta.dirname, '..', '..');
export const demoConfig = join(root, 'test/fixtures/demo');

export const runKiosk = async (options: RunOptions = {}): Promise<RunningKiosk> => {
  const display: Display = await openDisplay({
    existing: options.onDisplay,
    size: options.size ?? process.env['PICTURE_SIZE'] ?? '1920x1080',
  });
  process.env['DISPLAY'] = display.name;
  const sites = await startSites(options.sites);
  const folder = mkdtempSync('/dev/shm/pnt-');
  chmodSync(folder, 0o777);
  const state = options.state ?? join(folder, 'state');
  const lines: string[] = [];
  const wanted = options.configDir ?? demoConfig;
  // Not inside the kiosk's folder, which is private to the kiosk.
  const configFolder = mkdtempSync(join(tmpdir(), 'pnt-config-'));
  const configDir = options.atPersonsPace === true ? wanted : quickConfig(wanted, join(configFolder, 'config'));
  const joined = await (options.shell === 'electron' ? (given: KioskParams) => runOnElectron(given) : runOnChromium)({
    argv: options.configDir === undefined ? ['--demo'] : [`--config=${configDir}`],
    display: display.name,
    folder,
    state,
    demoSites: {
      hostRules: [...(options.otherHosts ?? []), `MAP *.test 127.0.0.1:${sites.port}`].join(','),
      trustedSpki: sites.spki,
    },
    demoConfigDir: configDir,
    lines,
  });
  const kiosk: RunningKiosk = {
    ...joined,
    display: display.name,
    sites,
    folder,
    state,
    log: () =>
      lines
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as { event: string; [field: string]: unknown }),
    said: () => lines.filter((line) => !line.startsWith('{')),
    async stop() {
      runningKiosks.delete(kiosk);
      await joined.stop();
      await sites.stop();
      await display.stop();
      for (const one of [folder, configFolder]) rmSync(one, { recursive: true, force: true });
    },
  };
  runningKiosks.add(kiosk);
  return kiosk;
};

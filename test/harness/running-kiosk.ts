/**
 * The real kiosk as it ships (built, sandbox on, lock on) on a display of its own, on either shell, plus one thing that only
 * tests have: a debugging port, so that Playwright can join. `npm test` and `npm run tour` build it first.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDisplay, type Display } from '../../main/npm-scripts/display.ts';
import { startSites, type SitesOptions } from '../fixtures/sites/serve.ts';
import { runOnElectron } from './electron/run-on-electron.ts';
import type { JoinedKiosk, KioskGiven } from './joined-kiosk.ts';
import { quickConfig } from './quick-config.ts';
import { runOnChromium } from './run-on-chromium.ts';

export interface RunningKiosk extends JoinedKiosk {
  readonly display: string;
  readonly sites: Awaited<ReturnType<typeof startSites>>;
  /** Log lines so far, parsed. */
  log(): readonly { readonly event: string; readonly [field: string]: unknown }[];
  /** What it said to whoever started it, line by line: no log line. */
  said(): readonly string[];
  /** The folder that holds the profiles. */
  readonly folder: string;
  /** What outlives a run: figures, the agent's board and passphrase. */
  readonly state: string;
}

export interface RunOptions {
  /** The distribution's Chromium when absent. */
  readonly shell?: 'chromium' | 'electron';
  readonly size?: string;
  readonly configDir?: string;
  /** Names that lead elsewhere than to the demonstration sites: `MAP nobody.test ~NOTFOUND`. */
  readonly otherHosts?: readonly string[];
  /** What the demonstration sites are started with: a webmail behind a name of theirs, who hears their messages. */
  readonly sites?: SitesOptions;
  /** With the waits that are there for a person's eyes and hands. */
  readonly atPersonsPace?: boolean;
  /** A folder that the caller keeps, to start again on. */
  readonly state?: string;
}

const root = join(import.meta.dirname, '..', '..');
export const demoConfig = join(root, 'test/fixtures/demo');

export const runKiosk = async (options: RunOptions = {}): Promise<RunningKiosk> => {
  const display: Display = await openDisplay({
    existing: undefined,
    size: options.size ?? process.env['PICTURE_SIZE'] ?? '1920x1080',
  });
  process.env['DISPLAY'] = display.name;
  const sites = await startSites(options.sites);
  const folder = mkdtempSync('/dev/shm/pnt-');
  chmodSync(folder, 0o777);
  const state = options.state ?? join(folder, 'state');
  const lines: string[] = [];
  const wanted = options.configDir ?? demoConfig;
  // Beside the kiosk's folder: that one holds what is nobody else's to read.
  const configFolder = mkdtempSync(join(tmpdir(), 'pnt-config-'));
  const configDir = options.atPersonsPace === true ? wanted : quickConfig(wanted, join(configFolder, 'config'));
  const joined = await (options.shell === 'electron' ? (given: KioskGiven) => runOnElectron(given) : runOnChromium)({
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
  return {
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
      await joined.stop();
      await sites.stop();
      await display.stop();
      for (const one of [folder, configFolder]) rmSync(one, { recursive: true, force: true });
    },
  };
};

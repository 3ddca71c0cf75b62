/** Updates of Debian replace Chromium under a running kiosk: sessions go on, then it restarts once nobody is there. */
import {
  chmodSync,
  copyFileSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDisplay, type Display } from '../../../main/npm-scripts/display.ts';
import { systemClock } from '../../../main/platform/clock.ts';
import { createSystemChromiumShell, findChromium } from '../../../main/shell/chromium/system-chromium.ts';
import type { GuestEvent, Shell } from '../../../main/shell/port.ts';
import { startSites, type Sites } from '../../fixtures/sites/serve.ts';
import { until } from '../../harness/until.ts';

const PAGE = { type: 'text/html', body: Buffer.from('<!doctype html><title>Accueil</title>') };
const CAISSE = 'https://www.caisse-exemple.test/';
const MINUTE_MS = 60_000;
const installed = findChromium();

describe.skipIf(installed === undefined)('when an update replaces Chromium', () => {
  const original = realpathSync(installed ?? '/');
  let display: Display;
  let sites: Sites;
  let folder: string;
  let programs: string;
  let program: string;
  let aheadMs: number;
  let log: string[];
  let shell: Shell;

  beforeEach(async () => {
    display = await openDisplay({ existing: undefined, size: '1280x800' });
    process.env['DISPLAY'] = display.name;
    sites = await startSites();
    folder = mkdtempSync('/dev/shm/pns-');
    chmodSync(folder, 0o777);
    programs = mkdtempSync(join(tmpdir(), 'pn-chromium-'));
    chmodSync(programs, 0o755);
    for (const name of readdirSync(dirname(original))) symlinkSync(join(dirname(original), name), join(programs, name));
    program = join(programs, basename(original));
    aheadMs = 0;
    log = [];
    shell = createSystemChromiumShell({
      clock: { ...systemClock, now: () => Date.now() + aheadMs },
      logger: { log: (event) => void log.push(event) },
      program,
      folder,
      hostRules: `MAP *.test 127.0.0.1:${sites.port}`,
      trustedSpki: sites.spki,
    });
  });
  afterEach(async () => {
    await shell.close();
    await sites.stop();
    await display.stop();
    for (const one of [folder, programs]) rmSync(one, { recursive: true, force: true, maxRetries: 10 });
  });

  /** As dpkg does: another file takes the name. */
  const replace = (): void => {
    copyFileSync(original, `${program}.dpkg-new`);
    renameSync(`${program}.dpkg-new`, program);
  };
  const openSite = async (): Promise<void> => {
    const events: GuestEvent[] = [];
    const guest = await shell.openGuest({
      on: (event) => void events.push(event),
      policy: { decide: () => ({ allow: true }), pinsFor: () => [] },
    });
    await guest.navigate(CAISSE);
    await until('the site', () => events.some(({ kind }) => kind === 'navigated'));
    await guest.close();
  };

  it('the old screens and the new sites go on, and only then the kiosk asks to be restarted', async () => {
    const view = await shell.openKioskView({
      serve: async () => PAGE,
      onMessage: () => undefined,
      onReady: () => undefined,
      onClosed: () => undefined,
    });
    expect(shell.worn?.()).toBe(false);
    replace();
    await openSite();
    await view.reload();
    expect(shell.worn?.()).toBe(false); // its other files may not be there yet
    aheadMs = 11 * MINUTE_MS;
    expect(shell.worn?.()).toBe(true);
    expect(log).toContain('shell.browser-replaced');
    rmSync(program);
    expect(shell.worn?.()).toBe(false); // it could not start again
  });
});

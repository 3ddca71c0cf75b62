/** The browser as its package installs it, with no debugger attached: what the guest is compared with. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { killGroup } from '../../../../main/platform/processes.ts';
import { browserUser, findChromium } from '../../../../main/shell/chromium/system-chromium.ts';

export interface PlainOptions {
  /** Parent folder of its profile. */
  readonly folder: string;
  readonly rules: string;
  readonly spki: string;
  readonly address: string;
}

/** Opens the address on the current display. Returns the function that ends the browser. */
export const openPlainChromium = ({ folder, rules, spki, address }: PlainOptions): (() => Promise<void>) => {
  const profile = mkdtempSync(join(folder, 'plain-'));
  chmodSync(profile, 0o777);
  const user = browserUser();
  const command = [
    ...(user ? ['setpriv', `--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'] : []),
    findChromium() ?? '',
    `--user-data-dir=${profile}`,
    '--no-first-run',
    '--password-store=basic',
    `--host-resolver-rules=${rules}`,
    `--ignore-certificate-errors-spki-list=${spki}`,
    '--window-size=1280,704',
    address,
  ];
  const { DISPLAY, TZ, LANG, PATH } = process.env;
  const browser = spawn(command[0] ?? '', command.slice(1), {
    stdio: 'ignore', // it writes dozens of lines about the D-Bus that a test machine lacks
    detached: true,
    env: { DISPLAY, TZ, LANG, HOME: profile, PATH, LANGUAGE: 'fr' },
  });
  const gone = once(browser, 'exit');
  return async () => {
    if (browser.pid !== undefined) killGroup(browser.pid, 'SIGKILL');
    await gone;
  };
};

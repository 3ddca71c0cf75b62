/** Starts browsers under the managed policies of an installed kiosk. No other browser of this machine sees them. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium, type ChromiumOptions } from '../../main/shell/chromium/system-chromium.ts';
import { spawnProcess } from '../../main/platform/run.ts';

const SHIPPED = join(import.meta.dirname, '../../resources/os/linux/chromium-policies');
/** Where each build of the browser reads its settings. */
const SETTINGS = findChromium()?.includes('chromium-browser') === true ? '/etc/chromium-browser' : '/etc/chromium';

/** Only root may mount, and not in every container. */
export const mayMount =
  process.getuid?.() === 0 && existsSync(SETTINGS) && spawnSync('/usr/bin/unshare', ['--mount', 'true']).status === 0;

export const spawnUnderPolicies = (folder: string): NonNullable<ChromiumOptions['spawn']> => {
  const settings = join(folder, 'settings');
  mkdirSync(join(settings, 'policies'), { recursive: true });
  cpSync(SHIPPED, join(settings, 'policies/managed'), { recursive: true });
  const mount = `/usr/bin/mount --bind '${settings}' ${SETTINGS} && exec "$@"`;
  return (program, args, options) =>
    spawnProcess('/usr/bin/unshare', ['--mount', '/bin/sh', '-c', mount, 'sh', program, ...args], options);
};

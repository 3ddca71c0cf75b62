/** Starts browsers under the managed policies of an installed kiosk. No other browser of this machine sees them. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium, type ChromiumOptions } from '../../main/shell/chromium/system-chromium.ts';
import { spawnProcess } from '../../main/platform/run.ts';

const SHIPPED = join(import.meta.dirname, '../../resources/os/linux/chromium-policies');
/** Where each build of the browser reads its settings. */
const SETTINGS = findChromium()?.includes('chromium-browser') === true ? '/etc/chromium-browser' : '/etc/chromium';

type Policies = Readonly<Record<string, unknown>>;

/** Only root may mount, and not in every container. */
export const MAY_MOUNT =
  process.getuid?.() === 0 && existsSync(SETTINGS) && spawnSync('/usr/bin/unshare', ['--mount', 'true']).status === 0;

/** `more`: policies of a place. Their file comes after ours, so that they win, as on a PC without ours. */
export const underPolicies = (more?: Policies): Pick<ChromiumOptions, 'spawn'> => {
  if (!MAY_MOUNT) return {};
  // In the memory of the browser's own mounts: it goes with the browser, however a test ends.
  const managed = `${SETTINGS}/policies/managed`;
  const script = [
    `/usr/bin/mount -t tmpfs -o mode=755 tmpfs ${SETTINGS}`,
    `/usr/bin/mkdir ${SETTINGS}/policies`,
    `/usr/bin/cp -r '${SHIPPED}' ${managed}`,
    `printf %s "$1" > ${managed}/zzz-more.json`,
    `/usr/bin/chmod -R a+rX ${SETTINGS}/policies`, // else the browsers' account reads no policy, and says nothing
    'shift',
    'exec "$@"',
  ].join(' && ');
  return {
    spawn: (program, args, options) =>
      spawnProcess(
        '/usr/bin/unshare',
        ['--mount', '/bin/sh', '-c', script, 'sh', JSON.stringify(more ?? {}), program, ...args],
        options,
      ),
  };
};

/** Options for a shell whose browsers start under the policies, where they can be mounted. */
export const UNDER_POLICIES = underPolicies();

/** Starts browsers under the managed policies of an installed kiosk. No other browser of this machine sees them. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
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

/** Outside every kiosk's own folder, where a browser may read nothing. */
const makeSettings = (more: Policies | undefined): string => {
  const folder = mkdtempSync(join(tmpdir(), 'pn-policies-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  chmodSync(folder, 0o755); // else the browsers' account reads no policy, and says nothing
  mkdirSync(join(folder, 'policies'));
  cpSync(SHIPPED, join(folder, 'policies/managed'), { recursive: true });
  if (more !== undefined) writeFileSync(join(folder, 'policies/managed/zzz-more.json'), JSON.stringify(more));
  return folder;
};

/** `more`: policies of a place. Their file comes after ours, so that they win, as on a PC without ours. */
export const underPolicies = (more?: Policies): Pick<ChromiumOptions, 'spawn'> => {
  if (!MAY_MOUNT) return {};
  const mount = `/usr/bin/mount --bind '${makeSettings(more)}' ${SETTINGS} && exec "$@"`;
  return {
    spawn: (program, args, options) =>
      spawnProcess('/usr/bin/unshare', ['--mount', '/bin/sh', '-c', mount, 'sh', program, ...args], options),
  };
};

/** Options for a shell whose browsers start under the policies, where they can be mounted. */
export const UNDER_POLICIES = underPolicies();

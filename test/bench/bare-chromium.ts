/** The reference: the distribution's Chromium without extras, on one page. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { findUser } from '../../main/platform/users.ts';
import { BROWSER_USER, findChromium } from '../../main/shell/chromium/system-chromium.ts';

export interface BareChromium {
  readonly pid: number;
  readonly child: ChildProcess;
  stop(): Promise<void>;
}

export const startBareChromium = (display: string, url: string, extra: readonly string[] = []): BareChromium => {
  const profile = mkdtempSync('/dev/shm/bare-');
  const user = process.getuid?.() === 0 ? findUser(BROWSER_USER) : undefined;
  if (user) chownSync(profile, user.uid, user.gid);
  const program = findChromium() ?? 'chromium';
  const args = [
    `--user-data-dir=${profile}`,
    '--no-first-run',
    '--disable-background-networking',
    '--window-position=0,0',
    '--window-size=1920,1080',
    ...extra,
    `--app=${url}`,
  ];
  const [command, all]: [string, string[]] = user
    ? ['setpriv', [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups', program, ...args]]
    : [program, args];
  const child = spawn(command, all, {
    stdio: 'ignore',
    detached: true,
    env: { ...process.env, DISPLAY: display, HOME: profile },
  });
  const pid = child.pid ?? -1;
  return {
    pid,
    child,
    async stop() {
      const gone = once(child, 'exit');
      try {
        process.kill(-pid, 'SIGKILL');
        await gone;
      } catch {
        /* already gone */
      }
      for (let i = 0; i < 20; i++) {
        try {
          rmSync(profile, { recursive: true, force: true });
          return;
        } catch {
          await new Promise((resolve) => setTimeout(resolve, 50)); // its helper processes are still ending
        }
      }
    },
  };
};

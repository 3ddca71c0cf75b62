/**
 * Electron runs the main process and the browser in one program, and no browser runs as root with its sandbox on. So
 * when root starts it, all of it runs as the user that the set-up created, with a home and a state folder of its own.
 */
import { chownSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { StartRefused } from '../platform/supervised-process.ts';
import { findUser } from '../platform/users.ts';
import { readAuthority } from '../platform/x11/connection.ts';
import { BROWSER_USER } from '../shell/chromium/system-chromium.ts';

export interface Unprivileged {
  readonly command: string;
  readonly words: readonly string[];
  /** Added to our own environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Removes the temporary home. */
  forget(): void;
}

/** Whether an account that is neither root nor the owner may enter every folder from the root down to `path`. */
export const othersMayReach = (path: string): boolean => {
  for (let at = path; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0 && statSync(at).isDirectory()) return false;
    if (at === dirname(at)) return true;
  }
};

export const unprivileged = (program: string, words: readonly string[], stateFolder: string): Unprivileged => {
  if (process.getuid?.() !== 0) return { command: program, words, env: {}, forget: () => undefined };
  const user = findUser(BROWSER_USER);
  if (!user) throw new StartRefused(`the user ${BROWSER_USER} is missing: npm start makes it`);
  const home = mkdtempSync(join(tmpdir(), 'pn-home-'));
  mkdirSync(stateFolder, { recursive: true, mode: 0o700 });
  // A copy: only the person at the desktop may read the original.
  const authority = join(home, '.Xauthority');
  writeFileSync(authority, readAuthority(process.env['XAUTHORITY']), { mode: 0o600 });
  for (const path of [authority, home, stateFolder]) chownSync(path, user.uid, user.gid);
  return {
    command: 'setpriv',
    words: [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups', '--no-new-privs', program, ...words],
    env: { HOME: home, XAUTHORITY: authority, TMPDIR: home, XDG_RUNTIME_DIR: '', STATE_DIRECTORY: stateFolder },
    forget: () => rmSync(home, { recursive: true, force: true }),
  };
};

/**
 * The unprivileged user that the browsers run as when the kiosk itself was started as root (Chromium refuses to run its
 * sandbox as root).
 */
import { readFileSync } from 'node:fs';

export interface SystemUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

export const findUser = (name: string, passwd = '/etc/passwd'): SystemUser | undefined => {
  const line = readFileSync(passwd, 'utf8')
    .split('\n')
    .find((one) => one.startsWith(`${name}:`));
  if (line === undefined) return undefined;
  const [, , uid, gid] = line.split(':');
  return { name, uid: Number(uid), gid: Number(gid) };
};

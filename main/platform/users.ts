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

const entryOf = (name: string, file: string): readonly string[] | undefined =>
  readFileSync(file, 'utf8')
    .split('\n')
    .find((one) => one.startsWith(`${name}:`))
    ?.split(':');

export const findUser = (name: string, passwd = '/etc/passwd'): SystemUser | undefined => {
  const entry = entryOf(name, passwd);
  return entry && { name, uid: Number(entry[2]), gid: Number(entry[3]) };
};

/** The number of a group of this machine. */
export const findGroup = (name: string, group = '/etc/group'): number | undefined => {
  const entry = entryOf(name, group);
  return entry && Number(entry[2]);
};

/** The processes of the kiosk's browsers, read from `/proc`. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface BrowserProcessSeen {
  readonly pid: number;
  readonly line: readonly string[];
  readonly status: string;
  readonly userNamespace: string;
  readonly sockets: ReadonlySet<string>;
}

const tolerant = <T>(read: () => T, otherwise: T): T => {
  try {
    return read();
  } catch {
    return otherwise; // the process ended while we were reading
  }
};

/** Chromium rewrites the command line of its children into one string, with spaces between the switches. */
export const browserProcesses = (folder: string): readonly BrowserProcessSeen[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const text = tolerant(() => readFileSync(`/proc/${name}/cmdline`, 'utf8'), '');
      if (!text.includes(folder)) return [];
      return [
        {
          pid: Number(name),
          line: text.split(/[\0 ]/),
          status: tolerant(() => readFileSync(`/proc/${name}/status`, 'utf8'), ''),
          userNamespace: tolerant(() => readlinkSync(`/proc/${name}/ns/user`), ''),
          sockets: new Set(
            tolerant(() => readdirSync(`/proc/${name}/fd`), []).map((fd) =>
              tolerant(() => /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${name}/fd/${fd}`))?.[1] ?? '', ''),
            ),
          ),
        },
      ];
    });

/** The main browser process of one role, without its helper processes. */
export const mainProcess = (folder: string, role: 'kiosk' | 'guest'): readonly BrowserProcessSeen[] =>
  browserProcesses(folder).filter(
    (one) =>
      one.line.includes(`--class=point-numerique-${role}`) &&
      !one.line.some((word) => word.startsWith('--type=')) &&
      !one.line.includes('setpriv'),
  );

/** The built kiosk, watched, on the volumes and nowhere else; Playwright joins its two browsers. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { dataOf } from '../../main/shell/chromium/profile.ts';
import { until } from '../harness/until.ts';
import type { Volumes } from './volumes.ts';

export type Leak = 'disk' | 'log' | 'clipboard';

export interface KioskRun {
  /** Our screens. Joined anew after each restart of their browser. */
  screens(): Promise<Page>;
  /** The site, or the one that shows this host. */
  guest(host?: string): Promise<Page>;
  /** All that it wrote, of every run. */
  log(): string;
  events(): readonly { readonly event: string; readonly [field: string]: unknown }[];
  watcherPid(): number;
  mainPid(): number;
  /** The browser process of a role, not its helpers. */
  browserPids(role: 'kiosk' | 'guest'): readonly number[];
  /** Every process of the kiosk. */
  pids(): readonly number[];
  /** Ends all of it as a power cut would. */
  killAll(): Promise<void>;
  restart(): void;
  readonly running: () => boolean;
  stop(): Promise<void>;
}

const commandLine = (pid: number | string): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
  } catch {
    return '';
  }
};
const environment = (pid: number | string): string => {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch {
    return '';
  }
};
const namespaceOf = (pid: number | 'self'): string | undefined => {
  try {
    return readlinkSync(`/proc/${pid}/ns/mnt`);
  } catch {
    return undefined;
  }
};
const allPids = (): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

export const runOnVolumes = (options: {
  readonly volumes: Volumes;
  readonly display: string;
  readonly args: readonly string[];
  readonly leak: Leak | undefined;
}): KioskRun => {
  const { volumes, display } = options;
  const shm = volumes.missing === undefined ? join(volumes.memory, 'shm') : '/dev/shm';
  let text = '';
  let child: ChildProcess;
  let namespace: string | undefined;
  const joined = new Map<string, Browser>();

  const launch = (): void => {
    const [program = '', ...args] = [
      ...volumes.enclosed,
      process.execPath,
      '--disable-warning=ExperimentalWarning',
      join(import.meta.dirname, 'watch-entry.ts'),
      ...options.args,
    ];
    child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        ...volumes.env,
        DISPLAY: display,
        ...(options.leak ? { PN_LEAK: options.leak } : {}),
      },
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
  };
  launch();

  /**
   * Its mount namespace is its own: whatever lives there is the kiosk's. Without one, what inherited its environment or
   * works for that.
   */
  const pids = (): readonly number[] => {
    const others = allPids().filter((pid) => pid !== process.pid);
    if (volumes.missing === undefined) {
      const here = namespaceOf('self');
      const theirs = namespaceOf(child.pid ?? -1);
      if (theirs !== undefined && theirs !== here) namespace = theirs;
      return others.filter((pid) => namespace !== undefined && namespaceOf(pid) === namespace);
    }
    const nodesOfIt = others.filter((pid) => environment(pid).includes(`PN_DISK=${volumes.disk}\0`));
    return others.filter(
      (pid) =>
        nodesOfIt.includes(pid) ||
        nodesOfIt.some((node) => environment(pid).includes(`HOME=/dev/shm/pn-profile-${node}-`)),
    );
  };
  const nodes = (script: string): number =>
    pids().find((pid) => {
      const words = commandLine(pid).split('\0');
      return words[0]?.endsWith('node') && words.some((word) => word.endsWith(script));
    }) ?? -1;
  const running = (): boolean => child.exitCode === null && child.signalCode === null;

  const profiles = (): readonly string[] =>
    [shm, join(volumes.disk, 'p')]
      .flatMap((folder) => (existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []))
      .filter((profile) => existsSync(join(dataOf(profile), 'DevToolsActivePort')));

  const joinAt = async (profile: string): Promise<Browser | undefined> => {
    const known = joined.get(profile);
    if (known?.isConnected()) return known;
    try {
      const [port, path] = readFileSync(join(dataOf(profile), 'DevToolsActivePort'), 'utf8').split('\n');
      const browser = await chromium.connectOverCDP(`ws://127.0.0.1:${port}${path}`, { timeout: 5_000 });
      // Playwright takes the downloads to itself as it joins: they are given back to where the kiosk waits for them.
      const own = await browser.newBrowserCDPSession();
      const seenInside =
        volumes.missing === undefined && profile.startsWith(shm) ? `/dev/shm${profile.slice(shm.length)}` : profile;
      await own.send('Browser.setDownloadBehavior', {
        behavior: 'allowAndName',
        downloadPath: `${seenInside}/downloads`,
      });
      joined.set(profile, browser);
      return browser;
    } catch {
      return undefined; // it is just ending, or just beginning
    }
  };
  const pageWhere = (what: string, wanted: (url: string) => boolean, withinMs: number): Promise<Page> =>
    until(
      what,
      async () => {
        for (const profile of profiles()) {
          const browser = await joinAt(profile);
          const page = browser
            ?.contexts()
            .flatMap((context) => context.pages())
            .find((one) => wanted(one.url()));
          if (page) return page;
        }
        return undefined;
      },
      withinMs,
    );

  return {
    screens: () => pageWhere('our screens', (url) => url.startsWith('https://kiosk.localhost/'), 40_000),
    guest: (host) =>
      pageWhere(
        'the site',
        (url) =>
          host === undefined
            ? /^https:/.test(url) && !url.startsWith('https://kiosk.localhost/')
            : url.startsWith(`https://${host}/`),
        15_000,
      ),
    log: () => text,
    events: () =>
      text
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as { event: string }),
    watcherPid: () => nodes('watch-entry.ts'),
    mainPid: () => nodes('kiosk-entry.ts'),
    browserPids: (role) =>
      pids().filter((pid) => {
        const line = commandLine(pid);
        return (
          line.includes(`--class=point-numerique-${role}`) &&
          !line.includes('--type=') &&
          !line.startsWith('/usr/bin/setpriv')
        );
      }),
    pids,
    async killAll() {
      const gone = running() ? once(child, 'exit') : undefined;
      for (let left = pids(); left.length > 0; left = pids()) {
        for (const pid of left) {
          try {
            process.kill(pid, 'SIGKILL');
          } catch {
            /* it went by itself */
          }
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      await gone;
    },
    restart: launch,
    running,
    async stop() {
      for (const browser of joined.values()) await browser.close().catch(() => undefined);
      if (!running()) return;
      const gone = once(child, 'exit');
      const watcher = nodes('watch-entry.ts');
      if (watcher > 0) process.kill(watcher, 'SIGTERM');
      else child.kill('SIGTERM');
      await gone;
    },
  };
};

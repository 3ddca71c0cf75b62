/** Checks in `/proc`, not in the browsers, that the shipped product has its sandbox on and no open port. */
import { isBrowserAccount } from '../../main/platform/accounts.ts';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findUser } from '../../main/platform/users.ts';
import { BROWSER_USER } from '../../main/shell/chromium/system-chromium.ts';
import { browserProcesses, type BrowserProcessSeen } from '../harness/browser-processes.ts';
import { runKiosk, type RunningKiosk } from '../harness/running-kiosk.ts';
import { until } from '../harness/until.ts';
import { createPerson, demo } from './pages/person.ts';

const listeningSockets = (): ReadonlySet<string> =>
  new Set(
    ['tcp', 'tcp6'].flatMap((table) =>
      readFileSync(`/proc/net/${table}`, 'utf8')
        .split('\n')
        .slice(1)
        .map((line) => line.trim().split(/\s+/))
        .filter((fields) => fields[3] === '0A')
        .map((fields) => fields[9] ?? ''),
    ),
  );

let kiosk: RunningKiosk;
let processes: readonly BrowserProcessSeen[];
const field = (one: BrowserProcessSeen, name: string): string =>
  new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(one.status)?.[1] ?? '';

beforeAll(async () => {
  kiosk = await runKiosk();
  const person = createPerson(kiosk);
  await person.begin();
  await person.goTo(demo.housing);
  processes = await until('both browsers with their renderers', () => {
    const all = browserProcesses(kiosk.folder);
    return all.filter((one) => one.line.includes('--type=renderer')).length >= 2 && all;
  });
});
afterAll(() => kiosk?.stop());

describe('the browsers of the kiosk', () => {
  it('run their renderers with a seccomp filter and their own user namespace', () => {
    const ours = readlinkSync('/proc/self/ns/user');
    const renderers = processes.filter((one) => one.line.includes('--type=renderer'));
    expect(renderers.length).toBeGreaterThanOrEqual(2);
    for (const one of renderers) {
      expect(field(one, 'Seccomp')).toBe('2');
      expect(one.userNamespace).not.toBe(ours);
      expect(field(one, 'NoNewPrivs')).toBe('1');
    }
  });

  it('never have a switch that disables the sandbox', () => {
    expect(processes.length).toBeGreaterThan(4);
    // Chromium starts one of its zygotes with such a switch; pages never run in it.
    const opened = processes
      .filter((one) => !one.line.includes('--type=zygote'))
      .flatMap((one) => one.line)
      .filter((word) => /^--(no-.*sandbox|disable-.*sandbox|disable-web-security)$/.test(word));
    expect(opened).toEqual([]);
  });

  it('run under their own unprivileged accounts when the kiosk is started as root', ({ skip }) => {
    if (process.getuid?.() !== 0) skip('not started as root');
    const gid = String(findUser(BROWSER_USER)?.gid);
    for (const one of processes) {
      expect(isBrowserAccount(Number(field(one, 'Uid')))).toBe(true);
      expect(field(one, 'Gid')).toBe(gid);
    }
  });

  it('cannot read the main process’s memory, environment or vault, or signal it', ({ skip }) => {
    if (process.getuid?.() !== 0) skip('not started as root: all share one account');
    const user = findUser(BROWSER_USER);
    const main = process.pid; // the kiosk runs in this process
    const asBrowser = (command: string): number | null =>
      spawnSync(
        '/usr/bin/setpriv',
        [`--reuid=${user?.uid}`, `--regid=${user?.gid}`, '--clear-groups', 'sh', '-c', command],
        {
          stdio: 'ignore',
        },
      ).status;
    expect(asBrowser('true')).toBe(0);
    const vaults = readdirSync(kiosk.folder).filter((name) => !name.startsWith('pn-profile-'));
    expect(vaults.length).toBeGreaterThan(0);
    for (const path of [`/proc/${main}/mem`, `/proc/${main}/environ`, `/proc/${main}/maps`])
      expect([path, asBrowser(`head -c 1 ${path}`)]).not.toEqual([path, 0]);
    for (const name of vaults) expect([name, asBrowser(`ls ${join(kiosk.folder, name)}`)]).not.toEqual([name, 0]);
    expect(asBrowser(`kill -0 ${main}`)).not.toBe(0);
  });

  it('listen on no port but the debugging port of this suite', () => {
    const listening = listeningSockets();
    for (const one of processes.filter(
      (process) =>
        process.line.some((word) => word.startsWith('--user-data-dir=')) &&
        !process.line.some((word) => word.startsWith('--type=')),
    )) {
      const joined = one.line.includes('--remote-debugging-port=0') ? 1 : 0;
      expect([...one.sockets].filter((socket) => listening.has(socket)).length).toBeLessThanOrEqual(joined);
    }
  });
});

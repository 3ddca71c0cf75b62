/** A compromised browser: what a process of its account can do and read, and whether it survives the session. */
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Attempt } from '../attempt.ts';
import { comesTrue, type Fixture } from '../fixture.ts';
import { patience } from '../patience.ts';

const exec = promisify(execFile);
const SITE = '/pouvoirs/selection';
const AS_ROOT = process.getuid?.() === 0;

interface Account {
  readonly uid: number;
  readonly gid: number;
  /** Path of the browser's profile. */
  readonly profile: string;
}

const accountOf = (fixture: Fixture, mark: string): Account => {
  const [pid = 0] = fixture.pidsWith(mark);
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  const number = (label: string): number => Number(new RegExp(`^${label}:\\t(\\d+)`, 'm').exec(status)?.[1]);
  const profile = /--user-data-dir=([^\0]+)/.exec(readFileSync(`/proc/${pid}/cmdline`, 'latin1'))?.[1] ?? '';
  return { uid: number('Uid'), gid: number('Gid'), profile };
};
const guestAccount = (fixture: Fixture): Account => accountOf(fixture, 'class=point-numerique-guest');

/** A command line that runs as the account, with an empty environment and in its own process session. */
const as = ({ uid, gid }: Account, ...command: readonly string[]): readonly [string, readonly string[]] => [
  'setpriv',
  [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--no-new-privs', 'setsid', 'env', '-i', ...command],
];

const hidden = (fixture: Fixture, command: readonly string[]): number => {
  const [program, args] = as(guestAccount(fixture), ...command);
  // Not `detached`: `setsid` forks when its process already leads a session, and we would not know the child's pid.
  const child = spawn(program, args, { stdio: 'ignore', cwd: '/' });
  child.unref();
  return child.pid ?? -1;
};
const lives = (pid: number): boolean => {
  try {
    return !/^State:\t[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'latin1'));
  } catch {
    return false;
  }
};

const endSession = async (fixture: Fixture): Promise<void> => {
  await fixture.say('session', 'leave');
  await comesTrue(() => fixture.phase() === 'idle' || fixture.phase() === 'out-of-service', 15_000);
};

/** A process that tries to survive the session. The attempt kills it afterwards if it did. */
const outlived = (name: string, what: string, command: readonly string[]): Attempt => {
  let pid = -1;
  let survived = false;
  return {
    name: `account/${name}`,
    what,
    page: SITE,
    async do(fixture) {
      pid = hidden(fixture, command);
      if (!(await comesTrue(() => lives(pid), 2_000))) throw new Error('nothing was started');
      await endSession(fixture);
      survived = lives(pid);
      const uid = survived ? Number(/^Uid:\t(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]) : 0;
      if (survived && uid > 0) process.kill(pid, 'SIGKILL');
    },
    mustHold: () => (survived ? 'a process survived its session unnoticed' : undefined),
  };
};

const SHOTS = 40;
/** A script that keeps starting a copy of itself and exits, so its pid changes all the time. */
const RUNNER = `n=0; while [ $n -lt ${SHOTS} ]; do n=$((n+1)); done; sleep 0.01; exec setsid sh -c "$0" "$0" &`;
/** Its pid keeps changing, so the attempt looks for any process of the account. */
const restless: Attempt = {
  name: 'account/restless',
  what: 'a process of the site’s account that keeps restarting itself',
  page: SITE,
  async do(fixture) {
    const [program, args] = as(guestAccount(fixture), '/bin/sh', '-c', RUNNER, RUNNER);
    spawn(program, args, { stdio: 'ignore', detached: true, cwd: '/' }).unref();
    const account = guestAccount(fixture);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await endSession(fixture);
    const left = readdirSync('/proc').filter((pid) => {
      try {
        // `lives` skips zombies, which have ended but wait for their parent.
        return (
          lives(Number(pid)) &&
          new RegExp(`^Uid:\\t${account.uid}\\t`, 'm').test(readFileSync(`/proc/${pid}/status`, 'latin1'))
        );
      } catch {
        return false;
      }
    });
    for (const pid of left.filter((one) => lives(Number(one)))) process.kill(Number(pid), 'SIGKILL');
    fixture.note(`${left.length} left`);
  },
  mustHold: (fixture) =>
    fixture.noted() === '0 left' ? undefined : `processes outlived their session: ${fixture.noted()}`,
};

const reads: Attempt = {
  name: 'account/reads',
  what: 'from the site’s account: main’s memory, environment and state, and the other browser’s profile',
  page: SITE,
  async mustHold(fixture) {
    const guest = guestAccount(fixture);
    const kiosk = accountOf(fixture, 'class=point-numerique-kiosk');
    const main = fixture.kioskPid();
    const places = [
      `/proc/${main}/environ`,
      `/proc/${main}/mem`,
      `/proc/${fixture.pidsWith('class=point-numerique-kiosk')[0]}/environ`,
      `${kiosk.profile}/Local State`,
      `${fixture.stateFolder}/running`,
    ];
    for (const place of places) {
      if (!existsSync(place)) return `${place} is not there: nothing was tried`;
      const [program, args] = as(guest, '/usr/bin/head', '-c', '1', place);
      const read = await exec(program, [...args]).catch(() => undefined);
      if (read) return `${place} was read`;
    }
    return guest.uid === kiosk.uid ? 'both browsers are one account' : undefined;
  },
};

const own = (path: string): string => {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  writeFileSync(`${path}/canari`, 'canari', { mode: 0o600 });
  return path;
};

/** Symbolic links in place of the folders that root removes at the end of the session. */
const linked: Attempt = {
  name: 'account/linked-folder',
  what: 'a link to one of root’s folders in place of the browser’s downloads and caches',
  page: SITE,
  async do(fixture) {
    const account = guestAccount(fixture);
    const target = own(`${fixture.stateFolder}/a-root`);
    for (const name of ['downloads', 'Default/Cache', 'lien']) {
      const at = `${account.profile}/${name}`;
      const [program, args] = as(account, '/bin/sh', '-c', `rm -rf "${at}"; ln -s ${target} "${at}"`);
      await exec(program, [...args]).catch(() => undefined);
    }
    await endSession(fixture);
  },
  mustHold: (fixture) =>
    existsSync(`${fixture.stateFolder}/a-root/canari`) ? undefined : 'root followed a link and removed its target',
};

/** Returns the output of a command run as the account, or undefined when it failed. */
const tries = (account: Account, command: readonly string[]): Promise<string | undefined> => {
  const [program, args] = as(account, ...command);
  return exec(program, [...args], { timeout: patience(5_000) }).then(
    ({ stdout }) => stdout,
    () => undefined,
  );
};

const kills: Attempt = {
  name: 'account/kills',
  what: 'from the site’s account: kill signals to main and to our own screens',
  page: SITE,
  async mustHold(fixture) {
    const guest = guestAccount(fixture);
    const others = [fixture.kioskPid(), ...fixture.pidsWith('class=point-numerique-kiosk')];
    for (const pid of others) await tries(guest, ['/bin/kill', '-9', String(pid)]);
    await tries(guest, ['/bin/sh', '-c', 'kill -9 -1']);
    return others.every(lives) ? undefined : 'a process of another account was ended';
  },
};

/** The guest's proxy must answer only the guest's account. */
const borrowsProxy: Attempt = {
  name: 'account/proxy',
  what: 'from the account of our own screens: use of the site’s proxy',
  page: SITE,
  async mustHold(fixture) {
    const [pid = 0] = fixture.pidsWith('class=point-numerique-guest');
    const port = /--proxy-server=http:\/\/127\.0\.0\.1:(\d+)/.exec(readFileSync(`/proc/${pid}/cmdline`, 'latin1'))?.[1];
    if (port === undefined) return 'the site has no proxy of its own';
    const ask = `require('net').connect(${port},'127.0.0.1').on('connect',function(){this.write('CONNECT hostile-exemple.test:443 HTTP/1.1\\r\\n\\r\\n')}).on('data',(d)=>{process.stdout.write(d);process.exit()}).on('close',()=>process.exit(1)).on('error',()=>process.exit(1))`;
    // The guest's own account must get an answer, or the refusal of the other would prove nothing.
    const answered = (account: Account): Promise<string | undefined> => tries(account, [process.execPath, '-e', ask]);
    if (!(await answered(guestAccount(fixture)))?.includes('200'))
      return 'the site’s own account gets no answer either';
    const other = await answered(accountOf(fixture, 'class=point-numerique-kiosk'));
    return other === undefined ? undefined : `it was answered: ${other.slice(0, 40)}`;
  },
};

/** Folders where a file could be found and run by another account. */
const writes: Attempt = {
  name: 'account/writes',
  what: 'from the site’s account: files of the machine, of main and of our own screens are written',
  page: SITE,
  async mustHold(fixture) {
    const guest = guestAccount(fixture);
    const kiosk = accountOf(fixture, 'class=point-numerique-kiosk');
    const folders = [
      '/etc',
      '/usr/bin',
      '/var/spool/cron',
      '/root',
      '/opt',
      fixture.stateFolder,
      kiosk.profile,
      `${kiosk.profile}/Default`,
    ];
    for (const folder of folders.filter((one) => existsSync(one)))
      if ((await tries(guest, ['/bin/sh', '-c', `echo x > "${folder}/ecrit-par-le-site"`])) !== undefined)
        return `${folder} was written to`;
    // Control: the account can write to its own profile.
    return (await tries(guest, ['/bin/sh', '-c', `echo x > "${guest.profile}/ecrit"`])) === undefined
      ? 'not even its own profile: nothing was tried'
      : undefined;
  },
};

export const account: readonly Attempt[] = AS_ROOT
  ? [
      outlived('hidden', 'a process of the site’s account in its own process session, with an empty environment', [
        ...['/bin/sleep', '600'],
      ]),
      outlived('ignores', 'the same, ignoring signals', ['/bin/sh', '-c', 'trap "" TERM HUP INT; sleep 600; :']),
      restless,
      reads,
      writes,
      kills,
      borrowsProxy,
      linked,
    ].map((one): Attempt => ({ ...one, chromiumOnly: 'Electron is one account: main’s own' }))
  : [];

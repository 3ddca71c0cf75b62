/** A private CUPS: its files in a temporary folder, one port on the loopback, queues to test printers. */
import { execFile, execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { until } from '../until.ts';
import { freePort, has, start } from './process.ts';

export const missingForCups = (): readonly string[] =>
  ['cupsd', 'lpadmin', 'lpstat', 'lp'].filter((program) => !has(program));

export interface TestCups {
  readonly server: string;
  readonly uri: string;
  /** Holds its spool, cache and logs. */
  readonly folder: string;
  /** `model`: `raw` by default, `everywhere`, or the path of a PPD. */
  addQueue(name: string, deviceUri: string, model?: string): Promise<void>;
  run(program: string, ...args: string[]): string;
  log(): string;
  stop(): Promise<void>;
}

/** Which of these backends are missing. Debian ships them in the package `cups`, not with the daemon. */
export const missingBackends = (...names: readonly string[]): readonly string[] =>
  names.filter((name) => !existsSync(`${PROGRAMS}/backend/${name}`)).map((name) => `CUPS’ ${name}`);

const PROGRAMS = '/usr/lib/cups';
/** A device that takes the document, then fails, as a USB printer whose cable is pulled out. It counts no page. */
export const FAILING_DEVICE = 'failing:/';
const FAILING_BACKEND = `#!/bin/sh
[ $# -eq 0 ] && exit 0
cat "\${6:--}" > /dev/null
sleep 1
echo "ERROR: the device is gone" >&2
exit 1
`;
/** CUPS' own programs, and one more backend. */
const addFailingBackend = (folder: string): string => {
  const programs = join(folder, 'programs');
  mkdirSync(join(programs, 'backend'), { recursive: true, mode: 0o755 });
  for (const name of readdirSync(PROGRAMS).filter((each) => each !== 'backend'))
    symlinkSync(join(PROGRAMS, name), join(programs, name));
  for (const name of readdirSync(join(PROGRAMS, 'backend')))
    symlinkSync(join(PROGRAMS, 'backend', name), join(programs, 'backend', name));
  writeFileSync(join(programs, 'backend', 'failing'), FAILING_BACKEND, { mode: 0o755 });
  return programs;
};

/** What IT appends to the configuration of an installed kiosk: every suite runs with it. */
const installedSettings = (): string =>
  readFileSync(join(import.meta.dirname, '../../../resources/os/linux/cups/cupsd-point-numerique.conf'), 'utf8');

/** Who may see the user and the name of a job. `owner` is what CUPS does unless it is set up otherwise. */
export type JobsShownTo = 'all' | 'owner' | 'nobody';
const ACCESS: Readonly<Record<JobsShownTo, string>> = { all: 'all', owner: 'default', nobody: '@SYSTEM' };

export const startCups = async (
  env: Readonly<Record<string, string>> = {},
  jobsShownTo: JobsShownTo = 'all',
): Promise<TestCups> => {
  const folder = mkdtempSync(join(tmpdir(), 'pn-cups-'));
  // CUPS runs its filters as the user `lp`.
  chmodSync(folder, 0o755);
  for (const name of ['etc', 'spool', 'spool/tmp', 'cache', 'state', 'logs'])
    mkdirSync(join(folder, name), { recursive: true, mode: 0o755 });
  if (process.getuid?.() === 0) {
    const lp = Number(execFileSync('id', ['-u', 'lp'], { encoding: 'utf8' }));
    for (const name of ['spool', 'spool/tmp', 'cache', 'state']) {
      chownSync(join(folder, name), lp, lp);
      chmodSync(join(folder, name), 0o775);
    }
  }
  const port = await freePort();
  const server = `127.0.0.1:${port}`;
  writeFileSync(
    join(folder, 'etc', 'cupsd.conf'),
    `LogLevel info
Listen ${server}
Browsing No
WebInterface No
DefaultAuthType None
MaxLogSize 0
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess ${ACCESS[jobsShownTo]}
  JobPrivateValues ${jobsShownTo === 'all' ? 'none' : 'default'}
  SubscriptionPrivateAccess all
  SubscriptionPrivateValues none
  <Limit All>
    Order deny,allow
    Allow all
  </Limit>
</Policy>
${installedSettings()}`,
  );
  writeFileSync(
    join(folder, 'etc', 'cups-files.conf'),
    `ServerRoot ${folder}/etc
ServerBin ${addFailingBackend(folder)}
RequestRoot ${folder}/spool
TempDir ${folder}/spool/tmp
CacheDir ${folder}/cache
StateDir ${folder}/state
AccessLog ${folder}/logs/access
ErrorLog ${folder}/logs/error
PageLog ${folder}/logs/page
FileDevice Yes
SystemGroup root
Sandboxing relaxed
`,
  );
  // Log to a file. A pipe would fill up and block the daemon while this process waits for `lpadmin`.
  const daemon = start(
    'cupsd',
    ['-f', '-c', join(folder, 'etc', 'cupsd.conf'), '-s', join(folder, 'etc', 'cups-files.conf')],
    env,
  );
  await until(
    () => `cupsd: ${daemon.output().slice(-2000)}`,
    async () => {
      if (daemon.child.exitCode !== null) throw new Error(`cupsd ended: ${daemon.output().slice(-3000)}`);
      return fetch(`http://${server}/`).then(
        () => true,
        () => false,
      );
    },
  );
  const run = (program: string, ...args: string[]): string =>
    execFileSync(program, ['-h', server, ...args], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  return {
    server,
    uri: `ipp://${server}`,
    folder,
    async addQueue(name, deviceUri, model = 'raw') {
      // Run asynchronously: with `everywhere`, lpadmin queries a printer whose output this process must keep reading.
      const driver = model.startsWith('/') ? ['-P', model] : ['-m', model];
      await promisify(execFile)('lpadmin', ['-h', server, '-p', name, '-E', '-v', deviceUri, ...driver]);
      await until(`queue ${name}`, () => run('lpstat', '-a').includes(name));
    },
    run,
    log: () => readFileSync(join(folder, 'logs', 'error'), 'utf8'),
    stop: async () => {
      await daemon.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

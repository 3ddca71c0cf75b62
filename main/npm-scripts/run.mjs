// The entry point of every npm script. Runs on whatever Node the machine has, prepares the machine for the task
// (announcing each step), then hands over to Node 24 from the npm package `node`. Plain JavaScript without
// dependencies, because nothing else can run on a fresh machine.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rootFor } from './as-root.mjs';
import { installQuietly } from './install-quietly.mjs';
import { setUpFor, taskNames } from './tasks.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const node24 = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const say = (text) => process.stderr.write(`point-numerique: ${text}\n`);
const BROWSER_USER = 'point-numerique';

/** npm keeps a lock file of what is installed: compare it with ours, version by version. */
const npmPackagesAreThere = () => {
  const packagesOf = (file) => JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  try {
    const there = packagesOf('node_modules/.package-lock.json');
    return Object.entries(packagesOf('package-lock.json')).every(
      ([path, { version, optional }]) => path === '' || optional || there[path]?.version === version,
    );
  } catch {
    return false;
  }
};

const npmIsReady = () => existsSync(node24) && npmPackagesAreThere();

const installNpmPackages = () => {
  if (npmIsReady()) return;
  say('installing the npm packages (once, about a minute)…');
  // Only the package `node` needs an install script, and its binary is a package too.
  // Our Node is a dev dependency: NODE_ENV=production or `omit` in an .npmrc would leave it out.
  const everything = ['--include=dev', '--include=optional'];
  const forOurNode = `--require ${JSON.stringify(join(root, 'main', 'npm-scripts', 'for-our-node.cjs'))}`;
  execFileSync('npm', ['ci', ...everything, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
    env: { ...process.env, NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} ${forOurNode}` },
  });
  say('installing Node 24 (npm package `node`)…');
  execFileSync(process.execPath, ['installArchSpecificPackage.js'], {
    cwd: join(root, 'node_modules', 'node'),
    stdio: ['ignore', 2, 2],
  });
};

const installedDebianPackages = () => {
  try {
    const out = execFileSync('dpkg-query', ['-W', '-f', '${binary:Package} ${db:Status-Status}\n'], {
      encoding: 'utf8',
    });
    return new Set(
      out
        .split('\n')
        .filter((line) => line.endsWith(' installed'))
        .map((line) => line.split(' ')[0].split(':')[0]),
    );
  } catch {
    return undefined; // not Debian: the shell reports what is missing when it starts
  }
};

const installDebianPackages = (wanted, command) => {
  if (process.platform !== 'linux' || wanted.length === 0) return;
  const installed = installedDebianPackages();
  if (!installed) return;
  const missing = wanted.filter((name) => !installed.has(name));
  if (missing.length === 0) return;
  say(`installing Debian packages: ${missing.join(' ')}…`);
  const asRoot = rootFor(missing, { isRoot: process.getuid() === 0, command });
  try {
    asRoot('apt-get', ['update', '-qq']);
  } catch {
    // One source that does not answer, such as the installation disk, fails the whole update. apt has named it.
    say('one of the lists of packages was not updated; going on with what is there…');
  }
  installQuietly(missing, { asRoot });
};

/**
 * Chromium refuses to run as root with its sandbox on, and the sandbox stays on. So root needs an unprivileged user to
 * run it.
 */
const makeBrowserUser = () => {
  if (process.platform !== 'linux' || process.getuid() !== 0) return;
  if (readFileSync('/etc/passwd', 'utf8').includes(`\n${BROWSER_USER}:`)) return;
  say(`making the unprivileged user ${BROWSER_USER} for the browsers…`);
  execFileSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', BROWSER_USER], {
    stdio: 'inherit',
  });
};

const wordsOf = (pid) => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return []; // it ended meanwhile
  }
};
const KIOSK = join(root, 'dist', 'main', 'process', 'kiosk-on-chromium.js');

/**
 * A kiosk that runs from this folder, whoever started it. It reads parts of the build and of the packages only when
 * they are needed: the decoders of each session, printers, scanners, screens.
 */
const kioskRunsHere = () =>
  existsSync('/proc') &&
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(wordsOf)
    .some((words) => words.includes(KIOSK) || (/\/electron$/.test(words[0]) && words.includes(root)));

const onNode24 = (script, args = [], stdout = 2) =>
  execFileSync(node24, [join(root, 'main', 'npm-scripts', script), ...args], {
    cwd: root,
    stdio: ['ignore', stdout, 2],
    encoding: 'utf8',
  });
const isStale = () => onNode24('is-stale.ts', [], 'pipe') === 'stale';

/** The system refuses to run our Node: a home or a data disk is often mounted with `noexec`. */
const isRefused = (error) => error.code === 'EACCES' && error.path === node24;
const noProgramRuns = `no program may run from ${root} (a disk mounted with “noexec”?): move the project to a disk that allows programs, /opt for one, and start again`;

/** What the person typed. */
const commandOf = (name, args) =>
  [
    ['start', 'test'].includes(name) ? `npm ${name}` : `npm run ${name}`,
    ...(args.length > 0 ? ['--', ...args] : []),
  ].join(' ');

const main = () => {
  const [name, ...args] = process.argv.slice(2);
  const task = setUpFor(name, args);
  if (!task) {
    say(`unknown task "${name ?? ''}"; known: ${taskNames.join(', ')}`);
    return 2;
  }
  try {
    const besideKiosk = kioskRunsHere();
    if (besideKiosk && task.besideKiosk) {
      if (task.build && isStale())
        say(
          'the project has changed since the kiosk was started. It keeps its version, and so does this command: end the kiosk and start it again for the new one.',
        );
    } else if (besideKiosk && (!npmIsReady() || task.rebuilds || (task.build && isStale()))) {
      say('a kiosk runs from this folder, and this would replace its packages or its build: end it first');
      return 1;
    } else {
      installNpmPackages();
      installDebianPackages(task.debian, commandOf(name, args));
      if (task.user) makeBrowserUser();
      if (task.build) onNode24('build.ts', ['--if-stale']);
    }
  } catch (error) {
    say(isRefused(error) ? noProgramRuns : `the set-up stopped: ${error.message}`);
    return 1;
  }
  const child = spawn(node24, ['--disable-warning=ExperimentalWarning', join(root, task.entry), ...args], {
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: [dirname(node24), join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    say(isRefused(error) ? noProgramRuns : `Node 24 did not start: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
  return undefined;
};

const code = main();
if (code !== undefined) process.exit(code);

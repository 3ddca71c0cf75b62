/** The entry point of every npm script on a fresh copy of the project, with an npm of ours. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

it('installs every package, also where npm is set to leave some out (NODE_ENV=production)', () => {
  const root = mkdtempSync(join(tmpdir(), 'pn-run-'));
  try {
    cpSync(join(import.meta.dirname, '../../../main/npm-scripts'), join(root, 'main/npm-scripts'), { recursive: true });
    const said = join(root, 'said');
    writeFileSync(join(root, 'npm'), `#!/bin/sh\necho "$*" > '${said}'\nexit 1\n`, { mode: 0o755 });
    const run = spawnSync(process.execPath, [join(root, 'main/npm-scripts/run.mjs'), 'lint'], {
      encoding: 'utf8',
      env: { PATH: `${root}:/usr/bin:/bin`, NODE_ENV: 'production' },
    });
    expect(run.stderr).toContain('the set-up stopped');
    const words = readFileSync(said, 'utf8').trim().split(' ');
    expect(words).toEqual(expect.arrayContaining(['ci', '--include=dev', '--include=optional']));
  } finally {
    rmSync(root, { recursive: true });
  }
});

it('has npm choose the packages for our Node, not for the older one that npm runs on', () => {
  const root = mkdtempSync(join(tmpdir(), 'pn run é-'));
  try {
    cpSync(join(import.meta.dirname, '../../../main/npm-scripts'), join(root, 'main/npm-scripts'), { recursive: true });
    writeFileSync(join(root, 'package-lock.json'), '{ "packages": { "node_modules/node": { "version": "99.1.2" } } }');
    const npm = `#!${process.execPath}\nconsole.error('npm for', process.version);\nprocess.exit(1);\n`;
    writeFileSync(join(root, 'npm'), npm, { mode: 0o755 });
    const run = spawnSync(process.execPath, [join(root, 'main/npm-scripts/run.mjs'), 'lint'], {
      encoding: 'utf8',
      env: { PATH: `${root}:/usr/bin:/bin` },
    });
    expect(run.stderr).toContain('npm for v99.1.2');
  } finally {
    rmSync(root, { recursive: true });
  }
});

/** A copy with its packages, whose Node the system refuses to start, as on a disk mounted with `noexec`. */
it.each(['lint', 'test'])('says in one sentence that no program may run from where the project is (%s)', (task) => {
  const root = mkdtempSync(join(tmpdir(), 'pn-run-'));
  try {
    cpSync(join(import.meta.dirname, '../../../main/npm-scripts'), join(root, 'main/npm-scripts'), { recursive: true });
    mkdirSync(join(root, 'node_modules/node/bin'), { recursive: true });
    for (const file of ['package-lock.json', 'node_modules/.package-lock.json'])
      writeFileSync(join(root, file), '{ "packages": {} }');
    writeFileSync(join(root, 'node_modules/node/bin/node'), '', { mode: 0o644 });
    // No dpkg-query: nothing is installed on this machine.
    const run = spawnSync(process.execPath, [join(root, 'main/npm-scripts/run.mjs'), task], {
      encoding: 'utf8',
      env: { PATH: root },
    });
    expect(run.status).toBe(1);
    expect(run.stderr).toMatch(/^point-numerique: no program may run from .+noexec.+\/opt.+\n$/);
  } finally {
    rmSync(root, { recursive: true });
  }
});

let root: string;
const put = (file: string, content: string, mode = 0o644): void => {
  mkdirSync(join(root, file, '..'), { recursive: true });
  writeFileSync(join(root, file), content, { mode });
};

describe('a Debian that lacks packages', () => {
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'pn-run-'));
    cpSync(join(import.meta.dirname, '../../../main/npm-scripts'), join(root, 'main/npm-scripts'), { recursive: true });
    for (const file of ['package-lock.json', 'node_modules/.package-lock.json']) put(file, '{ "packages": {} }');
    for (const name of ['node_modules/node/bin/node', 'dpkg-query', 'useradd']) put(name, '#!/bin/sh\n', 0o755);
    put('sudo', '#!/bin/sh\nexec "$@"\n', 0o755);
  });
  afterEach(() => rmSync(root, { recursive: true }));
  /** As where the installation disk is still among the sources of apt: `apt-get update` ends with 100. */
  const start = (install: number) => {
    put('apt-get', `#!/bin/sh\n[ "$1" = update ] && { echo E: cdrom >&2; exit 100; }\nexit ${install}\n`, 0o755);
    return spawnSync(process.execPath, [join(root, 'main/npm-scripts/run.mjs'), 'start'], {
      encoding: 'utf8',
      env: { PATH: `${root}:/usr/bin:/bin` },
    });
  };

  it('goes on without a source of apt that does not answer', () => {
    expect(start(0)).toMatchObject({ status: 0, stderr: expect.stringContaining('E: cdrom') as string });
  });
  it('stops where the packages themselves cannot be had', () => {
    const { status, stderr } = start(100);
    expect(status).toBe(1);
    expect(stderr).toMatch(/the set-up stopped: Command failed: .*apt-get install/);
  });
});

describe('beside a running kiosk, after the project was updated', () => {
  let kiosk: ChildProcess;
  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'pn-run-'));
    cpSync(join(import.meta.dirname, '../../../main/npm-scripts'), join(root, 'main/npm-scripts'), { recursive: true });
    // Every program writes its words: our Node, to which the build is always old, and npm.
    const node = `#!/bin/sh\necho "node $*" >> '${root}/ran'\ncase "$1" in */is-stale.ts) printf stale ;; esac\n`;
    put('node_modules/node/bin/node', node, 0o755);
    put('npm', `#!/bin/sh\necho "npm $*" >> '${root}/ran'\nexit 1\n`, 0o755);
    packages('2.0.0', '1.0.0');
    put('ran', '');
    put('dist/main/process/kiosk-on-chromium.js', "process.stdin.resume(); console.log('here');");
    kiosk = spawn(process.execPath, [join(root, 'dist/main/process/kiosk-on-chromium.js')], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await once(kiosk.stdout ?? kiosk, 'data');
  });
  afterEach(async () => {
    await end();
    rmSync(root, { recursive: true });
  });
  /** The versions of one package: the one that the project wants, and the one that is there. */
  const packages = (wanted: string, there: string): void => {
    const list = (version: string): string => `{ "packages": { "node_modules/zod": { "version": "${version}" } } }`;
    put('package-lock.json', list(wanted));
    put('node_modules/.package-lock.json', list(there));
  };
  const end = async (): Promise<void> => {
    if (kiosk.exitCode !== null) return;
    kiosk.stdin?.end();
    await once(kiosk, 'exit');
  };
  const run = (...words: readonly string[]) =>
    spawnSync(process.execPath, [join(root, 'main/npm-scripts/run.mjs'), ...words], {
      encoding: 'utf8',
      env: { PATH: `${root}:/usr/bin:/bin` },
    });
  const ran = (...words: readonly string[]): readonly string[] => {
    run(...words);
    return readFileSync(join(root, 'ran'), 'utf8').replaceAll(root, '').trim().split('\n');
  };

  it.each(['report', 'agent-passphrase', 'directory'])(
    'a command takes neither the packages nor the build from under it (%s)',
    (command) => {
      expect(ran('start', command)).toEqual([
        'node /main/npm-scripts/is-stale.ts',
        `node --disable-warning=ExperimentalWarning /main/npm-scripts/launch.ts ${command}`,
      ]);
    },
  );
  it('a command says that both are of the version before', () => {
    expect(run('start', 'report').stderr).toContain('the project has changed since the kiosk was started');
  });
  it('the configuration is checked with the packages that are there', () => {
    expect(ran('config:check')).toEqual(['node --disable-warning=ExperimentalWarning /main/config/check.ts']);
  });
  it.each(['start', 'test', 'tour', 'dev', 'lint'])('%s does not install packages under it', (task) => {
    const { status, stderr } = run(task);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^point-numerique: a kiosk runs from this folder[^\n]+end it first\n$/);
    expect(ran(task)).toEqual(['']);
  });
  it.each(['start', 'test', 'tour', 'dev', 'build'])('%s does not build under it', (task) => {
    packages('2.0.0', '2.0.0');
    const { status, stderr } = run(task);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^point-numerique: a kiosk runs from this folder[^\n]+end it first\n$/);
    expect(ran(task).join()).not.toMatch(/build\.ts|npm /);
  });
  it('what has nothing to install or to build runs: the kiosk itself says that it is there already', () => {
    packages('2.0.0', '2.0.0');
    put('node_modules/node/bin/node', `#!/bin/sh\necho "node $*" >> '${root}/ran'\n`, 0o755);
    put('dpkg-query', '#!/bin/sh\nexit 1\n', 0o755); // not Debian
    put('useradd', '#!/bin/sh\n', 0o755);
    expect(ran('start').at(-1)).toBe('node --disable-warning=ExperimentalWarning /main/npm-scripts/launch.ts');
  });
  it('everything is installed and built as ever once the kiosk has ended', async () => {
    await end();
    expect(ran('start', 'report').join()).toMatch(/^npm ci /);
  });
});

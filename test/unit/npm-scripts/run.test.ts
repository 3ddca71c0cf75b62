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

describe('a command beside a running kiosk, after the project was updated', () => {
  let kiosk: ChildProcess;
  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'pn-run-'));
    cpSync(join(import.meta.dirname, '../../../main/npm-scripts'), join(root, 'main/npm-scripts'), { recursive: true });
    // Every program writes its words: our Node, and npm.
    put('node_modules/node/bin/node', `#!/bin/sh\necho "node $*" >> '${root}/ran'\n`, 0o755);
    put('npm', `#!/bin/sh\necho "npm $*" >> '${root}/ran'\nexit 1\n`, 0o755);
    put('package-lock.json', '{ "packages": { "node_modules/zod": { "version": "2.0.0" } } }');
    put('node_modules/.package-lock.json', '{ "packages": { "node_modules/zod": { "version": "1.0.0" } } }');
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
  const end = async (): Promise<void> => {
    if (kiosk.exitCode !== null) return;
    kiosk.stdin?.end();
    await once(kiosk, 'exit');
  };
  const ran = (...words: readonly string[]): readonly string[] => {
    spawnSync(process.execPath, [join(root, 'main/npm-scripts/run.mjs'), ...words], {
      env: { PATH: `${root}:/usr/bin:/bin` },
    });
    return readFileSync(join(root, 'ran'), 'utf8').replaceAll(root, '').trim().split('\n');
  };

  it.each(['report', 'agent-passphrase', 'directory'])(
    'takes neither the packages nor the build from under it (%s)',
    (command) => {
      expect(ran('start', command)).toEqual([
        'node /main/npm-scripts/say-if-stale.ts',
        `node --disable-warning=ExperimentalWarning /main/npm-scripts/launch.ts ${command}`,
      ]);
    },
  );
  it('checks the configuration with the packages that are there', () => {
    expect(ran('config:check')).toEqual(['node --disable-warning=ExperimentalWarning /main/config/check.ts']);
  });
  it('installs and builds as ever once the kiosk has ended', async () => {
    await end();
    expect(ran('start', 'report').join()).toMatch(/^npm ci /);
  });
});

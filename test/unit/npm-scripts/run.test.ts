/** The entry point of every npm script on a fresh copy of the project, with an npm of ours. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

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

/** A kiosk on a machine on which it cannot start: what it says, and whether it tries again. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDisplay, type Display } from '../../../main/npm-scripts/display.ts';
import { processesMentioning } from '../../../main/platform/processes.ts';
import { findChromium } from '../../../main/shell/chromium/system-chromium.ts';
import { projectRoot } from '../../harness/electron/in-electron.ts';
import { until } from '../../harness/until.ts';

const mayPlay = process.getuid?.() === 0 && spawnSync('unshare', ['--mount', 'true']).status === 0;
if (!mayPlay) console.warn('SKIPPED: a machine without Chromium or without its user, which only root can play');

let folder: string;
let display: Display | undefined;
let watcher: ChildProcess | undefined;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'pn-refused-'))));
afterEach(async () => {
  if (watcher?.exitCode === null) {
    watcher.kill('SIGTERM');
    await once(watcher, 'exit');
  }
  await display?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts it where the file `at` is seen as `seen`. Its messages are added to `said`. */
const startWhere = (at: string, seen: string, said: string[]): ChildProcess => {
  watcher = spawn(
    'unshare',
    [
      ...['--mount', 'sh', '-c', 'mount --bind "$1" "$2" && shift 2 && exec "$@"', 'sh', seen, at],
      ...[process.execPath, '--disable-warning=ExperimentalWarning'],
      ...[join(projectRoot, 'main/process/watcher-on-chromium.ts'), '--window=800x600'],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, STATE_DIRECTORY: join(folder, 'state') } },
  );
  watcher.stderr?.on('data', (text: Buffer) => void said.push(...text.toString().trim().split('\n')));
  return watcher;
};
const sentences = (said: readonly string[]): readonly string[] => said.filter((line) => !line.startsWith('{'));

describe.skipIf(!mayPlay)('a kiosk that cannot start', () => {
  it('ends with one sentence when the browsers’ user is missing: another try would fail in the same way', async () => {
    const passwd = readFileSync('/etc/passwd', 'utf8').split('\n');
    writeFileSync(join(folder, 'passwd'), passwd.filter((line) => !line.startsWith('point-numerique:')).join('\n'));
    const said: string[] = [];
    const [code] = (await once(startWhere('/etc/passwd', join(folder, 'passwd'), said), 'close')) as [number];
    expect(code).toBe(2);
    expect(said).toEqual([expect.stringContaining('le compte point-numerique n’existe pas')]);
  });

  it('says that Chromium does not start, and tries again', { timeout: 60_000 }, async () => {
    display = await openDisplay({ existing: undefined, size: '800x600' });
    process.env['DISPLAY'] = display.name;
    const said: string[] = [];
    startWhere(findChromium() ?? '/nonexistent', '/bin/false', said);
    await until('another try', () => sentences(said).length >= 2, 50_000);
    for (const line of sentences(said)) expect(line).toMatch(/^Chromium ne démarre pas\. La borne réessaie\./);
    expect(said.join('\n')).toMatch(/"kiosk.not-started".*"kiosk.died"/s);
    expect(said.join('\n')).not.toContain('"kiosk.bug"');
  });
});

describe('`npm start` where nothing installs packages', () => {
  /** Runs it with these programs alone, and without a display. */
  const startWith = (...programs: readonly string[]) => {
    for (const name of programs) symlinkSync(`/usr/bin/${name}`, join(folder, name));
    return spawnSync(process.execPath, [join(projectRoot, 'main/npm-scripts/launch.ts'), '--shell=chromium'], {
      encoding: 'utf8',
      env: { PATH: folder, TMPDIR: folder },
    });
  };

  it.each([
    ['Xvfb', []],
    ['openbox', ['Xvfb']],
  ])('says in one sentence that %s is missing, and leaves nothing running', (missing, programs) => {
    const { status, stderr } = startWith(...programs);
    expect(status).toBe(2);
    const said = stderr.split('\n').filter((line) => !/ExperimentalWarning|--trace-warnings/.test(line));
    expect(said).toEqual([`point-numerique: ${missing} cannot be started. Is it installed?`, '']);
    expect(processesMentioning(folder)).toEqual([]);
  });
});

/** A kiosk whose terminal goes while it shuts down, as when its PC is switched off. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDisplay, type Display } from '../../../main/npm-scripts/display.ts';
import { killAll } from '../../../main/platform/process-tree.ts';
import { processesMentioning } from '../../../main/platform/processes.ts';
import { projectRoot } from '../../harness/electron/in-electron.ts';
import { until } from '../../harness/until.ts';

const hasTerminals = spawnSync('script', ['--version']).status === 0;
if (!hasTerminals) console.warn('SKIPPED: a kiosk whose terminal goes, without script(1)');

let state: string;
let display: Display;
beforeEach(async () => {
  state = mkdtempSync(join(tmpdir(), 'pn-terminal-'));
  display = await openDisplay({ existing: undefined, size: '800x600' });
});
afterEach(async () => {
  killAll(processesMentioning(state));
  await display.stop();
  rmSync(state, { recursive: true, force: true });
});

it.skipIf(!hasTerminals)('shuts down to the end, so that nobody is told of a restart in the morning', async () => {
  const program = join(projectRoot, 'main/process/watcher-on-chromium.ts');
  const config = `--config=${join(projectRoot, 'test/fixtures/demo')}`;
  const words = [process.execPath, '--disable-warning=ExperimentalWarning', program, '--window=800x600', config];
  const terminal = spawn('script', ['--quiet', '--command', words.map((one) => `'${one}'`).join(' '), '/dev/null'], {
    stdio: 'ignore',
    env: { ...process.env, STATE_DIRECTORY: state, DISPLAY: display.name },
  });
  const mark = join(state, 'running');
  await until('the kiosk', () => existsSync(mark), 30_000);
  terminal.kill('SIGKILL'); // the kernel sends SIGHUP, and fails every write from now on
  await once(terminal, 'exit');
  await until('the end of the kiosk', () => processesMentioning(state).length === 0, 10_000);
  expect(existsSync(mark)).toBe(false);
});

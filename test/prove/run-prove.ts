/**
 * `npm run electron:prove`: on a Linux PC that has Electron's own program, plays on it the Shell port's suite, the main
 * job, the escape catalogue, visits with their residue, and their times; writes `out/electron.md`. Ends with 0 when all
 * of it held, 1 when something failed, 2 when it could not be played.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { release, tmpdir, type } from 'node:os';
import { basename, join } from 'node:path';
import { electronProgram, projectRoot } from '../harness/electron/in-electron.ts';
import { orFailed, outcomesOfEscape, outcomesOfVitest, type Outcome } from './outcomes.ts';
import { provePage } from './page.ts';
import { whatToDo } from './what-to-do.ts';

const HOURS = 60 * 60 * 1_000;
const MAX_OUTPUT = 64 * 1024 * 1024;
const say = (line: string): void => void process.stderr.write(`${line}\n`);

const missing = whatToDo({ program: electronProgram, platform: process.platform });
if (missing !== undefined) {
  say(missing);
  process.exit(2);
}

interface Printed {
  readonly out: string;
  readonly err: string;
}
/** However it ends: its verdict is read from what it says. */
const run = (script: string, words: readonly string[]): Promise<Printed> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', join(projectRoot, script), ...words],
      { cwd: projectRoot, timeout: 3 * HOURS, maxBuffer: MAX_OUTPUT },
      (_error, out, err) => resolve({ out, err }),
    );
  });

const vitest = async (suite: string, project: string, file: string, of: string): Promise<readonly Outcome[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'pn-prove-'));
  const report = join(folder, 'report.json');
  try {
    const words = ['run', '--project', project, file, '--reporter=json', `--outputFile=${report}`];
    const { err } = await run('node_modules/vitest/vitest.mjs', words);
    const read = (): string => readFileSync(report, 'utf8');
    try {
      return orFailed(suite, outcomesOfVitest(suite, read(), of), err);
    } catch (error) {
      return orFailed(suite, [], err === '' ? String(error) : err);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const escape = async (): Promise<readonly Outcome[]> => {
  const { out, err } = await run('test/e2e/escape/run-escape.ts', ['--shell=electron']);
  return orFailed('escape', outcomesOfEscape('escape', out), err);
};

const visits = async (): Promise<readonly Outcome[]> => {
  const { out, err } = await run('test/prove/run-visit.ts', ['--shell=electron']);
  return orFailed('residue', out === '' ? [] : (JSON.parse(out) as Outcome[]), err);
};

const suites: readonly (readonly [name: string, play: () => Promise<readonly Outcome[]>])[] = [
  [
    'the Shell port',
    () => vitest('shell contract', 'contract', 'test/contract/shell/electron.test.ts', 'inside Electron'),
  ],
  ['the main job', () => vitest('main job', 'e2e', 'test/e2e/main-job.test.ts', 'on electron')],
  ['residue and times', visits],
  ['the escape catalogue, which takes longest', escape],
];

const outcomes: Outcome[] = [];
for (const [name, play] of suites) {
  say(`${name}…`);
  outcomes.push(...(await play()));
}
const { version } = createRequire(import.meta.url)('electron/package.json') as { version: string };
const page = provePage(
  {
    system: `${type()} ${release()}`,
    electron: version,
    program: basename(electronProgram ?? ''),
    day: new Date().toISOString().slice(0, 10),
  },
  outcomes,
);
mkdirSync(join(projectRoot, 'out'), { recursive: true });
writeFileSync(join(projectRoot, 'out/electron.md'), page);
const failed = outcomes.filter(({ verdict }) => verdict === 'failed').length;
say(`out/electron.md: ${outcomes.length} tried, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

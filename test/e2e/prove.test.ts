/** The visits that `npm run electron:prove` plays on Electron, rehearsed on Chromium: there they must hold. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import type { Outcome } from '../prove/outcomes.ts';

it('times visits of a person, and finds nothing of them afterwards', async () => {
  const script = join(import.meta.dirname, '../prove/run-visit.ts');
  const words = ['--disable-warning=ExperimentalWarning', script, '--shell=chromium'];
  const { stdout } = await promisify(execFile)(process.execPath, words, { timeout: 110_000 });
  const outcomes = JSON.parse(stdout) as Outcome[];
  expect(outcomes.length).toBeGreaterThanOrEqual(9);
  // A time is judged on the machine that it was taken on, not beside other tests.
  expect(outcomes.filter(({ suite, verdict }) => suite === 'residue' && verdict !== 'held')).toEqual([]);
});

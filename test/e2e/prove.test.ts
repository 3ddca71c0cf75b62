/** Rehearses on Chromium the visits that `npm run electron:prove` runs on Electron. On Chromium they must pass. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import type { Outcome } from '../prove/outcomes.ts';

it('measures a person’s visits, and finds no residue of them', async () => {
  const script = join(import.meta.dirname, '../prove/run-visit.ts');
  const words = ['--disable-warning=ExperimentalWarning', script, '--shell=chromium'];
  const { stdout } = await promisify(execFile)(process.execPath, words, { timeout: 110_000 });
  const outcomes = JSON.parse(stdout) as Outcome[];
  expect(outcomes.length).toBeGreaterThanOrEqual(9);
  // Times are not checked here, because other tests run in parallel.
  expect(outcomes.filter(({ suite, verdict }) => suite === 'residue' && verdict !== 'held')).toEqual([]);
});

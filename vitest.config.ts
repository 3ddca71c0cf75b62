/** One runner for every test; `npm test` runs the suites in order of cost (see `test/harness/run-tests.ts`). */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { SlowestFirst } from './test/harness/slowest-first.ts';

/** Suites of one turn run together; each turn waits for the one before. */
const suite = (name: string, turn: number, timeoutMs: number, maxWorkers: number, runner?: string) => ({
  extends: true as const,
  test: {
    name,
    ...(runner !== undefined && { runner }),
    include: [`test/${name}/**/*.test.ts`],
    testTimeout: timeoutMs,
    hookTimeout: timeoutMs,
    maxWorkers,
    sequence: { groupOrder: turn },
  },
});

export default defineConfig({
  root: import.meta.dirname,
  plugins: [svelte({ configFile: './svelte.config.js' })],
  resolve: { conditions: ['browser'] },
  test: {
    // No machine of ours has this time zone, so code that uses the local zone by mistake fails.
    env: { TZ: 'Pacific/Chatham' },
    pool: 'forks',
    // One second by default: too short for a busy machine, as any wait that is not about time.
    expect: { poll: { timeout: 15_000 } },
    // When we refuse to draw a page, pdf.js is still reading it and rejects a promise that nobody awaits. The product
    // draws in a separate process, which it then ends.
    onUnhandledError: (error) => !(error.name === 'AbortException' && error.message === 'too-large'),
    // No test depends on the order of others: the tests of a file run in another order than they are written in. It is
    // the same order each time, so that a failure comes again. `--sequence.seed` tries another.
    sequence: { sequencer: SlowestFirst, shuffle: { files: false, tests: true }, seed: 7 },
    // Two of each, for two cores. Three were tried: contract and integration took a seventh less time, e2e as much, and
    // two whole runs in three lost a press or missed a time limit.
    projects: [
      suite('unit', 0, 20_000, 2),
      suite('contract', 1, 60_000, 2),
      suite('integration', 1, 90_000, 2),
      suite('e2e', 2, 120_000, 2, './test/harness/shown-at-failure.ts'),
    ],
  },
});

/** One runner for every test; `npm test` runs the suites in order of cost (see `test/harness/run-tests.ts`). */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { SlowestFirst } from './test/harness/slowest-first.ts';

/** Suites of one turn run together; each turn waits for the one before. */
const suite = (name: string, turn: number, timeoutMs: number, maxWorkers: number) => ({
  extends: true as const,
  test: {
    name,

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
    // An hour and a date that no machine of ours has: code that reads the local zone by mistake shows.
    env: { TZ: 'Pacific/Chatham' },
    pool: 'forks',
    // A page whose drawing we refuse is still being read by pdf.js, which throws our own refusal into nobody's hands. In the
    // product that is a process of its own, which is then ended.
    onUnhandledError: (error) => !(error.name === 'AbortException' && error.message === 'too-large'),
    sequence: { sequencer: SlowestFirst },
    // The kiosk itself runs alone, as it does at its place: beside another one on two cores it is judged for what it does not do there.
    projects: [
      suite('unit', 0, 20_000, 2),
      suite('contract', 1, 60_000, 2),
      suite('integration', 1, 90_000, 2),
      suite('e2e', 2, 120_000, 1),
    ],
  },
});

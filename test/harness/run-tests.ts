/**
 * `npm test`: runs every suite, cheapest first, and prints the totals as the last line. `npm test -- unit` runs one
 * suite.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const out = join(root, 'out', 'test');

/** Suites in one row run together, with the number of workers set in `vitest.config.ts`. */
const ROWS: readonly (readonly string[])[] = [['unit'], ['contract', 'integration'], ['e2e']];

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  /** Includes files that failed to load: a suite that does not load has not passed. */
  readonly numFailedTestSuites: number;
  readonly success: boolean;
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** The names of skipped tests. Each name says why the test is skipped and what would make it run. */
const skippedIn = (report: Report): readonly string[] =>
  report.testResults
    .flatMap((file) => file.assertionResults)
    .filter(({ status }) => status === 'skipped' || status === 'pending' || status === 'todo')
    .map(({ fullName }) => fullName);

/**
 * Repeats every failure at the end of the output: a CI that keeps only the last lines must still show which test failed
 * and why.
 */
const failedIn = (report: Report): readonly string[] =>
  report.testResults.flatMap((file) => {
    const path = relative(root, file.name);
    const failed = file.assertionResults.filter(({ status }) => status === 'failed');
    if (failed.length === 0 && file.message !== '') return [`${path}: ${file.message}`];
    return failed.map(({ fullName, failureMessages }) => `${path}: ${fullName}\n${failureMessages.join('\n')}`);
  });

const runRow = async (
  row: readonly string[],
  filters: readonly string[],
): Promise<{ readonly code: number; readonly report?: Report }> => {
  const file = join(out, `${row.join('-')}.json`);
  const child = spawn(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      ...row.flatMap((name) => ['--project', name]),
      '--passWithNoTests',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
      ...filters,
    ],
    { cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, TZ: 'Pacific/Chatham' } },
  );
  const [code] = (await once(child, 'exit')) as [number | null];
  try {
    return { code: code ?? 1, report: JSON.parse(readFileSync(file, 'utf8')) as Report };
  } catch {
    return { code: code ?? 1 };
  }
};

const main = async (argv: readonly string[]): Promise<number> => {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const named = argv.filter((one) => ROWS.flat().includes(one));
  const filters = argv.filter((one) => !named.includes(one));
  const rows = ROWS.map((row) => row.filter((name) => named.length === 0 || named.includes(name))).filter(
    (row) => row.length > 0,
  );
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  const unplayed: string[] = [];
  const failures: string[] = [];
  for (const row of rows) {
    const { code, report } = await runRow(row, filters);
    passed += report?.numPassedTests ?? 0;
    skipped += (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
    if (report && !filters.includes('-t')) unplayed.push(...skippedIn(report));
    if (report) failures.push(...failedIn(report));
    const fails = report?.numFailedTests ?? 0;
    // A file that does not load, or an error outside any test, fails the row without a failed test.
    if (code !== 0 && fails === 0) failures.push(`${row.join(', ')}: an error outside any test, see above`);
    failed += code !== 0 && fails === 0 ? 1 : fails;
  }
  for (const name of unplayed) process.stdout.write(`skipped: ${name}\n`);
  for (const failure of failures) process.stdout.write(`failed: ${failure}\n`);
  process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
  return failed === 0 && passed > 0 ? 0 : 1;
};

process.exit(await main(process.argv.slice(2)));

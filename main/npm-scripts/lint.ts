/** `npm run lint`: every automatic check of the code, by name. Runs all of them before it reports the result. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { appRoot } from '../platform/app-root.ts';

const root = appRoot();
const bin = (name: string): string => join(root, 'node_modules', '.bin', name);

const checks: readonly { readonly name: string; readonly command: readonly string[] }[] = [
  { name: 'types', command: [bin('tsc'), '-p', '.'] },
  {
    name: 'svelte',
    command: [
      bin('svelte-check'),
      '--tsconfig',
      './tsconfig.json',
      '--output',
      'human',
      '--threshold',
      'warning',
      '--fail-on-warnings',
    ],
  },
  { name: 'eslint', command: [bin('eslint'), '.', '--max-warnings', '0'] },
  { name: 'import fences', command: [bin('depcruise'), 'main', 'renderer', '--config', '.dependency-cruiser.cjs'] },
  { name: 'dead code', command: [bin('knip'), '--no-progress'] },
  { name: 'words', command: [process.execPath, 'main/npm-scripts/check-messages.ts'] },
  { name: 'content', command: [process.execPath, 'main/config/check.ts', '--strict'] },
  { name: 'formatting', command: [bin('prettier'), '--check', '--log-level', 'warn', '.'] },
];

let failed = 0;
const wanted = process.argv.slice(2);
for (const { name, command } of checks) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const [program = '', ...args] = command;
  const { status } = spawnSync(program, args, { cwd: root, stdio: 'inherit' });
  process.stdout.write(`${status === 0 ? 'ok    ' : 'FAILED'} ${name}\n`);
  if (status !== 0) failed += 1;
}
process.stdout.write(`lint: ${checks.length} checks, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);

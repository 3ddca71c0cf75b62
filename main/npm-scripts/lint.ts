/** `npm run lint`: every check of `checks.ts`. Runs all of them before it reports the result. */
import { spawnSync } from 'node:child_process';
import { appRoot } from '../platform/app-root.ts';
import { checks } from './checks.ts';

const all = Object.entries(checks);
let failed = 0;
const wanted = process.argv.slice(2);
for (const [name, [program, ...args]] of all) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const { status } = spawnSync(program, args, { cwd: appRoot(), stdio: 'inherit' });
  process.stdout.write(`${status === 0 ? 'ok    ' : 'FAILED'} ${name}\n`);
  if (status !== 0) failed += 1;
}
process.stdout.write(`lint: ${all.length} checks, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);

/** `npm run lint [NAME…]`: every check of `checks.ts`, or those. Runs all of them before it reports the result. */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { appRoot } from '../platform/app-root.ts';
import { checks } from './checks.ts';

const { positionals: wanted } = parseArgs({ allowPositionals: true });
const unknown = wanted.find((name) => !Object.hasOwn(checks, name));
if (unknown !== undefined) throw new Error(`no check "${unknown}"; there are: ${Object.keys(checks).join(', ')}`);
const chosen = Object.entries(checks).filter(([name]) => wanted.length === 0 || wanted.includes(name));
let failed = 0;
for (const [name, [program, ...args]] of chosen) {
  const { status } = spawnSync(program, args, { cwd: appRoot(), stdio: 'inherit' });
  process.stdout.write(`${status === 0 ? 'ok    ' : 'FAILED'} ${name}\n`);
  if (status !== 0) failed += 1;
}
process.stdout.write(`lint: ${chosen.length} checks, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);

/**
 * The checks of `npm run lint` that say whether the code is right. They are tests too, because CI runs `npm test`
 * alone.
 */
import { execFile } from 'node:child_process';
import { expect, it } from 'vitest';
import { checks } from '../../../main/npm-scripts/checks.ts';
import { appRoot } from '../../../main/platform/app-root.ts';

it.each(['types', 'import fences', 'words'] as const)('%s', { timeout: 300_000 }, async (name) => {
  const [program, ...args] = checks[name];
  const fault = await new Promise<string | undefined>((resolve) => {
    execFile(program, args, { cwd: appRoot() }, (error, stdout, stderr) =>
      resolve(error === null ? undefined : `${error.message}\n${stdout}${stderr}`),
    );
  });
  if (fault !== undefined) expect.fail(fault);
});

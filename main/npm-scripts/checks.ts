/**
 * Every automatic check of the code, by name, with its command. `npm run lint` runs them all;
 * `test/unit/npm-scripts/checks.test.ts` those that `npm test`, and so CI, must hold.
 */
import { join } from 'node:path';
import { appRoot } from '../platform/app-root.ts';

const bin = (name: string): string => join(appRoot(), 'node_modules', '.bin', name);

export const checks = {
  // Of all TypeScript files as well as of the components.
  types: [
    bin('svelte-check'),
    '--tsconfig',
    './tsconfig.json',
    '--output',
    'human',
    '--threshold',
    'warning',
    '--fail-on-warnings',
  ],
  eslint: [bin('eslint'), '.', '--max-warnings', '0'],
  'import fences': [bin('depcruise'), 'main', 'renderer', '--config', '.dependency-cruiser.cjs'],
  'dead code': [bin('knip'), '--no-progress'],
  words: [process.execPath, 'main/npm-scripts/check-messages.ts'],
  content: [process.execPath, 'main/config/check.ts', '--strict'],
  formatting: [bin('prettier'), '--check', '--log-level', 'warn', '.'],
} satisfies Readonly<Record<string, readonly [string, ...string[]]>>;

/** The README's table must list each lock of the other shell, with its file or the reason for its absence. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { layers } from '../../e2e/escape/layers.ts';

const rows = readFileSync(new URL('../../../main/shell/electron/README.md', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '));

it.each(layers.map(({ name }) => [name]))('%s', (name) => {
  const [line = ''] = rows.filter((one) => one.split('|')[1]?.includes(`\`${name}\``));
  expect(line.split('|')[2]?.trim()).toMatch(/\w/);
});

/** No lock of the other shell is forgotten here: each has its line, with where it is or why it is not. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { layers } from '../../e2e/escape/layers.ts';

const told = readFileSync(new URL('../../../main/shell/electron/README.md', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '));

it.each(layers.map(({ name }) => [name]))('%s', (name) => {
  const [line = ''] = told.filter((one) => one.split('|')[1]?.includes(`\`${name}\``));
  expect(line.split('|')[2]?.trim()).toMatch(/\w/);
});

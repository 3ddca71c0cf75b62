/** The README must list each lock of the other shell, with its file or the reason for its absence. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { layers } from '../../e2e/escape/layers.ts';

const readme = readFileSync(new URL('../../../main/shell/electron/README.md', import.meta.url), 'utf8');
const [, list = ''] = /\n## Where each lock [^\n]*\n(.*?)(?=\n## |$)/s.exec(readme) ?? [];
const items = list.split(/\n(?=- )/).map((item) => item.split(': '));

it.each(layers.map(({ name }) => [name]))('%s', (name) => {
  const [item] = items.filter(([lock]) => lock?.includes(`\`${name}\``));
  expect(item?.[1]).toMatch(/\w/);
});

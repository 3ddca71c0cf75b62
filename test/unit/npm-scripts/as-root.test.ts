import { expect, it } from 'vitest';
import { rootFor } from '../../../main/npm-scripts/as-root.mjs';

const notFound = (code: string) => () => {
  throw Object.assign(new Error(`spawnSync sudo ${code}`), { code });
};
const fails = () => {
  throw new Error('Command failed: apt-get');
};

it.each([
  [true, 'apt-get update'],
  [false, 'sudo apt-get update'],
])('root: %s runs %s', (isRoot, ran) => {
  const lines: string[] = [];
  const run = (program: string, args: readonly string[]) => void lines.push([program, ...args].join(' '));
  rootFor(['xvfb'], { isRoot, run })('apt-get', ['update']);
  expect(lines).toEqual([ran]);
});

it.each(['ENOENT', 'EACCES'])(
  'without sudo (%s) the error says what to type, with every package that is missing',
  (code) => {
    expect(() => rootFor(['xvfb', 'openbox'], { isRoot: false, run: notFound(code) })('apt-get', ['update'])).toThrow(
      /no sudo[^]*su - -c "apt-get update && apt-get install [^"]* xvfb openbox"/,
    );
  },
);

it('an error of apt stays what it is', () => {
  expect(() => rootFor(['xvfb'], { isRoot: false, run: fails })('apt-get', ['update'])).toThrow('Command failed');
  expect(() => rootFor(['xvfb'], { isRoot: true, run: notFound('ENOENT') })('apt-get', ['update'])).toThrow('ENOENT');
});

import { expect, it } from 'vitest';
import { isMapped } from '../../../main/shell/chromium/switches.ts';

const RULES = 'MAP seul.exemple.test ~NOTFOUND,MAP *.demo.test 127.0.0.1:4433';

it.each([
  ['seul.exemple.test', true],
  ['www.seul.exemple.test', false],
  ['www.demo.test', true],
  ['demo.test', false],
  ['pasdemo.test', false],
  ['www.demo.test.ailleurs.fr', false],
])('asks nobody where %s is: %s', (host, mapped) => {
  expect(isMapped(RULES, host)).toBe(mapped);
});

it('asks about every name where no rule is given', () => {
  expect(isMapped(undefined, 'www.demo.test')).toBe(false);
  expect(isMapped('', '')).toBe(false);
});

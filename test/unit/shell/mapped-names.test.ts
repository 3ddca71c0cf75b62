import { expect, it } from 'vitest';
import { isMapped, mappedEndpoint } from '../../../main/platform/resolve-host.ts';

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

it('leads a name where the first rule that is about it says', () => {
  expect(mappedEndpoint(RULES, 'seul.exemple.test')).toBeNull();
  expect(mappedEndpoint(RULES, 'www.demo.test')).toEqual({ address: '127.0.0.1', port: 4433 });
  expect(mappedEndpoint(`MAP www.demo.test ~NOTFOUND,${RULES}`, 'www.demo.test')).toBeNull();
  expect(mappedEndpoint(RULES, 'www.caf.fr')).toBeUndefined();
  expect(mappedEndpoint('MAP * 127.0.0.1:4433', 'www.caf.fr')).toEqual({ address: '127.0.0.1', port: 4433 });
});

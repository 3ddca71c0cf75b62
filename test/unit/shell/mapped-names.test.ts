import { expect, it } from 'vitest';
import { isMapped, mappedEndpoint } from '../../../main/platform/network/resolve-host.ts';

const RULES = 'MAP seul.exemple.test ~NOTFOUND,MAP *.demo.test 127.0.0.1:4433';

it.each([
  ['seul.exemple.test', true],
  ['www.seul.exemple.test', false],
  ['www.demo.test', true],
  ['demo.test', false],
  ['pasdemo.test', false],
  ['www.demo.test.ailleurs.fr', false],
])('%s is covered by a mapping rule: %s', (host, mapped) => {
  expect(isMapped(RULES, host)).toBe(mapped);
});

it('maps no name without rules', () => {
  expect(isMapped(undefined, 'www.demo.test')).toBe(false);
  expect(isMapped('', '')).toBe(false);
});

it('maps a name by the first rule that matches', () => {
  expect(mappedEndpoint(RULES, 'seul.exemple.test')).toBeNull();
  expect(mappedEndpoint(RULES, 'www.demo.test')).toEqual({ address: '127.0.0.1', port: 4433 });
  expect(mappedEndpoint(`MAP www.demo.test ~NOTFOUND,${RULES}`, 'www.demo.test')).toBeNull();
  expect(mappedEndpoint(RULES, 'www.caf.fr')).toBeUndefined();
  expect(mappedEndpoint('MAP * 127.0.0.1:4433', 'www.caf.fr')).toEqual({ address: '127.0.0.1', port: 4433 });
});

/** The test runner used inside Electron must be able to fail. */
import { describe, expect, it } from 'vitest';
import * as small from '../../contract/shell/electron/small-vitest.ts';

const steps: string[] = [];

small.beforeAll(() => void steps.push('stage'));
small.beforeEach(() => void steps.push('before'));
small.afterAll(() => void steps.push('end'));
small.describe('a suite', () => {
  small.it('holds', () => {
    small.expect([1, 2]).toContain(2);
    small.expect({ a: 1, b: { c: 2 } }).toMatchObject({ b: { c: 2 } });
    small.expect({ a: 1 }).toEqual({ a: 1 });
    small.expect(1).not.toBe(2);
  });
  small.it('does not hold', () => small.expect({ a: 1 }).toMatchObject({ a: 2 }));
  small.it('is wrongly denied', () => small.expect('abc').not.toContain('b'));
  small.it('fails later', () => Promise.reject(new Error('late')));
  small.it('never ends', () => new Promise(() => undefined), 20);
  small.it.skipIf(true)('needs another program', () => {
    throw new Error('played all the same');
  });
  small.it.skipIf(false)('needs no other', () => small.expect(1).toBe(1));
  small.it('asks what is not there', () => (small.expect(1) as unknown as { toBeOdd(): void }).toBeOdd());
});

describe('the small vitest', () => {
  it('reports each test by its full name, failures with their reason, and continues', async () => {
    const played = await small.playAll();
    expect(played.map(({ name, error }) => [name, error?.split('\n')[0] ?? 'passed'])).toEqual([
      ['a suite > holds', 'passed'],
      ['a suite > does not hold', expect.stringContaining('AssertionError')],
      ['a suite > is wrongly denied', expect.stringContaining('AssertionError')],
      ['a suite > fails later', 'Error: late'],
      ['a suite > never ends', 'Error: not done in 20 ms'],
      ['a suite > skipped: needs another program', 'passed'],
      ['a suite > needs no other', 'passed'],
      ['a suite > asks what is not there', expect.stringContaining('toBeOdd')],
    ]);
    expect(steps).toEqual(['stage', ...Array<string>(8).fill('before'), 'end']);
  });
});

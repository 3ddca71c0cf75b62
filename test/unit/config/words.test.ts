import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deepFreeze, mergeLayers } from '../../../main/config/merge.ts';
import { french } from '../../../main/config/mistake.ts';
import { editDistance, nearestWord } from '../../../main/config/nearest-word.ts';
import { upgraded, type UpgradeSteps } from '../../../main/config/version.ts';

describe('the nearest word', () => {
  const known = ['title', 'theme', 'domains', 'bundles', 'franceConnect', 'url'];

  it.each([
    ['titel', 'title'],
    ['Title', 'title'],
    ['domain', 'domains'],
    ['bundel', 'bundles'],
    ['franceconect', 'franceConnect'],
    ['thème', 'theme'],
    ['ulr', 'url'],
    ['zzz', undefined],
    ['organism', undefined],
    ['x'.repeat(10_000), undefined],
  ])('%s → %s', (word, expected) => {
    expect(nearestWord(word, known)).toBe(expected);
  });

  it('is measured by a distance that is symmetric, and zero only for equal words', () => {
    const word = fc.string({ maxLength: 12 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b) === 0).toBe(a === b);
        expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });

  it('counts two letters that changed places once', () => {
    expect(editDistance('ulr', 'url')).toBe(1);
  });
});

describe('merging layers', () => {
  it('goes key by key in groups, and replaces lists and values', () => {
    const below = { a: 1, group: { x: 1, y: 2 }, list: [1, 2] };
    expect(mergeLayers(below, { group: { y: 3 } }, { list: [], a: null })).toEqual({
      a: null,
      group: { x: 1, y: 3 },
      list: [],
    });
  });

  it('leaves the layers as they were and shares no group with them', () => {
    const below = { group: { x: 1 } };
    const above = { group: { y: 1 }, other: { z: 1 } };
    const merged = mergeLayers(below, above);
    expect(below).toEqual({ group: { x: 1 } });
    expect(merged['other']).not.toBe(above.other);
  });

  it('freezes what it holds at every depth', () => {
    const frozen = deepFreeze({ a: [{ b: 1 }] });
    expect(() => ((frozen.a[0] as { b: number }).b = 2)).toThrow(TypeError);
  });
});

describe('bringing an older file up to today', () => {
  const steps: UpgradeSteps = [
    (fields) => ({ ...fields, trail: 'v2' }),
    (fields) => ({ ...fields, trail: `${String(fields['trail'])} v3` }),
  ];

  it.each([
    ['a file without version', { a: 1 }, { a: 1, trail: 'v2 v3' }],
    ['version 1', { version: 1, a: 1 }, { a: 1, trail: 'v2 v3' }],
    ['version 2', { version: 2, a: 1 }, { a: 1, trail: 'undefined v3' }],
    ['version 3', { version: 3, a: 1 }, { a: 1 }],
  ])('takes %s through the steps it lacks', (_name, data, value) => {
    expect(upgraded(data, steps)).toEqual({ ok: true, value });
  });

  it('refuses a newer version and what is no version', () => {
    expect(upgraded({ version: 4 }, steps)).toEqual({ ok: false, error: 'newer' });
    for (const version of [0, 1.5, '1', null]) {
      expect(upgraded({ version }, steps)).toEqual({ ok: false, error: 'malformed' });
    }
  });

  it('leaves what is no group of keys to the schema', () => {
    for (const data of [null, 'text', [1]]) expect(upgraded(data, steps)).toEqual({ ok: true, value: data });
  });
});

it('writes French with the spaces that must not break, and leaves addresses alone', () => {
  expect(french('« a » : b ! https://x.fr/a?b ; c ?')).toBe(
    '«\u00a0a\u00a0»\u00a0: b\u00a0! https://x.fr/a?b\u00a0; c\u00a0?',
  );
});

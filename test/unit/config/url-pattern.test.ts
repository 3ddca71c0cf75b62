import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from './any-text.ts';
import { parseUrlPattern, urlMatches } from '../../../main/config/url-pattern.ts';

const matches = (pattern: string, url: string): boolean => {
  const parsed = parseUrlPattern(pattern);
  if (!parsed.ok) throw new Error(`${pattern}: ${parsed.error}`);
  return urlMatches(parsed.value, new URL(url));
};

describe('a pattern of a step', () => {
  it.each([
    ['connect.caf.fr', 'https://connect.caf.fr/any/where?x=1#y', true],
    ['connect.caf.fr/', 'https://connect.caf.fr/', true],
    ['connect.caf.fr/', 'https://connect.caf.fr/a', false],
    ['connect.caf.fr/*#/login*', 'https://connect.caf.fr/connexionappli/dist/#/login?next=1', true],
    ['connect.caf.fr/*#/login*', 'https://connect.caf.fr/connexionappli/dist/#/home', false],
    ['connect.caf.fr/*#/login*', 'https://connect.caf.fr/connexionappli/dist/', false],
    ['connect.caf.fr#/login', 'https://connect.caf.fr/x#/login', true],
    ['*.caf.fr/rsa', 'https://wwwd.caf.fr/rsa?step=2', true],
    ['*.caf.fr/rsa', 'https://caf.fr/rsa', false],
    ['caf.fr/rsa', 'https://www.caf.fr/rsa', false],
    ['caf.fr/r?page=rsa', 'https://caf.fr/r?page=rsa', true],
    ['caf.fr/r?page=rsa', 'https://caf.fr/r?page=apl', false],
    ['caf.fr/*/form/*/end', 'https://caf.fr/a/form/b/c/end', true],
    ['caf.fr/*/form/*/end', 'https://caf.fr/form/end', false],
    ['caf.fr/a*a', 'https://caf.fr/a', false],
    ['CAF.fr/A', 'https://caf.fr/A', true],
    ['caf.fr/A', 'https://caf.fr/a', false],
    ['élan.fr/*', 'https://élan.fr/x', true],
  ])('%s on %s: %s', (pattern, url, expected) => {
    expect(matches(pattern, url)).toBe(expected);
  });

  it('stays quick on a pattern made to be slow', () => {
    // One that tries every way would not end in the life of this machine.
    const slow = (): boolean => matches(`caf.fr/${'*a'.repeat(50)}b`, `https://caf.fr/${'a'.repeat(20_000)}`);
    expect(runInNewContext('slow()', { slow }, { timeout: 10_000 })).toBe(false);
  });

  it('agrees with the plain meaning of a star', () => {
    const piece = fc.stringMatching(/^[ab/]{0,3}$/);
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 4 }),
        fc.stringMatching(/^[ab/]{0,10}$/),
        (pieces, path) => {
          const plain = new RegExp(`^/${pieces.join('[^]*')}$`).test(`/${path}`);
          expect(matches(`caf.fr/${pieces.join('*')}`, `https://caf.fr/${path}`)).toBe(plain);
        },
      ),
    );
  });

  it('is parsed or refused, never a throw', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const parsed = parseUrlPattern(text);
        if (parsed.ok) urlMatches(parsed.value, new URL('https://caf.fr/x#y'));
      }),
    );
  });
});

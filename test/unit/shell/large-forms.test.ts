/** The patterns match every URL but those of one origin, as Chromium's own wildcards do. */
import { describe, expect, it } from 'vitest';
import { allBut } from '../../../main/shell/guest/large-forms.ts';

/** `*` stands for any characters, `?` for one, and a backslash before either for itself. */
const asExpression = (pattern: string): RegExp => {
  const parts = pattern.match(/\\.|[^]/g) ?? [];
  const source = parts.map((part) => {
    if (part === '*') return '[^]*';
    return part === '?' ? '[^]' : (part.at(-1) ?? '').replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
  });
  return new RegExp(`^${source.join('')}$`);
};

const ORIGIN = 'https://envois.exemple.test';
const expressions = allBut(ORIGIN).map(asExpression);
/** In its canonical form, as the browser compares it. */
const isPaused = (url: string): boolean => {
  const { href } = new URL(url);
  return expressions.some((expression) => expression.test(href));
};

describe('the patterns for all origins but one', () => {
  it.each(['/', '/recu', '/recu?a=1&b=https://ailleurs.test/', '/a*b?c\\d', '/é', '?x'])(
    'match nothing at %s of this origin',
    (path) => expect(isPaused(`${ORIGIN}${path}`)).toBe(false),
  );

  it.each([
    'http://envois.exemple.test/',
    'https://envois.exemple.test:8443/',
    'https://envois.exemple.test.ailleurs.test/',
    'https://envois.exemple.tes/',
    'https://envois.exemple.testa/',
    'https://envois.exemple.test./',
    'https://sous.envois.exemple.test/',
    'https://ailleurs.test/envois.exemple.test/',
    'https://envois.exemple.test@ailleurs.test/',
    'https://Envois@ailleurs.test/',
    'https://envois:Exemple@envois.exemple.test/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://énvois.exemple.test/',
    'https://envois!exemple.test/',
    'data:text/html,x',
    'blob:https://envois.exemple.test/1',
    'about:blank',
    'file:///etc/passwd',
    'chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/',
  ])('match %s', (url) => expect(isPaused(url)).toBe(true));

  it('match an origin that differs in any one character', () => {
    const missed = [...ORIGIN].flatMap((there, at) =>
      Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index))
        .map((other) => `${ORIGIN.slice(0, at)}${other}${ORIGIN.slice(at + 1)}/`)
        .filter((url) => URL.canParse(url) && new URL(url).origin !== ORIGIN && !isPaused(url))
        .map((url) => `${there}: ${url}`),
    );
    expect(missed).toEqual([]);
  });

  it('takes a port', () => {
    const withPort = allBut('https://envois.exemple.test:8443').map(asExpression);
    const matches = (url: string): boolean => withPort.some((expression) => expression.test(url));
    expect(matches('https://envois.exemple.test:8443/recu')).toBe(false);
    expect(matches('https://envois.exemple.test/recu')).toBe(true);
    expect(matches('https://envois.exemple.test:84433/recu')).toBe(true);
  });
});

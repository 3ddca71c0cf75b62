/** The patterns match every URL but those of one origin, as Chromium's own wildcards do. What passes is reported. */
import { describe, expect, it } from 'vitest';
import type { CdpSession } from '../../../main/shell/guest/cdp-session.ts';
import { allBut, followLargeForms } from '../../../main/shell/guest/large-forms.ts';
import type { AskedDocument } from '../../../main/shell/guest/request-gate.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

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

describe('what is requested without a pause', () => {
  const FORM = `${ORIGIN}/depot`;
  const follow = (letFormPass: () => Promise<boolean>) => {
    const clock = createManualClock();
    const asked: AskedDocument[] = [];
    let started: (params: object) => void = () => undefined;
    const session = {
      on: (_event: string, listener: (params: object) => void) => void (started = listener),
    } as unknown as CdpSession;
    const told = followLargeForms({ session, clock, mainFrameId: 'main', letFormPass }, (one) => void asked.push(one));
    const start = (url: string, frameId = 'main', navigationType = 'differentDocument'): void =>
      started({ frameId, url, navigationType });
    return { clock, asked, told, start };
  };
  const allowed = async (): Promise<boolean> => true;

  it('is the form, whether it starts before or after the verdict', async () => {
    for (const startsFirst of [true, false]) {
      const { clock, asked, told, start } = follow(allowed);
      told(FORM);
      if (startsFirst) start(FORM);
      await clock.advance(1);
      if (!startsFirst) start(FORM);
      expect(asked).toEqual([{ url: FORM, sent: true }]);
    }
  });

  it('is another page of its origin, when a script only read the form', async () => {
    const { clock, asked, told, start } = follow(allowed);
    told(FORM);
    await clock.advance(1);
    start(`${ORIGIN}/accueil`);
    expect(asked).toEqual([{ url: `${ORIGIN}/accueil`, sent: false }]);
  });

  it('is no page of another origin, no inner frame, no place in the same page, and nothing seconds later', async () => {
    const { clock, asked, told, start } = follow(allowed);
    start(FORM);
    told(FORM);
    await clock.advance(1);
    start('https://ailleurs.test/');
    start(FORM, 'inner');
    start(`${FORM}#bas`, 'main', 'sameDocument');
    await clock.advance(2_001);
    start(FORM);
    expect(asked).toEqual([]);
  });

  it('is nothing when the form is refused, or its keys can’t be read', async () => {
    for (const refused of [async () => false, () => Promise.reject(new Error('gone'))]) {
      const { clock, asked, told, start } = follow(refused);
      told(FORM);
      await clock.advance(1);
      start(FORM);
      expect(asked).toEqual([]);
    }
  });
});

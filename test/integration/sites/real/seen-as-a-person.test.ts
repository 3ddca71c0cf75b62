/**
 * To a site, the guest looks like a person with plain Chromium. Each remaining difference is listed here with its
 * reason.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../../../main/shell/chromium/system-chromium.ts';
import { openSideBySide, type SideBySide, type Table } from './side-by-side.ts';

const PICKER = 'opens a picker of the system behind which no file input stands; without it a site falls back to one';
const APPLICATION = 'an application’s window, as a site that was installed has it: no tabs, no address bar';
const FORMATTED =
  'only for a page that formats its stacks itself: it would be called while we take our lines out of the text';
const PASSKEY = 'nobody can have a passkey here; without these names a site offers another way at once';
const QUESTION = 'asks in a dialog of the browser’s own that nothing else keeps away';

/** Signals that differ, also in frames. */
const explained: Readonly<Record<string, string>> = {
  'function showOpenFilePicker': PICKER,
  'function showSaveFilePicker': PICKER,
  'function showDirectoryPicker': PICKER,
  'function EyeDropper': PICKER,
  'function PaymentRequest': QUESTION,
  'call sites, illegal call: Function.prototype.toString': FORMATTED,
  'call sites, deep illegal call: Function.prototype.toString': FORMATTED,
  'stack, text of an heir of open': 'says Object instead of Function: Chromium finds no constructor behind a proxy',
  'stack under open': 'the address must be read before the window opens; only a page’s own object sees that',
  globals: 'exactly the names below',
  'window frame': APPLICATION,
  'window place': APPLICATION,
  'display mode': APPLICATION,
  history: 'the blank page on which a guest waits was there before',
};
/** Global names that exist in plain Chromium but not in the guest. */
const absent: Readonly<Record<string, string>> = {
  AuthenticatorAssertionResponse: PASSKEY,
  AuthenticatorAttestationResponse: PASSKEY,
  AuthenticatorResponse: PASSKEY,
  DigitalCredential: QUESTION,
  DocumentPictureInPicture: 'a page above all others, the bar too',
  DocumentPictureInPictureEvent: 'the same',
  documentPictureInPicture: 'the same',
  EyeDropper: PICKER,
  HTMLCameraElement: QUESTION,
  HTMLGeolocationElement: QUESTION,
  HTMLMicrophoneElement: QUESTION,
  HTMLUserMediaElement: QUESTION,
  IdentityCredential: QUESTION,
  IdentityCredentialError: QUESTION,
  IdentityProvider: QUESTION,
  NavigatorLogin: QUESTION,
  OTPCredential: 'waits for a telephone that is paired with this browser',
  PaymentRequest: QUESTION,
  PublicKeyCredential: PASSKEY,
  showDirectoryPicker: PICKER,
  showOpenFilePicker: PICKER,
  showSaveFilePicker: PICKER,
};

const lineOf = (name: string): string => name.replace(/^frame( at birth| of this site| of another site)?: /, '');
const words = (line: string | undefined): ReadonlySet<string> => new Set((line ?? '').split(' '));

describe.skipIf(findChromium() === undefined)('a site in the guest, compared with plain Chromium', () => {
  let beside: SideBySide;
  let plain: Table;
  let guest: Table;
  let differing: readonly string[];
  beforeAll(async () => {
    beside = await openSideBySide(new URL('./signals.ts', import.meta.url).pathname);
    plain = await beside.plain();
    guest = await beside.guest();
    differing = [...new Set([...Object.keys(plain), ...Object.keys(guest)])].filter((one) => plain[one] !== guest[one]);
  }, 120_000);
  afterAll(() => beside?.stop());

  it('compares the signals used by bot detection', () => {
    expect(Object.keys(plain).filter((one) => one.endsWith('failed'))).toEqual([]);
    expect(Object.keys(plain).length).toBeGreaterThan(700);
    expect(plain['botd']).toBe('{"bot":false}');
  });

  it('has no unexplained difference', () => {
    const unexplained = differing.filter((one) => !(lineOf(one) in explained));
    expect(unexplained.map((one) => `${one}: ${plain[one]} | ${guest[one]}`)).toEqual([]);
  });

  it('has no outdated explanation', () => {
    const differ = new Set(differing.map(lineOf));
    expect(Object.keys(explained).filter((one) => !differ.has(one))).toEqual([]);
  });

  it('lacks only the global names listed, and has no extra ones, in the page and its frames', () => {
    for (const prefix of ['', 'frame at birth: ', 'frame: ', 'frame of this site: ', 'frame of another site: ']) {
      const [there, here] = [words(plain[`${prefix}globals`]), words(guest[`${prefix}globals`])];
      expect([...there].filter((one) => !here.has(one)).sort()).toEqual(Object.keys(absent).sort());
      expect([...here].filter((one) => !there.has(one))).toEqual([]);
    }
  });

  it('is not detected as a bot by any detector of BotD', () => {
    expect(guest['botd']).toBe('{"bot":false}');
    expect(Object.keys(guest).filter((one) => /^botd \w/.test(one) && guest[one]?.includes('"bot":true'))).toEqual([]);
  });

  it('reports the browser’s true name', () => {
    expect(guest['user agent']).toBe(plain['user agent']);
    expect(guest['header user-agent']).toBe(plain['header user-agent']);
    expect(guest['header accept-language']).toBe(plain['header accept-language']);
    expect(guest['webdriver']).toBe('false');
    expect(guest['languages']).toMatch(/^fr-FR,fr,en/);
  });
});
